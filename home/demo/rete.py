"""The invented network: bodies, their pages, places and services."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page

from catalogo import models as catalogo
from catalogo.importazione.albero import add_page
from catalogo.models import AttivitaSettimanale, Comune, Ente, EntePage, EntiIndexPage, LuogoPage, ServizioPage

from . import immagini
from .dati import read
from .testi import blocks, rich

CAMPI_ENTE = ("nome_breve", "tipo", "codice_fiscale", "runts_numero", "sito", "email", "telefono")
VOCI = {
    "bisogni": catalogo.Bisogno,
    "destinatari": catalogo.Destinatari,
    "accessi": catalogo.ModalitaAccesso,
    "argomenti": catalogo.Argomento,
}

ALTROVE = ("ente", "pagina", "tipo", "luogo", "comune")


def carica() -> Iterator[str]:
    """Yields the name of each page made."""
    pictures = immagini.by_name()
    comuni = {comune.codice_istat: comune for comune in Comune.objects.all()}
    index = EntiIndexPage.objects.get(locale=Locale.get_default())
    pages = {page.slug: page for page in EntePage.objects.child_of(index)}
    for row in read("rete")["enti"]:
        if row["slug"] not in pages:
            pages[row["slug"]] = _body(row, index, comuni.get(row["comune"]), pictures)
            yield row["nome"]
    places = {_key(page): page for page in LuogoPage.objects.descendant_of(index)}
    for row in read("rete")["luoghi"]:
        if (key := (row["ente"], row["slug"])) not in places:
            places[key] = _place(row, pages[row["ente"]], comuni.get(row["comune"]), pictures)
            yield row["title"]
    yield from _services(index, pages, places, comuni)


def _services(index: EntiIndexPage, pages: dict, places: dict, comuni: dict) -> Iterator[str]:
    known = {_key(page) for page in ServizioPage.objects.descendant_of(index)}
    words = {name: {row.codice: row for row in model.objects.all()} for name, model in VOCI.items()}
    kinds = {row.codice: row for row in catalogo.TipoServizio.objects.all()}
    for number, row in enumerate(read("rete")["servizi"]):
        if (row["ente"], row["slug"]) in known:
            continue
        page = _sheet(row, words)
        page.tipo = kinds[row["tipo"]]
        page.luogo = places.get((row["ente"], row["luogo"]))
        page.comune = comuni.get(row.get("comune"))
        page.verificata_il = timezone.localdate() - timedelta(days=number * 7 % 80)
        add_page(pages[row["ente"]], page, live=True)
        yield row["title"]


def _key(page: Page) -> tuple[str, str]:
    """(slug of the body, slug of the page)."""
    body, own = page.url_path.strip("/").split("/")[-2:]
    return body, own


def _body(row: dict, index: EntiIndexPage, comune: Comune | None, pictures: dict) -> EntePage:
    facts = {name: row[name] for name in CAMPI_ENTE}
    ente, _created = Ente.objects.get_or_create(nome=row["nome"], comune=comune, defaults=facts)
    texts = {name: row[name] for name in ("slug", "descrizione_breve", "missione")}
    picture = pictures.get(row["immagine"])
    page = EntePage(title=row["nome"], ente=ente, corpo=blocks(row["corpo"]), immagine=picture, **texts)
    add_page(index, page, live=True)
    return page


def _place(row: dict, parent: EntePage, comune: Comune | None, pictures: dict) -> LuogoPage:
    facts = {name: value for name, value in row.items() if name not in ("ente", "comune", "immagine")}
    page = LuogoPage(comune=comune, immagine=pictures.get(row["immagine"]), **facts)
    add_page(parent, page, live=True)
    return page


def _sheet(row: dict, words: dict[str, dict]) -> ServizioPage:
    """The page of `row` without its relations to other rows; the models turn hours and amounts from text."""
    model = getattr(catalogo, row["pagina"])
    page = model()
    for name, value in row.items():
        if name in VOCI:
            setattr(page, name, [words[name][code] for code in value])
        elif name == "attivita":
            page.attivita = [AttivitaSettimanale(sort_order=number, **item) for number, item in enumerate(value)]
        elif name == "esercizi":
            page.esercizi = [("esercizio", shop) for shop in value]
        elif name not in ALTROVE:
            is_rich = isinstance(model._meta.get_field(name), RichTextField)
            setattr(page, name, rich(value) if is_rich else value)
    return page
