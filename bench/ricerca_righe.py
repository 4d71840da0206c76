"""A big index out of a small one: `python -m bench.ricerca_righe 10000` brings it to as many Italian services.

Thousands of pages would be filled for an hour to be read never: a search reads rows, and these are copies of real
ones, each with a key, a title and an address of its own. The other languages stay as small as they are.
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


COPIA = """
INSERT INTO search_voceindice ({columns})
SELECT {values} FROM search_voceindice v, generate_series(1, %(volte)s) AS n (n)
WHERE v.genere = 'servizio' AND v.lingua = 'it' ORDER BY n.n, v.id LIMIT %(righe)s
"""


def copy(services: int) -> None:
    from search.indice import CHIAVE, SCRITTI
    from search.models import VoceIndice

    columns = [*CHIAVE, *SCRITTI]
    values = ", ".join(PROPRI.get(name, f"v.{name}") for name in columns)
    present = VoceIndice.objects.filter(genere="servizio", lingua="it").count()
    missing = max(0, services - present)
    with connection.cursor() as cursor:
        cursor.execute(
            COPIA.format(columns=", ".join(columns), values=values),
            {"volte": 1 + missing // present, "righe": missing},
        )


if __name__ == "__main__":
    django.setup()
    copy(int(sys.argv[1]))
