"""Which account and which address a failed sign-in is counted under (django-axes)."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest

from .models import Utente


def account_named(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The username tried, also when the e-mail was typed: two names of one account share their five attempts."""
    given = credentials or {}
    typed = str(given.get("username") or given.get("email") or request.POST.get("login") or "").strip()
    found = Utente.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("pk").first()
    return found.username if found else typed.lower()[:150]


def client_address(request: HttpRequest) -> str:
    """Address of the person's machine; behind our own proxy (DIETRO_PROXY) the one that the proxy saw.

    Raises PermissionDenied when there is none: the register of the case area has no line without it.
    """
    return get_adapter(request).get_client_ip(request)


def address_tried(request: HttpRequest) -> str | None:
    """The same for counting failures, which go on being counted by account when the address is unknown."""
    try:
        return client_address(request)
    except PermissionDenied:
        return None
