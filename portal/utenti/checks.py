"""System checks: what must never be true outside the demo, and what a production process needs to start."""

from django.conf import settings
from django.core.checks import Error, register

DEMO_HOSTS = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register()
def demo_only_on_this_machine(app_configs, **kwargs) -> list[Error]:
    """Demo mode lets anybody enter as anybody: it is refused wherever other machines could reach it."""
    if not settings.DEMO:
        return []
    foreign = [host for host in settings.ALLOWED_HOSTS if host not in DEMO_HOSTS]
    problems = []
    if foreign:
        problems.append(
            Error(
                "DEMO è attivo con nomi di macchina raggiungibili da fuori: " + ", ".join(foreign),
                id="tessere.E001",
            )
        )
    if settings.HTTPS:
        problems.append(Error("DEMO è attivo su un indirizzo https.", id="tessere.E002"))
    return problems
