"""What every template knows of the site."""

from django.conf import settings
from django.http import HttpRequest


def sito(request: HttpRequest) -> dict[str, object]:
    return {
        "sito_nome": settings.SITO_NOME,
        "sito_motto": settings.SITO_MOTTO,
        "demo": settings.DEMO,
        "url_pubblico": settings.URL_PUBBLICO,
        "url_riservato": settings.URL_RISERVATO,
    }
