"""Vocabularies as data: regions differ, so kinds, needs and audiences are rows, not code.

A row serves all languages (docs/decisions/0005-vocabolari-una-riga-per-concetto.md).
"""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.search import index


class Vocabolario(index.Indexed, models.Model):
    """A word of the catalogue with its names in every language."""

    codice = models.SlugField(
        _("codice"), max_length=40, unique=True, help_text=_("Nell'indirizzo dei filtri: non cambiarlo.")
    )
    nome = models.CharField(_("nome"), max_length=80)
    traduzioni = models.JSONField(_("traduzioni"), default=dict, blank=True)
    ordine = models.PositiveSmallIntegerField(_("ordine"), default=100)
    attivo = models.BooleanField(_("attivo"), default=True)

    search_fields = [index.SearchField("nome"), index.AutocompleteField("nome")]

    class Meta:
        abstract = True
        ordering = ["ordine", "nome"]

    def __str__(self) -> str:
        return self.nome_in(get_language() or settings.LANGUAGE_CODE)

    def nome_in(self, lingua: str) -> str:
        """The name in `lingua` (code of settings.LANGUAGES), Italian where there is none."""
        return self.traduzioni.get(lingua) or self.nome


class Bisogno(Vocabolario):
    """What a person would say aloud ("Mangiare"), of anybody: never "Vestirmi". Each has its tile."""

    tassello = models.SlugField(_("tassello"), max_length=40, help_text=_("Nome del disegno."))
    tinta = models.SlugField(_("tinta"), max_length=20, default="primario")

    class Meta(Vocabolario.Meta):
        verbose_name = _("bisogno")
        verbose_name_plural = _("bisogni")


class TipoServizio(Vocabolario):
    """The technical kind: emporio, mensa, centro di ascolto…"""

    bisogno = models.ForeignKey(
        Bisogno,
        verbose_name=_("bisogno"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tipi",
    )
    codice_siuss = models.CharField(_("codice SIUSS"), max_length=20, blank=True)

    class Meta(Vocabolario.Meta):
        verbose_name = _("tipo di servizio")
        verbose_name_plural = _("tipi di servizio")

    @property
    def tassello(self) -> str:
        """Drawing of its need; that of the community where it answers none in particular."""
        return self.bisogno.tassello if self.bisogno else "comunita"


class Destinatari(Vocabolario):
    """Whom a service is for."""

    class Meta(Vocabolario.Meta):
        verbose_name = _("destinatari")
        verbose_name_plural = _("destinatari")


class ModalitaAccesso(Vocabolario):
    """How one gets in: freely, by appointment, after a talk at a listening centre…"""

    class Meta(Vocabolario.Meta):
        verbose_name = _("modalità di accesso")
        verbose_name_plural = _("modalità di accesso")


class Argomento(Vocabolario):
    """Topic from the controlled list of the Modello Comuni."""

    class Meta(Vocabolario.Meta):
        verbose_name = _("argomento")
        verbose_name_plural = _("argomenti")


class Comune(index.Indexed, models.Model):
    """Municipality, by its ISTAT code; names are proper names and are not translated."""

    codice_istat = models.CharField(_("codice ISTAT"), max_length=6, unique=True)
    nome = models.CharField(_("nome"), max_length=80)
    provincia = models.CharField(_("provincia"), max_length=2)
    regione = models.CharField(_("regione"), max_length=40, blank=True)
    cap = models.CharField(_("CAP"), max_length=5, blank=True)
    lat = models.FloatField(_("latitudine"), null=True, blank=True)
    lon = models.FloatField(_("longitudine"), null=True, blank=True)

    search_fields = [index.SearchField("nome"), index.AutocompleteField("nome")]

    class Meta:
        verbose_name = _("comune")
        verbose_name_plural = _("comuni")
        ordering = ["nome"]

    def __str__(self) -> str:
        return f"{self.nome} ({self.provincia})"
