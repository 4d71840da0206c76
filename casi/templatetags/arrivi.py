"""What a request says by codes, in the words of who answers it."""

from django import template

from casi.lingue import IN_ITALIANO
from casi.selectors.arrivi import nomi_dei_bisogni

register = template.Library()
register.filter("chiamati", nomi_dei_bisogni)


@register.filter
def in_italiano(lingua: str) -> str:
    """What operators call a language; empty for none, and for a code nobody knows."""
    return IN_ITALIANO.get(lingua, "")
