"""Bodies of the network: the plain organisation and its public page."""

from unicodedata import normalize

from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.cms.blocks.testo import CorpoBlock
from portal.cms.fields import StreamField
from portal.cms.models import PaginaBase
from portal.cms.permission_testers import PERMESSO_REDAZIONE, RegolePaginaFissa

from .pannelli import pannelli_pagina
from .vocabolari import Comune


class TipoEnte(models.TextChoices):
    ENTE_PUBBLICO = "ente_pubblico", _("Ente pubblico")
    PARROCCHIA = "parrocchia", _("Parrocchia o Caritas")
    ODV = "odv", _("Organizzazione di volontariato")
    APS = "aps", _("Associazione di promozione sociale")
    ALTRO_ETS = "altro_ets", _("Altro ente del Terzo settore")
    COOP_SOCIALE = "coop_sociale", _("Cooperativa sociale")
    FONDAZIONE = "fondazione", _("Fondazione")
    SCUOLA = "scuola", _("Scuola")
    ESERCIZIO_COMMERCIALE = "esercizio_commerciale", _("Negozio di vicinato")
    AZIENDA = "azienda", _("Azienda")
    GRUPPO_INFORMALE = "gruppo_informale", _("Gruppo informale")


class Ente(models.Model):
    """A body of the network. Deactivated when it leaves, never deleted: cases and agreements name it."""

    nome = models.CharField(_("nome"), max_length=160)
    nome_breve = models.CharField(_("nome breve"), max_length=60, blank=True)
    tipo = models.CharField(_("tipo"), max_length=30, choices=TipoEnte)
    comune = models.ForeignKey(
        Comune, verbose_name=_("comune"), null=True, blank=True, on_delete=models.PROTECT, related_name="enti"
    )
    codice_fiscale = models.CharField(_("codice fiscale dell'ente"), max_length=16, blank=True)
    runts_numero = models.CharField(_("numero nel RUNTS"), max_length=20, blank=True)
    sito = models.URLField(_("sito"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telefono = models.CharField(_("telefono"), max_length=40, blank=True)
    attivo = models.BooleanField(_("attivo"), default=True)
    gruppo_editori = models.OneToOneField(
        Group, verbose_name=_("gruppo"), null=True, blank=True, editable=False, on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("ente")
        verbose_name_plural = _("enti")
        ordering = ["nome"]
        constraints = [
            models.UniqueConstraint(
                fields=["nome", "comune"],
                name="unique_ente_nome_comune",
                nulls_distinct=False,
                violation_error_message=_("C'è già un ente con questo nome in questo comune."),
            )
        ]

    def __str__(self) -> str:
        return self.nome_breve or self.nome


def nome_corrente(ente: str = "") -> Coalesce:
    """What `str` says of a body, in SQL: to show it, or to put rows in its order. `ente`: the way to it from a row."""
    way = f"{ente}__" if ente else ""
    return Coalesce(NullIf(f"{way}nome_breve", Value("")), f"{way}nome")


class EntiIndexPage(PaginaBase):
    """`/enti/`: all bodies; each body's page lies under it and carries its editing rights."""

    parent_page_types = ["home.HomePage"]
    subpage_types = ["catalogo.EntePage"]
    max_count_per_parent = 1
    permission_tester_class = RegolePaginaFissa
    template = "catalogo/enti_index_page.html"

    class Meta:
        verbose_name = _("elenco degli enti")

    def get_context(self, request, *args, **kwargs):
        from catalogo.selectors import enti_in

        return {**super().get_context(request, *args, **kwargs), "enti": enti_in(get_language())}


class EntePage(PaginaBase):
    """Public face of an `Ente`; the rights of its editors end at this subtree."""

    ente = models.ForeignKey(Ente, verbose_name=_("ente"), on_delete=models.PROTECT, related_name="pagine")
    missione = models.TextField(
        _("chi siamo"), blank=True, help_text=_("Tre righe: chi siete, per chi ci siete, come vi si trova.")
    )
    corpo = StreamField(CorpoBlock(), verbose_name=_("testo"), blank=True)

    parent_page_types = ["catalogo.EntiIndexPage"]
    subpage_types = [
        "catalogo.ServizioPage",
        "catalogo.EmporioPage",
        "catalogo.LavanderiaPage",
        "catalogo.AlloggioPage",
        "catalogo.TesseraPage",
        "catalogo.CivicCenterPage",
        "catalogo.LuogoPage",
    ]
    template = "catalogo/ente_page.html"
    permission_tester_class = RegolePaginaFissa
    content_panels = [
        *PaginaBase.content_panels,
        FieldPanel("ente", permission=PERMESSO_REDAZIONE),
        FieldPanel("missione"),
        FieldPanel("corpo"),
    ]
    edit_handler = pannelli_pagina(content_panels)
    override_translatable_fields = [
        TranslatableField("missione"),
        SynchronizedField("ente", overridable=False),
    ]

    class Meta:
        verbose_name = _("pagina di un ente")
        verbose_name_plural = _("pagine degli enti")

    @property
    def iniziale(self) -> str:
        """The letter under which the list of bodies has it, without its accent."""
        return normalize("NFD", self.title.strip())[:1].upper()

    def get_context(self, request, *args, **kwargs):
        from catalogo.selectors import luoghi_dell_ente, servizi_dell_ente

        return {
            **super().get_context(request, *args, **kwargs),
            "servizi": servizi_dell_ente(self.ente, get_language()),
            "luoghi": luoghi_dell_ente(self),
        }
