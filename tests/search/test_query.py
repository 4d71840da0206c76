"""What people type and what they find: words, mistakes, filters, order, snippets; and that nothing can break it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import sinonimi
from search.motori import postgres
from search.motori.base import FINE, INIZIO
from search.query import cerca, evidenzia, suggerisci
from search.tipi import PER_PAGINA, Filtri, Ordine
from tests.factories.catalogo import (
    BisognoFactory,
    ComuneFactory,
    DestinatariFactory,
    EntePageFactory,
    LuogoPageFactory,
    ModalitaAccessoFactory,
    ServizioPageFactory,
    TipoServizioFactory,
)
from tests.factories.pagine import translate
from tests.support.domande import counting

pytestmark = pytest.mark.django_db
CATTIVI = [
    '"', "'; --", "lavanderia:gratis", "di a da in con", "x" * 10_000, "🏠🍞", "a\x00b\x07", "\u202emensa\u202c",
    "*", '"mensa', "(mensa", "mensa &", "| !", "<b>mensa</b>", "\\", "%", "\ud800", "\ue000\ue001", "-1", "'", "’",
]  # fmt: skip


def titles(testo: str, lingua: str = "it", **filtri: object) -> list[str]:
    return [each.titolo for each in cerca(testo, lingua=lingua, filtri=Filtri(**filtri)).righe]


def counts(risultati, name: str) -> dict[str, int]:
    return {each.valore: each.numero for each in risultati.faccette[name]}


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("anziano", "Compagnia agli anziani"),
        ("anziani", "Per ogni anziana"),
        ("dell'emporio", "Emporio La Madia"),
        ("l’EMPORIO", "Emporio La Madia"),
        ("lavanderie", "Lavanderia sociale"),
        ("citta", "Mensa della città"),
        ("città", "Mensa della citta"),
        ("dove posso trovare un letto", "Un letto per la notte"),
    ],
)
def test_words_are_found_however_they_are_written(typed, written):
    ServizioPageFactory(title=written)
    ServizioPageFactory(title="Altro")
    found = cerca(typed, lingua="it")
    assert [each.titolo for each in found.righe] == [written]
    assert not found.simili


def test_title_comes_before_text():
    ServizioPageFactory(title="Docce", come_fare="<p>Dopo la mensa.</p>")
    ServizioPageFactory(title="Mensa")
    assert titles("mensa") == ["Mensa", "Docce"]


def test_few_are_ordered_by_all_they_say_and_many_by_what_they_are_called(monkeypatch):
    ServizioPageFactory(title="Alfa", come_fare="<p>Dopo la mensa si va a passeggio nel parco della piazza.</p>")
    ServizioPageFactory(title="Zeta", come_fare="<p>Mensa, mensa, mensa.</p>")
    assert titles("mensa") == ["Zeta", "Alfa"]
    monkeypatch.setattr(postgres, "MOLTE", 1)
    assert titles("mensa") == ["Alfa", "Zeta"]
    ServizioPageFactory(title="Zeta mensa", come_fare="<p>Nel parco.</p>")
    assert titles("mensa parco") == ["Zeta mensa", "Alfa"]


def test_what_has_more_of_the_words_comes_alone():
    ServizioPageFactory(title="Corso di cucito con maglia")
    ServizioPageFactory(title="Corso di italiano")
    assert titles("corso cucito maglia zxqwv") == ["Corso di cucito con maglia"]
    assert sorted(titles("corso zxqwv kwzxq qwkzx")) == ["Corso di cucito con maglia", "Corso di italiano"]


def test_all_words_then_any_of_them_said_so():
    ServizioPageFactory(title="Corso di italiano")
    ServizioPageFactory(title="Corso di cucito")
    assert titles("corso italiano") == ["Corso di italiano"]
    some = cerca("corso zxqwv", lingua="it")
    assert some.simili
    assert {each.titolo for each in some.righe} == {"Corso di italiano", "Corso di cucito"}


@pytest.mark.parametrize(("typed", "meant"), [("lavandria", "lavanderia"), ("Mesna", "mensa"), ("empoiro", "emporio")])
def test_mistyped_word_finds_what_it_resembles_and_says_so(typed, meant):
    ServizioPageFactory(title=f"La {meant}")
    found = cerca(typed, lingua="it")
    assert [each.titolo for each in found.righe] == [f"La {meant}"]
    assert (found.simili, found.forse) == (True, meant)


def test_wrong_word_resembles_nothing():
    ServizioPageFactory(title="Mensa")
    found = cerca("astronave", lingua="it")
    assert (found.totale, found.simili, found.forse) == (0, False, "")


def test_synonyms_are_as_good_as_the_word(monkeypatch):
    words = {"lavatrice": ("lavanderia",), "pacco viveri": ("banco alimentare",)}
    monkeypatch.setattr("search.parole.sinonimi", lambda lingua: words)
    ServizioPageFactory(title="Lavanderia")
    ServizioPageFactory(title="Banco alimentare")
    ServizioPageFactory(title="Banco di scuola")
    assert titles("lavatrici") == ["Lavanderia"]
    assert titles("il pacco viveri") == ["Banco alimentare"]
    assert sinonimi.sinonimi("it") is not None


def test_other_languages_find_italian_sheets_by_their_own_words():
    need = BisognoFactory(nome="Mangiare", traduzioni={"uk": "Їжа", "ar": "طعام", "en": "Food"})
    service = ServizioPageFactory(title="La Madia", tipo=TipoServizioFactory(bisogno=need))
    for lingua, word in (("uk", "їжа"), ("ar", "طَعام"), ("en", "foods"), ("en", "mangiare")):
        found = cerca(word, lingua=lingua)
        assert [(each.titolo, each.lingua) for each in found.righe] == [("La Madia", "it")], word
    translate(service, "en", title="Food shop")
    assert [(each.titolo, each.lingua) for each in cerca("madia", lingua="en").righe] == [("Food shop", "en")]


def test_facets_count_what_each_choice_would_leave():
    eat, sleep = BisognoFactory(codice="mangiare"), BisognoFactory(codice="dormire")
    for need, free in ((eat, True), (eat, False), (sleep, True)):
        ServizioPageFactory(title="Casa", tipo=TipoServizioFactory(bisogno=need), gratuito=free)
    everything = cerca("casa", lingua="it")
    assert counts(everything, "bisogno") == {"mangiare": 2, "dormire": 1}
    chosen = cerca("casa", lingua="it", filtri=Filtri(bisogno=("mangiare",)))
    assert chosen.totale == 2
    assert counts(chosen, "bisogno") == {"mangiare": 2, "dormire": 1}
    assert counts(chosen, "gratuito") == {"1": 1}
    assert [each.scelta for each in chosen.faccette["bisogno"]] == [True, False]
    both = cerca("casa", lingua="it", filtri=Filtri(bisogno=("mangiare",), gratuito=True))
    assert (both.totale, counts(both, "bisogno"), counts(both, "gratuito")) == (
        1,
        {"mangiare": 1, "dormire": 1},
        {"1": 1},
    )


def test_each_filter_narrows():
    service = ServizioPageFactory(
        title="Giusta", serve_isee=False, destinatari=[DestinatariFactory(codice="donne")],
        accessi=[ModalitaAccessoFactory(codice="libero")],
    )  # fmt: skip
    ServizioPageFactory(title="Altra")
    narrow = (
        {"tipo": (service.tipo.codice,)},
        {"per": ("donne", "nessuno")},
        {"comune": (service.comune.codice_istat,)},
        {"ente": (str(service.ente_id),), "genere": ("servizio",)},
        {"accesso": ("libero",)},
        {"senza_isee": True},
    )
    for filtri in narrow:
        assert titles("", **filtri) == ["Giusta"], filtri
    assert titles("", comune=("che non c'è", "'; --")) == []


def test_order_by_name_and_by_distance():
    here, near, far = (ComuneFactory(lat=43.0 + step, lon=12.0) for step in (0, 0.1, 1))
    for title, comune in (("Casa A", far), ("Casa B", near), ("Casa C", here), ("Casa D", ComuneFactory())):
        ServizioPageFactory(title=title, comune=comune)
    assert titles("casa", ordina=Ordine.NOME) == ["Casa A", "Casa B", "Casa C", "Casa D"]
    found = cerca("casa", lingua="it", filtri=Filtri(vicino=here.codice_istat, ordina=Ordine.DISTANZA))
    assert [(each.titolo, each.distanza_km) for each in found.righe] == [
        ("Casa C", 0.0), ("Casa B", 11.1), ("Casa A", 111.2), ("Casa D", None),
    ]  # fmt: skip


def test_pages_of_results_end_where_they_end():
    body = EntePageFactory()
    for number in range(PER_PAGINA + 1):
        ServizioPageFactory(title="Casa", slug=f"casa-{number}", parent=body)
    first, last, beyond = (cerca("casa", lingua="it", pagina=page) for page in (-1, 2, 10**30))
    assert (first.pagina, first.pagine, len(first.righe), len(last.righe)) == (1, 2, PER_PAGINA, 1)
    assert (beyond.pagina, [each.pagina for each in beyond.righe]) == (2, [each.pagina for each in last.righe])
    assert not {each.pagina for each in first.righe} & {each.pagina for each in last.righe}


def test_snippet_is_safe_and_marks_the_words_found():
    ServizioPageFactory(title="Docce", come_fare="<p>Porta 5 &lt;script&gt; euro e sapone & asciugamano.</p>")
    (found,) = cerca("sapone", lingua="it").righe
    assert "<mark>sapone</mark>" in found.estratto
    assert "<script" not in found.estratto
    assert cerca("docce", lingua="it").righe[0].estratto == ""


@given(st.text(alphabet=st.sampled_from([INIZIO, FINE, "a", "<", "&"])))
def test_marks_are_always_closed_and_the_text_always_escaped(text):
    html = str(evidenzia(text))
    assert html.count("<mark>") == html.count("</mark>")
    assert "<" not in html.replace("<mark>", "").replace("</mark>", "").replace("&lt;", "")


@pytest.mark.parametrize("lingua", ["it", "en", "uk", "ar", "xx"])
@pytest.mark.parametrize("testo", CATTIVI)
def test_bad_input_is_an_ordinary_question(testo, lingua):
    ServizioPageFactory(title="Mensa")
    found = cerca(testo, lingua=lingua, pagina=-1)
    assert found.pagina == 1
    assert len(found.testo) <= 120
    suggerisci(testo, lingua=lingua)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(testo=st.text(max_size=60), pagina=st.integers(), codice=st.text(max_size=10))
def test_any_text_any_page_any_code_has_an_answer(testo, pagina, codice):
    filtri = Filtri(bisogno=(codice,), ente=(codice,), vicino=codice, ordina=Ordine.DISTANZA)
    assert cerca(testo, lingua="it", pagina=pagina).pagina >= 1
    assert cerca(testo, lingua="it", filtri=filtri).righe == []
    assert suggerisci(testo, lingua="it", massimo=3) == []


def test_a_search_asks_few_questions_whatever_it_finds():
    for _each in range(5):
        ServizioPageFactory(title="Mensa di zafferano")
    cerca("zafferano", lingua="it")  # reads what the choices are called
    for testo, most in (("mensa", 6), ("", 6), ("mesna", 12), ("mensa zxqwv parcheggio", 15)):
        with counting() as asked:
            cerca(testo, lingua="it")
        assert len(asked) <= most, testo


def test_suggestions_are_needs_municipalities_and_titles():
    need = BisognoFactory(codice="mangiare", nome="Mangiare", traduzioni={"en": "Eat"})
    body = EntePageFactory(ente__nome="Manifattura")
    ServizioPageFactory(parent=body, title="Corso di manualità", comune=ComuneFactory(nome="Mantello"), bisogni=[need])
    LuogoPageFactory(parent=body, title="Sala Manuela", in_bozza=True)
    ComuneFactory(nome="Mantova")
    found = suggerisci("Man", lingua="it")
    assert [(each.testo, each.genere) for each in found] == [
        ("Mangiare", "bisogno"), ("Mantello", "comune"), ("Manifattura", "ente"), ("Corso di manualità", "servizio"),
    ]  # fmt: skip
    assert found[0].url == "/cerca/?bisogno=mangiare"
    assert suggerisci("ea", lingua="en")[0].url == "/en/cerca/?bisogno=mangiare"
    assert suggerisci("MANUALITA cor", lingua="it")[0].testo == "Corso di manualità"
    assert suggerisci("m", lingua="it") == []


def test_suggested_titles_begin_as_typed_first_and_each_is_said_once():
    for title in ("Sportello casa", "Casa Bianca", "casa Azzurra", "Altro sportello casa", "Casa Bianca"):
        ServizioPageFactory(title=title)
    titles = [each.testo for each in suggerisci("casa", lingua="it")]
    assert titles == ["casa Azzurra", "Casa Bianca", "Altro sportello casa", "Sportello casa"]
    assert [each.testo for each in suggerisci("casa", lingua="it", massimo=2)] == titles[:2]
