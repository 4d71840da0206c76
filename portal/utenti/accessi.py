"""Which account and which address a failed sign-in is counted under (django-axes)."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.db.models import Q
from django.http import HttpRequest

from .models import Utente


def account_named(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The username tried, also when the e-mail was typed: two names of one account share their five attempts."""
    given = credentials or {}
    typed = str(given.get("username") or given.get("email") or request.POST.get("login") or "").strip()
    found = Utente.objects.filter(Q(username__iexact=typed) | Q(email__iexact=typed)).order_by("pk").first()
    return found.username if found else typed.lower()[:150]


def client_address(request: HttpRequest) -> str | None:
    """Address of the person's machine; behind our own proxy (DIETRO_PROXY) the one that the proxy saw.

    None for a sign-in that no machine asked for: a test's or a command's.
    """
    return get_adapter(request).get_client_ip(request) if "REMOTE_ADDR" in request.META else None
