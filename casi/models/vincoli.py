"""Conditions that the constraints of several models ask for."""

from functools import reduce
from operator import or_

from django.db.models import Q


def one_alone(*columns: str) -> Q:
    """Exactly one of the columns says something."""
    ways = [Q(*((f"{each}__isnull", each != column) for each in columns)) for column in columns]
    return reduce(or_, ways)
