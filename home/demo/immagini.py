"""Pictures of our own, from catalogo/dati/immagini; immagini.json says what each shows and on which pages it goes."""

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
    """Yields the title of each page that got its picture."""
    for name, entry in read("immagini/immagini").items():
        for slug in entry["pagine"]:
            page = _page(slug)
            if page and page.immagine_id is None:
                page.immagine = _picture(name, entry["testo"])
                page.save_revision(log_action=False).publish()
                yield page.title


def _page(slug: str):
    for model in (EntePage, LuogoPage, NotiziaPage):
        if page := model.objects.filter(slug=slug, locale=Locale.get_default()).first():
            return page
    return None


def _picture(name: str, text: str) -> Immagine:
    """The picture called `name`, added the first time it is asked for."""
    if picture := Immagine.objects.filter(title=name).first():
        return picture
    with (CARTELLA / f"{name}.png").open("rb") as content:
        return Immagine.objects.create(title=name, testo_alternativo=text, file=ImageFile(content, f"{name}.png"))
