"""What an import wrote into a sheet, kept in the page's history, so that the next one respects editors.

Wagtail's log has room for facts about an action: there lie the imprint of the row and of each field as written.
Comparing them with the page tells a field that an editor corrected from one nobody touched.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry

CHIAVE = "importazione"
VOCI = ("bisogni", "destinatari", "accessi", "argomenti")


def remember(page: Page, *, riga: str, campi: dict[str, str], file: str) -> None:
    """`riga`: imprint of the row; `campi`: imprint of each field as written."""
    log(instance=page, action="wagtail.edit", data={CHIAVE: {"file": file, "riga": riga, "campi": campi}})


def last_import(pages: Iterable[Page]) -> dict[int, dict]:
    """What the last import of each of `pages` left, by page id; pages that no import wrote are absent."""
    entries = PageLogEntry.objects.filter(page__in=[page.pk for page in pages], data__has_key=CHIAVE)
    return {entry.page_id: entry.data[CHIAVE] for entry in entries.order_by("timestamp", "pk")}


def imprint(valori: Mapping[str, object], voci: Mapping[str, Iterable]) -> dict[str, str]:
    """A short fingerprint of each value: `valori` plain ones, `voci` rows of vocabularies."""
    texts = {name: repr(getattr(value, "pk", value)) for name, value in valori.items()}
    texts |= {name: repr(sorted(row.codice for row in rows)) for name, rows in voci.items()}
    return {name: sha256(text.encode()).hexdigest()[:16] for name, text in texts.items()}


def present(page: Page, fields: Iterable[str]) -> dict[str, object]:
    """The values that `page` has now, for those of `fields` it has at all."""
    return {name: getattr(page, name) for name in fields if hasattr(type(page), name)}


def touched(page: Page, memory: dict) -> list[str]:
    """Fields whose value is no longer what the import of `memory` wrote."""
    campi = memory["campi"]
    valori = present(page, [name for name in campi if name not in VOCI])
    now = imprint(valori, {name: getattr(page, name).all() for name in VOCI})
    return sorted(name for name, value in now.items() if campi.get(name) != value)
