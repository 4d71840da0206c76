"""Pictures of our own, from catalogo/dati/immagini; the data name them by file name."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.images import ImageFile

from catalogo.percorsi import DATI
from portal.cms.models import Immagine

from .dati import read

CARTELLA = DATI / "immagini"


def carica() -> Iterator[str]:
    """Yields the name of each picture added."""
    known = set(Immagine.objects.values_list("title", flat=True))
    for name, text in read("immagini/immagini").items():
        if name not in known:
            _add(CARTELLA / f"{name}.png", text)
            yield name


def by_name() -> dict[str | None, Immagine]:
    """What is there now; a page that names no picture, or one that was deleted, has none."""
    return {picture.title: picture for picture in Immagine.objects.filter(title__in=read("immagini/immagini"))}


def _add(file: Path, text: str) -> None:
    with file.open("rb") as content:
        Immagine.objects.create(title=file.stem, testo_alternativo=text, file=ImageFile(content, file.name))
