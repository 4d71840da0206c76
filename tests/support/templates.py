"""A template of ours that prints a variable nobody gave it fails; third-party templates keep Django's leniency."""

import sys
from pathlib import Path

from django.conf import settings
from django.template.base import FilterExpression, Node


class UndefinedVariableError(AssertionError):
    """Named with its template, so that the mistake is found at once."""


class Strict(str):
    """Given to the engine as `string_if_invalid`: Django asks for its truth exactly when a variable is missing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        frame = sys._getframe(1)
        expression = frame.f_locals.get("self")
        if isinstance(expression, FilterExpression) and not has_default(expression):
            template = template_of(frame)
            if is_ours(template):
                raise UndefinedVariableError(f"«{expression.token}» is undefined in {template}")
        return False


def has_default(expression: FilterExpression) -> bool:
    """Whether the template says what to do without the variable: `{{ x|default:"…" }}`."""
    return bool(expression.filters) and expression.filters[0][0].__name__ in {"default", "default_if_none"}


def template_of(frame) -> str:
    """File of the innermost node being rendered."""
    while frame:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None):
            return str(node.origin.name)
        frame = frame.f_back
    return ""


def is_ours(template: str) -> bool:
    return Path(template).is_relative_to(settings.BASE_DIR) and "site-packages" not in template
