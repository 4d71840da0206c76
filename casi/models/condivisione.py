"""What is said around an admission: the body a person does not want, the colleague a body would like to see there."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi import dati_personali as dati

from .caso import Caso


class Opposizione(models.Model):
    """A body the person does not want on her case: it cannot be admitted until she changes her mind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="opposizioni")
    ente = models.ForeignKey("catalogo.Ente", verbose_name=_("ente"), on_delete=models.PROTECT, related_name="+")
    scritta_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("scritta da"), on_delete=models.PROTECT, related_name="+"
    )
    scritta_il = models.DateTimeField(_("scritta il"), default=timezone.now)
    ritirata_il = models.DateTimeField(_("ritirata il"), null=True, blank=True)

    class Meta:
        verbose_name = _("opposizione")
        verbose_name_plural = _("opposizioni")
        ordering = ["caso", "-scritta_il", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["caso", "ente"],
                condition=Q(ritirata_il__isnull=True),
                name="unique_opposizione_in_corso",
                violation_error_message=_("È già scritto che la persona non vuole questo ente."),
            )
        ]

    class DatiPersonali:
        id = caso = dati.TECNICO
        ente = scritta_da = scritta_il = ritirata_il = dati.PERSONALE

    def __str__(self) -> str:
        return f"Opposizione {self.pk}"


class Proposta(models.Model):
    """An admitted body asks that one of its people join the case; the social worker answers. Opens nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    caso = models.ForeignKey(Caso, verbose_name=_("caso"), on_delete=models.CASCADE, related_name="proposte")
    operatore = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("chi si propone"), on_delete=models.PROTECT, related_name="+"
    )
    fatta_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("fatta da"), on_delete=models.PROTECT, related_name="+"
    )
    fatta_il = models.DateTimeField(_("fatta il"), default=timezone.now)
    decisa_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("decisa da"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    decisa_il = models.DateTimeField(_("decisa il"), null=True, blank=True)
    accolta = models.BooleanField(_("accolta"), default=False)

    class Meta:
        verbose_name = _("proposta")
        verbose_name_plural = _("proposte")
        ordering = ["caso", "-fatta_il", "pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["caso", "operatore"],
                condition=Q(decisa_il__isnull=True),
                name="unique_proposta_aperta",
                violation_error_message=_("Questa persona è già stata proposta."),
            ),
            models.CheckConstraint(
                condition=Q(decisa_il__isnull=True, decisa_da__isnull=True, accolta=False)
                | Q(decisa_il__isnull=False, decisa_da__isnull=False),
                name="proposta_decisa_da_qualcuno",
            ),
        ]

    class DatiPersonali:
        id = caso = dati.TECNICO
        operatore = fatta_da = fatta_il = decisa_da = decisa_il = accolta = dati.PERSONALE

    def __str__(self) -> str:
        return f"Proposta {self.pk}"
