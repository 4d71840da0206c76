"""Where things happen."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.cms.models import PaginaBase

from .vocabolari import Comune


class LuogoPage(PaginaBase):
    """A place of a body. A confidential address is not hidden: it is not kept here at all."""

    comune = models.ForeignKey(
        Comune,
        verbose_name=_("comune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="luoghi",
    )
    indirizzo_riservato = models.BooleanField(
        _("indirizzo riservato"),
        default=False,
        help_text=_("Per i luoghi protetti: indirizzo, quartiere e coordinate non si scrivono."),
    )
    indirizzo = models.CharField(_("indirizzo"), max_length=160, blank=True)
    cap = models.CharField(
        _("CAP"), max_length=5, blank=True, validators=[RegexValidator(r"^\d{5}$", _("Cinque cifre."))]
    )
    quartiere = models.CharField(_("quartiere"), max_length=80, blank=True)
    lat = models.FloatField(_("latitudine"), null=True, blank=True)
    lon = models.FloatField(_("longitudine"), null=True, blank=True)
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    accessibilita = models.TextField(
        _("accessibilità"), blank=True, help_text=_("Gradini, ascensore, bagno, parcheggio.")
    )
    come_arrivare = models.TextField(_("come arrivare"), blank=True)

    parent_page_types = ["catalogo.EntePage"]
    subpage_types = []
    template = "catalogo/luogo_page.html"
    content_panels = [
        *PaginaBase.content_panels,
        FieldPanel("indirizzo_riservato"),
        MultiFieldPanel(
            [
                FieldPanel("comune"),
                FieldPanel("indirizzo"),
                FieldRowPanel([FieldPanel("cap"), FieldPanel("quartiere")]),
                FieldRowPanel([FieldPanel("lat"), FieldPanel("lon")]),
            ],
            heading=_("Dove"),
        ),
        FieldPanel("telefono"),
        FieldPanel("accessibilita"),
        FieldPanel("come_arrivare"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("descrizione_breve"),
        TranslatableField("accessibilita"),
        TranslatableField("come_arrivare"),
        *(
            SynchronizedField(name, overridable=False)
            for name in (
                "comune",
                "indirizzo_riservato",
                "indirizzo",
                "cap",
                "quartiere",
                "lat",
                "lon",
                "telefono",
            )
        ),
    ]

    class Meta:
        verbose_name = _("luogo")
        verbose_name_plural = _("luoghi")
        constraints = [
            models.CheckConstraint(
                condition=Q(indirizzo_riservato=False)
                | Q(indirizzo="", cap="", quartiere="", come_arrivare="", lat__isnull=True, lon__isnull=True),
                name="luogo_riservato_senza_indirizzo",
                violation_error_message=_(
                    "Un luogo riservato non tiene indirizzo, quartiere, indicazioni o coordinate: cancellali."
                ),
            )
        ]
