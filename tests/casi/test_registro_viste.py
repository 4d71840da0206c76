"""The privacy officer's desk: everything that was done, nothing of whom it was done for."""

import csv
import io
import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponseRedirect
from django.utils import timezone

from casi import models
from casi.errori import Assente
from casi.frasi import PER_AZIONE
from casi.giorni import start_of
from casi.models import Componente, Nucleo, Persona, Registro
from casi.ruoli import Azione
from casi.selectors.allerte import SOGLIE, Allerta, alerts
from casi.selectors.registro import PAGE, Filtro, Rubrica, consult, export, rubrica
from casi.tabella_csv import harmless, lines
from tests.casi.test_registro import voce
from tests.factories.casi import AccessoEmergenzaFactory, CasoFactory
from tests.factories.catalogo import AccordoFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.domande import BUDGET

pytestmark = pytest.mark.django_db
FALLITO = {"azione": "entrare", "esito": "negato"}
ASCOLTO = {"azione": "scrivere_ascolto", "oggetto": "primoascolto", "finalita": "legge"}
NOTA = "Ho sentito la collega e il verbale dei vigili."


@pytest.fixture
def caso():
    nucleo = Nucleo.objects.create()
    persona = Persona.objects.create(cognome="Canarino", nome="Giallo")
    Componente.objects.create(nucleo=nucleo, persona=persona, ruolo="riferimento", dal="2024-01-01")
    return CasoFactory(nucleo=nucleo)


def di(operatore, **kwargs) -> Registro:
    """A line of `operatore`'s."""
    who = {"utente_id": operatore.utente_id, "operatore_id": operatore.pk, "ente_id": operatore.ente_id}
    return voce(**who | {"azione": "vedere_caso", "ruolo": operatore.ruolo} | kwargs)


def written_at(moment, operatore, **kwargs) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: moment)
        di(operatore, **kwargs)


def test_desk_shows_who_did_what_on_which_numbers_and_never_whom(riservato, act_as, dpo, altro, caso):
    di(altro, casi=[caso.pk])
    riservato.force_login(dpo.utente)
    act_as("riservato")
    page = riservato.get("/registro/").content.decode()
    assert caso.numero in page
    assert "Vera Lavora" in page
    assert "Ha aperto il caso" in page
    assert "Canarino" not in page
    last = Registro.objects.first()
    assert (last.azione, last.risultati, last.utente_id) == ("leggere_registro", 1, dpo.utente_id)


@pytest.mark.parametrize(("nights", "missing"), [(1, False), (2, True)])
def test_desk_says_when_last_night_left_no_head(riservato, act_as, dpo, nights, missing):
    giorno = timezone.localdate() - timedelta(days=nights)
    models.TestaRegistro.objects.create(giorno=giorno, ultima=di(dpo).pk, impronta="f" * 64)
    riservato.force_login(dpo.utente)
    act_as("riservato")
    page = riservato.get("/registro/").content.decode()
    assert "Integro: ultima verifica" in page
    assert ("avvisa subito" in page) is missing


@pytest.mark.parametrize("ruolo", ["assistente_sociale", "coordinatore", "referente", "operatore_sportello"])
def test_desk_is_nobody_elses(riservato, ruolo):
    riservato.force_login(OperatoreFactory(ruolo=ruolo).utente)
    for address in ("", "allerte/", "esporta/", "emergenze/", f"emergenze/{AccessoEmergenzaFactory().pk}/"):
        assert riservato.get(f"/registro/{address}").status_code == 404
    with pytest.raises(Assente):
        consult(attore_for(OperatoreFactory(ruolo=ruolo)), Filtro(), rubrica())


@pytest.mark.matrice
@pytest.mark.parametrize("reti", [1, 2])
@pytest.mark.parametrize("address", ["/registro/", "/registro/allerte/", "/registro/emergenze/"])
def test_page_costs_the_same_with_one_line_and_with_twenty(
    riservato, dpo, address, reti, django_assert_max_num_queries, django_assert_num_queries
):
    """All of it counts, the marks of a transaction too; how far the officer looks is asked once, where it must be."""
    AccordoFactory.create_batch(reti - 1)
    riservato.force_login(dpo.utente)
    AccessoEmergenzaFactory()
    di(OperatoreFactory(), casi=[CasoFactory().pk])
    riservato.get(address)
    with django_assert_max_num_queries(BUDGET) as few:
        riservato.get(address)
    for _each in range(19):
        AccessoEmergenzaFactory()
        di(OperatoreFactory(), casi=[CasoFactory().pk], esito="negato")
    with django_assert_num_queries(len(few.captured_queries)):
        riservato.get(address)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param(lambda line, caso: {"persona": line.utente_id}, True, id="persona"),
        pytest.param(lambda line, caso: {"persona": 999_999}, False, id="altra persona"),
        pytest.param(lambda line, caso: {"ente": line.ente_id}, True, id="ente"),
        pytest.param(lambda line, caso: {"ente": 999_999}, False, id="altro ente"),
        pytest.param(lambda line, caso: {"azione": "vedere_caso"}, True, id="azione"),
        pytest.param(lambda line, caso: {"azione": "estrarre"}, False, id="altra azione"),
        pytest.param(lambda line, caso: {"esito": "consentito"}, True, id="esito"),
        pytest.param(lambda line, caso: {"esito": "negato"}, False, id="altro esito"),
        pytest.param(lambda line, caso: {"numero": caso.numero}, True, id="numero"),
        pytest.param(lambda line, caso: {"numero": caso.numero.lower()}, True, id="numero in minuscole"),
        pytest.param(lambda line, caso: {"numero": str(caso.pk)}, True, id="chiave opaca"),
        pytest.param(lambda line, caso: {"numero": caso.numero[:-1]}, False, id="numero a metà"),
        pytest.param(lambda line, caso: {"numero": str(uuid4())}, False, id="altra chiave"),
        pytest.param(lambda line, caso: {"dal": timezone.localdate(), "al": timezone.localdate()}, True, id="oggi"),
        pytest.param(lambda line, caso: {"al": timezone.localdate() - timedelta(days=1)}, False, id="fino a ieri"),
        pytest.param(lambda line, caso: {"dal": timezone.localdate() + timedelta(days=1)}, False, id="da domani"),
        pytest.param(lambda line, caso: {"prima_di": line.pk + 1}, True, id="prima di"),
        pytest.param(lambda line, caso: {"prima_di": line.pk}, False, id="prima di questa"),
    ],
)
def test_filter_finds_what_it_asks_and_nothing_else(dpo, altro, caso, asked, found):
    line = di(altro, casi=[caso.pk])
    shown = consult(attore_for(dpo), Filtro(**asked(line, caso)), rubrica()).righe
    assert (line.pk in [riga.voce.pk for riga in shown]) is found


@pytest.mark.parametrize("modello", ["richiesta", "segnalazione"])
def test_receipt_finds_who_read_the_arrival_and_what_it_led_to(riservato, dpo, altro, modello):
    """Who has no case has an answer too; the register itself keeps an opaque key alone."""
    today = timezone.localdate()
    more = {"segnalazione": {"rapporto": "vicino", "avvisare_entro": today}, "richiesta": {"canale": "telefono"}}
    kind = getattr(models, modello.capitalize())
    mine, other = (kind.objects.create(ente=altro.ente, rispondere_entro=today, **more[modello]) for _each in "ab")
    heard = models.PrimoAscolto.objects.create(
        ente=altro.ente, operatore=altro, modalita="telefono", interlocutore="persona", esito="proposta",
        racconto="r", risorse="r", **{modello: mine},
    )  # fmt: skip
    wanted = {di(altro, oggetto=modello, oggetto_id=each.pk).pk for each in (mine, heard)}
    di(altro, oggetto=modello, oggetto_id=other.pk)
    riservato.force_login(dpo.utente)
    for codice, found in ((f" {mine.codice.lower()} ", wanted), ("R-2222-2222", set()), (mine.codice[:-1], set())):
        page = riservato.post("/registro/", {"codice": codice}).context["pagina"]
        assert {riga.voce.pk for riga in page.righe} == found
    assert Registro.objects.get(azione="leggere_registro", oggetto_id=mine.pk).oggetto == modello
    page = consult(attore_for(dpo), Filtro(codice=str(heard.pk)), rubrica())
    assert len(page.righe) == 1


def test_search_is_sent_and_pages_follow_each_other_without_gaps(riservato, dpo, altro, caso):
    wanted = [di(altro, casi=[caso.pk]).pk for _each in range(PAGE + 5)]
    di(altro, casi=[CasoFactory().pk])
    riservato.force_login(dpo.utente)
    first = riservato.post("/registro/", {"numero": caso.numero}).context["pagina"]
    second = riservato.post("/registro/", {"numero": caso.numero, "prima_di": first.altre}).context["pagina"]
    shown = [riga.voce.pk for riga in (*first.righe, *second.righe) if riga.voce.azione == "vedere_caso"]
    assert shown == wanted[::-1]
    assert second.altre is None
    for wrong in ({"persona": "altro"}, {"al": "9999-12-31"}, {"dal": "0001-01-01"}):
        assert riservato.post("/registro/", wrong).status_code == 422


def test_line_of_an_erased_case_keeps_its_opaque_id(riservato, dpo, altro):
    gone = uuid4()
    di(altro, casi=[gone])
    riservato.force_login(dpo.utente)
    assert str(gone) in riservato.get("/registro/").content.decode()


def test_export_is_a_file_of_all_lines_and_a_line_that_says_how_many(riservato, dpo, altro, caso, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    monkeypatch.setattr("casi.selectors.registro.CHUNK", 2)
    written = [di(altro, casi=[caso.pk], ente_nome='=HYPERLINK("x")').pk for _each in range(5)]
    riservato.force_login(dpo.utente)
    assert riservato.get("/registro/esporta/").status_code == 200
    response = riservato.post("/registro/esporta/", {"numero": caso.numero})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store, private"
    assert "\n" not in text.replace("\r\n", "")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [int(row["voce"]) for row in rows] == written
    assert {row["ente"] for row in rows} == {'\'=HYPERLINK("x")'}
    assert {(row["chi"], row["casi"], row["rete"]) for row in rows} == {("Vera Lavora", caso.numero, "127.0.0.0/24")}
    assert "Canarino" not in text
    line = Registro.objects.first()
    (made,) = {row["copia"] for row in rows}
    assert made.startswith(f"Copia preparata da {dpo.utente}, Comune di Prova il ")
    assert made.endswith(f" Codice {line.richiesta}.")
    assert str(line.richiesta) in response["Content-Disposition"]
    assert (line.azione, line.finalita, line.risultati, line.casi) == ("esportare_registro", "csv", 5, [caso.pk])


def test_export_asks_again_who_one_is(riservato, dpo, monkeypatch):
    monkeypatch.setattr("casi.views.porta.ask_again", lambda request: HttpResponseRedirect("/chiedo/"))
    riservato.force_login(dpo.utente)
    for response in (riservato.get("/registro/esporta/"), riservato.post("/registro/esporta/", {})):
        assert response["Location"] == "/chiedo/"
    with pytest.raises(Assente):
        export(attore_for(dpo, confermato=False), Filtro(), rubrica())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  ="])
def test_no_cell_is_a_formula(start):
    assert harmless(f"{start}1") == f"'{start}1"
    assert harmless("1=1") == "1=1"


def test_cells_with_commas_quotes_and_lines_come_back():
    row = ["a,b", 'detto "ciao"', "due\r\nrighe", None]
    text = "".join(lines([row]))
    assert next(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))) == [
        "a,b",
        'detto "ciao"',
        "due\r\nrighe",
        "",
    ]


def sunday_noon():
    today = timezone.localtime().replace(hour=12, minute=0)
    return today - timedelta(days=today.isoweekday() % 7)


def tuesday(hour: int):
    return sunday_noon().replace(hour=hour) - timedelta(days=5)


@pytest.mark.parametrize(
    ("name", "below", "line"),
    [
        ("volume", 39, lambda n: {"casi": [uuid4()], "at": tuesday(10)}),
        ("volume", 39, lambda n: {"casi": [uuid4()], "azione": "diario_ente", "at": tuesday(10)}),
        ("volume", 39, lambda n: {**ASCOLTO, "oggetto_id": uuid4(), "at": tuesday(10)}),
        ("orario", 2, lambda n: {**ASCOLTO, "oggetto_id": uuid4(), "at": tuesday(22)}),
        ("orario", 2, lambda n: {"azione": "gestire_arrivi", "oggetto": "richiesta", "at": sunday_noon()}),
        ("orario", 2, lambda n: {"casi": [uuid4()], "at": tuesday(22)}),
        ("orario", 2, lambda n: {"casi": [uuid4()], "at": tuesday(6)}),
        ("orario", 2, lambda n: {"casi": [uuid4()], "at": sunday_noon()}),
        ("stampe", 14, lambda n: {"azione": "stampare", "casi": [uuid4()], "at": tuesday(10)}),
        ("stampe", 14, lambda n: {"azione": "stampare", "oggetti": [uuid4()], "at": tuesday(10)}),
        ("negati", 9, lambda n: {"esito": "negato", "at": tuesday(10)}),
        ("negati", 9, lambda n: {"azione": "cercare", "esito": "negato", "at": tuesday(10)}),
        ("tentativi", 7, lambda n: {**FALLITO, "finalita": "accesso", "at": tuesday(10)}),
        ("tentativi", 7, lambda n: {**FALLITO, "finalita": "secondo fattore", "at": tuesday(10)}),
        ("vuote", 4, lambda n: {"azione": "cercare", "risultati": 0, "at": tuesday(10)}),
        ("vuote", 4, lambda n: {"azione": "verificare_sovrapposizione", "casi": [], "at": tuesday(10)}),
        ("emergenze", 2, lambda n: {"azione": "aprire_in_emergenza", "casi": [uuid4()], "at": tuesday(10)}),
    ],
)
def test_alert_begins_at_its_threshold_for_one_person_and_not_for_two(dpo, altro, name, below, line):
    def write(operatore, n):
        values = line(n)
        written_at(values.pop("at"), operatore, **values)

    def raised():
        found = alerts(attore_for(dpo), rubrica(), timezone.localdate() - timedelta(days=20))
        return [(each.soglia, each.chi, each.quanti) for each in found if each.soglia == SOGLIE[name]]

    for n in range(below):
        write(altro, n)
    write(OperatoreFactory(), 99)
    assert raised() == []
    write(altro, below)
    assert raised() == [(SOGLIE[name], "Vera Lavora", below + 1)]


@pytest.mark.parametrize(
    "line",
    [
        {"azione": "entrare", "finalita": "accesso"},
        {"azione": "entrare", "finalita": "secondo fattore"},
        {"azione": "cercare", "finalita": "su_richiesta", "risultati": 1},
        {"azione": "gestire_arrivi", "finalita": "ricevuta"},
        {"azione": "verificare_sovrapposizione", "finalita": "oltre la quota"},
    ],
)
def test_who_somebody_tried_to_enter_as_or_who_asked_past_the_quota_was_refused_nothing(dpo, altro, line):
    for _each in range(20):
        written_at(tuesday(10), altro, esito="negato", **line)
    found = alerts(attore_for(dpo), rubrica(), timezone.localdate() - timedelta(days=20))
    assert not {SOGLIE["negati"], SOGLIE["vuote"]} & {each.soglia for each in found}


def test_alerts_count_from_the_first_minute_of_the_day_and_of_the_month_in_italy(dpo, altro):
    since = timezone.localdate() - timedelta(days=20)
    day, month = start_of(since), start_of(since.replace(day=1))

    def raised():
        found = alerts(attore_for(dpo), rubrica(), since)
        return {each.soglia.titolo: each.quanti for each in found if each.soglia.titolo != SOGLIE["orario"].titolo}

    for _each in range(9):
        written_at(day + timedelta(minutes=30), altro, esito="negato")
    for at in (month - timedelta(minutes=1), month + timedelta(minutes=30), month + timedelta(minutes=40)):
        written_at(at, altro, azione="aprire_in_emergenza", casi=[uuid4()])
    assert raised() == {}
    written_at(day, altro, esito="negato")
    written_at(month, altro, azione="aprire_in_emergenza", casi=[uuid4()])
    assert raised() == {SOGLIE["negati"].titolo: 10, SOGLIE["emergenze"].titolo: 3}


def test_same_case_read_many_times_is_no_volume_and_office_hours_are_no_alert(dpo, altro):
    one = uuid4()
    for _each in range(50):
        written_at(tuesday(10), altro, casi=[one])
        written_at(tuesday(10), altro, **ASCOLTO, oggetto_id=one)
        written_at(tuesday(22), altro, azione="stampare")
    # Nor is what was only listed, or looked up by its receipt.
    written_at(tuesday(22), altro, azione="gestire_arrivi", finalita="elenco", oggetti=[one] * 3)
    for _each in range(3):
        written_at(tuesday(22), altro, azione="gestire_arrivi", finalita="ricevuta", oggetto="richiesta")
    assert alerts(attore_for(dpo), rubrica(), timezone.localdate() - timedelta(days=20)) == []


def test_reading_a_case_after_its_closing_is_told_and_before_is_not(dpo, altro):
    caso = CasoFactory(stato="chiuso", chiuso_il=tuesday(12))
    since = timezone.localdate() - timedelta(days=20)
    written_at(tuesday(11), altro, casi=[caso.pk])
    for azione in ("elencare_casi", "condurre", "proporre_scarto"):
        written_at(tuesday(13), altro, casi=[caso.pk], azione=azione)
    assert alerts(attore_for(dpo), rubrica(), since) == []
    written_at(tuesday(13), altro, casi=[caso.pk])
    assert [each.soglia for each in alerts(attore_for(dpo), rubrica(), since)] == [SOGLIE["chiusi"]]


def test_alert_leads_to_the_lines_it_counted(riservato, act_as, dpo, altro):
    for at in (tuesday(6), tuesday(22), tuesday(23), sunday_noon()):
        written_at(at, altro, casi=[uuid4()])
    di(dpo)
    riservato.force_login(dpo.utente)
    act_as("riservato")
    page = riservato.get("/registro/allerte/").content.decode()
    sent = dict(re.findall(r'name="(persona|dal|al)" value="([^"]*)"', page))
    day = f"{tuesday(6):%Y-%m-%d}"
    assert sent == {"persona": str(altro.utente_id), "dal": day, "al": day}
    assert [riga.chi for riga in riservato.post("/registro/", sent).context["pagina"].righe] == ["Vera Lavora"] * 3
    month = Allerta(SOGLIE["emergenze"], "Vera Lavora", altro.utente_id, date(2026, 2, 1), 3)
    assert month.ultimo == date(2026, 2, 28)


def test_alert_about_somebody_of_another_network_leads_nowhere(riservato, dpo, altro, monkeypatch):
    for _each in range(3):
        written_at(tuesday(22), altro, casi=[uuid4()])
    monkeypatch.setattr("casi.views.registro.da_scegliere", lambda attore, nomi: Rubrica.of([]))
    riservato.force_login(dpo.utente)
    page = riservato.get("/registro/allerte/").content.decode()
    assert "Vera Lavora" in page
    assert "Vedi le voci" not in page


def test_every_action_has_words_for_people():
    assert set(PER_AZIONE) == {azione.value for azione in Azione}
