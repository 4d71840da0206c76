"""Who signs in, the personas of the demo, and the reserved area's own sessions."""

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


class PersonaDemo(models.Model):
    """Someone whom a visitor of the demo may enter as. Outside demo mode nobody looks at these rows."""

    class Processo(models.TextChoices):
        PUBBLICO = "pubblico", _("Portale e redazione")
        RISERVATO = "riservato", _("Area riservata")

    utente = models.OneToOneField(
        Utente, verbose_name=_("utente"), on_delete=models.CASCADE, related_name="persona_demo"
    )
    etichetta = models.CharField(_("chi è"), max_length=80)
    cosa_provare = models.CharField(_("cosa provare"), max_length=200, blank=True)
    processo = models.CharField(_("dove entra"), max_length=10, choices=Processo)
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=0)

    class Meta:
        verbose_name = _("persona della demo")
        verbose_name_plural = _("persone della demo")
        ordering = ["ordine", "pk"]

    def __str__(self) -> str:
        return f"{self.utente} · {self.etichetta}"


class SessioneRiservata(AbstractBaseSession):
    """Session of the reserved process, in a table that the public database role cannot read."""

    # No foreign key: the public process deletes no row here, nor may it need to when an account goes.
    utente_id = models.BigIntegerField(null=True, db_index=True)
    objects = BaseSessionManager()  # type: ignore[misc]

    class Meta:
        verbose_name = _("sessione riservata")
        verbose_name_plural = _("sessioni riservate")

    @classmethod
    def get_session_store_class(cls):
        from .sessioni import SessionStore

        return SessionStore
