"""Single sheets, each test with its own: what of them is found and shown, the same on every engine."""

import pytest

from search.query import cerca
from search.tipi import PER_PAGINA, Filtri, Ordine
from tests.factories.catalogo import ServizioPageFactory
from tests.factories.pagine import translate

from .conftest import Indicizza, titoli


def test_snippet_marks_the_words_and_is_safe(motore, indicizza: Indicizza):
    ServizioPageFactory(title="Sportello", a_chi_e_rivolto="<p>Se 1 &lt; 2 vieni alla <b>Lavanderia</b> & basta.</p>")
    indicizza()
    (row,) = cerca("lavanderie", lingua="it").righe
    assert "<mark>Lavanderia</mark>" in row.estratto
    assert "1 ‹ 2" in row.estratto  # no sign that a browser could take for a tag


def test_translation_is_found_by_its_own_words(motore, indicizza: Indicizza):
    page = ServizioPageFactory(title="Mensa della stazione")
    translate(page, "en", title="Soup kitchens of the station")
    indicizza()
    (row,) = cerca("kitchen", lingua="en").righe
    assert (row.titolo, row.lingua) == ("Soup kitchens of the station", "en")
    assert titoli("mensa") == ["Mensa della stazione"]


def test_pages_follow_one_another_and_the_last_stands_for_those_beyond(motore, indicizza: Indicizza):
    for number in range(PER_PAGINA + 3):
        ServizioPageFactory(title=f"Sportello {number:02}")
    indicizza()
    only = Filtri(genere=("servizio",), ordina=Ordine.NOME)
    first, second, beyond = (cerca("sportello", lingua="it", filtri=only, pagina=page) for page in (1, 2, 999))
    assert (first.totale, first.pagine) == (PER_PAGINA + 3, 2)
    assert [row.titolo for row in second.righe] == ["Sportello 20", "Sportello 21", "Sportello 22"]
    assert (beyond.pagina, beyond.righe) == (2, second.righe)
    assert not {row.titolo for row in first.righe} & {row.titolo for row in second.righe}


@pytest.mark.parametrize("kind", ["in_bozza", "ristretta"])
def test_what_is_not_public_is_never_found(motore, indicizza: Indicizza, kind: str):
    ServizioPageFactory(title="Rifugio segreto", **{kind: True})
    indicizza()
    assert titoli("rifugio") == []
