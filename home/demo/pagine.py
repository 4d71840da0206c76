"""Home, indexes, pages of text and news."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import Locale

from catalogo.importazione.albero import add_page
from catalogo.models import CatalogoPage, EntePage, EntiIndexPage
from home.models import HomePage, NotiziaPage, NotizieIndexPage, PaginaSemplice
from portal.cms.models import PaginaBase

from . import immagini
from .dati import read
from .testi import blocks

INDICI = {"servizi": CatalogoPage, "enti": EntiIndexPage, "notizie": NotizieIndexPage}


def carica() -> Iterator[str]:
    """Yields the name of each page made or filled."""
    home = HomePage.objects.get(locale=Locale.get_default())
    yield from _simple_pages(home)
    texts = {**read("rete")["home"]}
    texts["pagina_aiutare"] = PaginaSemplice.objects.child_of(home).filter(slug=texts["pagina_aiutare"]).first()
    yield from _fill(home, texts)
    for name, model in INDICI.items():
        yield from _fill(model.objects.get(locale=home.locale), read("rete")["indici"][name])
    yield from _news(NotizieIndexPage.objects.get(locale=home.locale))


def _fill(page: PaginaBase, values: dict) -> Iterator[str]:
    """Texts for a page that the migrations made, unless somebody has already written there."""
    if page.descrizione_breve:
        return
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(log_action=False).publish()
    yield page.title


def _simple_pages(home: HomePage) -> Iterator[str]:
    known = set(PaginaSemplice.objects.child_of(home).values_list("slug", flat=True))
    pictures = immagini.by_name()
    for row in read("rete")["pagine"]:
        if row["slug"] not in known:
            own = {"corpo": blocks(row["corpo"]), "immagine": pictures.get(row["immagine"])}
            add_page(home, PaginaSemplice(**{**row, **own}), live=True)
            yield row["title"]


def _news(index: NotizieIndexPage) -> Iterator[str]:
    known = set(NotiziaPage.objects.child_of(index).values_list("slug", flat=True))
    bodies = {page.slug: page.ente for page in EntePage.objects.filter(locale=index.locale).select_related("ente")}
    pictures = immagini.by_name()
    for row in read("rete")["notizie"]:
        if row["slug"] not in known:
            page = _piece_of_news(row, bodies, timezone.localdate())
            page.immagine = pictures.get(row["immagine"])
            add_page(index, page, live=True)
            yield row["title"]


def _piece_of_news(row: dict, bodies: dict, today: date) -> NotiziaPage:
    texts = {name: row[name] for name in ("slug", "title", "tipo", "descrizione_breve")}
    expires = row["scade_fra_giorni"]
    return NotiziaPage(
        **texts,
        corpo=blocks(row["corpo"]),
        a_cura_di=bodies[row["a_cura_di"]],
        data=today - timedelta(days=row["giorni_fa"]),
        scadenza=today + timedelta(days=expires) if expires else None,
    )
