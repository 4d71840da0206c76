"""Who looked at what, and who was refused: append-only, in the database itself (migration 0002)."""

from typing import Any, NoReturn

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati


class AppendOnlyError(Exception):
    """Somebody tried to change or remove a row of the register."""


class Esito(models.TextChoices):
    CONSENTITO = "consentito", _("Consentito")
    NEGATO = "negato", _("Negato")


class RegistroQuerySet(models.QuerySet["Registro"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        raise AppendOnlyError


class Registro(models.Model):
    """One act. Copies and ids, no foreign key and no text of a case: it outlives what it tells of."""

    id = models.BigAutoField(primary_key=True)
    quando = models.DateTimeField(_("quando"), auto_now_add=True)
    utente_id = models.BigIntegerField(_("utente"))
    operatore_id = models.BigIntegerField(_("operatore"))
    ente_id = models.BigIntegerField(_("ente"))
    ente_nome = models.CharField(_("nome dell'ente, allora"), max_length=160)
    ruolo = models.CharField(_("ruolo, allora"), max_length=30)
    azione = models.CharField(_("azione"), max_length=40)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito)
    casi = ArrayField(models.UUIDField(), verbose_name=_("casi"), default=list)
    sessione = models.CharField(_("impronta della sessione"), max_length=64)
    indirizzo = models.GenericIPAddressField(_("indirizzo IP"))
    richiesta = models.UUIDField(_("richiesta"))

    objects = RegistroQuerySet.as_manager()

    class Meta:
        verbose_name = _("voce del registro")
        verbose_name_plural = _("registro degli accessi")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["quando"], name="registro_quando")]
        constraints = [models.CheckConstraint(condition=models.Q(esito__in=Esito.values), name="registro_esito_noto")]

    class DatiPersonali:
        id = dati.REGISTRO_TECNICO
        quando = dati.REGISTRO
        utente_id = dati.REGISTRO
        operatore_id = dati.REGISTRO
        ente_id = dati.REGISTRO_TECNICO
        ente_nome = dati.REGISTRO_TECNICO
        ruolo = dati.REGISTRO
        azione = dati.REGISTRO
        esito = dati.REGISTRO
        casi = dati.REGISTRO
        sessione = dati.REGISTRO_TECNICO
        indirizzo = dati.REGISTRO
        richiesta = dati.REGISTRO_TECNICO

    def __str__(self) -> str:
        return f"Registro {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError
