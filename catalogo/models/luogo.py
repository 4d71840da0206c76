"""Where things happen."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.cms.models import PaginaBase
from portal.cms.permission_testers import RegolePaginaRitirata

from .pannelli import pannelli_pagina
from .vocabolari import Comune

# What says where a confidential place is.
CAMPI_RISERVATI = ("indirizzo", "cap", "quartiere", "come_arrivare", "lat", "lon")


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
    page_description = _("Un indirizzo del tuo ente: scrivilo una volta, i servizi lo scelgono.")
    template = "catalogo/luogo_page.html"
    permission_tester_class = RegolePaginaRitirata
    content_panels = [
        *PaginaBase.content_panels,
        FieldPanel(
            "indirizzo_riservato",
            help_text=_(
                "Per i luoghi protetti, come una casa rifugio: indirizzo, quartiere e coordinate non si scrivono. "
                "Appena salvi, quelli di prima spariscono anche dal sito e dalle versioni vecchie."
            ),
        ),
        MultiFieldPanel(
            [
                FieldPanel("comune"),
                FieldPanel("indirizzo", help_text=_("Esempio: via Roma 12, primo piano.")),
                FieldRowPanel(
                    [
                        FieldPanel("cap", help_text=_("Cinque cifre.")),
                        FieldPanel("quartiere", help_text=_("O frazione, come la chiamano tutti.")),
                    ]
                ),
                FieldRowPanel(
                    [
                        FieldPanel("lat", help_text=_("Esempio: 43,4631.")),
                        FieldPanel("lon", help_text=_("Esempio: 11,8796.")),
                    ]
                ),
            ],
            heading=_("Dove"),
        ),
        FieldPanel("telefono", help_text=_("Il numero a cui risponde qualcuno.")),
        FieldPanel("accessibilita", help_text=_("Esempio: due gradini all'ingresso, bagno accessibile.")),
        FieldPanel("come_arrivare", help_text=_("Esempio: autobus 4, fermata Ospedale, poi 200 metri a piedi.")),
    ]
    edit_handler = pannelli_pagina(content_panels)
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

    def save(self, *args, **kwargs):
        newly_confidential = (
            self.pk
            and self.indirizzo_riservato
            and LuogoPage.objects.filter(pk=self.pk, indirizzo_riservato=False).exists()
        )
        super().save(*args, **kwargs)
        if newly_confidential:
            self.forget_address()

    def save_revision(self, *args, **kwargs):
        revision = super().save_revision(*args, **kwargs)
        if self.indirizzo_riservato:
            self.forget_address()
        return revision

    def clean(self) -> None:
        super().clean()
        if not self.indirizzo_riservato:
            return
        message = _("Un luogo riservato non lo tiene: svuota questo campo, o togli «indirizzo riservato».")
        filled = [name for name in CAMPI_RISERVATI if getattr(self, name) not in ("", None)]
        if filled:
            raise ValidationError(dict.fromkeys(filled, message))

    def forget_address(self) -> None:
        from catalogo.redazione.riservatezza import dimentica_indirizzo

        dimentica_indirizzo(self)

    def get_context(self, request, *args, **kwargs):
        from catalogo.selectors import servizi_del_luogo

        return {**super().get_context(request, *args, **kwargs), "servizi": servizi_del_luogo(self, self.locale)}
