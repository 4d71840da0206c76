"""What a person has asked to erase before its time, on the page of the thing itself."""

from django.db.models import Model

from casi.models import PROPONGONO, Scarto
from casi.selectors.conservazione import name


def last_wish(row: Model) -> Scarto | None:
    """The last list made for it because she asked, unless it was taken back; for who has opened the row already."""
    found = Scarto.objects.filter(chiesta_il__isnull=False, voci__oggetto=name(row), voci__oggetto_id=row.pk)
    people = ("proposto_da__utente", "annullato_da__utente", "prorogata_da__utente")
    kept = found.exclude(annullato_da__ruolo__in=PROPONGONO).select_related(*people)
    return kept.order_by("-proposto_il", "pk").first()
