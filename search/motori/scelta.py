"""Which engine answers."""

from django.conf import settings

from .base import Motore
from .postgres import Postgres


def motore() -> Motore:
    """PostgreSQL, which needs nothing else; or the cluster of SEARCH_URL, with PostgreSQL where it falls silent."""
    if not settings.SEARCH_URL:
        return Postgres()
    from .cluster import Cluster
    from .ripiego import ConRipiego

    return ConRipiego(Cluster(), Postgres())
