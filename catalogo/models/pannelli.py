"""How editors meet a sheet: one column, plain names, in the order in which one fills it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, TranslatableField

TRADOTTI = (
    "title",
    "descrizione_breve",
    "motivo_stato",
    "per_chi",
    "come_si_entra",
    "cosa_portare",
    "quanto_costa",
    "a_chi_e_rivolto",
    "come_fare",
    "cosa_serve",
    "cosa_si_ottiene",
    "tempi_e_scadenze",
    "condizioni",
    "ulteriori_informazioni",
    "vincoli",
    "orari_testo",
)
UGUALI_IN_OGNI_LINGUA = (
    "immagine",
    "tipo",
    "comune",
    "luogo",
    "stato",
    "accesso_digitale",
    "prenotazione_url",
    "gratuito",
    "serve_isee",
    "telefono",
    "email",
    "fonte",
    "fonte_url",
    "data_fonte",
    "nota_fonte",
    "da_verificare",
    "verificata_il",
)


def campi_traducibili(tradotti: tuple[str, ...] = (), uguali: tuple[str, ...] = ()) -> list:
    """Field lists for wagtail-localize: words are translated, facts are copied and cannot differ."""
    return [
        *(TranslatableField(name) for name in (*TRADOTTI, *tradotti)),
        *(SynchronizedField(name, overridable=False) for name in (*UGUALI_IN_OGNI_LINGUA, *uguali)),
    ]


def pannelli_servizio(proprio: list | None = None, titolo: str = "") -> TabbedInterface:
    """Tabs of a sheet; `proprio`: panels of this kind of service, shown under `titolo` in the first tab."""
    specific = [MultiFieldPanel(proprio, heading=titolo)] if proprio else []
    return TabbedInterface(
        [
            ObjectList([*_essenziale(), *specific], heading=_("L'essenziale")),
            ObjectList(_scheda(), heading=_("La scheda completa")),
            ObjectList(_fonte(), heading=_("Fonte e verifica")),
            ObjectList(Page.promote_panels, heading=_("Indirizzo e ricerca")),
            ObjectList(Page.settings_panels, heading=_("Pubblicazione")),
        ]
    )


def _essenziale() -> list:
    return [
        FieldPanel("title", heading=_("Nome del servizio")),
        FieldPanel("tipo"),
        FieldPanel("descrizione_breve"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("per_chi", "come_si_entra", "cosa_portare", "quanto_costa")],
            heading=_("In breve"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("telefono"), FieldPanel("email")]),
                FieldPanel("luogo"),
                FieldPanel("comune"),
                FieldPanel("orari_testo"),
            ],
            heading=_("Quando, dove, chi chiamare"),
        ),
        FieldRowPanel([FieldPanel("stato"), FieldPanel("motivo_stato")]),
        FieldPanel("immagine"),
    ]


def _scheda() -> list:
    testi = ("a_chi_e_rivolto", "come_fare", "cosa_serve", "cosa_si_ottiene", "tempi_e_scadenze")
    return [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("bisogni", "destinatari", "accessi", "argomenti")],
            heading=_("Come si trova nel catalogo"),
        ),
        *(FieldPanel(name) for name in testi),
        FieldPanel("accesso_digitale"),
        FieldPanel("prenotazione_url"),
        FieldRowPanel([FieldPanel("gratuito"), FieldPanel("serve_isee")]),
        FieldPanel("condizioni"),
        FieldPanel("vincoli"),
        FieldPanel("ulteriori_informazioni"),
    ]


def _fonte() -> list:
    return [
        FieldPanel("verificata_il"),
        FieldPanel("da_verificare"),
        FieldPanel("fonte"),
        FieldPanel("fonte_url"),
        FieldPanel("data_fonte"),
        FieldPanel("nota_fonte"),
    ]
