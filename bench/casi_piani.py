"""Plans: `python -m bench.casi_piani` prints which tables of grants are read whole, by how many cases somebody sees."""

import json
from collections.abc import Iterator
from typing import Any

import django

from .casi_misure import COLONNE, people

# Where a right is written: of hundreds of thousands of rows a person's are some.
CONCESSIONI = frozenset({"casi_permessoutentesucaso", "casi_incarico", "casi_ammissione"})


def read_whole() -> dict[str, list[str]]:
    return {name: sorted({table for each in group for table in _for(each)}) for name, group in people().items()}


def _for(who: dict[str, Any]) -> Iterator[str]:
    """The first page of the list, and one case of it."""
    from casi import policies

    visible = policies.visible_to(who["attore"]).order_by("-aperto_il", "pk").values_list(*COLONNE)
    for asked in (visible[:51], visible.filter(pk=who["caso"])):
        yield from scanned(json.loads(asked.explain(format="json"))[0]["Plan"])


def scanned(plan: dict[str, Any]) -> Iterator[str]:
    """Tables of grants that `plan`, as PostgreSQL explains it, goes through from the first row to the last."""
    if plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in CONCESSIONI:
        yield plan["Relation Name"]
    for each in plan.get("Plans", ()):
        yield from scanned(each)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(read_whole()))
