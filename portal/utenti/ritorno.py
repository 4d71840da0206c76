"""Where to go on to after a step of the sign-in."""

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme, urlencode


def onward(request: HttpRequest) -> str:
    """The address asked for, if it lies on this very host; otherwise the first page after signing in.

    It begins with a slash, as ours do: a bare word would be taken for the name of a view.
    """
    asked = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe and asked.startswith("/") else settings.LOGIN_REDIRECT_URL


def then(address: str, onward: str) -> str:
    """`address`, from which one goes on to `onward`."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({REDIRECT_FIELD_NAME: onward})}"
