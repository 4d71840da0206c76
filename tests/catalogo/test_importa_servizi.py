"""`importa_servizi` on a real catalogue: what it writes, what it respects, what it reports."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, PageLogEntry

from catalogo.importazione.flusso import import_file
from catalogo.importazione.resoconto import Resoconto
from catalogo.models import (
    AlloggioPage,
    CivicCenterPage,
    Comune,
    EmporioPage,
    Ente,
    EntePage,
    LavanderiaPage,
    LuogoPage,
    ServizioPage,
    TesseraPage,
    TipoServizio,
)
from home.demo import vocabolari

EMPORIO = {
    "id": "lecco-emporio",
    "tipo": "emporio",
    "nome": "Emporio",
    "ente": "Caritas di Lecco",
    "comune": "Lecco",
    "provincia": "LC",
    "indirizzo": "via San Nicolò, 1",
    "telefono": "0341481262",
    "orari_testo": "lunedì 9-12",
    "a_chi": "famiglie <b>residenti</b>",
    "come_si_accede": "colloquio al centro di ascolto; tessera",
    "costi": "si paga con punti",
    "fonte": "Caritas — https://caritas.example.org/emporio",
    "data_fonte": "2024-11",
    "nota": "Da richiamare.",
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _vocabularies(db):
    vocabolari.carica()


@pytest.fixture
def load(tmp_path):
    def load(*rows: object, **options: bool) -> Resoconto:
        path = tmp_path / "servizi.json"
        path.write_text(json.dumps(rows, indent=1), encoding="utf-8")
        return import_file(path, **options)

    return load


def outcomes(resoconto: Resoconto) -> list[str]:
    return [str(item.esito) for item in resoconto.risultati]


def emporio() -> EmporioPage:
    return EmporioPage.objects.get(slug="lecco-emporio")


def test_import_new_row_becomes_a_draft_sheet_under_its_body(load):
    assert outcomes(load(EMPORIO)) == ["creato"]
    page = emporio()
    assert not page.live
    assert page.get_parent().specific.ente == page.ente == Ente.objects.get(nome="Caritas di Lecco", tipo="parrocchia")
    assert (page.title, page.comune.nome, page.telefono) == ("Emporio", "Lecco", "0341 481262")
    assert (page.luogo.indirizzo, page.luogo.comune) == ("via San Nicolò, 1", page.comune)
    assert (page.fonte, page.fonte_url) == ("Caritas", "https://caritas.example.org/emporio")
    assert (page.data_fonte, page.nota_fonte, page.da_verificare) == ("2024-11", "Da richiamare.", True)
    assert page.a_chi_e_rivolto == "<p>Famiglie &lt;b&gt;residenti&lt;/b&gt;</p>"
    assert page.gratuito is True
    assert {str(row.codice) for row in page.accessi.all()} == {"colloquio_ascolto", "tessera"}
    assert [row.codice for row in page.bisogni.all()] == ["mangiare"]


def test_import_pubblica_makes_sheet_body_and_place_live(load):
    load(EMPORIO, pubblica=True)
    page = emporio()
    assert page.live
    assert page.luogo.live
    assert page.get_parent().live
    assert page.live_revision is not None
    assert not page.has_unpublished_changes


def test_import_pubblica_after_a_draft_publishes_what_nobody_touched(load):
    load(EMPORIO)
    assert outcomes(load(EMPORIO, pubblica=True)) == ["aggiornato"]
    assert emporio().live
    assert emporio().luogo.live


@pytest.mark.parametrize(
    ("tipo", "model"),
    [
        ("emporio", EmporioPage),
        ("lavanderia", LavanderiaPage),
        ("alloggio", AlloggioPage),
        ("dormitorio", AlloggioPage),
        ("tessera_prepagata", TesseraPage),
        ("civic_center", CivicCenterPage),
        ("mensa", ServizioPage),
    ],
)
def test_import_kind_decides_the_form_of_the_sheet(load, tipo, model):
    load({**EMPORIO, "tipo": tipo})
    assert type(ServizioPage.objects.get(slug="lecco-emporio").specific) is model


def test_import_same_file_again_changes_nothing(load):
    load(EMPORIO, pubblica=True)
    before = (Page.objects.count(), emporio().latest_revision_id, PageLogEntry.objects.count())
    assert outcomes(load(EMPORIO, pubblica=True)) == ["invariato"]
    assert (Page.objects.count(), emporio().latest_revision_id, PageLogEntry.objects.count()) == before


def test_import_changed_row_is_a_new_revision(load):
    load(EMPORIO, pubblica=True)
    assert outcomes(load({**EMPORIO, "orari_testo": "martedì 9-12"}, pubblica=True)) == ["aggiornato"]
    page = emporio()
    assert (page.orari_testo, page.live, page.revisions.count()) == ("martedì 9-12", True, 2)


def test_import_changed_row_keeps_what_an_editor_corrected_and_says_so(load):
    load(EMPORIO, pubblica=True)
    page = emporio()
    page.orari_testo = "lunedì 9-13, sentito al telefono"
    page.save_revision().publish()
    result = load({**EMPORIO, "orari_testo": "martedì 9-12", "email": "a@example.org"}, pubblica=True).risultati[0]
    page = emporio()
    assert (page.orari_testo, page.email) == ("lunedì 9-13, sentito al telefono", "a@example.org")
    assert result.avvisi == ("lasciati come li ha corretti la redazione: orari_testo",)
    load({**EMPORIO, "orari_testo": "mercoledì 9-12", "email": "b@example.org"}, pubblica=True)
    assert (emporio().orari_testo, emporio().email) == ("lunedì 9-13, sentito al telefono", "b@example.org")


def test_import_changed_row_never_publishes_an_edit_that_waits(load):
    load(EMPORIO, pubblica=True)
    page = emporio()
    page.title = "Emporio nuovo"
    page.save_revision()
    result = load({**EMPORIO, "email": "a@example.org"}, pubblica=True).risultati[0]
    page = emporio()
    assert (page.title, page.email) == ("Emporio", "")
    assert page.get_latest_revision_as_object().title == "Emporio nuovo"
    assert page.get_latest_revision_as_object().email == "a@example.org"
    assert any("in bozza" in note for note in result.avvisi)


def test_import_place_become_confidential_goes_offline_with_its_address(load):
    load(EMPORIO, pubblica=True)
    old = emporio().luogo
    load({**EMPORIO, "indirizzo": None, "nota": "Indirizzo riservato."}, pubblica=True)
    assert emporio().luogo.indirizzo_riservato
    assert not LuogoPage.objects.get(pk=old.pk).live
    assert not LuogoPage.objects.live().exclude(indirizzo="").exists()


def test_import_unknown_kind_is_created_and_flagged(load):
    result = load({**EMPORIO, "tipo": "barberia sociale"}).risultati[0]
    tipo = TipoServizio.objects.get(codice="barberia_sociale")
    assert (tipo.nome, tipo.bisogno) == ("Barberia sociale", None)
    assert result.avvisi == ("tipo di servizio nuovo: «Barberia sociale», da completare nel vocabolario",)


@pytest.mark.parametrize(
    ("comune", "provincia", "codice"),
    [
        ("Mandello del Lario", "LC", "097046"),
        ("mandello  del lario", "Lecco", "097046"),
        ("Samone", "TN", "022165"),
        ("Samone", "", None),
        ("Paese che non c'è", "LC", None),
        (None, "LC", None),
        ("Bozen", "BZ", "021008"),
    ],
)
def test_import_municipality_found_or_the_row_is_kept_without(load, comune, provincia, codice):
    result = load({**EMPORIO, "comune": comune, "provincia": provincia}).risultati[0]
    found = emporio().comune
    assert (found.codice_istat if found else None) == codice
    assert bool(result.avvisi) == (codice is None)


def test_import_same_body_written_differently_is_one_body(load):
    load(EMPORIO, {**EMPORIO, "id": "b", "ente": "CARITAS  di Lecco"}, {**EMPORIO, "id": "c", "comune": "Monza"})
    assert EntePage.objects.filter(ente__nome__icontains="caritas").count() == 2
    assert LuogoPage.objects.count() == 2


def test_import_bad_rows_reported_by_line_and_the_others_written(load):
    rows = load(EMPORIO, {"id": "b"}, 3, EMPORIO, {**EMPORIO, "id": "c", "nome": "x" * 200}, {**EMPORIO, "id": "d"})
    assert outcomes(rows) == ["creato", "errore", "errore", "errore", "errore", "creato"]
    assert [(item.linea, item.motivo) for item in rows.errori] == [
        (19, "Manca «nome»."),
        (22, "Non è un oggetto con i campi di un servizio."),
        (23, "«id» già usato alla riga 2."),
        (40, "«nome» è troppo lungo: 200 caratteri, al massimo 160."),
    ]


def test_import_dry_run_reports_the_same_and_writes_nothing(load):
    before = (Page.objects.count(), Ente.objects.count(), Comune.objects.count(), TipoServizio.objects.count())
    assert outcomes(load({**EMPORIO, "tipo": "nuovo"}, {}, dry_run=True)) == ["creato", "errore"]
    assert (
        Page.objects.count(),
        Ente.objects.count(),
        Comune.objects.count(),
        TipoServizio.objects.count(),
    ) == before


def run(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("importa_servizi", str(path), *options, stdout=out, no_color=True)
    return out.getvalue()


def test_command_shows_progress_and_sum(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([EMPORIO]), encoding="utf-8")
    text = run(path, "--pubblica")
    assert "1/1  riga     1  creato      lecco-emporio" in text
    assert text.endswith("1 righe: 1 creata.\n")
    assert "non ho scritto nulla" in run(path, "--dry-run")


def test_command_fails_when_a_row_failed(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([EMPORIO, {}]), encoding="utf-8")
    with pytest.raises(CommandError, match="1 righe da correggere nel file: 1"):
        run(path)
    assert emporio()
    path.write_text("non è json", encoding="utf-8")
    with pytest.raises(CommandError, match=r"a\.json: Il file deve contenere un elenco"):
        run(path)


def test_sheet_amounts_are_left_to_editors(load):
    load({**EMPORIO, "costi": "ISEE fino a 7.500 €"})
    assert emporio().isee_massimo is None
    assert emporio().gratuito is False
