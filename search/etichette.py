"""What the values of the facets are called: asked once, then kept until the contents change."""

from collections.abc import Mapping

from django.db.models import CharField, F, JSONField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogo.models import Bisogno, Comune, Destinatari, Ente, ModalitaAccesso, TipoServizio
from catalogo.models.ente import nome_corrente
from portal.cms.cache_pagine.ricordo import Ricordo

from .tipi import Genere

Nomi = dict[str, dict[str, str]]  # by facet and code
VOCABOLARI = {"bisogno": Bisogno, "tipo": TipoServizio, "per": Destinatari, "accesso": ModalitaAccesso}
FISSE: dict[str, dict[str, Promise]] = {
    "genere": {
        Genere.SERVIZIO: _("Servizi"),
        Genere.ENTE: _("Enti"),
        Genere.LUOGO: _("Luoghi"),
        Genere.NOTIZIA: _("Notizie"),
        Genere.PAGINA: _("Pagine"),
        Genere.DOCUMENTO: _("Documenti"),
    },
    "gratuito": {"1": _("Gratuito")},
    "senza_isee": {"1": _("Senza ISEE")},
}

_noti: Ricordo[Nomi] = Ricordo()  # by language, of the codes asked for so far


def etichette(codici: Mapping[str, set[str]], lingua: str) -> Nomi:
    """Names by facet and code, of the codes asked for at least; a code that does not exist has none."""
    known = _noti.get(lingua, _fissi)
    unknown = {name: codes - known[name].keys() for name, codes in codici.items()}
    if any(unknown.values()):
        for name, code, label, translations in _rows(unknown):
            known[name][code] = translations.get(lingua) or label
    return known


def _fissi() -> Nomi:
    found: Nomi = {name: {code: str(label) for code, label in labels.items()} for name, labels in FISSE.items()}
    return found | {name: {} for name in (*VOCABOLARI, "comune", "ente")}


def _rows(codici: Mapping[str, set[str]]) -> QuerySet:
    arms = [
        _arm(name, model.objects.filter(codice__in=codici.get(name, ())), "codice", F("nome"), F("traduzioni"))
        for name, model in VOCABOLARI.items()
    ]
    arms.append(
        _arm("comune", Comune.objects.filter(codice_istat__in=codici.get("comune", ())), "codice_istat", F("nome"))
    )
    bodies = Ente.objects.filter(pk__in=[code for code in codici.get("ente", ()) if _is_key(code)])
    arms.append(_arm("ente", bodies, "pk", nome_corrente()))
    return arms[0].union(*arms[1:], all=True)


def _is_key(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) < 10


def _arm(name: str, rows: QuerySet, key: str, label: Combinable, translations: Combinable | None = None) -> QuerySet:
    """One arm of the union: all agree on names, types and order of the columns."""
    return (
        rows.order_by()
        .annotate(filtro=Value(name, CharField()), valore=Cast(key, CharField()), voce=Cast(label, CharField()))
        .annotate(nomi=translations or Value({}, JSONField()))
        .values_list("filtro", "valore", "voce", "nomi")
    )
