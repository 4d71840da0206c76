"""Which bodies are admitted to a case, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .caso import Caso
from .periodo import Periodo


class Ammissione(Periodo):
    """A body other than the one that holds the case. Without it none of the body's people sees that the case exists."""

    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="ammissioni")
    ente = models.ForeignKey("catalogo.Ente", verbose_name=_("ente"), on_delete=models.PROTECT, related_name="+")

    class Meta(Periodo.Meta):
        verbose_name = _("ammissione")
        verbose_name_plural = _("ammissioni")
        ordering = ["caso", "dal", "pk"]
        constraints = [
            *Periodo.Meta.constraints,
            models.UniqueConstraint(
                fields=["caso", "ente"],
                condition=Q(al__isnull=True),
                name="unique_ammissione_in_corso",
                violation_error_message=_("Questo ente è già ammesso al caso."),
            ),
        ]

    class DatiPersonali:
        id = dati.TECNICO
        caso = dati.TECNICO
        ente = dati.PERSONALE
        dal = dati.PERSONALE
        al = dati.PERSONALE

    def __str__(self) -> str:
        return f"Ammissione {self.pk}"
