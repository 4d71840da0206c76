"""The body and the place that a row names, found or created with their pages."""

import re

from django.utils.text import slugify
from wagtail.coreutils import find_available_slug

from catalogo.importazione import parole
from catalogo.importazione.albero import add_page
from catalogo.importazione.nomi import normalise
from catalogo.importazione.riga import Scheda, shorten
from catalogo.models import Comune, Ente, EntePage, EntiIndexPage, LuogoPage
from catalogo.models.ente import TipoEnte

STRADA = re.compile(r"(via|viale|corso|piazza|piazzale|piazzetta|largo|vicolo|strada|lungo\w+)\b", re.IGNORECASE)


def body_page(scheda: Scheda, comune: Comune | None, *, live: bool) -> EntePage:
    """The page of the body: the same name in the same municipality is the same body, however it is written."""
    ente = _body(scheda.ente, comune)
    page = EntePage.objects.filter(ente=ente, locale__language_code="it").first()
    if page is None:
        index = EntiIndexPage.objects.filter(locale__language_code="it").first()
        place = f"{comune.nome}" if comune else ""
        page = EntePage(
            title=ente.nome,
            slug=find_available_slug(index, slugify(ente.nome)[:80] or "ente"),
            ente=ente,
            descrizione_breve=shorten(f"I suoi servizi a {place}." if place else "I suoi servizi.", 160),
        )
        add_page(index, page, live=live)
    elif live and not page.live and not page.first_published_at:
        page.get_latest_revision().publish()
    return page


def _body(name: str, comune: Comune | None) -> Ente:
    wanted = normalise(name)
    for ente in Ente.objects.filter(comune=comune):
        if wanted in {normalise(ente.nome), normalise(ente.nome_breve)}:
            return ente
    kinds = parole.found(parole.TIPI_DI_ENTE, wanted)
    return Ente.objects.create(nome=name, comune=comune, tipo=kinds[0] if kinds else TipoEnte.ALTRO_ETS)


def place_page(scheda: Scheda, parent: EntePage, comune: Comune | None, *, live: bool) -> LuogoPage | None:
    """The place of the body at that address; a confidential one is kept without any; None when none is known."""
    if not scheda.indirizzo and not scheda.indirizzo_riservato:
        return None
    for known in LuogoPage.objects.child_of(parent):
        if known.indirizzo_riservato and scheda.indirizzo_riservato:
            return known
        if not scheda.indirizzo_riservato and normalise(known.indirizzo) == normalise(scheda.indirizzo):
            return known
    page = _place(scheda, comune)
    page.slug = find_available_slug(parent, slugify(page.title)[:80] or "sede")
    add_page(parent, page, live=live)
    return page


def _place(scheda: Scheda, comune: Comune | None) -> LuogoPage:
    if scheda.indirizzo_riservato:
        return LuogoPage(title="Sede con indirizzo riservato", indirizzo_riservato=True)
    address = scheda.indirizzo
    street = address.split(",")[0] if STRADA.match(address) else ""
    title = f"Sede di {street}" if street else address[:1].upper() + address[1:]
    return LuogoPage(title=shorten(title, 160), indirizzo=address, comune=comune)
