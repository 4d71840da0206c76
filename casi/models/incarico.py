"""Who works on a case, for whom, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .caso import Caso
from .periodo import Periodo


class Incarico(Periodo):
    """An operator assigned to a case: the dated truth, of which the permission rows are the projection."""

    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="incarichi")
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("operatore"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Periodo.Meta):
        verbose_name = _("incarico")
        verbose_name_plural = _("incarichi")
        ordering = ["caso", "dal", "pk"]
        constraints = [
            *Periodo.Meta.constraints,
            models.UniqueConstraint(
                fields=["caso", "operatore"],
                condition=Q(al__isnull=True),
                name="unique_incarico_in_corso",
                violation_error_message=_("Questa persona è già assegnata al caso."),
            ),
        ]

    class DatiPersonali:
        id = dati.TECNICO
        caso = dati.TECNICO
        operatore = dati.PERSONALE
        dal = dati.PERSONALE
        al = dati.PERSONALE

    def __str__(self) -> str:
        return f"Incarico {self.pk}"
