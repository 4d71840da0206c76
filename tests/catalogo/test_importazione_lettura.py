"""Whatever the file contains, each row is known by its line or the reader is told why not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogo.importazione.lettura import FileIllegibile, read_rows


def write(tmp_path, content: str | bytes):
    path = tmp_path / "servizi.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_read_rows_good_file_each_row_with_the_line_it_starts_on(tmp_path):
    text = '[\n {\n  "id": "a"\n },\n {"id": "b"}, {"id": "c"},\n\n {"id": "d"}\n]\n'
    rows = read_rows(write(tmp_path, text))
    assert [(row.linea, row.dati["id"]) for row in rows] == [(2, "a"), (5, "b"), (5, "c"), (7, "d")]


def test_read_rows_broken_row_reported_and_the_next_ones_read(tmp_path):
    text = '[\n {"id": "a"},\n {"id": "b", "nome": },\n {"id": "c"}\n]'
    first, broken, last = read_rows(write(tmp_path, text))
    assert (first.dati["id"], broken.linea, last.dati["id"]) == ("a", 3, "c")
    assert broken.errore == "JSON non valido alla riga 3, colonna 22."


def test_read_rows_empty_list_no_rows(tmp_path):
    assert read_rows(write(tmp_path, " [ ] ")) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "Il file è vuoto."),
        (" \n ", "Il file è vuoto."),
        ('{"servizi": []}', "elenco JSON"),
        ('"ciao"', "elenco JSON"),
        ("id;nome\n1;a", "elenco JSON"),
        ('[\n{"nome": "perché"}]'.encode("latin-1"), "non è in UTF-8: vedi la riga 2"),
        (b"\xff\xfe\x00", "non è in UTF-8: vedi la riga 1"),
    ],
)
def test_read_rows_unusable_file_says_why(tmp_path, content, reason):
    with pytest.raises(FileIllegibile, match=reason):
        read_rows(write(tmp_path, content))


def test_read_rows_no_file_says_so(tmp_path):
    with pytest.raises(FileIllegibile, match="Non riesco ad aprire il file"):
        read_rows(tmp_path / "manca.json")


def test_read_rows_byte_order_mark_is_no_obstacle(tmp_path):
    assert len(read_rows(write(tmp_path, b"\xef\xbb\xbf[{}]"))) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"id": "a"}', "non è chiuso"),
        ('[{"id": "a"}] ciao', "altro testo"),
        ("[" * 100_000, "Troppi livelli"),
        ('[{"id": ' + "9" * 5000 + "}]", "numero troppo lungo"),
    ],
)
def test_read_rows_odd_ends_and_values_are_errors_of_a_row(tmp_path, content, reason):
    assert any(reason in row.errore for row in read_rows(write(tmp_path, content)))


@given(st.text(max_size=200))
def test_read_rows_any_text_after_the_bracket_never_fails_otherwise(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("dati") / "a.json"
    path.write_text("[" + text, encoding="utf-8", errors="replace")
    assert all(row.linea >= 1 for row in read_rows(path))


@given(st.lists(st.dictionaries(st.text(max_size=5), st.text(max_size=20), max_size=4), max_size=8))
def test_read_rows_reads_what_json_writes(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("dati") / "a.json"
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    assert [row.dati for row in read_rows(path)] == rows
