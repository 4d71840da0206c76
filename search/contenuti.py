"""What the index is made of, pages and documents alike: contents of a model by their keys."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Model, QuerySet

from portal.cms.models import Documento

from . import documenti
from . import voci as pagine
from .models import VoceIndice
from .tipi import Genere


def gruppi_di(modello: type[Model]) -> QuerySet:
    """Keys of the contents of `modello`, in order, each once."""
    return documenti.gruppi() if modello is Documento else pagine.gruppi_di(modello)


def voci(modello: type[Model], genere: Genere, gruppi: Iterable[UUID]) -> list[VoceIndice]:
    """Rows of the contents `gruppi`; none for what is not public."""
    return documenti.voci(gruppi) if modello is Documento else pagine.voci(modello, genere, gruppi)
