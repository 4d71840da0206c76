"""From the live, public pages of one content to the rows of the index, one per language of the portal."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import override
from wagtail.models import Page

from catalogo.models import Ente, EntePage, LuogoPage, ServizioPage
from catalogo.querysets import unrestricted

from .fatti import Fatti, fatti_di, testo_di
from .models import VoceIndice
from .parole import piana, senza_segni_vocalici
from .tipi import Genere

ITALIANO = settings.LANGUAGE_CODE
SEGNI = re.compile("[\u0000-\u0008\u000b-\u001f\ue000-\uf8ff]")  # control characters, and the marks of snippets
TAG = str.maketrans("<>", "‹›")  # PostgreSQL would take what is between them for a tag, and pass over it
RELAZIONI = {"bisogni", "destinatari", "accessi", "argomenti", "attivita"}
COLLEGATI = {
    "tipo": "tipo__bisogno",
    "ente": "ente__comune",
    "comune": "comune",
    "luogo": "luogo",
    "a_cura_di": "a_cura_di",
}


def pubbliche(modello: type[Page]) -> QuerySet:
    """Live pages that are exactly of `modello`, restricted nowhere above, no mere copies of the Italian ones."""
    return unrestricted(modello.objects.live()).exact_type(modello).filter(alias_of__isnull=True)


def gruppi_di(modello: type[Page]) -> QuerySet:
    return pubbliche(modello).order_by("translation_key").values_list("translation_key", flat=True).distinct()


def voci(modello: type[Page], genere: Genere, gruppi: Iterable[UUID]) -> list[VoceIndice]:
    """Rows of the contents `gruppi`, in a dozen queries whatever their number; none for what is not public."""
    pages = list(_with_relations(modello, pubbliche(modello).filter(translation_key__in=list(gruppi))))
    bodies = _bodies_above(pages)
    rows: list[VoceIndice] = []
    for _key, group in groupby(pages, key=lambda page: page.translation_key):
        rows += _of_group(genere, {page.locale.language_code: page for page in group}, bodies)
    return rows


def _with_relations(modello: type[Page], pages: QuerySet) -> QuerySet:
    related = {field.name: field for field in modello._meta.get_fields() if field.is_relation}
    joined = [path for name, path in COLLEGATI.items() if name in related]
    many = sorted(RELAZIONI & set(related))
    return pages.select_related("locale", *joined).prefetch_related(*many).order_by("translation_key", "pk")


def _bodies_above(pages: Sequence[Page]) -> dict[str, Ente]:
    """Places know their body by where they lie."""
    paths = {page.path[: -page.steplen] for page in pages if isinstance(page, LuogoPage)}
    parents = EntePage.objects.filter(path__in=paths).select_related("ente") if paths else ()
    return {parent.path: parent.ente for parent in parents}


def _of_group(genere: Genere, pages: dict[str, Page], bodies: dict[str, Ente]) -> list[VoceIndice]:
    italian = pages.get(ITALIANO)
    source = italian or next(iter(pages.values()))
    if not _is_listed(source, italian):
        return []
    facts = fatti_di(source, bodies)
    written = {lingua: _of_words(page) for lingua, page in pages.items()}
    rows = []
    for lingua, _name in settings.LANGUAGES:
        page = pages.get(lingua) or italian
        if page:
            words = written[page.locale.language_code]
            rows.append(voce(genere, lingua, words, _of_facts(facts, lingua), _names(facts, lingua, page, italian)))
    return rows


def _is_listed(page: Page, italian: Page | None) -> bool:
    """As in the catalogue: the facts of a service are on its Italian sheet; a body that has left is not shown."""
    if isinstance(page, ServizioPage):
        return italian is not None
    return page.ente.attivo if isinstance(page, EntePage) else True


def voce(genere: Genere, lingua: str, words: dict, facts: dict, names: list[str]) -> VoceIndice:
    row = VoceIndice(genere=genere, lingua=lingua, parole_chiave=pulito(" · ".join(names)), **words, **facts)
    row.valori = valori(row)
    return row


def _of_words(page: Page) -> dict[str, object]:
    """What is the same in every row that shows the text of `page`."""
    return {
        "gruppo": page.translation_key,
        "pagina_id": page.pk,
        "originale": page.locale.language_code,
        "titolo": SEGNI.sub(" ", page.title)[:255],
        "titolo_piano": f" {piana(page.title)}"[:300],
        "descrizione": SEGNI.sub(" ", getattr(page, "descrizione_breve", "")),
        "testo": pulito(testo_di(page)),
        "url": _address(page),
        "aggiornata_il": page.last_published_at,
    }


def pulito(testo: str) -> str:
    """Fit to be searched in, and to have snippets cut out of it."""
    return senza_segni_vocalici(SEGNI.sub(" ", testo).translate(TAG))


def _address(page: Page) -> str:
    """Path on the site; the page's own language, not the reader's, decides its prefix."""
    with override(page.locale.language_code):
        parts = page.get_url_parts()
    return parts[2] if parts and parts[2] else ""


def _of_facts(facts: Fatti, lingua: str) -> dict[str, object]:
    first = facts.bisogni[0] if facts.bisogni else None
    return {
        "tipo": facts.tipo.codice if facts.tipo else "",
        "tipo_nome": facts.tipo.nome_in(lingua) if facts.tipo else "",
        "bisogni": [each.codice for each in facts.bisogni],
        "per": [each.codice for each in facts.per],
        "accessi": [each.codice for each in facts.accessi],
        "comune": facts.comune.codice_istat if facts.comune else "",
        "comune_nome": facts.comune.nome if facts.comune else "",
        "lat": facts.comune.lat if facts.comune else None,
        "lon": facts.comune.lon if facts.comune else None,
        "ente": str(facts.ente.pk) if facts.ente else "",
        "ente_nome": str(facts.ente) if facts.ente else "",
        "gratuito": facts.gratuito,
        "serve_isee": facts.serve_isee,
        "telefono": facts.telefono[:60],
        "scadenza": facts.scadenza,
        "tassello": first.tassello if first else ("comunita" if facts.tipo else ""),
        "tinta": first.tinta if first else "",
    }


def _names(facts: Fatti, lingua: str, page: Page, italian: Page | None) -> list[str]:
    """Everything the content is called by, each name once, in the reader's language and in Italian."""
    names = [name for each in facts.vocaboli() for name in (each.nome_in(lingua), each.nome)]
    names += [facts.ente.nome, facts.ente.nome_breve] if facts.ente else []
    names += [facts.comune.nome] if facts.comune else []
    names += [italian.title] if italian and italian is not page else []
    return list(dict.fromkeys(filter(None, names)))


def valori(row: VoceIndice) -> list[str]:
    """What one may narrow by, as "field of Filtri:code"."""
    found = [f"genere:{row.genere}", f"tipo:{row.tipo}", f"comune:{row.comune}", f"ente:{row.ente}"]
    found += [f"bisogno:{each}" for each in row.bisogni] + [f"per:{each}" for each in row.per]
    found += [f"accesso:{each}" for each in row.accessi]
    found += ["gratuito:1"] if row.gratuito else []
    found += ["senza_isee:1"] if row.serve_isee is False else []
    return [each for each in found if not each.endswith(":")]
