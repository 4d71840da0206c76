"""How colleagues are called inside a question that cannot load them."""

from django.db.models import Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim


def called(utente: str) -> Coalesce:
    """How a colleague is called, as `Utente.__str__` says it."""
    full = Trim(Concat(f"{utente}__first_name", Value(" "), f"{utente}__last_name"))
    return Coalesce(NullIf(full, Value("")), f"{utente}__username")
