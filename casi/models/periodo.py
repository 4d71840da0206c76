"""What admissions, assignments and other dated facts share: a first and a last day, both included."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class Giorni(Func):
    """A first and a last day as one range, which an exclusion constraint can compare."""

    function = "DATERANGE"
    output_field = DateRangeField()


class PeriodoQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        """Rows valid on day `on`, first and last day included."""
        return self.filter(Q(dal__lte=on), Q(al__isnull=True) | Q(al__gte=on))


class Periodo(models.Model):
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True, help_text=_("Ultimo giorno valido, compreso."))

    objects = PeriodoQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")),
                name="%(class)s_al_dopo_dal",
                violation_error_message=_("La data di fine viene prima di quella di inizio."),
            ),
        ]


class ConcessioneQuerySet(PeriodoQuerySet):
    def in_force(self, on: date) -> Self:
        """Not withdrawn, and valid on day `on`: withdrawing counts from its very moment, whatever the dates say."""
        return super().in_force(on).filter(tolta_il__isnull=True)


class Concessione(Periodo):
    """A dated right that somebody gave and may take back at any moment."""

    data_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("data da"), on_delete=models.PROTECT, related_name="+", null=True
    )
    data_il = models.DateTimeField(_("data il"), auto_now_add=True)
    tolta_il = models.DateTimeField(_("tolta il"), null=True, blank=True)
    tolta_da = models.ForeignKey(
        "catalogo.Operatore", verbose_name=_("tolta da"), on_delete=models.PROTECT, related_name="+", null=True,
        blank=True,
    )  # fmt: skip

    objects = ConcessioneQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Periodo.Meta):
        abstract = True
