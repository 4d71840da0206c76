"""What narrows the list of cases; anything unknown in the address is as if it were not there."""

from collections.abc import Mapping
from uuid import UUID

from casi.models import StatoCaso
from casi.selectors.casi import Filtri


def filtri_da(query: Mapping[str, str]) -> Filtri:
    stato = query.get("stato", "")
    return Filtri(
        stato=stato if stato in StatoCaso.values else "",
        urgenti=query.get("urgenti") == "1",
        in_ritardo=query.get("in_ritardo") == "1",
        dopo=uuid_da(query.get("dopo", "")),
    )


def uuid_da(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
