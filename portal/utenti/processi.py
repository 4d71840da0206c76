"""Which of the two processes this code runs in."""

from django.conf import settings


def in_riservato() -> bool:
    """Asked of the addresses: the tests and the commands of the owner have every application installed."""
    return settings.ROOT_URLCONF == "portal.urls.riservato"
