"""How much one machine may send to the public forms in an hour, without keeping whose machine it is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati


class Freno(models.Model):
    """One machine in one hour. The key is a keyed digest of both: no address, and no tie to what was sent."""

    impronta = models.CharField(_("impronta"), max_length=64, primary_key=True)
    ora = models.DateTimeField(_("ora"), db_index=True)
    quanti = models.PositiveIntegerField(_("quanti invii"), default=0)

    class Meta:
        verbose_name = _("freno")
        verbose_name_plural = _("freni")
        ordering = ["ora", "pk"]
        default_permissions = ()

    class DatiPersonali:
        impronta = dati.BOZZA
        ora = quanti = dati.TECNICO

    def __str__(self) -> str:
        return f"Freno {self.pk}"
