"""Asking for help and telling of somebody: without an account, in four languages, once, and never too often."""

import re
import uuid
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from casi import checks
from casi.actions.freno import OGNI_ORA
from casi.giorni import after_working_days
from casi.models import Avviso, Freno, Operazione, Richiesta, Segnalazione
from casi.views.porta import pubblica
from tests.factories.casi import CasoFactory, InformativaFactory
from tests.factories.catalogo import (
    AccordoFactory,
    AdesioneFactory,
    BisognoFactory,
    ComuneFactory,
    EnteFactory,
    EntePageFactory,
    LuogoPageFactory,
    OperatoreFactory,
    ServizioPageFactory,
)

pytestmark = pytest.mark.django_db
CODICE = re.compile(r"R-[2-9B-Z]{4}-[2-9B-Z]{4}")


@pytest.fixture
def comune():
    """The lead body, with a social worker who reads what arrives."""
    ente = EnteFactory(nome="Comune di Prova", tipo="ente_pubblico", comune=ComuneFactory())
    AccordoFactory(capofila=ente)
    OperatoreFactory(ente=ente, ruolo="assistente_sociale", in_rete=False)
    return ente


def filled(**changes) -> dict:
    sent = {"chiave": str(uuid.uuid4()), "canale": "telefono", "contatto": "0000 123456", "lingua": "it"}
    return {**sent, **changes}


def alert(**changes) -> dict:
    sent = {"chiave": str(uuid.uuid4()), "persona": "Canarino del terzo piano", "rapporto": "vicino"}
    return {**sent, **changes}


def codice_in(response) -> str:
    return CODICE.search(response.content.decode().split("<output")[1])[0]


def test_request_is_received_by_the_lead_body_and_answers_with_a_receipt(riservato, comune):
    BisognoFactory(codice="mangiare")
    response = riservato.post("/chiedi-aiuto/", filled(nome="Canarina", bisogni=["mangiare"], interprete="on"))
    richiesta = Richiesta.objects.get()
    assert response.status_code == 200
    assert codice_in(response) == richiesta.codice
    assert (richiesta.ente, richiesta.nome, richiesta.contatto) == (comune, "Canarina", "0000 123456")
    assert (richiesta.bisogni, richiesta.interprete, richiesta.lingua) == (["mangiare"], True, "it")
    assert richiesta.rispondere_entro == after_working_days(timezone.localdate(), 3)
    assert list(Avviso.objects.values_list("destinatario__ente", "tipo")) == [(comune.pk, "richiesta")]


def test_request_is_encrypted_and_leaves_no_trace_of_the_machine(riservato, comune):
    riservato.post("/chiedi-aiuto/", filled(nome="Canarina", contatto_sicuro="Canarino di mattina"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM casi_richiesta t")
        row = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(t::text, '') FROM casi_freno t")
        brake = cursor.fetchone()[0]
    assert not any(word in row for word in ("Canarin", "123456", "127.0.0.1"))
    assert "127.0.0.1" not in brake


def test_request_sent_twice_is_one_and_gives_the_same_receipt(riservato, comune):
    sent = filled()
    first, second = (riservato.post("/chiedi-aiuto/", sent) for _time in range(2))
    assert codice_in(first) == codice_in(second)
    assert Richiesta.objects.count() == Operazione.objects.count() == 1


def test_request_asks_for_nothing_but_a_way_to_answer(riservato, comune):
    assert riservato.post("/chiedi-aiuto/", filled(canale="di_persona", contatto="")).status_code == 200
    names = {field.name for field in Richiesta._meta.get_fields()}
    assert not {name for name in names if "salute" in name or "racconto" in name}


def test_of_her_health_nobody_is_asked_before_she_is_listened_to(riservato, comune):
    BisognoFactory(codice="medico", nome="Curarsi", tassello="salute")
    BisognoFactory(codice="casa", nome="Trovare casa")
    page = riservato.get("/chiedi-aiuto/").content.decode()
    assert "Trovare casa" in page
    assert "Curarsi" not in page
    assert riservato.post("/chiedi-aiuto/", filled(bisogni=["medico"])).status_code == 422
    riservato.force_login(comune.operatori.get().utente)
    assert "Curarsi" not in riservato.get("/arrivi/nuova/").content.decode()
    assert "Curarsi" in riservato.get("/ascolti/nuovo/").content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contatto": ""}, "Scrivi il numero"),
        ({"canale": "messaggio", "contatto": "12"}, "Scrivi il numero"),
        ({"canale": "email", "contatto": "0000 123456"}, "Scrivi un indirizzo e-mail"),
        ({"sito": "https://esempio.it"}, "messaggi automatici"),
    ],
)
def test_request_with_a_mistake_keeps_what_was_typed(riservato, comune, changes, said):
    response = riservato.post("/chiedi-aiuto/", filled(nome="Canarina", **changes))
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert 'value="Canarina"' in page
    assert re.search(r'class="riepilogo-errori" [^>]*autofocus', page), "the first thing read, or heard"
    assert not Richiesta.objects.exists()


@pytest.mark.parametrize(
    ("lingua", "title"), [("it", "Chiedi aiuto"), ("en", "Ask for help"), ("uk", "Попросити"), ("ar", "اطلب")]
)
@pytest.mark.parametrize("address", ["/chiedi-aiuto/", "/chiedi-aiuto/ritira/", "/segnala/"])
def test_pages_for_anybody_speak_each_language(riservato, comune, lingua, title, address):
    BisognoFactory()
    response = riservato.get(address, {"lingua": lingua})
    page = response.content.decode()
    assert response.status_code == 200
    assert response["Content-Language"] == lingua
    assert f'<html lang="{lingua}" dir="{"rtl" if lingua == "ar" else "ltr"}"' in page
    assert f'action="{address}?lingua={lingua}"' in page
    if address == "/chiedi-aiuto/":
        assert title in page


def test_language_of_the_browser_counts_until_one_is_chosen_and_the_area_stays_italian(riservato, comune):
    ucraino = {"HTTP_ACCEPT_LANGUAGE": "uk,en;q=0.5"}
    assert riservato.get("/chiedi-aiuto/", **ucraino)["Content-Language"] == "uk"
    assert riservato.get("/chiedi-aiuto/?lingua=it", **ucraino)["Content-Language"] == "it"
    assert riservato.get("/chiedi-aiuto/?lingua=xx")["Content-Language"] == "it"
    assert 'lang="it"' in riservato.get("/accesso/login/", **ucraino).content.decode()


def test_address_that_is_not_there_is_told_in_the_language_of_who_has_no_account(riservato, comune):
    absent = riservato.get("/chiedi-aiuto/sbagliato/", HTTP_ACCEPT_LANGUAGE="ar")
    assert (absent.status_code, absent["Content-Language"]) == (404, "ar")
    assert 'href="/chiedi-aiuto/?lingua=ar"' in absent.content.decode()
    riservato.force_login(OperatoreFactory(ruolo="volontario_ascolto").utente)
    inside = riservato.get("/chiedi-aiuto/sbagliato/", HTTP_ACCEPT_LANGUAGE="ar")
    assert "Il mio lavoro" in inside.content.decode()


def test_first_visit_from_another_site_can_send_the_form(riservato, comune):
    """A strict cookie does not come along from the public site; the one given with the form does."""
    riservato.handler.enforce_csrf_checks = True
    page = riservato.get("/chiedi-aiuto/", HTTP_REFERER="https://portale.esempio.it/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    assert riservato.post("/chiedi-aiuto/", filled()).status_code == 403
    assert riservato.post("/chiedi-aiuto/", filled(csrfmiddlewaretoken=token)).status_code == 200


def test_request_from_a_service_goes_to_its_body_if_that_is_in_the_network_and_listens(riservato, comune, italiano):
    sheet = ServizioPageFactory(parent=EntePageFactory())
    AdesioneFactory(ente=sheet.ente, accordo=comune.accordi_guidati.get())
    address = f"/chiedi-aiuto/?servizio={sheet.translation_key}"

    def receiver():
        riservato.post(address, filled())
        return Richiesta.objects.order_by("-ricevuta_il").first().ente

    assert receiver() == comune
    operatore = OperatoreFactory(ente=sheet.ente, ruolo="operatore_sportello")
    assert receiver() == comune
    operatore.ruolo = "volontario_ascolto"
    operatore.save()
    assert receiver() == sheet.ente
    adesione = sheet.ente.adesioni.get()
    adesione.stato = "sospesa"
    adesione.save()
    assert receiver() == comune
    assert riservato.post("/chiedi-aiuto/?servizio=x", filled()).status_code == 200


def test_arrival_goes_to_the_network_of_the_place_it_names(riservato, comune, italiano):
    """Several networks may be on one portal: nobody elsewhere reads of a family, least of all of minors at risk."""
    nuovo = AccordoFactory(capofila__comune=ComuneFactory(), valida_dal=date(2025, 1, 1))
    OperatoreFactory(ente=nuovo.capofila, ruolo="volontario_ascolto", in_rete=False)
    member = AdesioneFactory(accordo=nuovo, ente__comune=ComuneFactory()).ente
    for _each in range(2):
        AdesioneFactory(accordo=comune.accordi_guidati.get())
    sheet = ServizioPageFactory(parent=EntePageFactory(ente=member))

    def receivers(luogo, query=""):
        there = {"comune": luogo.pk} if luogo else {}
        riservato.post("/segnala/", alert(minori_a_rischio="on", **there))
        riservato.post(f"/chiedi-aiuto/{query}", filled(**there))
        Freno.objects.all().delete()
        return {Segnalazione.objects.latest("ricevuta_il").ente, Richiesta.objects.latest("ricevuta_il").ente}

    assert receivers(nuovo.capofila.comune) == {nuovo.capofila}
    assert receivers(member.comune) == {nuovo.capofila}
    assert receivers(comune.comune) == {comune}
    assert receivers(None) == {comune}  # the widest network
    assert receivers(comune.comune, f"?servizio={sheet.translation_key}") == {comune}
    riservato.post(f"/chiedi-aiuto/?servizio={sheet.translation_key}", filled())
    assert Richiesta.objects.latest("ricevuta_il").ente == nuovo.capofila


def test_request_without_a_lead_body_says_to_call_and_loses_nothing(riservato):
    response = riservato.post("/chiedi-aiuto/", filled(nome="Canarina"))
    assert response.status_code == 422
    assert "chiama" in response.content.decode()
    assert 'value="Canarina"' in response.content.decode()


@pytest.mark.parametrize(("address", "sent"), [("/chiedi-aiuto/", filled), ("/segnala/", alert)])
def test_arrival_that_nobody_would_read_is_not_taken_and_says_to_call(riservato, comune, address, sent):
    """A network has its coordinator before anybody who listens."""
    comune.operatori.update(ruolo="coordinatore")
    response = riservato.post(address, sent())
    assert response.status_code == 422
    assert "chiama" in response.content.decode()
    assert not Richiesta.objects.exists()
    assert not Segnalazione.objects.exists()


def test_machine_that_sends_too_much_is_slowed_down_for_that_hour(riservato, comune, time_machine):
    time_machine.move_to("2026-03-03 10:05:00+00:00", tick=False)
    answers = [riservato.post("/chiedi-aiuto/", filled()).status_code for _time in range(OGNI_ORA + 1)]
    assert answers == [200] * OGNI_ORA + [429]
    elsewhere = riservato.post("/chiedi-aiuto/", filled(), REMOTE_ADDR="192.0.2.9")
    assert elsewhere.status_code == 200
    time_machine.move_to("2026-03-03 11:05:01+00:00", tick=False)
    assert riservato.post("/chiedi-aiuto/", filled()).status_code == 200
    assert set(Freno.objects.values_list("quanti", flat=True)) == {1}


def test_machines_are_told_apart_also_where_one_socket_serves_old_and_new_addresses(riservato, comune):
    """There an IPv4 address is written within IPv6: all of them begin alike."""
    for _time in range(OGNI_ORA):
        riservato.post("/chiedi-aiuto/", filled(), REMOTE_ADDR="::ffff:192.0.2.1")
    answers = [riservato.post("/chiedi-aiuto/", filled(), REMOTE_ADDR=each).status_code for each in
               ("::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2")]  # fmt: skip
    assert answers == [429, 429, 200]


def test_withdrawing_takes_the_code_as_people_type_it(riservato, comune):
    codice = codice_in(riservato.post("/chiedi-aiuto/", filled()))
    wrong = riservato.post("/chiedi-aiuto/ritira/", {"chiave": uuid.uuid4(), "codice": "R-2222-2222"})
    assert list(wrong.context["modulo"].errors) == ["codice"]
    assert "La richiesta non è ancora ritirata." in wrong.content.decode()
    assert wrong.status_code == 422
    typed = codice.lower().replace("-", " ")
    response = riservato.post("/chiedi-aiuto/ritira/", {"chiave": uuid.uuid4(), "codice": typed})
    assert "Non ti cercheremo" in response.content.decode()
    assert Richiesta.objects.get().stato == "ritirata"


@pytest.mark.parametrize("ruolo", ["volontario_ascolto", "operatore_sportello", "referente", "coordinatore"])
def test_withdrawing_is_for_the_person_and_for_nobody_who_is_signed_in(riservato, comune, ruolo):
    """Who reads a code over somebody's shoulder does not put the request away; nor learns whether there is one."""
    codice = codice_in(riservato.post("/chiedi-aiuto/", filled()))
    riservato.force_login(OperatoreFactory(ente=comune, ruolo=ruolo, in_rete=False).utente)
    answers = [riservato.post("/chiedi-aiuto/ritira/", {"chiave": uuid.uuid4(), "codice": each}) for each in
               (codice, "R-2222-2222")]  # fmt: skip
    assert [each.status_code for each in answers] == [422, 422]
    assert all("prima esci" in each.content.decode() for each in answers)
    assert Richiesta.objects.get().stato == "nuova"
    riservato.post("/accesso/logout/")
    riservato.post("/chiedi-aiuto/ritira/", {"chiave": uuid.uuid4(), "codice": codice})
    assert Richiesta.objects.get().stato == "ritirata"


def test_withdrawing_leaves_a_line_on_the_server_without_the_code(riservato, comune, caplog):
    codice = codice_in(riservato.post("/chiedi-aiuto/", filled()))
    with caplog.at_level("INFO", logger="tessere.casi"):
        for _time in range(2):
            riservato.post("/chiedi-aiuto/ritira/", {"chiave": uuid.uuid4(), "codice": codice})
    assert [each for each in caplog.messages if str(Richiesta.objects.get().pk) in each] == caplog.messages
    assert len(caplog.messages) == 1
    assert codice not in caplog.text


def test_withdrawing_what_is_already_a_case_says_to_call(riservato, comune):
    codice = codice_in(riservato.post("/chiedi-aiuto/", filled()))
    Richiesta.objects.update(caso=CasoFactory(ente_titolare=comune))
    response = riservato.post("/chiedi-aiuto/ritira/", {"chiave": uuid.uuid4(), "codice": codice})
    assert response.status_code == 422
    assert Richiesta.objects.get().stato == "nuova"


def test_alert_reaches_the_lead_body_with_its_two_clocks(riservato, comune, time_machine):
    time_machine.move_to("2026-03-06 10:00:00+00:00")  # a Friday
    response = riservato.post("/segnala/", alert(urgente="on", segnalante="Canarino"))
    segnalazione = Segnalazione.objects.get()
    assert codice_in(response) == segnalazione.codice
    assert segnalazione.ente == comune
    assert segnalazione.rispondere_entro == date(2026, 3, 9)
    assert segnalazione.avvisare_entro == date(2026, 4, 6)
    assert "112" in response.content.decode()


@pytest.mark.parametrize(
    ("day", "last"),
    [("2027-01-31", date(2027, 2, 28)), ("2026-02-28", date(2026, 3, 28)), ("2026-12-31", date(2027, 1, 31))],
)
def test_person_is_told_of_an_alert_within_a_month_as_the_law_counts_it(riservato, comune, time_machine, day, last):
    time_machine.move_to(f"{day} 10:00:00+00:00")
    riservato.post("/segnala/", alert())
    assert Segnalazione.objects.get().avvisare_entro == last


def test_alert_about_minors_is_announced_to_who_may_read_it_alone(riservato, comune):
    OperatoreFactory(ente=comune, ruolo="volontario_ascolto", in_rete=False)
    riservato.post("/segnala/", alert())
    assert set(Avviso.objects.values_list("destinatario__ruolo", flat=True)) == {
        "assistente_sociale",
        "volontario_ascolto",
    }
    Avviso.objects.all().delete()
    riservato.post("/segnala/", alert(minori_a_rischio="on"))
    assert set(Avviso.objects.values_list("destinatario__ruolo", flat=True)) == {"assistente_sociale"}


def test_pages_for_anybody_work_with_the_rights_of_the_reserved_process(riservato, comune, act_as):
    InformativaFactory(testo="Canarino dell'informativa")
    act_as("riservato")
    assert "Canarino dell&#x27;informativa" in riservato.get("/chiedi-aiuto/").content.decode()
    assert riservato.post("/chiedi-aiuto/", filled()).status_code == 200
    assert riservato.post("/segnala/", alert()).status_code == 200


def test_page_asks_few_questions_of_the_database(riservato, comune, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        riservato.get("/chiedi-aiuto/")


def test_check_takes_a_page_for_anybody_only_if_it_says_so(monkeypatch):
    from types import SimpleNamespace

    from django.urls import path

    open_page = path("x/", pubblica(lambda request: None))
    both = path("y/", pubblica(lambda request: None))
    both.callback.azione = "altro"
    monkeypatch.setattr(checks, "import_module", lambda name: SimpleNamespace(urlpatterns=[open_page, both]))
    assert len(checks.every_address_declares_its_action(None)) == 1


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 3, 6), 1, date(2026, 3, 9)),
        (date(2026, 3, 2), 3, date(2026, 3, 5)),
        (date(2026, 12, 23), 2, date(2026, 12, 28)),
    ],
)
def test_working_days_skip_weekends_and_holidays(start, count, end):
    assert after_working_days(start, count) == end


@pytest.mark.parametrize(("address", "status"), [("/non-esiste/", 404), ("/chiedi-aiuto/", 200), ("/segnala/", 200)])
def test_address_that_asks_too_much_is_as_one_that_asks_nothing(riservato, address, status):
    too_much = "&".join(f"a{each}=1" for each in range(1_001))
    assert riservato.get(f"{address}?{too_much}&lingua=en").status_code == status


def test_what_is_missing_is_asked_for_in_words_and_a_telephone_is_not_called_optional(riservato, comune):
    page = riservato.post("/chiedi-aiuto/", filled(canale="", contatto="")).content.decode()
    assert "Scegli come possiamo risponderti." in page
    assert "obbligatorio" not in page
    label = page.partition('for="id_contatto"')[2].partition("</label>")[0]
    assert "facoltativo" not in label
    wrong = riservato.post("/segnala/", alert(persona="", rapporto="")).content.decode()
    assert "Scrivi chi ti preoccupa" in wrong
    assert "Scegli chi sei" in wrong


def test_who_comes_in_person_is_told_where_and_which_number_to_call_first(riservato, comune):
    type(comune).objects.update(telefono="0377 310758")
    place = LuogoPageFactory(parent=EntePageFactory(ente=comune), indirizzo="Piazza del Canarino 3")
    page = riservato.post("/chiedi-aiuto/", filled(canale="di_persona", contatto="")).content.decode()
    for words in ("Comune di Prova", place.indirizzo, "0377 310758"):
        assert words in page
    assert "Ti rispondiamo entro" not in page
    LuogoPageFactory(parent=place.get_parent(), indirizzo="Via Altra 1")
    other = riservato.post("/chiedi-aiuto/", filled(canale="di_persona", contatto="")).content.decode()
    assert "Comune di Prova" in other
    assert place.indirizzo not in other  # which of the two, nobody knows
    assert "Comune di Prova" not in riservato.post("/chiedi-aiuto/", filled()).content.decode()
