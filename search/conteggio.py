"""Counting a search: what is kept, and when a text becomes something editors may read (models/conteggio.py)."""

import logging
import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Exists, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.utenti.accessi import address_tried
from search.models.conteggio import ParolaCercata, RicercaVista, SaleDelGiorno

log = logging.getLogger(__name__)

SOGLIA = 5  # different days, or different visitors on one day
GIORNI_DI_ATTESA = 60  # a text that has not got there by then is forgotten
GIORNI_DI_MEMORIA = 400  # of a text nobody searches any more
# What may name somebody is never counted, however often it is searched: addresses, and long numbers.
DI_QUALCUNO = re.compile(r"@|\d(?:[ ./-]?\d){4}|\b[a-z]{6}\d{2}[a-z]\d{2}[a-z]", re.I)
VISTA = """
INSERT INTO search_ricercavista (impronta, giorno, visitatore) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING
"""
MACCHINE = re.compile(r"bot|crawl|spider|slurp|monitor|curl|wget|python-", re.I)


@dataclass(frozen=True)
class Esito:
    """What a search gave: how many results as asked, and the filters in force as `name=value`."""

    risultati: int
    filtri: tuple[str, ...] = ()


def conta(request: HttpRequest, testo: str, esito: Esito) -> None:
    """Count one search of `testo`; a trouble with counting is never one for who searches."""
    testo = " ".join(testo.lower().split())
    if not testo or DI_QUALCUNO.search(testo) or MACCHINE.search(request.headers.get("User-Agent", "")):
        return
    try:
        _conta(request, testo, esito)
    except DatabaseError:
        log.warning("Una ricerca non è stata contata", exc_info=True)


def _conta(request: HttpRequest, testo: str, esito: Esito) -> None:
    oggi, lingua = timezone.localdate(), request.LANGUAGE_CODE
    impronta = digest("testo", f"{lingua}\n{testo}")
    visitatore = digest(sale(oggi), f"{impronta}\n{address_tried(request)}\n{request.headers.get('User-Agent', '')}")
    if not _prima_volta(impronta, oggi, visitatore):
        return
    nota = ParolaCercata.objects.filter(lingua=lingua, testo=testo)
    if _si_annota(impronta, nota):
        _aggiungi(nota, ParolaCercata(lingua=lingua, testo=testo, dal=oggi), esito, oggi)


def _prima_volta(impronta: str, oggi: date, visitatore: str) -> bool:
    """Write it down in one statement, as nearly every page of results does; false where it stands already."""
    with connection.cursor() as cursor:
        cursor.execute(VISTA, [impronta, oggi, visitatore])
        return bool(cursor.rowcount)


@transaction.atomic
def _aggiungi(note: QuerySet[ParolaCercata], nuova: ParolaCercata, esito: Esito, oggi: date) -> None:
    nota = note.select_for_update().order_by().first() or nuova
    nota.volte += 1
    nota.a_vuoto += not esito.risultati
    nota.risultati, nota.ultimo = esito.risultati, oggi
    for name in esito.filtri:
        nota.filtri[name] = nota.filtri.get(name, 0) + 1
    nota.save()


def _si_annota(impronta: str, nota: QuerySet[ParolaCercata]) -> bool:
    """Whether the text behind `impronta` is noted already, or came on enough days, or from enough visitors on one."""
    per_day = (
        RicercaVista.objects.filter(impronta=impronta)
        .order_by()
        .values("giorno")
        .annotate(visitatori=Count("pk"), nota=Exists(nota))
        .values_list("visitatori", "nota")
    )
    found = list(per_day)
    return len(found) >= SOGLIA or any(noted or visitors >= SOGLIA for visitors, noted in found)


def sale(oggi: date) -> str:
    """The salt of today, the same in every process; making a new one throws away the old and what is too old."""
    found, new = SaleDelGiorno.objects.get_or_create(giorno=oggi, defaults={"valore": secrets.token_hex(32)})
    if new:
        dimentica(oggi)
    return found.valore


def dimentica(oggi: date) -> None:
    SaleDelGiorno.objects.filter(giorno__lt=oggi).delete()
    RicercaVista.objects.filter(giorno__lt=oggi - timedelta(days=GIORNI_DI_ATTESA)).delete()
    ParolaCercata.objects.filter(ultimo__lt=oggi - timedelta(days=GIORNI_DI_MEMORIA)).delete()


def digest(salt: str, value: str) -> str:
    return salted_hmac(f"search.conteggio.{salt}", value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def cercato_ma_non_trovato() -> QuerySet[ParolaCercata]:
    """What was asked for and at least once not there: the share of empty answers tells unmet needs from accidents."""
    return ParolaCercata.objects.filter(a_vuoto__gt=0)
