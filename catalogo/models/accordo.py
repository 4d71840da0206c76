"""Which bodies are in the network: the agreement, and each body's signature on it, from when to when."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .ente import Ente


class InVigoreQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        """Valid on day `on`: the last valid day is included, Europe/Rome."""
        return self.filter(Q(valida_dal__lte=on), Q(valida_al__isnull=True) | Q(valida_al__gte=on))


class Accordo(models.Model):
    """A protocol of the network. Its lead body is a public one, and holds the cases."""

    titolo = models.CharField(_("titolo"), max_length=160)
    capofila = models.ForeignKey(
        Ente, verbose_name=_("ente capofila"), on_delete=models.PROTECT, related_name="accordi_guidati"
    )
    valida_dal = models.DateField(_("valido dal"))
    valida_al = models.DateField(_("valido fino al"), null=True, blank=True, help_text=_("Ultimo giorno, compreso."))

    objects = InVigoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("accordo")
        verbose_name_plural = _("accordi")
        ordering = ["-valida_dal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valida_al__isnull=True) | Q(valida_al__gte=F("valida_dal")),
                name="accordo_al_dopo_dal",
                violation_error_message=_("La data di fine viene prima di quella di inizio."),
            )
        ]

    def __str__(self) -> str:
        return self.titolo


class RuoloPrivacy(models.TextChoices):
    CONTITOLARE = "contitolare", _("Contitolare")
    RESPONSABILE = "responsabile", _("Responsabile del trattamento")
    TITOLARE = "titolare", _("Titolare autonomo")


class StatoAdesione(models.TextChoices):
    RICHIESTA = "richiesta", _("Richiesta")
    SOTTOSCRITTA = "sottoscritta", _("Sottoscritta")
    SOSPESA = "sospesa", _("Sospesa")
    RECEDUTA = "receduta", _("Receduta")
    REVOCATA = "revocata", _("Revocata")


class Condizione(models.TextChoices):
    """How an adhesion stands on a day: what its state and its dates say together."""

    IN_VIGORE = "in_vigore", _("In vigore")
    IN_SCADENZA = "in_scadenza", _("In scadenza")
    SENZA_PRIVACY = "senza_privacy", _("Senza accordo privacy")
    FUTURA = "futura", _("Non ancora iniziata")
    SCADUTA = "scaduta", _("Scaduta")
    FERMA = "ferma", _("Ferma")


DURATA_ANNI = 5
PREAVVISI = (30, 90, 180)  # days before the end


def last_day(start: date, years: int = DURATA_ANNI) -> date:
    """The last day of so many whole years from `start`. Who starts on 29 February ends on 28 February.

    The calendar ends with the year 9999: for its first day the last one is a day before, which no row may have.
    """
    year = min(start.year + years, date.max.year)
    try:
        anniversary = start.replace(year=year)
    except ValueError:
        anniversary = date(year, 3, 1)
    return anniversary - timedelta(days=1)


class AdesioneQuerySet(InVigoreQuerySet):
    def in_force(self, on: date) -> Self:
        """Signed, with its privacy agreement signed too, under an agreement that is itself in force."""
        agreements = Accordo.objects.in_force(on)
        signed = super().in_force(on).filter(stato=StatoAdesione.SOTTOSCRITTA, privacy_firmata_il__lte=on)
        return signed.filter(accordo__in=agreements).exclude(ruolo_privacy="")


class Adesione(models.Model):
    """One body's signature on one agreement."""

    accordo = models.ForeignKey(Accordo, verbose_name=_("accordo"), on_delete=models.PROTECT, related_name="adesioni")
    ente = models.ForeignKey(Ente, verbose_name=_("ente"), on_delete=models.PROTECT, related_name="adesioni")
    stato = models.CharField(_("stato"), max_length=12, choices=StatoAdesione, default=StatoAdesione.RICHIESTA)
    valida_dal = models.DateField(_("valida dal"))
    valida_al = models.DateField(_("valida fino al"), null=True, blank=True, help_text=_("Ultimo giorno, compreso."))
    ruolo_privacy = models.CharField(_("ruolo privacy"), max_length=12, choices=RuoloPrivacy, blank=True)
    privacy_firmata_il = models.DateField(_("accordo privacy firmato il"), null=True, blank=True)
    precedente = models.OneToOneField(
        "self", verbose_name=_("rinnovo di"), null=True, blank=True, on_delete=models.PROTECT, related_name="rinnovo"
    )

    objects = AdesioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("adesione")
        verbose_name_plural = _("adesioni")
        ordering = ["accordo", "ente", "-valida_dal", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valida_al__isnull=True) | Q(valida_al__gte=F("valida_dal")),
                name="adesione_al_dopo_dal",
                violation_error_message=_("La data di fine viene prima di quella di inizio."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ente} · {self.accordo}"

    @property
    def privacy(self) -> str:
        """The privacy agreement as a form reads it, to tell later whether it is still that; empty where none is."""
        return " ".join(filter(None, (self.ruolo_privacy, str(self.privacy_firmata_il or ""))))

    def condizione(self, on: date) -> Condizione:
        """As `AdesioneQuerySet.in_force` sees it on day `on`, and why not."""
        if self.stato != StatoAdesione.SOTTOSCRITTA:
            return Condizione.FERMA
        if self.valida_al and self.valida_al < on:
            return Condizione.SCADUTA
        if self.valida_dal > on:
            return Condizione.FUTURA
        if not (self.ruolo_privacy and self.privacy_firmata_il and self.privacy_firmata_il <= on):
            return Condizione.SENZA_PRIVACY
        return Condizione.IN_SCADENZA if self.preavviso(on) else Condizione.IN_VIGORE

    def preavviso(self, on: date) -> int | None:
        """The nearest notice that day `on` has reached, of 180, 90 and 30 days; None when the end is far."""
        left = self.giorni(on)
        return next((notice for notice in PREAVVISI if left is not None and left <= notice), None)

    def giorni(self, on: date) -> int | None:
        """Days left after `on`; None when it has no end."""
        return (self.valida_al - on).days if self.valida_al else None
