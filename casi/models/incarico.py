"""Who works on a case, for whom, in which part, from when to when."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .caso import Caso
from .periodo import Concessione


class Parte(models.TextChoices):
    RESPONSABILE = "responsabile", _("Responsabile del caso")
    COLLEGA = "collega", _("Assistente sociale che lo segue insieme")
    COLLABORATORE = "collaboratore", _("Operatore che collabora")


class Incarico(Concessione):
    """An operator assigned to a case: the dated truth, of which the permission rows are the projection."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="incarichi")
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("operatore"), on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the index below begins with it
    parte = models.CharField(_("in che parte"), max_length=20, choices=Parte, default=Parte.COLLABORATORE)

    class Meta(Concessione.Meta):
        verbose_name = _("incarico")
        verbose_name_plural = _("incarichi")
        ordering = ["caso", "dal", "pk"]
        default_permissions = ()
        constraints = [
            *Concessione.Meta.constraints,
            models.UniqueConstraint(
                fields=["caso", "operatore"],
                condition=Q(al__isnull=True, tolta_il__isnull=True),
                name="unique_incarico_in_corso",
                violation_error_message=_("Questa persona è già assegnata al caso."),
            ),
            models.UniqueConstraint(
                fields=["caso"],
                condition=Q(al__isnull=True, tolta_il__isnull=True, parte="responsabile"),
                name="unique_responsabile",
                violation_error_message=_("Questo caso ha già un responsabile."),
            ),
        ]
        # With the days in them: whether somebody is assigned today, and who answers, is read without opening the row.
        indexes = [
            models.Index(fields=["operatore", "caso"], include=["dal", "al", "tolta_il"], name="incarico_di_operatore"),
            models.Index(
                fields=["caso"],
                condition=Q(parte="responsabile", tolta_il__isnull=True),
                include=["operatore", "dal", "al"],
                name="incarico_responsabile",
            ),
        ]

    class DatiPersonali:
        id = caso = dati.TECNICO
        operatore = parte = dal = al = data_da = data_il = tolta_il = tolta_da = dati.PERSONALE

    def __str__(self) -> str:
        return f"Incarico {self.pk}"
