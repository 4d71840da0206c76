"""Free shop paid in points."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from .pannelli import campi_traducibili, pannelli_servizio
from .servizio import ServizioPage


class EmporioPage(ServizioPage):
    """Emporio solidale: what there is, who may come, how points work (domain.md §2.2)."""

    regola_punti = models.TextField(
        _("come funzionano i punti"),
        blank=True,
        help_text=_("Esempio: 40 punti al mese, 10 in più a bambino."),
    )
    prodotti = models.TextField(_("cosa si trova"), blank=True)
    cosa_donare = models.TextField(_("cosa si può donare"), blank=True)
    isee_massimo = models.DecimalField(
        _("ISEE massimo (euro)"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    durata_tessera_mesi = models.PositiveSmallIntegerField(_("durata della tessera (mesi)"), null=True, blank=True)
    pausa_mesi = models.PositiveSmallIntegerField(_("pausa prima del rinnovo (mesi)"), null=True, blank=True)

    page_description = _("Dove si fa la spesa con i punti.")
    template = "catalogo/emporio_page.html"
    edit_handler = pannelli_servizio(
        [
            FieldPanel("regola_punti"),
            FieldPanel("prodotti"),
            FieldPanel("cosa_donare"),
            FieldRowPanel([FieldPanel("isee_massimo"), FieldPanel("durata_tessera_mesi"), FieldPanel("pausa_mesi")]),
        ],
        _("L'emporio"),
    )
    override_translatable_fields = campi_traducibili(
        ("regola_punti", "prodotti", "cosa_donare"), ("isee_massimo", "durata_tessera_mesi", "pausa_mesi")
    )

    class Meta:
        verbose_name = _("emporio solidale")
        verbose_name_plural = _("empori solidali")
