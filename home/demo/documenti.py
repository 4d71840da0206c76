"""Files to download, written by us from catalogo/dati/documenti.json; the data name them by file name."""

from collections.abc import Iterator

from django.core.files.base import ContentFile

from portal.cms.models import Documento

from .dati import read
from .pdf import pdf


def carica() -> Iterator[str]:
    """Yields the title of each document added."""
    known = set(Documento.objects.values_list("title", flat=True))
    for name, row in read("documenti").items():
        if row["titolo"] not in known:
            content = ContentFile(pdf(row["titolo"], row["testo"]), f"{name}.pdf")
            Documento.objects.create(title=row["titolo"], file=content, file_size=content.size)
            yield row["titolo"]


def named(name: str) -> Documento:
    """The document of the data's `name`; raise DoesNotExist where somebody deleted it."""
    return Documento.objects.filter(title=read("documenti")[name]["titolo"]).latest("pk")
