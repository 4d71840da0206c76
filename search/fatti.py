"""What a page says of itself, read alike whatever its model: facts to narrow by, texts to search in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Field
from django.utils.text import capfirst
from django.utils.translation import override
from wagtail.blocks import BaseStructBlock, Block
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText, get_text_for_indexing

from catalogo.models import Bisogno, Comune, Ente, EntePage, LuogoPage, ServizioPage, TipoServizio
from catalogo.models.vocabolari import Vocabolario

# Texts of the sheets in reading order, whatever model has them: an editor's notes and sources are not among them.
TESTI = (
    "per_chi", "come_si_entra", "cosa_portare", "quanto_costa", "missione", "a_chi_e_rivolto", "come_fare",
    "cosa_serve", "cosa_si_ottiene", "tempi_e_scadenze", "condizioni", "ulteriori_informazioni", "vincoli",
    "motivo_stato", "regola_punti", "prodotti", "cosa_donare", "prezzo_lavaggio", "tipo_ospiti", "importo",
    "beni_esclusi", "esercizi", "stagione", "orari_testo", "accessibilita", "corpo",
)  # fmt: skip
# Texts that without their heading would say something else ("niente" is to be brought, "alcolici" cannot be bought).
TITOLATI = {"cosa_portare", "prodotti", "cosa_donare", "prezzo_lavaggio", "importo", "beni_esclusi", "esercizi"}
CHIUSO = (".", "!", "?", "…", ":", ";", "؟")
FINE_RIGA = re.compile(r"</(?:p|h\d|li|blockquote)>|<[bh]r\s*/?>", re.IGNORECASE)
INDIRIZZO = ("indirizzo", "quartiere", "cap", "come_arrivare")


@dataclass(frozen=True)
class Fatti:
    """What does not depend on the language."""

    tipo: TipoServizio | None = None
    bisogni: tuple[Bisogno, ...] = ()
    per: tuple[Vocabolario, ...] = ()
    accessi: tuple[Vocabolario, ...] = ()
    argomenti: tuple[Vocabolario, ...] = ()
    comune: Comune | None = None
    ente: Ente | None = None
    gratuito: bool | None = None
    serve_isee: bool | None = None
    telefono: str = ""
    scadenza: date | None = None

    def vocaboli(self) -> list[Vocabolario]:
        kind = [self.tipo] if self.tipo else []
        return [*kind, *self.bisogni, *self.per, *self.argomenti, *self.accessi]


def fatti_di(page: Page, enti: dict[str, Ente]) -> Fatti:
    """`enti`: the body by the path of its page, for what lies under one."""
    if isinstance(page, ServizioPage):
        return _of_service(page)
    if isinstance(page, EntePage):
        return Fatti(ente=page.ente, comune=page.ente.comune, telefono=page.ente.telefono)
    if isinstance(page, LuogoPage):
        where = None if page.indirizzo_riservato else page.comune
        return Fatti(ente=enti.get(page.path[: -page.steplen]), comune=where, telefono=page.telefono)
    return Fatti(ente=getattr(page, "a_cura_di", None), scadenza=getattr(page, "scadenza", None))


def _of_service(page: ServizioPage) -> Fatti:
    kind = [page.tipo.bisogno] if page.tipo.bisogno else []
    return Fatti(
        tipo=page.tipo,
        bisogni=tuple(dict.fromkeys([*kind, *page.bisogni.all()])),
        per=tuple(page.destinatari.all()),
        accessi=tuple(page.accessi.all()),
        argomenti=tuple(page.argomenti.all()),
        comune=None if page.indirizzo_riservato else page.comune,
        ente=page.ente,
        gratuito=page.gratuito,
        serve_isee=page.serve_isee,
        telefono=page.telefono,
    )


def testo_di(page: Page) -> str:
    """The whole sheet as plain text, a line per sentence, paragraph or item, each closed by a sign: snippets join them.

    Of a confidential place nothing that says where it is.
    """
    names: tuple[str, ...] = TESTI
    if isinstance(page, LuogoPage) and not page.indirizzo_riservato:
        names = (*INDIRIZZO, *TESTI)
    pieces = [_plain(page, name) for name in names if hasattr(page, name)]
    if hasattr(page, "attivita"):
        pieces += [f"{each.titolo} {each.destinatari_testo}" for each in page.attivita.all()]
    place = getattr(page, "luogo", None)
    if place and place.live and not place.indirizzo_riservato:
        pieces.append(", ".join(filter(None, [place.title, *(getattr(place, name) for name in INDIRIZZO[:3])])))
    lines = [line.strip() for piece in pieces for line in piece.splitlines()]
    return "\n".join(line if line.endswith(CHIUSO) else f"{line}." for line in lines if line)


def _plain(page: Page, name: str) -> str:
    field, value = page._meta.get_field(name), getattr(page, name)
    if isinstance(field, StreamField):
        text = "\n".join(piece for child in value for piece in _of_block(child.block, child.value))
    elif isinstance(field, RichTextField):
        text = _of_html(value or "")
    else:
        text = str(value or "")
    return f"{_heading(page, field)}: {text}" if text and name in TITOLATI else text


def _heading(page: Page, field: Field) -> str:
    with override(page.locale.language_code):
        return capfirst(str(field.verbose_name))


def _of_block(block: Block, value: Any) -> Iterator[str]:
    """Wagtail's searchable content, but with the paragraphs and items of rich texts apart."""
    if isinstance(value, RichText):
        yield _of_html(value.source)
    elif isinstance(block, BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _of_block(child, value.get(name))
    else:
        yield from block.get_searchable_content(value)


def _of_html(html: str) -> str:
    return get_text_for_indexing(FINE_RIGA.sub("\\g<0>\n", html))
