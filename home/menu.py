"""What header and footer link to: the same for every reader of a language, so read once and kept until it changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from catalogo.models import CatalogoPage
from catalogo.querysets import unrestricted
from home.models import HomePage, PaginaSemplice
from portal.cms.cache_pagine.ricordo import Ricordo

# The hooks by which checkers of public sites find the statutory pages (Modello Comuni).
GANCI = {
    "privacy": "privacy-policy-link",
    "accessibilita": "accessibility-link",
    "note_legali": "legal-notes",
    "faq": "faq",
    "disservizio": "report-inefficiency",
}
DETTI = dict(PaginaSemplice._meta.get_field("ruolo_legale").flatchoices)  # what each of them is, in every language


@dataclass(frozen=True)
class Voce:
    """A link of a menu; `lingua` is set when the page exists in Italian only. A statutory one is then called by what
    it is, in the reader's language."""

    titolo: str
    url: str
    lingua: str
    gancio: str


@dataclass
class Menu:
    """Links of header and footer; territory and listening point's number of the home page."""

    home: str = "/"
    catalogo: str = ""
    territorio: str = ""
    telefono: str = ""
    orari: str = ""
    principale: list[Voce] = field(default_factory=list)
    piede: list[Voce] = field(default_factory=list)
    legali: list[Voce] = field(default_factory=list)

    @property
    def disservizio(self) -> str:
        """Where one reports that something here is wrong; empty while that page does not exist."""
        return next((voce.url for voce in self.legali if voce.gancio == GANCI["disservizio"]), "")


_letti: Ricordo[Menu] = Ricordo()


def menu(request: HttpRequest) -> Menu:
    """The menus for the reader's language, with addresses as this host and this process give them.

    The reserved process has no address for a page: what it reads is no menu for the public one, where a test runs both.
    """
    return _letti.get((get_language(), request.get_host(), settings.ROOT_URLCONF), lambda: _read(request))


def home(code: str) -> str:
    """Address of the home page in the language `code`."""
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def _read(request: HttpRequest) -> Menu:
    result = Menu(home=home(get_language()))
    for page in _in_reader_language(_pages()):
        _place(page, result, request)
    return result


def _place(page: Page, result: Menu, request: HttpRequest) -> None:
    """Put `page` in every menu it belongs to."""
    if page.depth == 2:
        result.territorio, result.telefono, result.orari = page.territorio, page.telefono, page.orari
        return
    voce = _voce(page, request)
    if page.catalogo:
        result.catalogo = voce.url
    if page.ruolo:
        result.legali.append(voce)
    elif page.nel_piede:
        result.piede.append(voce)
    if page.show_in_menus and page.depth == 3:
        result.principale.append(voce)


def _pages() -> QuerySet[Page]:
    """Home, pages of the menus and of the footer in the reader's language and in Italian."""
    menus = [
        HomePage.objects.filter(depth=2),
        Page.objects.filter(depth=3, show_in_menus=True),
        CatalogoPage.objects.all(),
        PaginaSemplice.objects.filter(nel_piede=True),
    ]
    # Joined afterwards: with the conditions in one `or`, the database would look at every page of the tree.
    first, *others = (pages.filter(locale__language_code__in=_languages()).order_by().values("pk") for pages in menus)
    return (
        unrestricted(Page.objects.live())
        .filter(pk__in=first.union(*others))
        .annotate(
            territorio=F("homepage__territorio"),
            telefono=F("homepage__telefono_ascolto"),
            orari=F("homepage__orari_ascolto"),
            catalogo=F("catalogopage__pk"),
            nel_piede=F("paginasemplice__nel_piede"),
            ruolo=F("paginasemplice__ruolo_legale"),
        )
        .select_related("locale")
        .order_by("path")
    )


def _languages() -> set[str]:
    return {get_language() or settings.LANGUAGE_CODE, settings.LANGUAGE_CODE}


def _in_reader_language(pages: Iterable[Page]) -> list[Page]:
    """One page per translation, the reader's language before Italian, in the order of the Italian tree."""
    chosen: dict[object, Page] = {}
    for page in pages:
        if page.translation_key not in chosen or page.locale.language_code == get_language():
            chosen[page.translation_key] = page
    return list(chosen.values())


def _voce(page: Page, request: HttpRequest) -> Voce:
    language = page.locale.language_code
    return Voce(
        titolo=page.title if language == get_language() or not page.ruolo else str(DETTI[page.ruolo]),
        url=page.get_url(request) or "",
        lingua="" if language == get_language() else language,
        gancio=GANCI.get(page.ruolo or "", ""),
    )
