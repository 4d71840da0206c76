"""A copy of what is kept about one person, for her: through the decision, without what is about others.

Left out on purpose: names and contacts of the other members and of whoever is close to the household (in the texts
too: casi.selectors.altri), who reported her (and that somebody did, where she is not to know), what other bodies noted
on their help, and if she has left this household where she went, and all that came from her last day on: it is about
who stayed. Texts go in one by one: the social worker reads them again, and ticks of her own hand what is above level 3
(domain.md §5.5) and what another member may have told. The copy says which kinds are not in it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import override

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Componente
from casi.parole_estratto import CONTATTO_SICURO, PRIMA, detta
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.altri import Copri, Sua, called, cover
from casi.selectors.casi import Aperto
from casi.selectors.contatto_sicuro import in_danger, left_out
from casi.selectors.da_informare import dicibili
from casi.selectors.enti_nominati import Nomina, nomina, nominabili, renamed
from casi.selectors.estratto_caso import about_case, grounds, recipients, requests, retention
from casi.selectors.estratto_testi import Testi, before, day, day_before, last_day, missing, readable, told
from casi.selectors.lettura import read_in
from casi.selectors.persone import as_she_left, ever_members, has_left
from casi.selectors.rapporto import Accesso, accesses, gathered, in_which
from casi.selectors.storico import Prima, di_persona

Cosa = TypeVar("Cosa")


@dataclass(frozen=True)
class Scelta:
    """What the social worker may put in: for whom, and which texts, to be read again before they go out.

    `pericolo`: whoever holds the copy may be somebody to fear.
    """

    aperto: Aperto
    persone: list[Componente]
    testi: Testi
    pericolo: bool
    enti: list[str]  # those to choose from, where there is a danger

    def going(self, persona: UUID, chosen: Collection[UUID]) -> int:
        """How many of the `chosen` texts would be in a copy for `persona`: of who has left, those of before."""
        asked = next(each for each in self.persone if each.persona_id == persona)
        return len(self.testi.before(last_day(asked)).only(chosen).keys)


@dataclass(frozen=True)
class Chiesto:
    """Which copy is asked for: for whom, with which texts, in which language (empty: hers), whether with how to reach
    her safely."""

    persona: UUID
    testi: frozenset[UUID]
    lingua: str = ""
    contatto_sicuro: bool = False  # she wants it in writing
    enti: frozenset[str] | None = None  # the bodies it names besides the holder; None: all


@dataclass(frozen=True)
class Estratto:
    """Everything the two files say. `dati` is plain: texts, numbers, days. `prima_di`: the last day of who has left."""

    caso: Caso
    fatto_da: str
    fatto_il: datetime
    richiesta: UUID
    lingua: str
    dati: dict[str, Any]
    prima_di: date | None = None
    nomina: Nomina = str
    accessi: list[Accesso] = field(default_factory=list)  # one by one, as on the register

    @property
    def accessi_raccolti(self) -> list[Accesso]:
        return gathered(self.accessi)


def prepare(attore: Attore, pk: UUID, ask: Callable[[Scelta], Chiesto | None]) -> tuple[Scelta, Estratto | None]:
    """What may go into a copy and, where `ask` says which is wanted, the copy. Raises Assente.

    One line says which of the two it was. The texts are read here, which is written with the highest of their levels;
    of a copy, of those that are in it.
    """

    def read(aperto: Aperto) -> tuple[tuple[Scelta, Estratto | None], Dettaglio] | None:
        testi = readable(attore, aperto)
        members = ever_members(aperto.caso) if Azione.VEDERE_PERSONE in aperto.azioni else []
        pericolo = in_danger(attore, aperto, members)
        enti = nominabili(aperto.caso) if pericolo else []
        scelta = Scelta(aperto, members, testi, pericolo, enti)
        chiesto = ask(scelta)
        if chiesto is None:
            return (scelta, None), Dettaglio(finalita="prepara", livello=testi.livello)
        asked = next((each for each in members if each.persona_id == chiesto.persona), None)
        if asked is None:
            return None
        of_hers = testi.before(last_day(asked))
        mine, left = of_hers.only(chiesto.testi), of_hers.only(testi.keys - chiesto.testi)
        lingua = chiesto.lingua or in_which(asked.persona.lingua)
        with override(lingua):
            dati = _said(attore, aperto, asked, mine, left)
            if not chiesto.contatto_sicuro:
                dati = left_out(dati)
        named = nomina(aperto.caso, chiesto.enti)
        made = _signed(attore, aperto.caso, lingua, last_day(asked), renamed(dati, named), named)
        return (scelta, made), Dettaglio(finalita="estratto", livello=mine.livello, risultati=len(mine.keys))

    scelta, made = _read(attore, pk, read)
    if made is None:
        return scelta, None
    seen = (replace(each, ente=made.nomina(str(each.ente))) for each in accesses(pk, made.prima_di))
    return scelta, replace(made, accessi=list(seen))  # with the line of this reading


def _signed(
    attore: Attore, caso: Caso, lingua: str, prima_di: date | None, dati: dict[str, Any], named: Nomina
) -> Estratto:
    return Estratto(
        caso=caso,
        fatto_da=f"{attore.operatore.utente}, {attore.operatore.ente.nome}",
        fatto_il=timezone.now(),
        richiesta=attore.richiesta,
        lingua=lingua,
        dati=dati,
        prima_di=prima_di,
        nomina=named,
    )


def _said(attore: Attore, aperto: Aperto, asked: Componente, mine: Testi, left: Testi) -> dict[str, Any]:
    """The data of the copy, in the language of the moment."""
    copri, sua = cover(aperto.caso, asked.persona), called(aperto.caso, asked.persona)
    texts = told(mine, sua, copri) | {"mancano": missing(attore, aperto, asked, left)}
    return _about(attore, aperto, asked, sua, copri) | texts


def _about(attore: Attore, aperto: Aperto, asked: Componente, sua: Sua, copri: Copri) -> dict[str, Any]:
    """All but the texts that are chosen."""
    together = Componente.objects.filter(nucleo=asked.nucleo_id).in_force(asked.al or timezone.localdate())
    prima_di = last_day(asked)
    return {
        "caso": about_case(aperto.caso, prima_di),
        "perche": grounds(aperto.caso, prima_di),
        "persona": _person(asked),
        "com_era_prima": [_before(each, copri) for each in di_persona(asked)],
        "altri_nel_nucleo": [each.get_ruolo_display() for each in together if each.persona_id != asked.persona_id],
        "allegati": _files(attore, aperto, copri, prima_di),
        "aiuti": _help(attore, aperto, copri, prima_di),
        "richieste": requests(aperto.caso, sua, copri, prima_di),
        "segnalazioni_di_altri": before(prima_di, dicibili().filter(caso=aperto.caso), "ricevuta_il__date").count(),
        "destinatari": recipients(aperto.caso, prima_di),
        "conservazione": retention(),
    }


def _read(attore: Attore, pk: UUID, read: Callable[[Aperto], tuple[Cosa, Dettaglio] | None]) -> Cosa:
    """Whoever has not just confirmed who he is reads nothing, and the register says so."""
    asks = policies.needs_confirming(attore, Azione.ESTRARRE)
    return read_in(attore, pk, Azione.ESTRARRE, lambda aperto: None if asks else read(aperto))[1]


PERSONALI = (
    "cognome", "nome", "data_nascita", "luogo_nascita", "cittadinanza", "codice_fiscale", "documenti", "lingua",
    "telefono", "email", "contatto_sicuro",
)  # fmt: skip
CONTATTI = frozenset({"telefono", "email", CONTATTO_SICURO})


def _person(componente: Componente) -> dict[str, Any]:
    """As the household she has left may know her, if she has."""
    persona = componente.persona
    persona.dimore = list(persona.residenze.select_related("comune"))  # type: ignore[attr-defined]
    as_she_left(componente)
    return {
        **{name: _plain(getattr(persona, name)) for name in PERSONALI},
        "nascita_presunta": persona.nascita_presunta,
        "senza_dimora": "" if has_left(componente) else persona.senza_dimora,
        "interprete": persona.interprete,
        "ruolo_nel_nucleo": componente.get_ruolo_display(),
        "schede_unite": _merged(componente),
        "residenze": [
            {
                "tipo": each.get_tipo_display(),
                "indirizzo": each.indirizzo,
                "comune": each.comune.nome if each.comune else "",
                "dal": day(each.dal),
                "al": day(each.al),
            }
            for each in persona.dimore  # type: ignore[attr-defined]
        ],
    }


def _before(prima: Prima, copri: Copri) -> dict[str, Any]:
    """What her record said before one correction: words of the lists in her language, names of others covered."""
    fields = [
        {"campo": name, "che_cosa": detta(PRIMA[name]), "diceva": copri(detta(said))}
        for name, said in prima.valori.items()
    ]
    return {"corretto_il": day(prima.riga.scritto_il), "campi": fields, "perche": copri(prima.riga.perche)}


def _files(attore: Attore, aperto: Aperto, copri: Copri, prima_di: date | None) -> list[dict[str, Any]]:
    files = policies.allegati_visibili(attore, aperto.caso, aperto.azioni).filter(livello__lte=3)
    added = before(prima_di, files, "creato_il__date")
    return [{"nome": copri(each.nome), "aggiunto_il": day(each.creato_il)} for each in added]


def _merged(componente: Componente) -> list[dict[str, Any]]:
    """What each record that was merged into hers says, and hers does not; of who has left, no contacts."""
    persona, left = componente.persona, has_left(componente)
    names = [name for name in PERSONALI if not (left and name in CONTATTI)]
    records = (
        {name: _plain(said) for name in names if (said := getattr(each, name)) and said != getattr(persona, name)}
        for each in persona.fuse.order_by("pk")
    )
    return [each for each in records if each]


def _help(attore: Attore, aperto: Aperto, copri: Copri, prima_di: date | None) -> list[dict[str, Any]]:
    visible = policies.interventi_visibili(attore, aperto.caso, aperto.azioni).select_related("ente", "tipo")
    given = before(prima_di, visible, "dal")
    return [
        {
            "tipo": str(each.tipo),
            "ente": each.ente.nome,
            "stato": each.get_stato_display() if prima_di is None else "",  # that of now
            "dal": day(each.dal),
            "al": day_before(prima_di, each.al),
            "nota": copri(each.nota) if each.ente_id == attore.operatore.ente_id else "",
        }
        for each in given.order_by("dal", "pk")
    ]


def _plain(value: Any) -> Any:
    """Empty for none, as every other day."""
    return value if isinstance(value, date) else str(value or "")
