"""What the network says about itself."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page

from portal.cms.blocks.testo import CorpoBlock
from portal.cms.fields import StreamField
from portal.cms.models import PaginaBase
from portal.cms.permission_testers import RegolePaginaFissa


class HomePage(PaginaBase):
    """The first page a person meets; what it lists is read in `home.selectors`."""

    domanda = models.CharField(
        _("domanda d'apertura"),
        max_length=80,
        default="Di cosa hai bisogno?",
        help_text=_("Il titolo grande."),
    )
    territorio = models.CharField(_("territorio"), max_length=120, blank=True)
    telefono_ascolto = models.CharField(_("telefono del punto d'ascolto"), max_length=40, blank=True)
    orari_ascolto = models.CharField(_("quando rispondiamo"), max_length=120, blank=True)
    testo_ascolto = models.TextField(_("non sai da dove cominciare?"), blank=True)
    testo_aiutare = models.TextField(_("vuoi dare una mano?"), blank=True)
    pagina_aiutare = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("pagina di chi vuole aiutare"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    parent_page_types = ["wagtailcore.Page"]
    permission_tester_class = RegolePaginaFissa
    subpage_types = [
        "catalogo.CatalogoPage",
        "catalogo.EntiIndexPage",
        "home.NotizieIndexPage",
        "home.PaginaSemplice",
    ]
    content_panels = [
        *PaginaBase.content_panels,
        FieldPanel("domanda"),
        FieldPanel("territorio"),
        MultiFieldPanel(
            [
                FieldPanel("testo_ascolto"),
                FieldRowPanel([FieldPanel("telefono_ascolto"), FieldPanel("orari_ascolto")]),
            ],
            heading=_("Punto d'ascolto"),
        ),
        MultiFieldPanel([FieldPanel("testo_aiutare"), FieldPanel("pagina_aiutare")], heading=_("Dare una mano")),
    ]

    class Meta:
        verbose_name = _("pagina iniziale")

    def get_context(self, request, *args, **kwargs):
        from home.selectors import pagina_iniziale

        return {**super().get_context(request, *args, **kwargs), **pagina_iniziale(get_language())}


class PaginaSemplice(PaginaBase):
    """A page of text: how the network works, privacy, legal notes…"""

    nel_piede = models.BooleanField(
        _("nel piè di pagina"), default=False, help_text=_("Tra i collegamenti in fondo a ogni pagina.")
    )
    ruolo_legale = models.CharField(
        _("che pagina è"),
        max_length=30,
        blank=True,
        choices=[
            ("privacy", _("Informativa sulla privacy")),
            ("accessibilita", _("Dichiarazione di accessibilità")),
            ("note_legali", _("Note legali")),
            ("faq", _("Domande frequenti")),
            ("disservizio", _("Segnala un disservizio")),
        ],
        help_text=_("Solo per le pagine che la legge chiede: il piè di pagina le riconosce da qui."),
    )
    corpo = StreamField(CorpoBlock(), verbose_name=_("testo"), blank=True)

    parent_page_types = ["home.HomePage", "home.PaginaSemplice"]
    subpage_types = ["home.PaginaSemplice"]
    content_panels = [*PaginaBase.content_panels, FieldPanel("corpo")]
    promote_panels = [*Page.promote_panels, FieldPanel("nel_piede"), FieldPanel("ruolo_legale")]

    class Meta:
        verbose_name = _("pagina semplice")
        verbose_name_plural = _("pagine semplici")


class NotizieIndexPage(PaginaBase):
    """`/notizie/`, newest first."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NotiziaPage"]
    max_count_per_parent = 1
    permission_tester_class = RegolePaginaFissa

    class Meta:
        verbose_name = _("elenco delle notizie")

    def get_context(self, request, *args, **kwargs):
        from home.selectors import elenco_notizie

        return {**super().get_context(request, *args, **kwargs), **elenco_notizie(request, get_language())}


class NotiziaPage(PaginaBase):
    """A piece of news, a release or a notice."""

    class Tipo(models.TextChoices):
        NOTIZIA = "notizia", _("Notizia")
        COMUNICATO = "comunicato", _("Comunicato")
        AVVISO = "avviso", _("Avviso")

    tipo = models.CharField(_("tipo"), max_length=20, choices=Tipo, default=Tipo.NOTIZIA)
    data = models.DateField(_("data"))
    scadenza = models.DateField(_("scade il"), null=True, blank=True)
    a_cura_di = models.ForeignKey(
        "catalogo.Ente",
        verbose_name=_("a cura di"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="notizie",
    )
    corpo = StreamField(CorpoBlock(), verbose_name=_("testo"), blank=True)

    parent_page_types = ["home.NotizieIndexPage"]
    subpage_types = []
    content_panels = [
        *PaginaBase.content_panels,
        FieldRowPanel([FieldPanel("tipo"), FieldPanel("data"), FieldPanel("scadenza")]),
        FieldPanel("a_cura_di"),
        FieldPanel("corpo"),
    ]

    class Meta:
        verbose_name = _("notizia")
        verbose_name_plural = _("notizie")
