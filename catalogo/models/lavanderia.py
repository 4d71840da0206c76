"""Self-service laundry."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from .pannelli import campi_traducibili, pannelli_servizio
from .servizio import ServizioPage


class LavanderiaPage(ServizioPage):
    """Lavanderia: machines, load, price of a wash, whether one books."""

    lavatrici = models.PositiveSmallIntegerField(_("lavatrici"), null=True, blank=True)
    asciugatrici = models.PositiveSmallIntegerField(_("asciugatrici"), null=True, blank=True)
    carico_massimo_kg = models.PositiveSmallIntegerField(_("carico massimo (kg)"), null=True, blank=True)
    prezzo_lavaggio = models.CharField(_("prezzo di un lavaggio"), max_length=80, blank=True)
    detersivo_incluso = models.BooleanField(_("detersivo compreso"), null=True, blank=True)
    si_prenota = models.BooleanField(_("si prenota"), null=True, blank=True)

    page_description = _("Dove si lavano i panni.")
    template = "catalogo/lavanderia_page.html"
    edit_handler = pannelli_servizio(
        [
            FieldRowPanel([FieldPanel("lavatrici"), FieldPanel("asciugatrici"), FieldPanel("carico_massimo_kg")]),
            FieldPanel("prezzo_lavaggio"),
            FieldRowPanel([FieldPanel("detersivo_incluso"), FieldPanel("si_prenota")]),
        ],
        _("La lavanderia"),
    )
    override_translatable_fields = campi_traducibili(
        ("prezzo_lavaggio",),
        ("lavatrici", "asciugatrici", "carico_massimo_kg", "detersivo_incluso", "si_prenota"),
    )

    class Meta:
        verbose_name = _("lavanderia")
        verbose_name_plural = _("lavanderie")
