"""What the sign-in pages and the demo's banner know."""

from urllib.parse import urlsplit

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
        "chiavi_per_sito": not keys_serve_both_sites(),
        "area_riservata": in_riservato(),
        "persona_demo": session.get(PERSONA_MARK, "") if settings.DEMO and session is not None else "",
    }


def keys_serve_both_sites() -> bool:
    """Whether a key or passkey made on one site is good on the other."""
    one, other = (urlsplit(address).hostname for address in (settings.URL_PUBBLICO, settings.URL_RISERVATO))
    return bool(settings.DOMINIO_CHIAVI) or one == other
