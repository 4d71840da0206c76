"""Addresses that lead to the gateway."""

from django.conf import settings
from django.urls import reverse

from .provider import AGAIN


def gateway() -> dict[str, str] | None:
    """Name and sign-in address of the gateway, if there is one."""
    apps = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    return {"nome": apps[0]["name"], "url": _login(apps[0]["provider_id"])} if apps else None


def there_again() -> str:
    """Where the gateway asks who one is even if it remembers; only for who has signed in through it."""
    found = gateway()
    return f"{found['url']}?{AGAIN}=1" if found else reverse("secondo_fattore")


def _login(provider_id: str) -> str:
    return reverse("openid_connect_login", args=[provider_id])
