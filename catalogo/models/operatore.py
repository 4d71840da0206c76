"""Who acts for whom, from when to when."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.utils.translation import gettext_lazy as _

from .ente import Ente


class RuoloOperatore(models.TextChoices):
    REFERENTE = "referente", _("Referente")
    VOLONTARIO_ASCOLTO = "volontario_ascolto", _("Volontario d'ascolto")
    OPERATORE_SPORTELLO = "operatore_sportello", _("Operatore di sportello")
    ASSISTENTE_SOCIALE = "assistente_sociale", _("Assistente sociale")
    COORDINATORE = "coordinatore", _("Coordinatore")
    RESPONSABILE_PRIVACY = "responsabile_privacy", _("Responsabile della protezione dei dati")


# Who accredits reads no case, and who follows cases accredits nobody: no person does both at once.
ACCREDITA = RuoloOperatore.COORDINATORE
# On those who accredit too: not the same person, for one body. And on those who follow cases, of any body.
VIGILA = RuoloOperatore.RESPONSABILE_PRIVACY
SEGUE_CASI = (RuoloOperatore.REFERENTE, RuoloOperatore.VOLONTARIO_ASCOLTO, RuoloOperatore.ASSISTENTE_SOCIALE)


class Famiglia(Func):
    """1 for the role that is named, 0 for the others: a number, which an exclusion constraint can compare."""

    template = "(%(expressions)s)::int"
    arg_joiner = " = "
    output_field = IntegerField()


class Periodo(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class OperatoreQuerySet(models.QuerySet["Operatore"]):
    def in_force(self, on: date) -> "OperatoreQuerySet":
        """Ties valid on day `on`, first and last day included, that nobody has ended meanwhile."""
        return self.filter(Q(dal__lte=on), Q(al__isnull=True) | Q(al__gte=on), chiuso_il__isnull=True)

    def acting(self, on: date) -> "OperatoreQuerySet":
        """Of those, whose account is on and does not administer the system: the others act for nobody."""
        return self.in_force(on).filter(utente__is_active=True, utente__is_superuser=False)


class Operatore(models.Model):
    """A person's dated tie to a body; one person may have several."""

    utente = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("utente"), on_delete=models.PROTECT, related_name="incarichi"
    )
    ente = models.ForeignKey(Ente, verbose_name=_("ente"), on_delete=models.PROTECT, related_name="operatori")
    ruolo = models.CharField(_("ruolo"), max_length=30, choices=RuoloOperatore)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True, help_text=_("Ultimo giorno valido, compreso."))
    chiuso_il = models.DateTimeField(
        _("chiuso il"), null=True, blank=True, editable=False, help_text=_("Da quel momento non vale più.")
    )

    objects = OperatoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("operatore")
        verbose_name_plural = _("operatori")
        ordering = ["ente", "utente"]
        constraints = [
            models.CheckConstraint(
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")),
                name="operatore_al_dopo_dal",
                violation_error_message=_("La data di fine viene prima di quella di inizio."),
            ),
            ExclusionConstraint(  # else ending one would leave the other
                name="operatore_un_ruolo_alla_volta",
                expressions=[
                    ("utente", RangeOperators.EQUAL),
                    ("ente", RangeOperators.EQUAL),
                    ("ruolo", RangeOperators.EQUAL),
                    (Periodo("dal", "al", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(chiuso_il__isnull=True),
                violation_error_message=_(
                    "Questa persona ha già questo ruolo per questo ente: cambia il suo ultimo giorno."
                ),
            ),
            ExclusionConstraint(
                name="operatore_accredita_o_segue_casi",
                expressions=[
                    ("utente", RangeOperators.EQUAL),
                    (Famiglia("ruolo", Value(ACCREDITA)), RangeOperators.NOT_EQUAL),
                    (Periodo("dal", "al", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(ruolo__in=[ACCREDITA, *SEGUE_CASI], chiuso_il__isnull=True),
                violation_error_message=_("Chi accredita non segue casi, e chi segue casi non accredita."),
            ),
            ExclusionConstraint(
                name="operatore_accredita_o_vigila",
                expressions=[
                    ("utente", RangeOperators.EQUAL),
                    ("ente", RangeOperators.EQUAL),
                    (Famiglia("ruolo", Value(ACCREDITA)), RangeOperators.NOT_EQUAL),
                    (Periodo("dal", "al", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(ruolo__in=[ACCREDITA, VIGILA], chiuso_il__isnull=True),
                violation_error_message=_("Chi coordina un ente non ne protegge anche i dati: sono due persone."),
            ),
            ExclusionConstraint(
                name="operatore_vigila_o_segue_casi",
                expressions=[
                    ("utente", RangeOperators.EQUAL),
                    (Famiglia("ruolo", Value(VIGILA)), RangeOperators.NOT_EQUAL),
                    (Periodo("dal", "al", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(ruolo__in=[VIGILA, *SEGUE_CASI], chiuso_il__isnull=True),
                violation_error_message=_("Chi segue casi non vigila su chi li legge: sono due persone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente} · {self.ente} ({self.get_ruolo_display()})"
