"""A second factor to be forgotten: what one person has proposed and another has not confirmed yet."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

VALE = timedelta(hours=24)


class MotivoRipristino(models.TextChoices):
    PERSO = "perso", _("Ha perso o cambiato il telefono o la chiave")
    RUBATO = "rubato", _("Il telefono o la chiave sono stati rubati")
    INDIRIZZO = "indirizzo", _("L'indirizzo è cambiato o era sbagliato")


class Riconosciuta(models.TextChoices):
    PRESENZA = "presenza", _("Di persona")
    VIDEO = "video", _("In videochiamata, la conosco")
    RESPONSABILE = "responsabile", _("Lo conferma chi è responsabile del suo ente")


class Ripristino(models.Model):
    """Goes away when it is confirmed, or with the next one once a day has passed: the register keeps what was done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    legame = models.OneToOneField(
        "catalogo.Operatore", verbose_name=_("di chi"), on_delete=models.PROTECT, related_name="+"
    )
    proposto_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("proposto da"), on_delete=models.PROTECT, related_name="+"
    )
    proposto_il = models.DateTimeField(_("proposto il"), default=timezone.now)
    motivo = models.CharField(_("perché"), max_length=12, choices=MotivoRipristino.choices)
    riconosciuta = models.CharField(_("come l'ha riconosciuta"), max_length=12, choices=Riconosciuta.choices)

    class Meta:
        verbose_name = _("ripristino")
        verbose_name_plural = _("ripristini")
        ordering = ["proposto_il", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = dati.TECNICO
        legame = proposto_da = proposto_il = motivo = riconosciuta = dati.PERSONALE

    def __str__(self) -> str:
        return f"Ripristino {self.pk}"

    @property
    def scade_il(self) -> datetime:
        return self.proposto_il + VALE
