"""Session engine of the reserved process: a table of its own, and an end that use does not put off."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

LONGEST = timedelta(hours=10)
STEP = timedelta(minutes=1)  # a use is written down this often: a session may end so much early, never late
START = "inizio"


class SessionStore(DatabaseStore):
    """Ends SESSION_COOKIE_AGE after the last request, and LONGEST after signing in whatever happens."""

    @classmethod
    def get_model_class(cls):
        from .models import SessioneRiservata

        return SessioneRiservata

    _written: datetime | None = None  # the end that the database knows

    def _get_session_from_db(self):
        row = super()._get_session_from_db()  # type: ignore[misc]
        self._written = row.expire_date if row else None
        return row

    def save(self, must_create: bool = False) -> None:
        """What the database has ended during the request (migration 0003) stays ended, without an error page.

        A session that was only used is written when its end moves by STEP: three questions less for most pages.
        """
        if not must_create and not self.modified and self._written and self.get_expiry_date() < self._written + STEP:
            return
        with suppress(UpdateError):
            super().save(must_create)

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
