"""Which requests are nobody's in particular, and which answers may be shown to anybody."""

from collections.abc import Hashable

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase

LUNGHEZZA_CHIAVE = 500
# Differs at each step of a visit and changes nothing of the answer.
HTMX_IRRILEVANTI = {"Hx-Current-Url"}
# What the visible language and form of a page depend on besides its address.
VARY_NOTI = {"accept-language", "accept-encoding", "hx-request", "cookie"}


def is_anonymous(request: HttpRequest) -> bool:
    """Nobody in particular asks.

    - it only reads;
    - no session, no waiting message, no credentials come with it;
    - it is not Wagtail asking itself for a preview.
    """
    personal = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return (
        request.method in {"GET", "HEAD"}
        and not any(name in request.COOKIES for name in personal)
        and "Authorization" not in request.headers
        and not getattr(request, "is_dummy", False)
    )


def key(request: HttpRequest) -> Hashable | None:
    """All that the answer to an anonymous `request` depends on, None for what is not worth or not fit to keep.

    The query counts as written, so that an answer that repeats its own address stays exact. A parameter that no
    page knows, or free words, are answered afresh each time: neither fills the memory nor stays in it.
    """
    query = request.META.get("QUERY_STRING", "")
    htmx = tuple(
        sorted(
            (name, value)
            for name, value in request.headers.items()
            if name.startswith("Hx-") and name not in HTMX_IRRILEVANTI
        )
    )
    whole = (request.scheme, request.get_host(), request.path_info, query, htmx)
    if len(repr(whole)) > LUNGHEZZA_CHIAVE or not _known(request.GET):
        return None
    return whole


def _known(query: QueryDict) -> bool:
    return set(query) <= settings.PAGINE_ANONIME["parametri"]


def is_page(request: HttpRequest) -> bool:
    """The answer came from a view of public pages: never the admin, sign-in, files, health."""
    match = request.resolver_match
    return match is not None and match.view_name in settings.PAGINE_ANONIME["viste"]


def is_for_anybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Another anonymous reader would get the same bytes.

    - a plain, whole 200 that has not said itself how it is to be kept (a page with a view restriction does);
    - it gives no cookie: neither a session nor the token of a form;
    - it did not look at the cookies that came with the request, nor at any header unknown here;
    - its content policy is the site's, without a nonce.
    """
    if not isinstance(response, HttpResponse) or response.status_code != 200 or response.cookies:
        return False
    if any(response.has_header(name) for name in ("Cache-Control", "Set-Cookie", "Content-Encoding")):
        return False
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    if vary - VARY_NOTI or ("cookie" in vary and request.COOKIES):
        return False
    own_policy = any(name.startswith("_csp") for name in vars(response)) or hasattr(request, "_csp_nonce")
    return not own_policy
