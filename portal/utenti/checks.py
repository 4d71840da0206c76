"""System checks: demo mode must never be on where others can reach it, whatever the command."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from portal.settings.avvio import LOCAL_HOSTS


@register()
def demo_only_on_this_machine(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demo mode lets anybody enter as anybody: it is refused wherever other machines could reach it."""
    if not settings.DEMO:
        return []
    problems: list[CheckMessage] = []
    if foreign := [host for host in settings.ALLOWED_HOSTS if host not in LOCAL_HOSTS]:
        message = f"DEMO è attivo con nomi di macchina raggiungibili da fuori: {', '.join(foreign)}."
        problems.append(Error(message, id="tessere.E001"))
    if settings.HTTPS:
        problems.append(Error("DEMO è attivo su un indirizzo https.", id="tessere.E002"))
    return problems
