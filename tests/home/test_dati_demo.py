"""The demo's data, read without loading them."""

import json

import pytest

from catalogo.percorsi import DATI
from home.demo import documenti
from home.demo.dati import read
from home.demo.pdf import pdf
from home.demo.testi import blocks, pieces, rich


def test_data_translations_have_the_lines_of_the_italian():
    rete = read("rete")
    italian = {"home": rete["home"], **rete["indici"]}
    italian |= {page["slug"]: page for page in rete["pagine"]}
    italian |= {f"enti/{row['slug']}": {"title": row["nome"], **row} for row in rete["enti"]}
    italian |= {f"enti/{row['ente']}/{row['slug']}": row for row in rete["servizi"]}
    for page in read("traduzioni")["pagine"]:
        for field, texts in page["campi"].items():
            counts = {len(pieces(text)) for text in (italian[page["pagina"]][field], *texts.values())}
            assert len(counts) == 1, (page["pagina"], field)


def test_data_vocabularies_speak_every_language():
    for name, rows in read("vocabolari").items():
        for row in rows if name != "avvertenza" else []:
            assert all(row["traduzioni"].get(lingua) for lingua in ("en", "uk", "ar")), row["codice"]


def test_data_invented_things_cannot_be_taken_for_real():
    text = (DATI / "rete.json").read_text(encoding="utf-8")
    rete = json.loads(text)
    assert all(row["codice_istat"].startswith("999") for row in rete["comuni"])
    real = (DATI / "comuni.csv").read_text(encoding="utf-8")
    assert not any(f",{row['nome']}," in real for row in rete["comuni"])
    everything = [*rete["enti"], *rete["servizi"], *rete["luoghi"]]
    assert all(row["telefono"].startswith("0000 555 ") for row in everything)
    assert all(row["email"].endswith(".example.org") for row in everything if row.get("email"))


def test_documents_of_the_data_are_small_tagged_and_all_offered():
    offered = {line.split()[1] for line in _lines("++ ")}
    assert offered == set(read("documenti"))
    for row in read("documenti").values():
        file = pdf(row["titolo"], row["testo"])
        assert file.startswith(b"%PDF-")
        assert b"/StructTreeRoot" in file
        assert len(file) < 20_000
    with pytest.raises(ValueError, match="non ci sta"):
        pdf("Troppo", "riga\n" * 100)


def _lines(mark: str) -> list[str]:
    rete = read("rete")
    texts = [row["corpo"] for row in (*rete["pagine"], *rete["notizie"])]
    return [line for text in texts for line in text.splitlines() if line.startswith(mark)]


@pytest.mark.django_db
def test_texts_notation_offers_a_document_and_translators_see_only_its_words():
    list(documenti.carica())
    assert list(documenti.carica()) == []
    ((name, value),) = blocks("++ calendario-feste | Da appendere")
    assert (name, value["documento"].title, value["descrizione"]) == (
        "allegato", read("documenti")["calendario-feste"]["titolo"], "Da appendere",
    )  # fmt: skip
    assert value["documento"].file_size == value["documento"].file.size
    assert pieces("++ calendario-feste | Da appendere") == ["Da appendere"]


def test_texts_notation_becomes_blocks_html_and_pieces():
    text = "Ciao & benvenuto\n- uno\n- due\n## Titolo\n!! Attento | Chiama\n?? Chi? | Tutti\n> Parole | Lei"
    assert rich("a\n- b\n- <c>") == "<p>a</p><ul><li>b</li><li>&lt;c&gt;</li></ul>"
    assert [name for name, _ in blocks(text)] == ["testo", "titolo", "avviso", "domanda", "citazione"]
    assert blocks(text)[4][1] == {"testo": "Parole", "chi": "Lei"}
    assert pieces(text)[:4] == ["Ciao & benvenuto", "uno", "due", "Titolo"]
    assert pieces(text)[4:] == ["Attento", "Chiama", "Chi?", "Tutti", "Parole", "Lei"]
