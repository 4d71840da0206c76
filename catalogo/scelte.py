"""What the catalogue's filters offer: every vocabulary in one query."""

from django.conf import settings
from django.db.models import CharField, F, JSONField, PositiveSmallIntegerField, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import get_language

from catalogo.models import Bisogno, Comune, Destinatari, Ente, ServizioPage, TipoServizio
from catalogo.models.ente import nome_corrente
from portal.cms.cache_pagine.ricordo import Ricordo

VOCABOLARI = {"bisogno": Bisogno, "tipo": TipoServizio, "per": Destinatari}
Scelte = dict[str, list[tuple[str, str]]]
_lette: Ricordo[Scelte] = Ricordo()


def scelte() -> Scelte:
    """(value, name in the active language) pairs by filter name, in the order in which a person reads them."""
    language = get_language() or settings.LANGUAGE_CODE
    return _lette.get(language, lambda: _leggi(language))


def _leggi(language: str) -> Scelte:
    found: Scelte = {name: [] for name in (*VOCABOLARI, "comune", "ente")}
    for row in _all().order_by("posto", "voce"):
        found[row["filtro"]].append((row["valore"], row["nomi"].get(language) or row["voce"]))
    return found


def _all() -> QuerySet:
    first, *others = (
        _arm(name, model.objects.filter(attivo=True), "codice", F("nome"), (F("traduzioni"), F("ordine")))
        for name, model in VOCABOLARI.items()
    )
    return first.union(*others, _municipalities(), _bodies(), all=True)


def _municipalities() -> QuerySet:
    """Only municipalities where something is offered."""
    used = ServizioPage.objects.in_catalogo().order_by().values("comune")
    label = Concat("nome", Value(" ("), "provincia", Value(")"))
    return _arm("comune", Comune.objects.filter(pk__in=used), "codice_istat", label)


def _bodies() -> QuerySet:
    return _arm("ente", Ente.objects.filter(attivo=True), "pk", nome_corrente())


def _arm(filtro: str, queryset: QuerySet, key: str, label, rest: tuple | None = None) -> QuerySet:
    """One arm of the union: all agree on names, types and order of the columns."""
    translations, order = rest or (Value({}, JSONField()), Value(0, PositiveSmallIntegerField()))
    return (
        queryset.order_by()
        .annotate(filtro=Value(filtro, CharField()), valore=Cast(key, CharField()), voce=Cast(label, CharField()))
        .values("filtro", "valore", "voce", nomi=translations, posto=order)
    )
