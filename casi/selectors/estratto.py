"""A copy of what is kept about one person, for her: through the decision, without what is about others.

Left out on purpose: names and contacts of the other members and of whoever is close to the household (in the texts
too: casi.selectors.altri), who reported her, what other bodies noted on their help. Texts go in one by one: the social
worker reads them again, and ticks of her own hand what is above level 3 (domain.md §5.5) and what another member may
have told. The copy says which kinds are not in it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    Caso,
    ClasseConservazione,
    Componente,
    Persona,
    PrimoAscolto,
    Valutazione,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.parole_estratto import FINALITA, PRIMA, detta
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.altri import Copri, cover, is_called
from casi.selectors.casi import Aperto
from casi.selectors.estratto_testi import day, missing, readable, told
from casi.selectors.lettura import read_in
from casi.selectors.rapporto import Accesso, accesses, gathered
from casi.selectors.storico import Prima, di_persona

Cosa = TypeVar("Cosa")


@dataclass(frozen=True)
class Scelta:
    """What the social worker may put in: for whom, and which texts, to be read again before they go out."""

    aperto: Aperto
    persone: list[Componente]
    racconti: list[PrimoAscolto | Valutazione]
    voci: list[VoceDiario]
    aree: list[VoceValutazioneRiservata]


@dataclass(frozen=True)
class Estratto:
    """Everything the two files say. `dati` is plain: texts, numbers, days."""

    caso: Caso
    fatto_da: str
    fatto_il: datetime
    richiesta: UUID
    dati: dict[str, Any]
    accessi: list[Accesso]  # one by one, as on the register

    @property
    def accessi_raccolti(self) -> list[Accesso]:
        return gathered(self.accessi)


def choices(attore: Attore, pk: UUID) -> Scelta:
    """Raises Assente. The texts are read here, which is written with the highest of their levels."""

    def read(aperto: Aperto) -> tuple[Scelta, Dettaglio]:
        testi = readable(attore, aperto)
        scelta = Scelta(aperto, _members(aperto), [*testi.ascolti, *testi.valutazioni], testi.voci, testi.aree)
        return scelta, Dettaglio(finalita="prepara", livello=testi.livello)

    return _read(attore, pk, read)


def extract(attore: Attore, pk: UUID, *, persona: UUID, testi: Iterable[UUID]) -> Estratto:
    """The copy for `persona`, who is or was of the household, with the texts chosen. Raises Assente."""
    chosen = set(testi)

    def read(aperto: Aperto) -> tuple[tuple[Caso, dict[str, Any]], Dettaglio] | None:
        members = _members(aperto) if Azione.VEDERE_PERSONE in aperto.azioni else []
        asked = next((each for each in members if each.persona_id == persona), None)
        if asked is None:
            return None
        every = readable(attore, aperto)
        mine, left = every.only(chosen), every.only(every.keys - chosen)
        copri = cover(aperto.caso, asked.persona)
        texts = told(mine, asked.persona, copri) | {"mancano": missing(attore, aperto, left)}
        said = _about(attore, aperto, asked, copri) | texts
        return (aperto.caso, said), Dettaglio(finalita="estratto", livello=mine.livello, risultati=len(chosen))

    caso, dati = _read(attore, pk, read)
    return Estratto(
        caso=caso,
        fatto_da=f"{attore.operatore.utente}, {attore.operatore.ente.nome}",
        fatto_il=timezone.now(),
        richiesta=attore.richiesta,
        dati=dati,
        accessi=list(accesses(pk)),
    )


def _about(attore: Attore, aperto: Aperto, asked: Componente, copri: Copri) -> dict[str, Any]:
    """All but the texts that are chosen."""
    together = Componente.objects.filter(nucleo=asked.nucleo_id).in_force(asked.al or timezone.localdate())
    return {
        "caso": _case(aperto.caso),
        "perche": _grounds(aperto.caso),
        "persona": _person(asked),
        "com_era_prima": [_before(each, copri) for each in di_persona(asked.persona, asked.nucleo_id)],
        "altri_nel_nucleo": [each.get_ruolo_display() for each in together if each.persona_id != asked.persona_id],
        "allegati": _files(attore, aperto, copri),
        "aiuti": _help(attore, aperto, copri),
        "richieste": _requests(aperto.caso, asked.persona, copri),
        "segnalazioni_di_altri": aperto.caso.segnalazione_set.count(),
        "destinatari": _recipients(aperto.caso),
        "conservazione": _retention(),
    }


def _read(attore: Attore, pk: UUID, read: Callable[[Aperto], tuple[Cosa, Dettaglio] | None]) -> Cosa:
    """Whoever has not just confirmed who he is reads nothing, and the register says so."""
    asks = policies.needs_confirming(attore, Azione.ESTRARRE)
    return read_in(attore, pk, Azione.ESTRARRE, lambda aperto: None if asks else read(aperto))[1]


def _members(aperto: Aperto) -> list[Componente]:
    """Whoever has ever been of the household, once each: what is kept of who left is still about her."""
    found = Componente.objects.filter(nucleo=aperto.caso.nucleo_id).select_related("persona").order_by("dal", "pk")
    return list({each.persona_id: each for each in found}.values())


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


def _grounds(caso: Caso) -> dict[str, Any]:
    """What the data are for, on which ground and since when: of every time the case was taken charge of."""
    taken = caso.prese_in_carico.filter(accettata_il__isnull=False).order_by("accettata_il", "pk")
    return {
        "finalita": detta(FINALITA),
        "prese_in_carico": [
            {
                "base_giuridica": each.get_base_giuridica_display(),
                "dal": day(each.accettata_il),
                "al": day(each.conclusa_il),
                "detto_alla_famiglia_il": day(each.avviso_alla_famiglia_il),
            }
            for each in taken
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


def _before(prima: Prima, copri: Copri) -> dict[str, Any]:
    """What her record said before one correction: words of the lists in her language, names of others covered."""
    fields = [
        {"campo": name, "che_cosa": detta(PRIMA[name]), "diceva": copri(detta(said))}
        for name, said in prima.valori.items()
    ]
    return {"corretto_il": day(prima.riga.scritto_il), "campi": fields, "perche": copri(prima.riga.perche)}


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
