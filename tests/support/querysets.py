"""Rows without an order come in any order: here they really do, and a slice of them fails."""

import random

from django.db.models import QuerySet
from django.db.models.query import MAX_GET_RESULTS

OURS = ("portal.", "home.", "catalogo.", "search.", "casi.")


class UnorderedSliceError(AssertionError):
    """Some rows of an unordered set: which ones is chance."""


def install(monkeypatch) -> None:
    """Replace the method that reads a queryset's rows; undone with `monkeypatch`."""
    fetch = QuerySet._fetch_all

    def fetch_strictly(self) -> None:
        fresh = self._result_cache is None
        loose = fresh and self.model.__module__.startswith(OURS) and not self.ordered
        if loose and is_a_choice(self):
            raise UnorderedSliceError(f"a slice of {self.model.__name__} without order_by")
        fetch(self)
        if loose:
            random.shuffle(self._result_cache)

    monkeypatch.setattr(QuerySet, "_fetch_all", fetch_strictly)


def is_a_choice(queryset: QuerySet) -> bool:
    """A limit, other than the one by which `get()` notices a second row."""
    query = queryset.query
    return query.is_sliced and not (query.low_mark == 0 and query.high_mark == MAX_GET_RESULTS)
