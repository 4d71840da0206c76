"""Header, footer and language menu: what they link to. One query for both menus, one for the languages."""

from dataclasses import dataclass, field

from django import template
from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

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

    @property
    def disservizio(self) -> str:
        """Where one reports that something here is wrong; empty while that page does not exist."""
        return next((voce.url for voce in self.legali if voce.gancio == GANCI["disservizio"]), "")


@register.simple_tag(takes_context=True)
def navigazione(context: Context) -> Navigazione:
    """Menus and the listening point's number for this request, read once."""
    request = context.get("request")
    if request is None:
        return Navigazione()
    if not hasattr(request, "navigazione"):
        request.navigazione = _read(request)
    return request.navigazione


def _read(request: HttpRequest) -> Navigazione:
    result = Navigazione(home=_home(get_language()))
    for page in _in_reader_language(_pages()):
        if page.depth == 2:
            result.territorio, result.telefono, result.orari = page.territorio, page.telefono, page.orari
            continue
        voce = _voce(page, request)
        if page.catalogo:
            result.catalogo = voce.url
        if page.ruolo:
            result.legali.append(voce)
        elif page.nel_piede:
            result.piede.append(voce)
        if page.show_in_menus and page.depth == 3:
            result.principale.append(voce)
    return result


def _home(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def _pages() -> QuerySet[Page]:
    """Home, first-level pages shown in menus and footer pages, in the reader's language and in Italian."""
    return (
        Page.objects.live()
        .public()
        .filter(locale__language_code__in={get_language(), settings.LANGUAGE_CODE})
        .filter(
            Q(depth=2, homepage__isnull=False)
            | Q(depth=3, show_in_menus=True)
            | Q(catalogopage__isnull=False)
            | Q(paginasemplice__nel_piede=True)
        )
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


def _in_reader_language(pages: QuerySet[Page]) -> list[Page]:
    """One page per translation, the reader's language before Italian, in the order of the Italian tree."""
    chosen: dict[object, Page] = {}
    for page in pages:
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
    request, page = context.get("request"), context.get("page")
    if request is None:
        return []
    translations = _translations(page) if isinstance(page, Page) else {}
    return [_lingua(code, str(name), request, translations) for code, name in settings.LANGUAGES]


def _translations(page: Page) -> dict[str, Page]:
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {translation.locale.language_code: translation for translation in pages}


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
