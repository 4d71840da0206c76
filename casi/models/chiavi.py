"""A trial of each encryption key: a process whose key file does not open it does not start (casi.chiavi)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .campi import TestoCifrato


class ControlloChiave(models.Model):
    """A known text sealed with one key, and the known blind index that goes with it."""

    nome = models.CharField(_("nome della chiave"), max_length=255, primary_key=True)
    prova = TestoCifrato(_("prova"))
    indice = models.CharField(_("prova dell'indice"), max_length=64)

    class Meta:
        verbose_name = _("controllo di una chiave")
        verbose_name_plural = _("controlli delle chiavi")
        ordering = ["nome"]
        default_permissions = ()

    class DatiPersonali:
        nome = prova = indice = dati.TECNICO

    def __str__(self) -> str:
        return self.nome
