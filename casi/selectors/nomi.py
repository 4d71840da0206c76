"""How colleagues are called inside a question that cannot load them."""

from django.db.models import CharField, F, Func, Value
from django.db.models.functions import Coalesce, NullIf


def called(utente: str) -> Coalesce:
    """How a colleague is called, as `Utente.__str__` says it."""
    return Coalesce(NullIf(_full_name(utente), Value("")), f"{utente}__username")


def _full_name(utente: str) -> Func:
    """One expression, where Django's Concat and Trim are eight: a page of a case says a dozen names."""
    first, last = F(f"{utente}__first_name"), F(f"{utente}__last_name")
    joined = "TRIM(CONCAT_WS(' ', %(expressions)s))"
    return Func(first, last, template=joined, output_field=CharField())
