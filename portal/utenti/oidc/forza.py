"""How surely the gateway recognised somebody: enough for a second factor, and how long ago."""

from typing import Any

from allauth.account.models import Login
from allauth.account.signals import user_logged_in
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

MARK = "identita"


class SecondoFattoreLocale(AuthenticateStage):
    """Allauth's question for the code, not asked of who has just shown a second factor to the gateway."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not _is_strong(_told_by(self.login)) and super()._should_handle(request)


def has_passed_there(request: HttpRequest) -> bool:
    """Whether this session began with a sign-in at the gateway that counts as a second factor."""
    return _mark(request) is not None


def recognised_at(request: HttpRequest) -> float:
    """When the person last showed it there, as the gateway says (seconds, Unix); 0 when it does not say."""
    mark = _mark(request)
    return float(mark["quando"]) if mark else 0


@receiver(user_logged_in)
def remember(request: HttpRequest, user: Any, **kwargs: Any) -> None:
    told = _extra(kwargs.get("sociallogin"))
    if _is_strong(told):
        request.session[MARK] = {"utente": str(user.pk), "quando": told.get("auth_time") or 0}


def _mark(request: HttpRequest) -> dict | None:
    mark = request.session.get(MARK)
    return mark if mark and mark["utente"] == str(request.user.pk) else None


def _told_by(login: Login) -> dict:
    return _extra((login.signal_kwargs or {}).get("sociallogin"))


def _extra(sociallogin: Any) -> dict:
    return sociallogin.account.extra_data if sociallogin else {}


def _is_strong(told: dict) -> bool:
    """Whether `acr` or one of `amr` is among those the settings accept."""
    methods = told.get("amr") or []
    shown = {told.get("acr"), *([methods] if isinstance(methods, str) else methods)}
    return bool(shown & set(settings.OIDC_SECONDO_FATTORE))
