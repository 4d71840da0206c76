"""A form about one case: what it offers depends on the case and on who fills it in."""

from typing import Any

from django.db.models import QuerySet

from casi.attore import Attore
from casi.forms.base import Modulo
from casi.models import Caso


class ModuloSulCaso(Modulo):
    """By itself nothing to fill in: a page that says what will happen, and a button."""

    def __init__(self, *args: Any, caso: Caso, attore: Attore, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in self.scelte(caso, attore).items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        """The rows that each field may choose from."""
        return {}
