"""How a household is called; and colleagues, inside a question that cannot load them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Coalesce, NullIf

from casi.models import Componente, RuoloNelNucleo


def called(utente: str) -> Coalesce:
    """How a colleague is called, as `Utente.__str__` says it."""
    return Coalesce(NullIf(_full_name(utente), Value("")), f"{utente}__username")


def _full_name(utente: str) -> Func:
    """One expression, where Django's Concat and Trim are eight: a page of a case says a dozen names."""
    first, last = F(f"{utente}__first_name"), F(f"{utente}__last_name")
    joined = "TRIM(CONCAT_WS(' ', %(expressions)s))"
    return Func(first, last, template=joined, output_field=CharField())


def di_riferimento(members: Iterable[Componente]) -> Componente | None:
    """Whom a household is called by, of its `members` in the order they came: the person of reference; where nobody is
    it, the eldest, who is said to be somebody's child only if all are."""
    people = list(members)
    chosen = next((each for each in people if each.ruolo == RuoloNelNucleo.RIFERIMENTO), None)
    return chosen or min(people, key=_youth, default=None)


def _youth(each: Componente) -> tuple[bool, date]:
    """An adult whose age nobody knows is before any child."""
    born: date | None = each.persona.data_nascita  # type: ignore[assignment]  # the stubs take it for a text
    return each.ruolo == RuoloNelNucleo.FIGLIO, born or date.max
