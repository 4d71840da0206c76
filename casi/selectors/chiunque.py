"""Questions whose words are made once for every reader and every case alike (decision 0022)."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.models import Caso
from casi.ruoli import Azione
from casi.scritte import CASO, ENTE, NOME_ENTE, OPERATORE, TITOLARE, UTENTE, Scritta
from casi.selectors.casi import Aperto
from catalogo.models import Ente, Operatore

Cosa = TypeVar("Cosa", bound=Model)
Domanda = Callable[..., QuerySet[Any]]  # a function of a module: of who asks, and of the case he has open if any


class Lettore(NamedTuple):
    """All that the words may depend on, of who asks. What is not here is a mark in them, or cannot be read while they
    are made."""

    ruolo: str
    secondo_fattore: bool
    confermato: bool
    altre_reti: frozenset[int]


class Scheda(NamedTuple):
    """The same, of the case."""

    stato: str
    sigillato: bool
    azioni: frozenset[Azione]


def ask(compose: Domanda, attore: Attore) -> list[dict[str, Any]]:
    """The rows of `compose(attore)`: asked now, in words that may be made already."""
    return _written(compose, _lettore(attore), None, timezone.localdate()).rows(_meant(attore))


def ask_of_case(compose: Domanda, attore: Attore, aperto: Aperto) -> list[dict[str, Any]]:
    """The same of `compose(attore, aperto)`."""
    caso = aperto.caso
    scheda = Scheda(caso.stato, caso.sigillato, aperto.azioni)
    words = _written(compose, _lettore(attore), scheda, timezone.localdate())
    return words.rows({**_meant(attore), CASO: caso.pk, TITOLARE: caso.ente_titolare_id})


@lru_cache(maxsize=2_000)
def _written(compose: Domanda, lettore: Lettore, scheda: Scheda | None, _today: date) -> Scritta:
    """As somebody who is nobody asks it, of a case that is none."""
    return Scritta.of(compose(_anybody(lettore), *([_any_case(scheda)] if scheda else [])))


def _lettore(attore: Attore) -> Lettore:
    return Lettore(attore.operatore.ruolo, attore.secondo_fattore, attore.confermato, attore.altre_reti)


def _meant(attore: Attore) -> dict[Any, Any]:
    me = attore.operatore
    return {OPERATORE: me.pk, UTENTE: me.utente_id, ENTE: me.ente_id, NOME_ENTE: me.ente.nome}


def _anybody(lettore: Lettore) -> Attore:
    tie = _knowing(Operatore, id=OPERATORE, utente_id=UTENTE, ente_id=ENTE, ruolo=lettore.ruolo)
    tie.ente = _knowing(Ente, id=ENTE, nome=NOME_ENTE)
    reader = Attore(tie, "", "", lettore.secondo_fattore, lettore.confermato)
    vars(reader)["altre_reti"] = lettore.altre_reti  # known already: not to be asked of a mark
    return reader


def _any_case(scheda: Scheda) -> Aperto:
    caso = _knowing(Caso, id=CASO, ente_titolare_id=TITOLARE, stato=scheda.stato, sigillato=scheda.sigillato)
    return Aperto(caso, scheda.azioni)


def _knowing(model: type[Cosa], **known: Any) -> Cosa:
    """One of which nothing else is known: any other field raises DoesNotExist, so no word can depend on it."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in known]
    return model.from_db(None, names, [known[each] for each in names])
