"""Who signs in, and the reserved area's own sessions."""

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class Utente(AbstractUser):
    """A named person with an account; for whom one acts is said by `catalogo.Operatore`."""

    email = models.EmailField(_("indirizzo e-mail"), unique=True)

    class Meta:
        verbose_name = _("utente")
        verbose_name_plural = _("utenti")

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class SessioneRiservata(AbstractBaseSession):
    """Session of the reserved process, in a table that the public database role cannot read."""

    # No foreign key: the public process deletes no row here, nor may it need to when an account goes.
    utente_id = models.BigIntegerField(null=True, db_index=True)
    objects = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("sessione riservata")
        verbose_name_plural = _("sessioni riservate")

    @classmethod
    def get_session_store_class(cls):
        from .sessioni import SessionStore

        return SessionStore
