"""How editors meet a sheet: one column, plain names, in the order in which one fills it."""

from django.forms import CheckboxSelectMultiple, Select
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail_localize.fields import SynchronizedField, TranslatableField

from portal.cms.permission_testers import PERMESSO_REDAZIONE

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


def pannelli_pagina(pannelli: list) -> TabbedInterface:
    """Tabs of a page without kinds: its contents, and for the central desk address and publication."""
    return TabbedInterface([ObjectList(pannelli, heading=_("Contenuto")), *_redazione()])


def pannelli_servizio(proprio: list | None = None, titolo: str | Promise = "") -> TabbedInterface:
    """Tabs of a sheet; `proprio`: panels of this kind of service, shown under `titolo` in the first tab."""
    specific = [MultiFieldPanel(proprio, heading=titolo)] if proprio else []
    return TabbedInterface(
        [
            ObjectList([*_essenziale(), *specific], heading=_("L'essenziale")),
            ObjectList(_scheda(), heading=_("La scheda completa")),
            ObjectList(_fonte(), heading=_("Verifica e fonte")),
            *_redazione(),
        ]
    )


def con_esempio(nome: str, esempio: str | Promise, **kwargs) -> FieldPanel:
    return FieldPanel(nome, help_text=esempio, **kwargs)


def _redazione() -> list:
    """An address that changes breaks the paper it is printed on: the central desk sees these tabs.

    The permission stands on each field: on a group it would hide the boxes but take what a request says for them.
    """
    search = [FieldPanel(name, permission=PERMESSO_REDAZIONE) for name in ("slug", "seo_title", "search_description")]
    schedule = PublishingPanel(permission=PERMESSO_REDAZIONE)
    for panel in schedule.children:
        panel.permission = PERMESSO_REDAZIONE
    return [
        ObjectList(search, heading=_("Indirizzo e ricerca"), permission=PERMESSO_REDAZIONE),
        ObjectList([schedule], heading=_("Pubblicazione"), permission=PERMESSO_REDAZIONE),
    ]


def _essenziale() -> list:
    return [
        con_esempio(
            "title", _("Come lo chiama la gente. Esempio: Emporio Il Granaio."), heading=_("Nome del servizio")
        ),
        con_esempio("tipo", _("Se non trovi quello giusto, scegli il più vicino e scrivilo alla Redazione.")),
        FieldPanel("descrizione_breve"),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("per_chi", "come_si_entra", "cosa_portare", "quanto_costa")],
            heading=_("In breve"),
            help_text=_("Quattro frasi di una riga: è la prima cosa che si legge, spesso in piedi e dal telefono."),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [
                        con_esempio("telefono", _("Il numero a cui risponde qualcuno. Esempio: 0575 123456.")),
                        con_esempio("email", _("Esempio: emporio@esempio.it.")),
                    ]
                ),
                con_esempio("luogo", _("Uno dei luoghi del tuo ente: se manca, aggiungilo prima."), widget=Select),
                con_esempio("comune", _("Se lo lasci vuoto, è quello del luogo.")),
                FieldPanel("orari_testo"),
            ],
            heading=_("Quando, dove, chi chiamare"),
        ),
        FieldRowPanel(
            [con_esempio("stato", _("Scegli «Non attivo» quando chiudete per un po'.")), FieldPanel("motivo_stato")]
        ),
        FieldPanel("immagine"),
    ]


def _scheda() -> list:
    return [
        MultiFieldPanel(
            [FieldPanel(name, widget=CheckboxSelectMultiple) for name in ("bisogni", "destinatari", "accessi")]
            + [FieldPanel("argomenti", widget=CheckboxSelectMultiple)],
            heading=_("Come si trova nel catalogo"),
            help_text=_("Spunta solo ciò che è vero oggi: chi filtra si fida."),
        ),
        con_esempio("a_chi_e_rivolto", _("Chi può venire, e chi decide se qualcuno è in dubbio.")),
        con_esempio("come_fare", _("I passi, uno per riga. Esempio: telefona, vieni al colloquio, ricevi la tessera.")),
        con_esempio("cosa_serve", _("I documenti, e che cosa succede se mancano.")),
        con_esempio("cosa_si_ottiene", _("Esempio: una spesa alla settimana per sei mesi.")),
        con_esempio("tempi_e_scadenze", _("Esempio: rispondiamo entro dieci giorni.")),
        con_esempio("accesso_digitale", _("Solo se il servizio si usa anche in rete.")),
        con_esempio("prenotazione_url", _("L'indirizzo intero, con https://.")),
        FieldRowPanel([FieldPanel("gratuito"), FieldPanel("serve_isee")]),
        con_esempio("condizioni", _("Regole che valgono per chi usa il servizio.")),
        con_esempio("vincoli", _("Esempio: massimo due persone per famiglia.")),
        FieldPanel("ulteriori_informazioni"),
    ]


def _fonte() -> list:
    central = ("fonte", "fonte_url", "data_fonte", "nota_fonte")
    return [
        MultiFieldPanel(
            [
                con_esempio("verificata_il", _("Il giorno in cui hai riletto tutto e hai trovato ogni cosa giusta.")),
                con_esempio("da_verificare", _("Togli la spunta quando hai controllato orari, telefono e indirizzo.")),
            ],
            heading=_("Verifica"),
        ),
        MultiFieldPanel(
            [FieldPanel(name, permission=PERMESSO_REDAZIONE) for name in central],
            heading=_("Fonte"),
            permission=PERMESSO_REDAZIONE,
        ),
    ]
