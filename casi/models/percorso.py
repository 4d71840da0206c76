"""The steps of a case and its formal assumption of responsibility."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .ammissione import BaseGiuridica
from .campi import TestoCifrato
from .caso import Caso, StatoCaso


class Passaggio(models.Model):
    """One step from a state to another: who, when, why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="passaggi")
    da = models.CharField(_("da"), max_length=20, choices=StatoCaso, blank=True)
    a = models.CharField(_("a"), max_length=20, choices=StatoCaso)
    passo = models.CharField(_("passo"), max_length=20, blank=True)  # casi.percorso.Passo
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi"), on_delete=models.PROTECT, related_name="+"
    )
    quando = models.DateTimeField(_("quando"), default=timezone.now)
    motivo = TestoCifrato(_("perché"), blank=True)

    class Meta:
        verbose_name = _("passaggio")
        verbose_name_plural = _("passaggi")
        ordering = ["caso", "-quando", "pk"]
        default_permissions = ()

    class DatiPersonali:
        id = caso = dati.TECNICO
        da = a = passo = operatore = quando = motivo = dati.PERSONALE

    def __str__(self) -> str:
        return f"Passaggio {self.pk}"


class PresaInCarico(models.Model):
    """Given by a coordinator, who does not read the case; accepted or declined by the social worker."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="prese_in_carico")
    assegnata_a = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("assegnata a"), on_delete=models.PROTECT, related_name="+"
    )
    assegnata_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("assegnata da"), on_delete=models.PROTECT, related_name="+"
    )
    assegnata_il = models.DateTimeField(_("assegnata il"), default=timezone.now)
    accettata_il = models.DateTimeField(_("accettata il"), null=True, blank=True)
    rifiutata_il = models.DateTimeField(_("rifiutata il"), null=True, blank=True)
    motivo_rifiuto = TestoCifrato(_("perché no"), blank=True)
    base_giuridica = models.CharField(_("base giuridica"), max_length=20, choices=BaseGiuridica, blank=True)
    avviso_alla_famiglia_il = models.DateField(_("detto alla famiglia il"), null=True, blank=True)
    conclusa_il = models.DateTimeField(_("conclusa il"), null=True, blank=True)

    class Meta:
        verbose_name = _("presa in carico")
        verbose_name_plural = _("prese in carico")
        ordering = ["caso", "-assegnata_il", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["caso"],
                condition=Q(rifiutata_il__isnull=True, conclusa_il__isnull=True),
                name="unique_presa_in_carico_aperta",
                violation_error_message=_("Questo caso è già assegnato."),
            ),
            models.CheckConstraint(
                condition=Q(accettata_il__isnull=True) | Q(rifiutata_il__isnull=True),
                name="presa_in_carico_una_risposta",
            ),
        ]

    class DatiPersonali:
        id = caso = dati.TECNICO
        assegnata_a = assegnata_da = assegnata_il = accettata_il = rifiutata_il = motivo_rifiuto = dati.PERSONALE
        base_giuridica = avviso_alla_famiglia_il = conclusa_il = dati.PERSONALE

    def __str__(self) -> str:
        return f"Presa in carico {self.pk}"
