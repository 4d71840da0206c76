"""Which of a case's pages one is on, or under."""

from collections.abc import Iterable, Mapping

from django import template

register = template.Library()

# Pages that lie under another one by meaning, not by address.
ALTROVE = {"nascosti": "diario", "nascondi": "diario", "legami": "persone"}


@register.filter
def sopra(schede: Iterable[Mapping[str, str]], path: str) -> str:
    """The address of the entry that `path` lies under; empty under none but the first, which is above all."""
    first, *others = [each["url"] for each in schede]
    rest = path.removeprefix(first)
    head, slash, tail = rest.partition("/")
    wanted = f"{first}{ALTROVE.get(head, head)}{slash}{tail}"
    return max((url for url in others if wanted.startswith(url)), key=len, default="")
