"""A condition written for the database, asked of facts in hand."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q


def holds(rule: Q, facts: Mapping[str, bool]) -> bool:
    """Whether `rule`, a Q over names of `facts`, is true of them, as the database would answer."""
    children: list[Any] = rule.children
    answers = (holds(each, facts) if isinstance(each, Q) else facts[each[0]] is each[1] for each in children)
    return all(answers) if rule.connector == Q.AND else any(answers)
