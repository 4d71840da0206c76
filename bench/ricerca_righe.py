"""A big index out of a small one: `python -m bench.ricerca_righe 90000` adds as many Italian rows of services.

Ninety thousand more pages would be filled for an hour to be read never: a search reads rows, and these are copies of
real ones, each with a key, a title and an address of its own. The other languages stay as small as they are.
"""

import sys

import django
from django.db import connection

PROPRI = {
    "gruppo": "md5(v.gruppo::text || n.n)::uuid",
    "titolo": "v.titolo || ' ' || n.n",
    "titolo_piano": "v.titolo_piano || ' ' || n.n",
    "url": "v.url || n.n || '/'",
}


def copy(number: int) -> None:
    from search.indice import CHIAVE, SCRITTI

    columns = [*CHIAVE, *SCRITTI]
    values = ", ".join(PROPRI.get(name, f"v.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO search_voceindice ({', '.join(columns)}) SELECT {values} FROM search_voceindice v, "
            "generate_series(1, 1 + %s / (SELECT count(*) FROM search_voceindice WHERE genere = 'servizio' "
            "AND lingua = 'it')) AS n (n) WHERE v.genere = 'servizio' AND v.lingua = 'it' ORDER BY n.n, v.id LIMIT %s",
            [number, number],
        )


if __name__ == "__main__":
    django.setup()
    copy(int(sys.argv[1]))
