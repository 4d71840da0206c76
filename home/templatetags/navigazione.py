"""Header, footer, breadcrumb and language menu: what they link to, read together in one query."""

from dataclasses import dataclass, field

from django import template
from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from catalogo.models import CatalogoPage
from catalogo.querysets import unrestricted
from home.models import HomePage, PaginaSemplice

register = template.Library()

# The hooks by which checkers of public sites find the statutory pages (Modello Comuni).
GANCI = {
    "privacy": "privacy-policy-link",
    "accessibilita": "accessibility-link",
    "note_legali": "legal-notes",
    "faq": "faq",
    "disservizio": "report-inefficiency",
}


@dataclass(frozen=True)
class Voce:
    """A link of a menu; `lingua` is set when the page exists in Italian only."""

    titolo: str
    url: str
    attiva: bool
    lingua: str
    gancio: str


@dataclass(frozen=True)
class Lingua:
    """A language to switch to; `tradotta` when this very page has been translated into it."""

    codice: str
    nome: str
    url: str
    attiva: bool
    tradotta: bool


@dataclass
class Navigazione:
    home: str = "/"
    catalogo: str = ""
    territorio: str = ""
    telefono: str = ""
    orari: str = ""
    principale: list[Voce] = field(default_factory=list)
    piede: list[Voce] = field(default_factory=list)
    legali: list[Voce] = field(default_factory=list)
    antenate: list[Page] = field(default_factory=list)
    traduzioni: dict[str, Page] = field(default_factory=dict)

    @property
    def disservizio(self) -> str:
        """Where one reports that something here is wrong; empty while that page does not exist."""
        return next((voce.url for voce in self.legali if voce.gancio == GANCI["disservizio"]), "")


@register.simple_tag(takes_context=True)
def navigazione(context: Context) -> Navigazione:
    """Menus and the listening point's number for this request, read once."""
    request, page = context.get("request"), context.get("page")
    if request is None:
        return Navigazione()
    if not hasattr(request, "navigazione"):
        request.navigazione = _read(request, page if isinstance(page, Page) else None)
    return request.navigazione


@register.simple_tag(takes_context=True)
def antenate(context: Context) -> list[Page]:
    """The pages above this one that a reader may open, home page first."""
    return navigazione(context).antenate


def _read(request: HttpRequest, page: Page | None) -> Navigazione:
    pages = list(_pages(page))
    result = Navigazione(home=_home(get_language()))
    for each in _in_reader_language(pages):
        _place(each, result, request)
    if page is not None:
        result.antenate = [each for each in pages if page.path.startswith(each.path) and each.pk != page.pk]
        same = (each for each in pages if each.translation_key == page.translation_key)
        result.traduzioni = {each.locale.language_code: each for each in same}
    return result


def _place(page: Page, result: Navigazione, request: HttpRequest) -> None:
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


def _home(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def _pages(page: Page | None) -> QuerySet[Page]:
    """Home, pages of the menus and of the footer in the reader's language and in Italian; those around `page`."""
    menus = [
        HomePage.objects.filter(depth=2),
        Page.objects.filter(depth=3, show_in_menus=True),
        CatalogoPage.objects.all(),
        PaginaSemplice.objects.filter(nel_piede=True),
    ]
    wanted = [pages.filter(locale__language_code__in=_languages()) for pages in menus]
    if page is not None:
        above = [page.path[:end] for end in range(2 * page.steplen, len(page.path), page.steplen)]
        wanted.append(Page.objects.filter(Q(path__in=above) | Q(translation_key=page.translation_key)))
    # Joined afterwards: with the conditions in one `or`, the database would look at every page of the tree.
    first, *others = (pages.order_by().values("pk") for pages in wanted)
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


def _in_reader_language(pages: list[Page]) -> list[Page]:
    """One page per translation, the reader's language before Italian, in the order of the Italian tree."""
    chosen: dict[object, Page] = {}
    for page in pages:
        if page.locale.language_code not in _languages():
            continue
        if page.translation_key not in chosen or page.locale.language_code == get_language():
            chosen[page.translation_key] = page
    return list(chosen.values())


def _voce(page: Page, request: HttpRequest) -> Voce:
    url = page.get_url(request) or ""
    language = page.locale.language_code
    return Voce(
        titolo=page.title,
        url=url,
        attiva=bool(url) and request.path.startswith(url),
        lingua="" if language == get_language() else language,
        gancio=GANCI.get(page.ruolo or "", ""),
    )


@register.simple_tag(takes_context=True)
def lingue(context: Context) -> list[Lingua]:
    """Every language of the site with the address of this page in it, or of its home page."""
    request = context.get("request")
    if request is None:
        return []
    translations = navigazione(context).traduzioni
    return [_lingua(code, str(name), request, translations) for code, name in settings.LANGUAGES]


def _lingua(code: str, name: str, request: HttpRequest, translations: dict[str, Page]) -> Lingua:
    page = translations.get(code)
    if page is not None:
        url = page.get_url(request) or _home(code)
    elif translations or not request.resolver_match:
        url = _home(code)
    else:
        url = translate_url(request.get_full_path(), code)
    return Lingua(
        codice=code,
        nome=name,
        url=url,
        attiva=code == get_language(),
        tradotta=page is not None and page.alias_of_id is None,
    )


@register.simple_tag(takes_context=True)
def lingua_del_testo(context: Context) -> str:
    """Code of the language the page is really written in: an alias holds the Italian text under another address."""
    page = context.get("page")
    if isinstance(page, Page) and page.alias_of_id and get_language() != settings.LANGUAGE_CODE:
        return settings.LANGUAGE_CODE
    return ""
