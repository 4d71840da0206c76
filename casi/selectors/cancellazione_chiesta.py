"""What a person has asked to erase before its time, on the page of the thing itself."""

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from casi.models import Scarto
from casi.selectors.conservazione import name

APERTO = _("Il caso è al lavoro: prima chiudilo, poi torna qui.")


def last_wish(row: Model) -> Scarto | None:
    """The last list made for it because she asked, unless it was taken back; for who has opened the row already."""
    withdrawn = Q(annullato_il__isnull=False, motivo__isnull=True)
    found = Scarto.objects.filter(chiesta_il__isnull=False, voci__oggetto=name(row), voci__oggetto_id=row.pk)
    people = ("proposto_da__utente", "annullato_da__utente", "prorogata_da__utente")
    rows = found.exclude(withdrawn).select_related(*people)
    return rows.order_by("-proposto_il", "pk").first()
