"""Header, footer, breadcrumb and language menu of one page: the menus, and the pages around it in one query."""

from dataclasses import dataclass, field

from django import template
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template import Context
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page

from catalogo.querysets import unrestricted
from home.menu import Menu, home, menu

register = template.Library()


@dataclass(frozen=True)
class Lingua:
    """A language to switch to; `tradotta` when this very page has been translated into it."""

    codice: str
    nome: str
    url: str
    attiva: bool
    tradotta: bool


@dataclass
class Intorno:
    """The pages above one, home page first, and its translations."""

    antenate: list[Page] = field(default_factory=list)
    traduzioni: dict[str, Page] = field(default_factory=dict)


@register.simple_tag(takes_context=True)
def navigazione(context: Context) -> Menu:
    """Menus and the listening point's number."""
    request = context.get("request")
    return menu(request) if request is not None else Menu()


@register.filter
def dentro(path: str, url: str) -> bool:
    """Whether the page at `path` lies under the one at `url`."""
    return bool(url) and path.startswith(url)


@register.simple_tag(takes_context=True)
def antenate(context: Context) -> list[Page]:
    """The pages above this one that a reader may open, home page first."""
    return _intorno(context).antenate


def _intorno(context: Context) -> Intorno:
    """Read once per request; nothing where no page is shown."""
    request, page = context.get("request"), context.get("page")
    if request is None or not isinstance(page, Page):
        return Intorno()
    if not hasattr(request, "intorno"):
        pages = list(_around(page))
        above = [each for each in pages if page.path.startswith(each.path) and each.pk != page.pk]
        same = [each for each in pages if each.translation_key == page.translation_key]
        request.intorno = Intorno(above, {each.locale.language_code: each for each in same})
    return request.intorno


def _around(page: Page) -> QuerySet[Page]:
    """Those above `page` and those that translate it."""
    above = [page.path[:end] for end in range(2 * page.steplen, len(page.path), page.steplen)]
    wanted = Page.objects.filter(path__in=above), Page.objects.filter(translation_key=page.translation_key)
    first, second = (pages.order_by().values("pk") for pages in wanted)
    return (
        unrestricted(Page.objects.live()).filter(pk__in=first.union(second)).select_related("locale").order_by("path")
    )


@register.simple_tag(takes_context=True)
def lingue(context: Context) -> list[Lingua]:
    """Every language of the site with the address of this page in it, or of its home page."""
    request = context.get("request")
    if request is None:
        return []
    translations = _intorno(context).traduzioni
    return [_lingua(code, str(name), request, translations) for code, name in settings.LANGUAGES]


def _lingua(code: str, name: str, request: HttpRequest, translations: dict[str, Page]) -> Lingua:
    page = translations.get(code)
    if page is not None:
        url = page.get_url(request) or home(code)
    elif translations or not request.resolver_match:
        url = home(code)
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
