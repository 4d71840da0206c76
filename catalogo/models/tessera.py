"""Prepaid food card."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from portal.cms.fields import StreamField

from .pannelli import campi_traducibili, pannelli_servizio
from .servizio import ServizioPage


class EsercizioBlock(blocks.StructBlock):
    """A shop that accepts the card."""

    nome = blocks.CharBlock(label=_("Negozio"), max_length=80)
    indirizzo = blocks.CharBlock(label=_("Indirizzo"), max_length=120, required=False)
    comune = blocks.CharBlock(label=_("Comune"), max_length=80, required=False)

    class Meta:
        icon = "tag"
        label = _("Negozio")
        template = "blocks/esercizio.html"


class TesseraPage(ServizioPage):
    """Tessera prepagata: how much, how long, where it is accepted, what it does not buy."""

    importo = models.CharField(_("quanto vale"), max_length=120, blank=True)
    durata_mesi = models.PositiveSmallIntegerField(_("quanto dura (mesi)"), null=True, blank=True)
    beni_esclusi = models.TextField(_("cosa non si può comprare"), blank=True)
    isee_massimo = models.DecimalField(
        _("ISEE massimo (euro)"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    esercizi = StreamField([("esercizio", EsercizioBlock())], verbose_name=_("negozi che la accettano"), blank=True)

    page_description = _("Una tessera prepagata per fare la spesa nei negozi.")
    template = "catalogo/tessera_page.html"
    edit_handler = pannelli_servizio(
        [
            FieldPanel("importo"),
            FieldRowPanel([FieldPanel("durata_mesi"), FieldPanel("isee_massimo")]),
            FieldPanel("beni_esclusi"),
            FieldPanel("esercizi"),
        ],
        _("La tessera"),
    )
    override_translatable_fields = campi_traducibili(
        ("importo", "beni_esclusi"), ("durata_mesi", "isee_massimo", "esercizi")
    )

    class Meta:
        verbose_name = _("tessera prepagata")
        verbose_name_plural = _("tessere prepagate")
