"""What an import wrote into a sheet, kept in the page's history, so that the next one respects editors.

Wagtail's log has room for facts about an action: there lie the imprint of the row and of each field as written.
Comparing them with the page tells a field that an editor corrected from one nobody touched.
"""

from collections.abc import Iterable
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


def imprint(page: Page, fields: Iterable[str], vocabularies: Iterable[str]) -> dict[str, str]:
    """A short fingerprint of the present value of each field that the page has."""
    values = {name: repr(_plain(getattr(page, name))) for name in fields if hasattr(type(page), name)}
    values |= {name: repr(sorted(row.codice for row in getattr(page, name).all())) for name in vocabularies}
    return {name: sha256(value.encode()).hexdigest()[:16] for name, value in values.items()}


def touched(page: Page, memory: dict) -> list[str]:
    """Fields whose value is no longer what the import of `memory` wrote."""
    campi = memory["campi"]
    fields = [name for name in campi if name not in VOCI]
    return sorted(name for name, value in imprint(page, fields, VOCI).items() if campi.get(name) != value)


def _plain(value: object) -> object:
    return getattr(value, "pk", value)
