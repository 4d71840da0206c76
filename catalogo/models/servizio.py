"""The service sheet: what a person reads, in the order of the Modello Comuni (domain.md §2.3)."""

from datetime import time

from django.core.exceptions import ValidationError
from django.db import models
from django.dispatch import receiver
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.signals import post_page_move

from catalogo.querysets import ServizioManager
from catalogo.redazione.moduli import ModuloServizio
from portal.cms.models import PaginaBase
from portal.cms.permission_testers import RegolePaginaRitirata

from .ente import Ente, EntePage
from .pannelli import campi_traducibili, pannelli_servizio
from .vocabolari import Argomento, Bisogno, Comune, Destinatari, ModalitaAccesso, TipoServizio

RICCO = ["bold", "ol", "ul", "link", "document-link"]


def testo(label, **kwargs) -> RichTextField:
    return RichTextField(label, features=RICCO, blank=True, **kwargs)


def in_breve(label, help_text) -> models.CharField:
    return models.CharField(label, max_length=90, blank=True, help_text=help_text)


class StatoServizio(models.TextChoices):
    ATTIVO = "attivo", _("Attivo")
    NON_ATTIVO = "non_attivo", _("Non attivo")


class ServizioPage(PaginaBase):
    """A service of one body. Facts live on the Italian sheet (`originale`), words on each translation."""

    tipo = models.ForeignKey(
        TipoServizio, verbose_name=_("tipo di servizio"), on_delete=models.PROTECT, related_name="servizi"
    )
    bisogni = ParentalManyToManyField(
        Bisogno, verbose_name=_("a quale bisogno risponde"), blank=True, related_name="servizi"
    )
    destinatari = ParentalManyToManyField(Destinatari, verbose_name=_("per chi"), blank=True, related_name="servizi")
    accessi = ParentalManyToManyField(
        ModalitaAccesso, verbose_name=_("come si entra"), blank=True, related_name="servizi"
    )
    argomenti = ParentalManyToManyField(Argomento, verbose_name=_("argomenti"), blank=True, related_name="servizi")
    ente = models.ForeignKey(
        Ente, verbose_name=_("ente"), editable=False, on_delete=models.PROTECT, related_name="servizi"
    )
    comune = models.ForeignKey(
        Comune,
        verbose_name=_("comune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="servizi",
    )
    luogo = models.ForeignKey(
        "catalogo.LuogoPage",
        verbose_name=_("luogo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="servizi",
    )
    stato = models.CharField(_("stato"), max_length=20, choices=StatoServizio, default=StatoServizio.ATTIVO)
    motivo_stato = models.CharField(
        _("perché non è attivo"), max_length=160, blank=True, help_text=_("Per esempio: chiuso fino a marzo.")
    )

    per_chi = in_breve(_("per chi"), _("Al massimo dodici parole. Esempio: famiglie della valle."))
    come_si_entra = in_breve(_("come si entra"), _("Esempio: telefona e prendi appuntamento."))
    cosa_portare = in_breve(_("cosa portare"), _("Esempio: un documento, se ce l'hai."))
    quanto_costa = in_breve(_("quanto costa"), _("Esempio: niente."))

    a_chi_e_rivolto = testo(_("a chi è rivolto"))
    come_fare = testo(_("come fare"))
    cosa_serve = testo(_("cosa serve"))
    cosa_si_ottiene = testo(_("cosa si ottiene"))
    tempi_e_scadenze = testo(_("tempi e scadenze"))
    condizioni = testo(_("condizioni di servizio"))
    ulteriori_informazioni = testo(_("altre informazioni"))
    vincoli = models.CharField(_("vincoli"), max_length=255, blank=True)

    accesso_digitale = models.URLField(_("indirizzo del servizio in rete"), blank=True)
    prenotazione_url = models.URLField(_("indirizzo per prenotare"), blank=True)
    gratuito = models.BooleanField(_("gratuito"), null=True, blank=True)
    serve_isee = models.BooleanField(_("serve l'ISEE"), null=True, blank=True)

    telefono = models.CharField(_("telefono"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    orari_testo = models.TextField(_("orari"), blank=True, help_text=_("Esempio: lunedì e giovedì 15.30–18.00."))

    fonte = models.CharField(_("fonte"), max_length=255, blank=True)
    fonte_url = models.URLField(_("indirizzo della fonte"), max_length=500, blank=True)
    data_fonte = models.CharField(_("data della fonte"), max_length=20, blank=True)
    nota_fonte = models.TextField(_("nota sulla fonte"), blank=True)
    da_verificare = models.BooleanField(_("da verificare"), default=False)
    verificata_il = models.DateField(_("verificata il"), null=True, blank=True)

    objects = ServizioManager()

    parent_page_types = ["catalogo.EntePage"]
    subpage_types = []
    page_description = _("Mensa, ascolto, docce, corsi: tutto ciò che non ha una scheda sua.")
    template = "catalogo/servizio_page.html"
    base_form_class = ModuloServizio
    permission_tester_class = RegolePaginaRitirata
    edit_handler = pannelli_servizio()
    override_translatable_fields = campi_traducibili()

    class Meta:
        verbose_name = _("servizio")
        verbose_name_plural = _("servizi")

    def full_clean(self, *args, **kwargs):
        self.inherit_from_body()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.inherit_from_body()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.stato == StatoServizio.NON_ATTIVO and not self.motivo_stato:
            raise ValidationError({"motivo_stato": _("Di' perché il servizio non è attivo.")})
        if (
            self.luogo
            and self.ente_id
            and not EntePage.objects.ancestor_of(self.luogo).filter(ente=self.ente_id).exists()
        ):
            raise ValidationError({"luogo": _("Scegli un luogo del tuo ente.")})

    def inherit_from_body(self) -> None:
        """The body is the parent page's; the municipality, when not said, is the place's."""
        if self.path and self.depth:
            parent = EntePage.objects.filter(path=self.path[: -self.steplen]).select_related("ente").first()
            if parent:
                self.ente = parent.ente
        if self.comune_id is None and self.luogo and not self.luogo.indirizzo_riservato:
            self.comune_id = self.luogo.comune_id

    @cached_property
    def originale(self) -> "ServizioPage":
        """The Italian sheet, where the facts are; a sheet without one is its own."""
        if self.locale.language_code == "it":
            return self
        source = ServizioPage.objects.filter(translation_key=self.translation_key, locale__language_code="it")
        return source.with_relations().first() or self

    @cached_property
    def aperto_fino(self) -> time | None:
        """When it closes, if it is known to be open now; lists bring it along (`with_apertura`)."""
        return ServizioPage.objects.with_apertura().values_list("aperto_fino", flat=True).get(pk=self.pk)

    @classmethod
    def for_page(cls) -> models.QuerySet:
        return super().for_page().select_related("tipo__bisogno", "ente", "comune", "luogo__comune")

    @property
    def indirizzo_riservato(self) -> bool:
        return bool(self.luogo and self.luogo.indirizzo_riservato)

    def get_context(self, request, *args, **kwargs):
        from catalogo.selectors import servizi_simili

        return {
            **super().get_context(request, *args, **kwargs),
            "fatti": self.originale,
            "simili": servizi_simili(self.originale, get_language()),
        }


@receiver(post_page_move)
def follow_the_body(sender: type, instance: Page, **kwargs: object) -> None:
    """A sheet belongs to the body it now lies under; Wagtail moves pages without saving them as what they are."""
    for scheda in ServizioPage.objects.descendant_of(instance, inclusive=True):
        scheda.inherit_from_body()
        ServizioPage.objects.filter(pk=scheda.pk).update(ente=scheda.ente)
