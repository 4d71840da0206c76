"""What the sign-in pages and the demo's banner know."""

from django.conf import settings
from django.http import HttpRequest

from .oidc.strada import gateway
from .processi import in_riservato
from .secondo_fattore import PERSONA_MARK


def accesso(request: HttpRequest) -> dict[str, object]:
    session = getattr(request, "session", None)
    return {
        "lavoro_url": settings.LOGIN_REDIRECT_URL,
        "fornitore_identita": gateway(),
        "area_riservata": in_riservato(),
        "persona_demo": session.get(PERSONA_MARK, "") if settings.DEMO and session is not None else "",
    }
