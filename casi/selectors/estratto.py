"""A copy of what is kept about one person, for her: through the decision, without what is about others.

Left out on purpose: names and contacts of the other members and of whoever is close to the household (in the texts
too: casi.selectors.altri), who reported her, what other bodies noted on their help, level 5 altogether; level 4 but for
the notes chosen one by one after a review, as are conversations and assessments that another member may have told.
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
from casi.models import (
    Caso,
    ClasseConservazione,
    Componente,
    Interlocutore,
    Persona,
    PrimoAscolto,
    Valutazione,
    VoceDiario,
)
from casi.parole_estratto import detta
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.altri import Copri, cover, is_called
from casi.selectors.casi import Aperto, open_caso
from casi.selectors.rapporto import Accesso, accesses

MOST = 4  # the highest level that can be handed over


@dataclass(frozen=True)
class Scelta:
    """What the social worker may put in: for whom, and which texts, to be read again before they go out."""

    aperto: Aperto
    persone: list[Componente]
    racconti: list[PrimoAscolto | Valutazione]
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
    told: list[PrimoAscolto | Valutazione] = [*_listenings(aperto.caso), *_assessments(aperto.caso)]
    return Scelta(aperto, _members(aperto), told, list(_entries(attore, aperto)))


def extract(attore: Attore, pk: UUID, *, persona: UUID, testi: Iterable[UUID]) -> Estratto:
    """The copy for `persona`, who is or was of the household, with the texts chosen. Raises Assente."""
    chosen = set(testi)
    aperto = _open(attore, pk, Dettaglio(finalita="estratto", risultati=len(chosen)))
    members = _members(aperto) if Azione.VEDERE_PERSONE in aperto.azioni else []
    asked = next((each for each in members if each.persona_id == persona), None)
    if asked is None:
        raise Assente
    operatore, copri = attore.operatore, cover(aperto.caso, asked.persona)
    together = Componente.objects.filter(nucleo=asked.nucleo_id).in_force(asked.al or timezone.localdate())
    return Estratto(
        caso=aperto.caso,
        fatto_da=f"{operatore.utente}, {operatore.ente.nome}",
        fatto_il=timezone.now(),
        richiesta=attore.richiesta,
        dati={
            "caso": _case(aperto.caso),
            "persona": _person(asked),
            "altri_nel_nucleo": [each.get_ruolo_display() for each in together if each.persona_id != persona],
            "ascolti": [
                _listening(each, asked.persona, copri) for each in _listenings(aperto.caso) if each.pk in chosen
            ],
            "valutazioni": [_assessment(each, copri) for each in _assessments(aperto.caso) if each.pk in chosen],
            "diario": [_entry(voce, copri) for voce in _entries(attore, aperto) if voce.pk in chosen],
            "allegati": _files(attore, aperto, copri),
            "aiuti": _help(attore, aperto, copri),
            "richieste": _requests(aperto.caso, asked.persona, copri),
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
    """Whoever has ever been of the household, once each: what is kept of who left is still about her."""
    found = Componente.objects.filter(nucleo=aperto.caso.nucleo_id).select_related("persona").order_by("dal", "pk")
    return list({each.persona_id: each for each in found}.values())


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


def _listenings(caso: Caso) -> Iterable[PrimoAscolto]:
    """Those with the person herself: what others told of her is theirs, and would say who they are."""
    heard = PrimoAscolto.objects.filter(caso=caso, interlocutore=Interlocutore.PERSONA, segnalazione__isnull=True)
    return heard.select_related("ente").order_by("quando", "pk")


def _listening(each: PrimoAscolto, persona: Persona, copri: Copri) -> dict[str, Any]:
    """Who she said she was, and where to call, only where the name is hers."""
    told = {"racconto": copri(each.racconto), "risorse": copri(each.risorse)}
    if is_called(persona, each.nome):
        told |= {"nome": copri(each.nome), "contatto": each.contatto, "contatto_sicuro": copri(each.contatto_sicuro)}
    return {"quando": day(each.quando), "ente": each.ente.nome, **told}


def _assessments(caso: Caso) -> Iterable[Valutazione]:
    return Valutazione.objects.filter(caso=caso).prefetch_related("voci").order_by("iniziata_il", "pk")


def _assessment(each: Valutazione, copri: Copri) -> dict[str, Any]:
    return {
        "iniziata_il": day(each.iniziata_il),
        "parole_della_persona": copri(each.parole_della_persona),
        "aree": [
            {"area": voce.get_area_display(), "bisogni": copri(voce.bisogni), "risorse": copri(voce.risorse)}
            for voce in each.voci.all()
        ],
    }


def _entry(voce: VoceDiario, copri: Copri) -> dict[str, Any]:
    return {
        "giorno": day(voce.avvenuto_il),
        "tipo": voce.get_tipo_display(),
        "ente": voce.ente.nome,
        "testo": copri(voce.testo),
        "corregge_un_altra": voce.corregge_id is not None,
    }


def _files(attore: Attore, aperto: Aperto, copri: Copri) -> list[dict[str, Any]]:
    files = policies.allegati_visibili(attore, aperto.caso, aperto.azioni).filter(livello__lte=3)
    return [{"nome": copri(each.nome), "aggiunto_il": day(each.creato_il)} for each in files]


def _help(attore: Attore, aperto: Aperto, copri: Copri) -> list[dict[str, Any]]:
    visible = policies.interventi_visibili(attore, aperto.caso, aperto.azioni).select_related("ente", "tipo")
    return [
        {
            "tipo": str(each.tipo),
            "ente": each.ente.nome,
            "stato": each.get_stato_display(),
            "dal": day(each.dal),
            "al": day(each.al),
            "nota": copri(each.nota) if each.ente_id == attore.operatore.ente_id else "",
        }
        for each in visible.order_by("dal", "pk")
    ]


def _requests(caso: Caso, persona: Persona, copri: Copri) -> list[dict[str, Any]]:
    """Whom to call is told to the one who asked, known by her name: another member may have written from elsewhere."""
    return [
        {
            "codice": each.codice,
            "ricevuta_il": day(each.ricevuta_il),
            "nome": copri(each.nome) if asked else "",
            "contatto": each.contatto if asked else "",
        }
        for each in caso.richiesta_set.filter(per_conto=False).order_by("ricevuta_il", "pk")
        for asked in [is_called(persona, each.nome)]
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


def _plain(value: Any) -> Any:
    return value if isinstance(value, date) else str(value)


def day(value: date | datetime | None) -> date | str:
    """The local day; empty for none."""
    return (timezone.localdate(value) if isinstance(value, datetime) else value) or ""
