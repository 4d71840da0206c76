"""What an action may need besides a role that lists it: the shape of each row of `casi.ruoli.REGOLE`."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise


class Via(StrEnum):
    """By which way a role reaches what it acts on."""

    RUOLO = "ruolo"  # no case: the role is enough
    UFFICIO = "ufficio"  # every case its own body holds, by number alone
    INCARICO = "incarico"  # the cases the person is assigned to


@dataclass(frozen=True)
class Regola:
    """What an action needs besides a role that lists it."""

    descrizione: Promise
    via: Via = Via.RUOLO
    permesso: str = ""  # guardian's codename, on the very case
    ambito: str = ""  # what an admitted body must have been given; empty: the people of the holder only
    livelli: frozenset[int] = frozenset()  # of what is written, those it reads or writes (domain.md §5.1)
    conferma: bool = False  # the second factor again, now


def su_un_caso(
    descrizione: Promise, permesso: str, ambito: str = "", livelli: Iterable[int] = (), *, conferma: bool = False
) -> Regola:
    return Regola(descrizione, Via.INCARICO, permesso, ambito, frozenset(livelli), conferma)
