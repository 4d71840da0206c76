"""A row is judged: usable, noted, refused – and never a surprise."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogo.importazione.parole import ACCESSI, DESTINATARI, TIPI_DI_ENTE, found, is_free, number_before
from catalogo.importazione.riga import (
    CAMPI,
    LIMITI,
    TESTO_MASSIMO,
    RigaErrata,
    Scheda,
    interpret,
    normalise_phone,
    split_source,
)
from catalogo.percorsi import DATI

BUONA = {"id": "un-servizio", "tipo": "mensa", "nome": "Mensa", "ente": "Caritas", "comune": "Lecco", "provincia": "LC"}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
RIGHE = st.dictionaries(st.sampled_from(CAMPI) | st.text(max_size=8), JSON, max_size=18)


def row(**changes: object) -> dict:
    return {**BUONA, **changes}


def notes(**changes: object) -> str:
    return "; ".join(interpret(row(**changes)).avvisi)


@given(JSON | RIGHE | RIGHE.map(lambda dati: {**BUONA, **dati}))
def test_interpret_any_json_gives_a_clean_sheet_or_a_reason(dati):
    try:
        scheda = interpret(dati)
    except RigaErrata:
        return
    for name in CAMPI:
        value = getattr(scheda, name)
        assert isinstance(value, str)
        assert len(value) <= LIMITI.get(name, TESTO_MASSIMO)
        assert value.isprintable() or name == "orari_testo" or "\x00" not in value
        value.encode("utf-8")
    assert not (scheda.indirizzo and scheda.indirizzo_riservato)


def test_interpret_every_real_row_is_usable():
    schede = [interpret(dati) for dati in json.loads((DATI / "servizi_reali.json").read_text(encoding="utf-8"))]
    assert len({scheda.id for scheda in schede}) == 61
    assert [scheda.avvisi for scheda in schede if scheda.avvisi] == []
    assert {scheda.id for scheda in schede if scheda.indirizzo_riservato} == {
        "cernusco-alloggio-emergenza",
        "cernusco-sportello-donna",
        "cremona-lavanderia-sociale",
        "pesaro-casa-aurora",
        "pesaro-housing-first",
    }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "Manca «id»"),
        ({"nome": "  "}, "Manca «nome»"),
        ({"ente": ""}, "Manca «ente»"),
        ({"nome": ["a"]}, "«nome» non è un testo"),
        ({"nome": "x" * 161}, "«nome» è troppo lungo: 161 caratteri"),
        ({"orari_testo": "x" * 5001}, "«orari_testo» è troppo lungo"),
        ({"id": "!!!"}, "non contiene lettere o cifre"),
    ],
)
def test_interpret_unusable_row_says_why(changes, reason):
    with pytest.raises(RigaErrata, match=reason):
        interpret(row(**changes))


@pytest.mark.parametrize("dati", [None, 3, "mensa", [], [BUONA]])
def test_interpret_not_an_object_refused(dati):
    with pytest.raises(RigaErrata, match="Non è un oggetto"):
        interpret(dati)


def test_interpret_what_can_be_mended_is_mended_and_noted():
    assert interpret(row(telefono=3331234567)).telefono == "333 123 4567"
    assert "«costi» non è un testo" in notes(costi={"euro": 3})
    assert "«email» non è un indirizzo valido" in notes(email="mensa chiocciola caritas")
    assert "campi che non conosco: voto" in notes(voto=3)
    assert "«id» diventa «mensa-di-lecco»" in notes(id="Mensa di Lecco")
    assert "«tipo» manca: messo «altro»" in notes(tipo=None)
    assert interpret(row(tipo="Unità mobile")).tipo == "unita_mobile"
    assert "accorciato" in notes(indirizzo="via " + "lunga " * 40)
    assert interpret(row(nota="a\x00b\ud800c")).nota == "a b c"


@pytest.mark.parametrize(
    ("indirizzo", "nota", "expected"),
    [
        (None, "Indirizzo riservato per scelta dell'ente.", ("", True)),
        (None, "Struttura per donne: indirizzo omesso di proposito.", ("", True)),
        (None, "Numero pubblicato incompleto, omesso.", ("", False)),
        ("via Verdi, 1", "Indirizzo riservato.", ("", True)),
        ("via Verdi, 1", "È una casa rifugio.", ("", True)),
        ("riservato", None, ("", True)),
        ("via Verdi, 1", "Ingresso riservato alle donne.", ("via Verdi, 1", False)),
        (None, None, ("", False)),
    ],
)
def test_interpret_confidential_address_is_never_kept(indirizzo, nota, expected):
    scheda = interpret(row(indirizzo=indirizzo, nota=nota))
    assert (scheda.indirizzo, scheda.indirizzo_riservato) == expected


@pytest.mark.parametrize(
    ("published", "kept"),
    [
        ("0377 310758", "0377 310758"),
        ("0272231", "02 72231"),
        ("+39 0721 33819", "0721 33819"),
        ("+33 1 42 68 53 00", "+33 1 42 68 53 00"),
        ("0377 310758 / 333 1234567", "0377 310758 / 333 1234567"),
        ("chiedere in parrocchia", "chiedere in parrocchia"),
        ("0000 555 101", "0000 555 101"),
        ("", ""),
    ],
)
def test_normalise_phone_valid_grouped_others_as_published(published, kept):
    assert normalise_phone(published) == kept


@pytest.mark.parametrize(
    ("fonte", "expected"),
    [
        ("Caritas Lodi — https://caritas.example.org/a", ("Caritas Lodi", "https://caritas.example.org/a")),
        ("Caritas Lodi", ("Caritas Lodi", "")),
        ("https://example.org/", ("", "https://example.org/")),
        ("javascript:alert(1)", ("javascript:alert(1)", "")),
        ("Sito http://", ("Sito http://", "")),
    ],
)
def test_split_source_name_and_address_apart(fonte, expected):
    assert split_source(fonte) == expected


def test_impronta_same_words_same_imprint_whatever_the_order():
    shuffled = dict(reversed(row(nota="due  parole").items()))
    assert interpret(shuffled).impronta == interpret(row(nota="due parole")).impronta
    assert interpret(row(nota="tre parole")).impronta != interpret(row(nota="due parole")).impronta
    assert Scheda(id="a", tipo="b", nome="c", ente="d", avvisi=("x",)).impronta == Scheda("a", "b", "c", "d").impronta


def test_words_published_texts_give_codes():
    assert found(DESTINATARI, "mamme con figli senza casa") == ["senza_dimora", "famiglie_figli", "donne"]
    assert found(ACCESSI, "colloquio al centro di ascolto di zona") == ["colloquio_ascolto"]
    assert found(ACCESSI, "senza appuntamento") == ["libero"]
    assert found(TIPI_DI_ENTE, "caritas diocesana di pesaro")[0] == "parrocchia"
    assert (is_free("gratuito"), is_free("tessera 1 € al mese"), is_free("")) == (True, False, None)
    assert (number_before("posti", "18 posti, fino a 10 giorni"), number_before("posti", "senza posti")) == (18, None)
