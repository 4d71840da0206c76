"""What somebody wrote in a form, told apart from what he chose in it and from what the page had put there."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from django import forms
from django.forms.widgets import DateTimeBaseInput

from casi.forms.base import Modulo
from casi.forms.elenco import uuid_da

WRITTEN = (forms.TextInput, forms.EmailInput, forms.NumberInput, forms.Textarea)


def is_written(name: str, text: str) -> bool:
    """Whether `text`, sent under `name`, was written by hand in some form of the area. A day is chosen, like a label.

    Two forms may call by one name a reason to be written and one to be chosen: what is a choice in either is no text,
    nor is the key of a row.
    """
    fields = _called().get(name, [])
    chosen = uuid_da(text) is not None or any(text in _codes(field) for field in fields)
    return any(map(_is_text, fields)) and not chosen


@cache
def _called() -> dict[str, list[forms.Field]]:
    """The fields of every form, by name."""
    found = defaultdict(list)
    for form in _below(Modulo):
        for name, field in form.base_fields.items():
            found[name].append(field)
    return dict(found)


def _below(form: type[Modulo]) -> Iterator[type[Modulo]]:
    yield form
    for each in form.__subclasses__():
        yield from _below(each)


def _is_text(field: forms.Field) -> bool:
    return isinstance(field.widget, WRITTEN) and not isinstance(field.widget, DateTimeBaseInput)


def _codes(field: forms.Field) -> set[str]:
    if isinstance(field, forms.BooleanField):
        return {"on"}
    of_ours = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField)
    choices: Any = field.choices if of_ours else ()  # type: ignore[attr-defined]
    return {str(code) for code, _label in choices}
