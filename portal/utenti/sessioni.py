"""Session engine of the reserved process: a table of its own, and an end that use does not put off."""

import hashlib
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from allauth.account.signals import authentication_step_completed
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

LONGEST = timedelta(hours=10)
STEP = timedelta(minutes=1)  # a use is written down this often: a session may end so much early, never late
START, TRACE = "inizio", "traccia"
GONE = object()


def fingerprint(session: SessionBase) -> str:
    """How the register knows a session, whose key it does not keep: 64 digits, the same from the entry to the end."""
    return str(session.get(TRACE) or hashlib.sha256((session.session_key or "").encode()).hexdigest())


def keep_trace(session: SessionBase) -> None:
    """Before its key changes in the middle of it."""
    session[TRACE] = fingerprint(session)


@receiver(authentication_step_completed)
def renew_key(request: HttpRequest, **kwargs: Any) -> None:
    """Who has just confirmed who he is goes on under another key: one taken before is good for nothing."""
    if kwargs.get("reauthenticated"):
        keep_trace(request.session)
        request.session.cycle_key()


class SessionStore(DatabaseStore):
    """Ends SESSION_COOKIE_AGE after the last request, and LONGEST after signing in whatever happens."""

    @classmethod
    def get_model_class(cls):
        from .models import SessioneRiservata

        return SessioneRiservata

    _row: Any = None  # as the database knew it when this request began; None of a session that is new

    def _get_session_from_db(self):
        self._row = super()._get_session_from_db()  # type: ignore[misc]
        return self._row

    def save(self, must_create: bool = False) -> None:
        """What the database has ended during the request (migration 0003) stays ended, without an error page.

        A session that was only used is written when its end moves by STEP, and its end alone: three questions less for
        most pages. What another request has written in the meantime, such as the body one acts for, stays.
        """
        if not must_create:
            self.keys()  # reads it, if nothing has yet
        if must_create or self._row is None or self._row.session_key != self.session_key:
            self._row = None
            with suppress(UpdateError):
                super().save(must_create)
        elif self.modified:
            with suppress(UpdateError), transaction.atomic():
                self._take_in()
                super().save()
                self._row.session_data = self.encode(dict(self.items()))
        elif (end := self.get_expiry_date()) >= self._row.expire_date + STEP:
            self.model.objects.filter(pk=self.session_key).update(expire_date=end)

    def _take_in(self) -> None:
        """What this request has changed, over what is written now. Raises UpdateError when the session has ended."""
        now = self.model.objects.select_for_update().filter(pk=self.session_key).first()
        if now is None:
            raise UpdateError
        mine, before = dict(self.items()), self.decode(self._row.session_data)
        changed = {name for name in {*mine, *before} if mine.get(name, GONE) != before.get(name, GONE)}
        there = self.decode(now.session_data)
        kept = {name: value for name, value in there.items() if name not in changed}
        self._session_cache = kept | {name: mine[name] for name in changed if name in mine}

    def create_model_instance(self, data: dict[str, Any]):
        if SESSION_KEY in data:
            data.setdefault(START, timezone.now().timestamp())
        session = super().create_model_instance(data)
        session.utente_id = data.get(SESSION_KEY)  # type: ignore[attr-defined]
        return session

    def get_expiry_age(self, **kwargs: Any) -> int:
        """Seconds left: those of the idle limit, or fewer when the absolute one is nearer."""
        idle = super().get_expiry_age(**kwargs)
        if START not in self:
            return idle
        left = self[START] + LONGEST.total_seconds() - timezone.now().timestamp()
        return min(idle, int(left))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return timezone.now() + timedelta(seconds=self.get_expiry_age(**kwargs))
