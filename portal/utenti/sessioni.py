"""Session engine of the reserved process; remembers whose session it is, so that it can be ended at once."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls):
        from .models import SessioneRiservata

        return SessioneRiservata

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.utente_id = data.get(SESSION_KEY)
        return session
