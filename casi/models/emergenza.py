"""Break-glass: one case, read only, for a short while, with a reason, and somebody who looks at it afterwards."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .campi import TestoCifrato
from .caso import Caso


class MotivoEmergenza(models.TextChoices):
    PERICOLO = "pericolo", _("Pericolo per una persona")
    MINORI = "minori", _("Un minore da proteggere")
    NOTTE = "notte", _("Un posto per la notte")
    SALUTE = "salute", _("Soccorso sanitario")
    AUTORITA = "autorita", _("Richiesta urgente di un'autorità")


class EsitoEmergenza(models.TextChoices):
    GIUSTIFICATO = "giustificato", _("Giustificato")
    ABUSO = "abuso", _("Abuso")


class AccessoEmergenza(models.Model):
    """Replaces admission and assignment, and nothing else: a seal and a conflict of interest still say no."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="emergenze")
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("operatore"), on_delete=models.PROTECT, related_name="+"
    )
    codice_motivo = models.CharField(_("che cosa succede"), max_length=12, choices=MotivoEmergenza)
    motivo = TestoCifrato(_("perché serve adesso"))
    inizio = models.DateTimeField(_("inizio"))
    fine = models.DateTimeField(_("fine"))
    chiuso_il = models.DateTimeField(_("chiuso prima il"), null=True, blank=True)
    esaminare_entro = models.DateField(_("esaminare entro"))
    esaminato_il = models.DateTimeField(_("esaminato il"), null=True, blank=True)
    esaminato_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("esaminato da"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    esito = models.CharField(_("esito dell'esame"), max_length=12, choices=EsitoEmergenza, blank=True)
    nota_esame = TestoCifrato(_("nota dell'esame"), blank=True)

    class Meta:
        verbose_name = _("accesso in emergenza")
        verbose_name_plural = _("accessi in emergenza")
        ordering = ["-inizio", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(fine__gt=F("inizio")), name="emergenza_fine_dopo_inizio"),
            models.CheckConstraint(
                condition=Q(esaminato_il__isnull=True, esito="") | Q(esaminato_il__isnull=False, esito__gt=""),
                name="emergenza_esito_con_esame",
            ),
        ]
        indexes = [models.Index(fields=["operatore", "caso", "fine"], name="emergenza_operatore")]

    class DatiPersonali:
        id = caso = dati.TECNICO
        operatore = codice_motivo = inizio = fine = chiuso_il = esaminare_entro = dati.PERSONALE
        esaminato_il = esaminato_da = esito = nota_esame = dati.PERSONALE
        motivo = dati.PARTICOLARE

    def __str__(self) -> str:
        return f"Emergenza {self.pk}"
