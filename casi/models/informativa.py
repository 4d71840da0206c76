"""The privacy notice given to people: numbered, never rewritten, in their language."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati


class Informativa(models.Model):
    """One version in one language. What was given to whom says which one."""

    versione = models.CharField(_("versione"), max_length=20)
    lingua = models.CharField(_("lingua"), max_length=5)
    testo = models.TextField(_("testo"))
    valida_dal = models.DateField(_("valida dal"))

    class Meta:
        verbose_name = _("informativa")
        verbose_name_plural = _("informative")
        ordering = ["-valida_dal", "lingua"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["versione", "lingua"], name="unique_informativa")]

    class DatiPersonali:
        id = versione = lingua = testo = valida_dal = dati.TECNICO

    def __str__(self) -> str:
        return f"Informativa {self.versione} ({self.lingua})"
