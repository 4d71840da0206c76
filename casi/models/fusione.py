"""Two records that were one person: what was moved, so that it can be moved back."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .persona import Persona


class Fusione(models.Model):
    """`fusa` goes on existing, empty of ties and pointing to `tenuta`, until the merge is undone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tenuta = models.ForeignKey(
        Persona, verbose_name=_("persona che resta"), on_delete=models.PROTECT, related_name="fusioni"
    )
    fusa = models.ForeignKey(Persona, verbose_name=_("persona fusa"), on_delete=models.PROTECT, related_name="+")
    # Names of models and keys of rows, no text: {"componente": ["3", "8"], "residenza": ["…"]}; under "doppie" the
    # memberships that both had, taken away until the merge is undone; under "riportati" the names of the fields of the
    # kept one that say what the merged one said.
    spostati = models.JSONField(_("righe spostate"), default=dict)
    fatta_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("fatta da"), on_delete=models.PROTECT, related_name="+"
    )
    fatta_il = models.DateTimeField(_("fatta il"), default=timezone.now)
    annullata_il = models.DateTimeField(_("annullata il"), null=True, blank=True)
    annullata_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("annullata da"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("fusione")
        verbose_name_plural = _("fusioni")
        ordering = ["-fatta_il", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["fusa"], condition=models.Q(annullata_il__isnull=True), name="unique_fusione_in_vigore"
            )
        ]

    class DatiPersonali:
        id = dati.TECNICO
        spostati = tenuta = fusa = fatta_da = fatta_il = annullata_il = annullata_da = dati.PERSONALE

    def __str__(self) -> str:
        return f"Fusione {self.pk}"
