"""Pictures of our own, from catalogo/dati/immagini: a file named as a page's slug is that page's picture."""

from collections.abc import Iterator

from django.core.files.images import ImageFile
from wagtail.models import Locale

from catalogo.models import EntePage, LuogoPage
from catalogo.percorsi import DATI
from home.models import NotiziaPage
from portal.cms.models import Immagine

from .dati import read

CARTELLA = DATI / "immagini"


def carica() -> Iterator[str]:
    """Yields the name of each picture added; their alternative texts are in immagini.json beside them."""
    if not CARTELLA.is_dir():
        return
    texts = read("immagini/immagini")
    for file in sorted(CARTELLA.glob("*.png")):
        page = _page(file.stem)
        if page and page.immagine_id is None:
            page.immagine = _picture(file, texts[file.stem])
            page.save_revision(log_action=False).publish()
            yield page.title


def _page(slug: str):
    for model in (EntePage, LuogoPage, NotiziaPage):
        if page := model.objects.filter(slug=slug, locale=Locale.get_default()).first():
            return page
    return None


def _picture(file, text: str) -> Immagine:
    with file.open("rb") as content:
        return Immagine.objects.create(title=file.stem, testo_alternativo=text, file=ImageFile(content, file.name))
