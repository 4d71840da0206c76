"""What people find, whatever engine finds it: every test runs on each, with the same expectations."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogo.models import Comune
from search.indice import ricostruisci
from search.query import cerca
from search.tipi import Filtri, Ordine
from tests.factories.catalogo import (
    BisognoFactory,
    ComuneFactory,
    DestinatariFactory,
    ServizioPageFactory,
    TipoServizioFactory,
)
from tests.support.undone import undone

from .conftest import Indicizza, titoli


@pytest.fixture(scope="module")
def schede(django_db_setup, django_db_blocker) -> Iterator[dict[str, Comune]]:
    """Six services in three municipalities, written once for all engines."""
    with django_db_blocker.unblock(), undone():
        found = _schede()
        ricostruisci()
        yield found


@pytest.fixture
def rete(schede, motore: str, indicizza: Indicizza) -> dict[str, Comune]:
    if motore == "server":
        indicizza()
    return schede


def _schede() -> dict[str, Comune]:
    mangiare = BisognoFactory(codice="mangiare", nome="Mangiare", traduzioni={"en": "Food", "uk": "Їжа", "ar": "طعام"})
    dormire = BisognoFactory(codice="dormire", nome="Dormire", tassello="dormire")
    spesa = TipoServizioFactory(codice="emporio", nome="Emporio solidale", bisogno=mangiare)
    letto = TipoServizioFactory(codice="dormitorio", nome="Dormitorio", bisogno=dormire)
    altro = TipoServizioFactory(codice="altro", nome="Sportello", bisogno=BisognoFactory(codice="ascolto"))
    anziani = DestinatariFactory(codice="anziani", nome="Persone anziane")
    near = ComuneFactory(nome="Altavalle", lat=44.50, lon=11.34)
    far = ComuneFactory(nome="Bassopiano", lat=44.80, lon=11.60)
    nowhere = ComuneFactory(nome="Cantuccio")
    make = ServizioPageFactory
    make(title="L'Emporio di quartiere", tipo=spesa, bisogni=[mangiare], comune=near, gratuito=True,
         a_chi_e_rivolto="<p>Chi ha un ISEE basso riceve la spesa.</p>")  # fmt: skip
    make(title="Pacchi alimentari della città", tipo=spesa, bisogni=[mangiare], comune=far, destinatari=[anziani])
    make(title="Casa di accoglienza notturna", tipo=letto, bisogni=[dormire], comune=near)
    make(title="Dormitorio della stazione", tipo=letto, bisogni=[dormire], comune=far, gratuito=True)
    make(title="Le lavanderie riunite", tipo=altro, bisogni=[], comune=nowhere)
    make(title="Zattera dell'ascolto", tipo=altro, bisogni=[], comune=near,
         a_chi_e_rivolto="<p>Vieni a parlare nella lavanderia del porto.</p>")  # fmt: skip
    return {"near": near, "far": far}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("emporio", "L'Emporio di quartiere"),
        ("dell’emporio", "L'Emporio di quartiere"),
        ("EMPORI", "L'Emporio di quartiere"),
        ("citta", "Pacchi alimentari della città"),
        ("pacco alimentare", "Pacchi alimentari della città"),
        ("dove è la lavanderia?", "Le lavanderie riunite"),
        ("anziano", "Pacchi alimentari della città"),
        ("casa accoglienza", "Casa di accoglienza notturna"),
        ("Dormitorio Bassopiano", "Dormitorio della stazione"),
    ],
)
def test_words_find_the_right_sheet_first(rete, typed: str, first: str):
    found = cerca(typed, lingua="it")
    assert found.righe[0].titolo == first
    assert not found.simili
    assert not found.ripiego


def test_title_counts_more_than_text(rete):
    assert titoli("lavanderia") == ["Le lavanderie riunite", "Zattera dell'ascolto"]


def test_nothing_typed_is_everything_by_name(rete):
    found = cerca("", lingua="it", filtri=Filtri(genere=("servizio",), ordina=Ordine.NOME))
    assert found.totale == 6
    assert [riga.titolo[:4] for riga in found.righe] == ["Casa", "Dorm", "L'Em", "Le l", "Pacc", "Zatt"]


def test_words_that_nothing_has_together_give_similar_results(rete):
    found = cerca("emporio notturno zebrato", lingua="it")
    assert found.simili
    assert {"L'Emporio di quartiere", "Casa di accoglienza notturna"} <= {riga.titolo for riga in found.righe}


def test_mistyped_word_is_forgiven_and_spelt(rete):
    found = cerca("lavandria", lingua="it")
    assert found.simili
    assert found.righe[0].titolo == "Le lavanderie riunite"
    assert found.forse.startswith("lavanderi")


def test_word_that_resembles_nothing_finds_nothing(rete):
    found = cerca("xyzwq", lingua="it")
    assert (found.righe, found.totale, found.simili) == ([], 0, False)


def test_choices_of_one_facet_add_up_and_of_two_narrow(rete):
    near = rete["near"].codice_istat
    assert len(titoli("", bisogno=("mangiare", "dormire"))) == 4
    assert titoli("", bisogno=("mangiare", "dormire"), comune=(near,), gratuito=True) == ["L'Emporio di quartiere"]
    assert titoli("pacchi", per=("anziani",), tipo=("emporio",)) == ["Pacchi alimentari della città"]
    assert titoli("", tipo=("inventato",)) == []


def test_own_choice_does_not_narrow_a_facet(rete):
    near = rete["near"].codice_istat
    found = cerca("", lingua="it", filtri=Filtri(bisogno=("mangiare",), comune=(near,)))
    needs = {value.valore: (value.numero, value.scelta) for value in found.faccette["bisogno"]}
    places = {value.etichetta: (value.numero, value.scelta) for value in found.faccette["comune"]}
    assert needs == {"mangiare": (1, True), "dormire": (1, False), "ascolto": (1, False)}
    assert places == {"Altavalle": (1, True), "Bassopiano": (1, False)}
    assert [value.numero for value in found.faccette["gratuito"]] == [1]


def test_counts_follow_the_words(rete):
    found = cerca("dormitorio", lingua="it")
    assert {value.valore: value.numero for value in found.faccette["tipo"]}["dormitorio"] == found.totale


def test_nearest_comes_first_and_unknown_places_last(rete):
    filtri = Filtri(genere=("servizio",), vicino=rete["far"].codice_istat, ordina=Ordine.DISTANZA)
    rows = cerca("", lingua="it", filtri=filtri).righe
    assert [riga.comune for riga in rows] == ["Bassopiano"] * 2 + ["Altavalle"] * 3 + ["Cantuccio"]
    assert rows[0].distanza_km == 0
    assert 35 < rows[2].distanza_km < 45
    assert rows[-1].distanza_km is None


def test_what_expired_is_not_found(rete, motore, indicizza: Indicizza):
    from search.models import VoceIndice
    from search.motori.allineamento import ripara

    yesterday, now = timezone.localdate() - timedelta(days=1), timezone.now()
    VoceIndice.objects.filter(titolo__startswith="Zattera").update(scadenza=yesterday, scritta_il=now)
    if motore == "server":
        ripara("it")
    assert titoli("zattera") == []


def test_reader_of_another_language_finds_italian_sheets_by_the_words_of_both(rete):
    for typed, lingua in (("їжа", "uk"), ("طعام", "ar"), ("food", "en"), ("emporio", "uk"), ("empori", "en")):
        found = cerca(typed, lingua=lingua)
        assert "L'Emporio di quartiere" in [riga.titolo for riga in found.righe], (typed, lingua)
        assert found.righe[0].lingua == "it"
        assert not found.simili


HARD = ['"', "'; --", "lavanderia:gratis", "di il la", "x" * 10_000, "🏠", "\x00\x07", "\u200f\u202e", "*", '"a',
        "a OR", "a AND (", "/.*/", "\\", "~2", "^5", "[* TO *]", "!", "%", "_"]  # fmt: skip


@pytest.mark.parametrize("typed", HARD, ids=range(len(HARD)))
def test_hard_questions_have_an_answer(rete, typed: str):
    found = cerca(typed, lingua="it", pagina=-1)
    assert found.pagina == 1
    assert not found.ripiego


@given(typed=st.text(max_size=60), lingua=st.sampled_from(["it", "en", "uk", "ar"]), page=st.integers(-3, 10**9))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_any_text_has_an_answer(rete, typed: str, lingua: str, page: int):
    found = cerca(typed, lingua=lingua, pagina=page)
    assert 1 <= found.pagina <= found.pagine
    assert not found.ripiego
