"""What the sheet of a service or a place shows besides its fields: sections in their order, map link, week."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.utils.html import linebreaks
from django.utils.translation import gettext_lazy as _
from wagtail.templatetags.wagtailcore_tags import richtext

from catalogo.models import AttivitaSettimanale, LuogoPage, ServizioPage
from catalogo.models.civic_center import Fascia

register = template.Library()

MAPPA = "https://www.openstreetmap.org"


@dataclass(frozen=True)
class Sezione:
    """One of the statutory sections; `gancio` is the hook checkers of public sites look for."""

    id: str
    titolo: str
    gancio: str
    testo: str  # safe HTML


# field, title, hook, the line of "In breve" that stands in while the field is empty: order of the Modello Comuni.
SEZIONI = (
    ("a_chi_e_rivolto", _("A chi è rivolto"), "service-addressed", "per_chi"),
    ("come_fare", _("Come fare"), "service-how-to", "come_si_entra"),
    ("cosa_serve", _("Cosa serve"), "service-needed", "cosa_portare"),
    ("cosa_si_ottiene", _("Cosa si ottiene"), "service-achieved", "descrizione_breve"),
    ("tempi_e_scadenze", _("Tempi e scadenze"), "service-calendar-text", "orari_testo"),
)


@register.simple_tag
def sezioni(scheda: ServizioPage) -> list[Sezione]:
    """The sections that have something to say, in the order the law's model wants."""
    found = []
    for name, title, hook, instead in SEZIONI:
        html = getattr(scheda, name)
        text = richtext(html) if html else linebreaks(getattr(scheda, instead), autoescape=True)
        if html or getattr(scheda, instead):
            found.append(Sezione(name.replace("_", "-"), str(title), hook, text))
    return found


@register.simple_tag
def arrivo(luogo: LuogoPage | None) -> str:
    """Address of a map with the place on it; empty for a confidential or unknown place."""
    if luogo is None or luogo.indirizzo_riservato:
        return ""
    if luogo.lat is not None and luogo.lon is not None:
        return f"{MAPPA}/?mlat={luogo.lat}&mlon={luogo.lon}#map=17/{luogo.lat}/{luogo.lon}"
    if luogo.indirizzo and luogo.comune:
        return f"{MAPPA}/search?{urlencode({'query': f'{luogo.indirizzo}, {luogo.comune.nome}'})}"
    return ""


@dataclass(frozen=True)
class Cella:
    fascia: str
    attivita: list[AttivitaSettimanale]


@register.filter
def per_fascia(attivita: list[AttivitaSettimanale]) -> list[Cella]:
    """One day's appointments under morning, afternoon and evening, empty cells included."""
    return [Cella(str(fascia.label), [item for item in attivita if item.fascia == fascia.value]) for fascia in Fascia]


@register.simple_tag
def fasce() -> list[str]:
    """Headings of the timetable's columns."""
    return [str(fascia.label) for fascia in Fascia]
