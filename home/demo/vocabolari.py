"""Languages, site address, words of the catalogue."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Locale, Site

from catalogo.models import Argomento, Bisogno, Comune, Destinatari, ModalitaAccesso, TipoServizio

from .dati import read

MODELLI = {
    "bisogni": Bisogno,
    "tipi_servizio": TipoServizio,
    "destinatari": Destinatari,
    "modalita_accesso": ModalitaAccesso,
    "argomenti": Argomento,
}


def carica() -> None:
    for code, _name in settings.LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    _site()
    for name, model in MODELLI.items():
        known = set(model.objects.values_list("codice", flat=True))
        model.objects.bulk_create(model(**_row(row)) for row in read("vocabolari")[name] if row["codice"] not in known)
    known = set(Comune.objects.values_list("codice_istat", flat=True))
    Comune.objects.bulk_create(Comune(**row) for row in read("rete")["comuni"] if row["codice_istat"] not in known)


def _row(row: dict) -> dict:
    """References by code become rows."""
    need = row.get("bisogno")
    return {**row, "bisogno": Bisogno.objects.get(codice=need)} if need else row


def _site() -> None:
    address = urlsplit(settings.URL_PUBBLICO)
    site = Site.objects.get(is_default_site=True)
    wanted = {"hostname": address.hostname, "port": address.port or (443 if address.scheme == "https" else 80)}
    if any(getattr(site, name) != value for name, value in wanted.items()):
        for name, value in wanted.items():
            setattr(site, name, value)
        site.save()
