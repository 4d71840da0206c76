"""Who looked at what, and who was refused: append-only and chained, in the database itself (casi/migrations)."""

from typing import Any, NoReturn

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
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

    # `id`, `precedente` and `impronta` are given by the database: gapless, each line sealing the one before it.
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
    oggetto = models.CharField(_("di che cosa"), max_length=40, blank=True)
    oggetto_id = models.UUIDField(_("quale"), null=True)
    # Of a list of what is no case: requests, alerts, conversations. Sealed with the line when there are any.
    oggetti = ArrayField(models.UUIDField(), verbose_name=_("quali, in un elenco"), default=list)
    # Keys of the assignment, admission, emergency or proposal it was allowed by (domain.md §5.4); sealed the same way.
    titoli = ArrayField(models.UUIDField(), verbose_name=_("in base a"), default=list)
    livello = models.PositiveSmallIntegerField(_("livello"), null=True)
    finalita = models.CharField(_("a che scopo"), max_length=40, blank=True)
    risultati = models.PositiveIntegerField(_("quanti risultati"), null=True)
    sessione = models.CharField(_("impronta della sessione"), max_length=64)
    indirizzo = models.GenericIPAddressField(_("indirizzo IP"))
    richiesta = models.UUIDField(_("richiesta"))
    precedente = models.CharField(_("impronta della voce precedente"), max_length=64, editable=False, default="")
    impronta = models.CharField(_("impronta"), max_length=64, editable=False, default="")

    objects = RegistroQuerySet.as_manager()

    class Meta:
        verbose_name = _("voce del registro")
        verbose_name_plural = _("registro degli accessi")
        ordering = ["-pk"]
        default_permissions = ()
        indexes = [
            models.Index(fields=["quando"], name="registro_quando"),
            models.Index(fields=["operatore_id", "azione", "quando"], name="registro_operatore"),
            GinIndex(fields=["casi"], name="registro_casi"),
            models.Index(fields=["oggetto_id"], name="registro_oggetto", condition=models.Q(oggetto_id__isnull=False)),
            GinIndex(fields=["oggetti"], name="registro_oggetti", condition=~models.Q(oggetti=[])),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(esito__in=Esito.values), name="registro_esito_noto")]

    class DatiPersonali:
        id = ente_id = ente_nome = sessione = richiesta = precedente = impronta = dati.REGISTRO_TECNICO
        oggetto = oggetto_id = oggetti = titoli = livello = finalita = risultati = dati.REGISTRO_TECNICO
        quando = utente_id = operatore_id = ruolo = azione = esito = casi = indirizzo = dati.REGISTRO

    def __str__(self) -> str:
        return f"Registro {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError


class TestaRegistro(models.Model):
    """The last line of a day and its fingerprint, also sent out of the database: what came before is fixed."""

    giorno = models.DateField(_("giorno"), primary_key=True)
    ultima = models.BigIntegerField(_("ultima voce"))
    impronta = models.CharField(_("impronta"), max_length=64)

    class Meta:
        verbose_name = _("testa del registro")
        verbose_name_plural = _("teste del registro")
        ordering = ["-giorno"]
        default_permissions = ()

    class DatiPersonali:
        giorno = ultima = impronta = dati.REGISTRO_TECNICO

    def __str__(self) -> str:
        return f"{self.giorno:%Y-%m-%d} {self.impronta[:12]}"


class AncoraRegistro(models.Model):
    """Where the register begins, after the lines whose time was over were dropped: the next one follows this seal."""

    giorno = models.DateField(_("giorno"), primary_key=True)
    ultima = models.BigIntegerField(_("ultima voce scartata"))
    impronta = models.CharField(_("impronta"), max_length=64)
    prima_del = models.DateField(_("scartate le voci prima del"))

    class Meta:
        verbose_name = _("ancora del registro")
        verbose_name_plural = _("ancore del registro")
        ordering = ["-giorno"]
        default_permissions = ()

    class DatiPersonali:
        giorno = ultima = impronta = prima_del = dati.REGISTRO_TECNICO

    def __str__(self) -> str:
        return f"{self.giorno:%Y-%m-%d} {self.impronta[:12]}"
