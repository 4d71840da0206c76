"""What `manage.py check` says of the search settings."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register


@register()
def search_url_names_an_engine(**kwargs: Any) -> list[CheckMessage]:
    """A mistyped address must stop the start, not the first search."""
    if not settings.SEARCH_URL:
        return []
    from .motori.collegamento import indirizzo

    try:
        indirizzo(settings.SEARCH_URL)
    except ValueError:
        return [
            Error(
                "SEARCH_URL non è un indirizzo che so usare.",
                hint="Per esempio elasticsearch://localhost:9200 oppure opensearch+https://utente:password@host:9200",
                id="search.E001",
            )
        ]
    return []
