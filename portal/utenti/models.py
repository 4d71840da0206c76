"""Who signs in, the personas of the demo, and the reserved area's own sessions."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Utente(AbstractUser):
    """A named person with an account; for whom one acts is said by `catalogo.Operatore`."""

    email = models.EmailField(_("indirizzo e-mail"), unique=True)
    # How often what the account rests on was lost or moved; the database counts (migration 0004).
    cambi_di_accesso = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("utente")
        verbose_name_plural = _("utenti")

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    def get_session_auth_hash(self) -> str:
        """A session of either site ends with the password, as Django wants it, and with each of those changes too."""
        return f"{super().get_session_auth_hash()}.{self.cambi_di_accesso}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for each in super().get_session_auth_fallback_hash():
            yield f"{each}.{self.cambi_di_accesso}"


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


class TentativoDiCodice(models.Model):
    """A code of a second factor that was tried and not found right, for a quarter of an hour (`utenti.tentativi`)."""

    utente = models.ForeignKey(Utente, verbose_name=_("utente"), on_delete=models.CASCADE, related_name="+")
    quando = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Tentativo {self.pk}"


class TentativoDiPassword(models.Model):
    """A password that was tried and not found right, for a quarter of an hour (`utenti.tentativi`).

    Under a name, be it that of nobody: only a digest of it is kept.
    """

    nome = models.CharField(max_length=64, db_index=True)
    quando = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"Tentativo {self.pk}"


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
