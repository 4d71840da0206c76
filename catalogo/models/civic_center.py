"""Community places with a weekly timetable."""

from django.db import models
from django.db.models import F, Q
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, TranslatableMixin

from .pannelli import campi_traducibili, pannelli_servizio
from .servizio import ServizioPage

GIORNI = [(number + 1, WEEKDAYS[number]) for number in range(7)]


class Fascia(models.TextChoices):
    MATTINA = "mattina", _("Mattina")
    POMERIGGIO = "pomeriggio", _("Pomeriggio")
    SERA = "sera", _("Sera")


class CivicCenterPage(ServizioPage):
    """A school, an oratory or another space that the community fills with small services (S2)."""

    stagione = models.CharField(_("stagione"), max_length=80, blank=True, help_text=_("Esempio: da ottobre a maggio."))

    page_description = _("Un luogo di comunità con le sue attività di ogni settimana.")
    template = "catalogo/civic_center_page.html"
    edit_handler = pannelli_servizio(
        [
            FieldPanel(
                "stagione",
                help_text=_(
                    "Esempio: da ottobre a maggio. Vuota se le attività ci sono tutto l'anno: "
                    "solo allora il portale dice «Aperto adesso»."
                ),
            ),
            InlinePanel("attivita", heading=_("Attività della settimana")),
        ],
        _("Il Civic Center"),
    )
    override_translatable_fields = campi_traducibili(("stagione", "attivita"))

    class Meta:
        verbose_name = _("Civic Center")
        verbose_name_plural = _("Civic Center")

    def get_context(self, request, *args, **kwargs):
        from catalogo.selectors import settimana

        return {**super().get_context(request, *args, **kwargs), "settimana": settimana(self)}


class AttivitaSettimanale(TranslatableMixin, Orderable):
    """One weekly appointment of a Civic Center."""

    pagina = ParentalKey(CivicCenterPage, on_delete=models.CASCADE, related_name="attivita")
    giorno = models.PositiveSmallIntegerField(_("giorno"), choices=GIORNI)
    dalle = models.TimeField(_("dalle"))
    alle = models.TimeField(_("alle"))
    titolo = models.CharField(_("attività"), max_length=80)
    fascia = models.CharField(_("fascia"), max_length=20, choices=Fascia)
    destinatari_testo = models.CharField(_("per chi"), max_length=80, blank=True)
    conduttore = models.CharField(_("chi la conduce"), max_length=80, blank=True)
    posti = models.PositiveSmallIntegerField(_("posti"), null=True, blank=True)

    panels = [
        FieldPanel("titolo"),
        FieldRowPanel([FieldPanel("giorno"), FieldPanel("dalle"), FieldPanel("alle"), FieldPanel("fascia")]),
        FieldRowPanel([FieldPanel("destinatari_testo"), FieldPanel("conduttore"), FieldPanel("posti")]),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("attività settimanale")
        verbose_name_plural = _("attività settimanali")
        ordering = ["giorno", "dalle", "sort_order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(alle__gt=F("dalle")),
                name="attivita_alle_dopo_dalle",
                violation_error_message=_("L'ora di fine viene prima di quella di inizio."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_giorno_display()} {self.dalle:%H.%M} {self.titolo}"
