"""A copy of what is kept about one person, for her: through the decision, without what is about others.

Left out on purpose: names and contacts of the other members and of whoever is close to the household, who reported her,
what other bodies noted on their help, level 5 altogether; level 4 but for the notes chosen one by one after a review.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.models import Caso, ClasseConservazione, Componente, Interlocutore, PrimoAscolto, Valutazione, VoceDiario
from casi.parole_estratto import detta
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_caso
from casi.selectors.rapporto import Accesso, accesses

MOST = 4  # the highest level that can be handed over


@dataclass(frozen=True)
class Scelta:
    """What the social worker may put in: for whom, and which entries, to be read again before they go out."""

    aperto: Aperto
    persone: list[Componente]
    voci: list[VoceDiario]


@dataclass(frozen=True)
class Estratto:
    """Everything the two files say. `dati` is plain: texts, numbers, days."""

    caso: Caso
    fatto_da: str
    fatto_il: datetime
    richiesta: UUID
    dati: dict[str, Any]
    accessi: list[Accesso]


def choices(attore: Attore, pk: UUID) -> Scelta:
    """Raises Assente. The entries are read here, which is written with their level."""
    aperto = _open(attore, pk, Dettaglio(finalita="prepara", livello=MOST))
    return Scelta(aperto, _members(aperto), list(_entries(attore, aperto)))


def extract(attore: Attore, pk: UUID, *, persona: UUID, voci: Iterable[UUID]) -> Estratto:
    """The copy for `persona`, a member of the household, with the entries chosen. Raises Assente."""
    chosen = set(voci)
    aperto = _open(attore, pk, Dettaglio(finalita="estratto", risultati=len(chosen)))
    members = _members(aperto) if Azione.VEDERE_PERSONE in aperto.azioni else []
    asked = next((each for each in members if each.persona_id == persona), None)
    if asked is None:
        raise Assente
    entries = [voce for voce in _entries(attore, aperto) if voce.pk in chosen]
    operatore = attore.operatore
    return Estratto(
        caso=aperto.caso,
        fatto_da=f"{operatore.utente}, {operatore.ente.nome}",
        fatto_il=timezone.now(),
        richiesta=attore.richiesta,
        dati={
            "caso": _case(aperto.caso),
            "persona": _person(asked),
            "altri_nel_nucleo": [each.get_ruolo_display() for each in members if each != asked],
            "ascolti": _listenings(aperto.caso),
            "valutazioni": _assessments(aperto.caso),
            "diario": [_entry(voce) for voce in entries],
            "allegati": _files(attore, aperto),
            "aiuti": _help(attore, aperto),
            "richieste": _requests(aperto.caso),
            "segnalazioni_di_altri": aperto.caso.segnalazione_set.count(),
            "destinatari": _recipients(aperto.caso),
            "conservazione": _retention(),
        },
        accessi=list(accesses(pk)),
    )


def _open(attore: Attore, pk: UUID, dettaglio: Dettaglio) -> Aperto:
    """In no transaction of ours: the line of who is refused has to stay."""
    aperto = open_caso(attore, pk, Azione.ESTRARRE, dettaglio)
    if policies.needs_confirming(attore, Azione.ESTRARRE):
        raise Assente
    return aperto


def _members(aperto: Aperto) -> list[Componente]:
    today = timezone.localdate()
    found = Componente.objects.filter(nucleo=aperto.caso.nucleo_id).in_force(today)
    return list(found.select_related("persona").order_by("dal", "pk"))


def _entries(attore: Attore, aperto: Aperto) -> Iterable[VoceDiario]:
    visible = policies.voci_visibili(attore, aperto.caso, aperto.azioni)
    return visible.filter(livello__lte=MOST).select_related("ente").order_by("avvenuto_il", "creato_il", "pk")


def _case(caso: Caso) -> dict[str, Any]:
    return {
        "numero": caso.numero,
        "stato": caso.get_stato_display(),
        "ente_titolare": caso.ente_titolare.nome,
        "comune": caso.comune.nome if caso.comune else "",
        "aperto_il": day(caso.aperto_il),
        "chiuso_il": day(caso.chiuso_il),
        "passaggi": [
            {"stato": step.get_a_display(), "quando": day(step.quando)}
            for step in caso.passaggi.order_by("quando", "pk")
        ],
    }


PERSONALI = (
    "cognome", "nome", "data_nascita", "luogo_nascita", "cittadinanza", "codice_fiscale", "documenti", "lingua",
    "telefono", "email", "contatto_sicuro",
)  # fmt: skip


def _person(componente: Componente) -> dict[str, Any]:
    persona = componente.persona
    return {
        **{name: _plain(getattr(persona, name)) for name in PERSONALI},
        "senza_dimora": persona.senza_dimora,
        "interprete": persona.interprete,
        "ruolo_nel_nucleo": componente.get_ruolo_display(),
        "residenze": [
            {
                "tipo": each.get_tipo_display(),
                "indirizzo": each.indirizzo,
                "comune": each.comune.nome if each.comune else "",
                "dal": day(each.dal),
                "al": day(each.al),
            }
            for each in persona.residenze.select_related("comune")
        ],
    }


def _listenings(caso: Caso) -> list[dict[str, Any]]:
    """Those with the person herself: what others told of her is theirs, and would say who they are."""
    heard = PrimoAscolto.objects.filter(caso=caso, interlocutore=Interlocutore.PERSONA, segnalazione__isnull=True)
    return [
        {"quando": day(each.quando), "ente": each.ente.nome, "racconto": each.racconto, "risorse": each.risorse}
        for each in heard.select_related("ente").order_by("quando", "pk")
    ]


def _assessments(caso: Caso) -> list[dict[str, Any]]:
    return [
        {
            "iniziata_il": day(each.iniziata_il),
            "parole_della_persona": each.parole_della_persona,
            "aree": [
                {"area": voce.get_area_display(), "bisogni": voce.bisogni, "risorse": voce.risorse}
                for voce in each.voci.all()
            ],
        }
        for each in Valutazione.objects.filter(caso=caso).prefetch_related("voci").order_by("iniziata_il", "pk")
    ]


def _entry(voce: VoceDiario) -> dict[str, Any]:
    return {
        "giorno": day(voce.avvenuto_il),
        "tipo": voce.get_tipo_display(),
        "ente": voce.ente.nome,
        "testo": voce.testo,
        "corregge_un_altra": voce.corregge_id is not None,
    }


def _files(attore: Attore, aperto: Aperto) -> list[dict[str, Any]]:
    files = policies.allegati_visibili(attore, aperto.caso, aperto.azioni).filter(livello__lte=3)
    return [{"nome": each.nome, "aggiunto_il": day(each.creato_il)} for each in files]


def _help(attore: Attore, aperto: Aperto) -> list[dict[str, Any]]:
    visible = policies.interventi_visibili(attore, aperto.caso, aperto.azioni).select_related("ente", "tipo")
    return [
        {
            "tipo": str(each.tipo),
            "ente": each.ente.nome,
            "stato": each.get_stato_display(),
            "dal": day(each.dal),
            "al": day(each.al),
            "nota": each.nota if each.ente_id == attore.operatore.ente_id else "",
        }
        for each in visible.order_by("dal", "pk")
    ]


def _requests(caso: Caso) -> list[dict[str, Any]]:
    return [
        {"codice": each.codice, "ricevuta_il": day(each.ricevuta_il), "nome": each.nome, "contatto": each.contatto}
        for each in caso.richiesta_set.filter(per_conto=False).order_by("ricevuta_il", "pk")
    ]


def _recipients(caso: Caso) -> list[dict[str, Any]]:
    """The bodies that have been let in, for what, on which ground."""
    return [
        {
            "ente": each.ente.nome,
            "scopo": each.get_finalita_display(),
            "base_giuridica": each.get_base_giuridica_display(),
            "informativa": each.informativa.versione,
            "dal": day(each.dal),
            "al": day(each.tolta_il or each.al),
        }
        for each in caso.ammissioni.select_related("ente", "informativa").order_by("dal", "pk")
    ]


def _retention() -> list[dict[str, Any]]:
    return [
        {"che_cosa": detta(each.descrizione), "mesi": each.mesi, "da": detta(each.evento)}
        for each in ClasseConservazione.objects.order_by("codice")
    ]


def _plain(value: Any) -> str:
    return day(value) if isinstance(value, date) else str(value)


def day(value: date | datetime | None) -> str:
    """ISO, local; empty for none."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""
