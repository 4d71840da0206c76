"""The lines of the autocomplete: needs, municipalities, then services, bodies and places whose titles begin so."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models.functions import Collate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from catalogo.models import Bisogno

from .models import VoceIndice
from .parole import normalizza, piana
from .tipi import Genere, Suggerimento

GENERI = (Genere.SERVIZIO, Genere.ENTE, Genere.LUOGO)
MINIMO = 2  # letters
BISOGNI, COMUNI = 3, 3
GUARDATI = 300  # titles with the words further on that are put in order; of more, those written first
STESSO_TITOLO = 3  # rows read for each line: many places have a "Centro di ascolto"
# Only municipalities with something to find; those whose name begins so come before those with another word that does.
NOMI_DI_COMUNE = """
SELECT c.codice_istat, c.nome FROM catalogo_comune c
WHERE ' ' || unaccent(lower(c.nome)) LIKE %s
    AND EXISTS (SELECT FROM search_voceindice v WHERE v.comune = c.codice_istat AND v.lingua = %s)
ORDER BY unaccent(lower(c.nome)) LIKE %s DESC, c.nome LIMIT %s
"""


def suggerisci(testo: str, *, lingua: str, massimo: int = 8) -> list[Suggerimento]:
    """At most `massimo` lines for what has been typed so far; none before the second letter. Four queries at most."""
    plain = piana(normalizza(testo))
    if len(plain) < MINIMO or massimo < 1:
        return []
    found = [*_needs(plain, lingua), *_municipalities(plain, lingua)]
    return [*found, *_titles(plain, lingua, massimo - len(found))][:massimo]


def _needs(plain: str, lingua: str) -> list[Suggerimento]:
    names = [(need.nome_in(lingua), need.codice) for need in Bisogno.objects.filter(attivo=True)]
    alike = [each for each in names if f" {plain}" in f" {piana(each[0])}"]
    return [Suggerimento(name, "bisogno", _search(lingua, "bisogno", code)) for name, code in alike[:BISOGNI]]


def _municipalities(plain: str, lingua: str) -> list[Suggerimento]:
    with connection.cursor() as cursor:
        cursor.execute(NOMI_DI_COMUNE, [f"% {plain}%", lingua, f"{plain}%", COMUNI])
        return [Suggerimento(name, "comune", _search(lingua, "comune", code)) for code, name in cursor.fetchall()]


def _titles(plain: str, lingua: str, massimo: int) -> Sequence[Suggerimento]:
    """Every word typed begins a word of the title; titles that begin as typed come first, the others only if few do."""
    found = VoceIndice.objects.filter(lingua=lingua, genere__in=GENERI).exclude(scadenza__lt=timezone.localdate())
    rows = found.annotate(nome=Collate("titolo_piano", "C")).values_list("nome", "titolo", "genere", "url")
    beginning = rows.filter(nome__startswith=f" {plain}").order_by("nome", "pk")
    shown = _different(beginning[: massimo * STESSO_TITOLO])
    if len(shown) < massimo:
        for word in plain.split():
            rows = rows.filter(titolo_piano__contains=f" {word}")
        others = _different(sorted(rows.order_by("pk")[:GUARDATI]))
        shown |= {title: each for title, each in others.items() if title not in shown}
    return list(shown.values())


def _different(rows: Iterable[tuple[str, str, str, str]]) -> dict[str, Suggerimento]:
    """Each title once: the first that is called so."""
    shown: dict[str, Suggerimento] = {}
    for _name, title, genere, url in rows:
        shown.setdefault(title, Suggerimento(title, genere, url))
    return shown


def _search(lingua: str, name: str, code: str) -> str:
    with override(lingua):
        return f"{reverse('cerca')}?{name}={code}"
