"""Where somebody is signed in: what the person sees of it and ends, and what who runs the server ends for anybody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from .models import SessioneRiservata, Utente
from .sessioni import START, keep_trace


@dataclass(frozen=True)
class Aperta:
    """A session of the reserved site. `usata` is a minute early at most."""

    dal: datetime
    usata: datetime
    qui: bool


def sessions_of(request: HttpRequest) -> list[Aperta]:
    """Those of who asks, this one first, then the one used last."""
    rows = SessioneRiservata.objects.filter(utente_id=request.user.pk).order_by("-expire_date")
    found = [_opened(row, request.session.session_key) for row in rows]
    return sorted(found, key=lambda each: not each.qui)


def _opened(row: SessioneRiservata, here: str | None) -> Aperta:
    began = row.get_decoded().get(START, row.expire_date.timestamp())
    used = row.expire_date - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Aperta(datetime.fromtimestamp(began, UTC), used, row.session_key == here)


@transaction.atomic
def end_others(request: HttpRequest) -> None:
    """All but this one, those of the public site too: what they rest on has changed."""
    utente = Utente.objects.select_for_update().get(pk=str(request.user.pk))
    SessioneRiservata.objects.filter(utente_id=utente.pk).exclude(pk=request.session.session_key).delete()
    Utente.objects.filter(pk=utente.pk).update(cambi_di_accesso=F("cambi_di_accesso") + 1)
    request.user.refresh_from_db(fields=["cambi_di_accesso"])  # type: ignore[union-attr]
    keep_trace(request.session)
    update_session_auth_hash(request, request.user)  # type: ignore[arg-type]


@transaction.atomic
def end_all(utenti: Iterable[Utente]) -> int:
    """Of each of them, on both sites: how many of the reserved one have ended."""
    keys = [utente.pk for utente in utenti]
    ended, _of_each = SessioneRiservata.objects.filter(utente_id__in=keys).delete()
    Utente.objects.filter(pk__in=keys).update(cambi_di_accesso=F("cambi_di_accesso") + 1)
    return ended
