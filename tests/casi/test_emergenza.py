"""Break-glass: one case for an hour, read only, for a written reason; known at once, and never an oracle."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import ammissioni, emergenza, incarichi, limiti
from casi.actions.ammissioni import Condizioni
from casi.errori import Assente, Impossibile, Vietato
from casi.giorni import after_working_days
from casi.management.commands.scarto import drop_lines
from casi.models import AccessoEmergenza, Avviso, Registro
from casi.registro import record
from casi.ruoli import LETTURA_IN_EMERGENZA, Azione
from casi.selectors.casi import open_caso
from casi.selectors.diario import diario
from casi.selectors.emergenza import ESAME_ENTRO
from casi.selectors.identita import Identita
from casi.selectors.interventi import interventi, quadro
from casi.selectors.ricerca import cerca
from casi.selectors.sovrapposizione import Domanda, verifica
from tests.factories.casi import EmergenzaFactory, IncompatibilitaFactory, InformativaFactory
from tests.factories.catalogo import AdesioneFactory, OperatoreFactory, TipoServizioFactory
from tests.factories.famiglie import FITTIZIO, caso_di, persona
from tests.support.attese import while_waiting
from tests.support.attori import at_the_door, attore_for
from tests.support.domande import BUDGET, at_most
from tests.support.html import without_token
from tests.support.incaricati import ammesso, responsabile

pytestmark = pytest.mark.django_db
MOTIVO = "Una persona rischia di restare senza un tetto: Canarino."
NESSUNO = "00000000-0000-4000-8000-000000000000"
CODICE = FITTIZIO.format("A")


@pytest.fixture
def caso(db):
    return caso_di(persona(codice_fiscale=CODICE))


@pytest.fixture
def chi(db):
    return attore_for(OperatoreFactory(ruolo="assistente_sociale"))


def apri(chi, **dove):
    return emergenza.open_case(by=chi, codice_motivo="notte", motivo=MOTIVO, **dove)


def test_looking_for_a_person_in_an_emergency_is_a_search_like_the_others(caso, chi, monkeypatch):
    """One quota for both, counted and written down also when nobody is found, or nothing more may be asked."""
    monkeypatch.setattr("casi.selectors.emergenza.QUOTA", 2)
    monkeypatch.setattr("casi.selectors.ricerca.QUOTA", 2)
    assert cerca(chi, Identita(codice_fiscale=FITTIZIO.format("B")), "su_richiesta") == []
    assert apri(chi, identita=Identita(codice_fiscale=FITTIZIO.format("B"))) is None
    for again in (lambda: apri(chi, identita=Identita(codice_fiscale=CODICE)),
                  lambda: cerca(chi, Identita(codice_fiscale=CODICE), "su_richiesta")):  # fmt: skip
        with pytest.raises(Impossibile, match=r"oggi|Oggi"):
            again()
    lines = Registro.objects.filter(azione="cercare").order_by("pk")
    assert [(line.finalita, line.esito, line.casi) for line in lines] == [
        ("su_richiesta", "consentito", []), ("emergenza", "consentito", []),
        ("emergenza", "negato", []), ("su_richiesta", "negato", []),
    ]  # fmt: skip
    assert apri(chi, numero=caso.numero), "who knows the number looks for nobody"


def test_case_found_by_its_person_is_on_the_line_of_the_search(caso, chi):
    assert apri(chi, identita=Identita(codice_fiscale=CODICE))
    assert Registro.objects.get(azione="cercare").casi == [caso.pk]


def test_open_case_reads_one_case_for_an_hour_and_no_more(caso, chi):
    other = caso_di(persona())
    apri(chi, numero=caso.numero.lower())
    assert policies.azioni_su(chi, caso.pk) == LETTURA_IN_EMERGENZA
    assert not policies.azioni_su(chi, other.pk)
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert policies.may(chi, Azione.VEDERE_PERSONE, caso)
    with time_machine.travel(timezone.now() + timedelta(minutes=60)):
        assert not policies.azioni_su(chi, caso.pk)


def test_open_case_never_shows_notes_entries_or_files(caso, chi):
    apri(chi, numero=caso.numero)
    azioni = policies.azioni_su(chi, caso.pk)
    capo = responsabile(caso)
    for livello in (3, 4, 5):
        caso.vocediario_set.create(
            ente=caso.ente_titolare, autore=capo.operatore, livello=livello, avvenuto_il=timezone.localdate(), testo="x"
        )
    assert not policies.voci_visibili(chi, caso, azioni).exists()


def test_open_case_by_exact_person(caso, chi):
    assert apri(chi, identita=Identita(codice_fiscale=CODICE)).caso == caso
    by_name = Identita(cognome="PROVA", nome="ada", data_nascita=date(1980, 5, 4))
    assert apri(attore_for(OperatoreFactory(ruolo="coordinatore")), identita=by_name).caso == caso


def sealed(caso, chi):
    limiti.seal(by=responsabile(caso), caso=caso.pk)


def conflict(caso, chi):
    IncompatibilitaFactory(caso=caso, utente=chi.operatore.utente)


@pytest.mark.parametrize("spoil", [sealed, conflict])
def test_open_case_refuses_seal_and_conflict_as_an_unknown_number(riservato, confirmed, caso, chi, spoil):
    spoil(caso, chi)
    confirmed()
    riservato.force_login(chi.operatore.utente)
    answers = []
    for numero in (caso.numero, "C-222222"):
        sent = {"chiave": str(caso.pk), "codice_motivo": "notte", "motivo": MOTIVO, "numero": numero}
        answer = riservato.post("/emergenza/", sent)
        answers.append((answer.status_code, without_token(answer.content.decode()).replace(numero, "")))
    assert answers[0] == answers[1]
    assert answers[0][0] == 422
    assert not AccessoEmergenza.objects.exists()
    lines = Registro.objects.filter(azione="aprire_in_emergenza", esito="negato")
    assert {tuple(line.casi) for line in lines} == {(caso.pk,), ()}
    assert not Avviso.objects.filter(tipo="emergenza").exists()


@pytest.mark.parametrize("spoil", [None, sealed, conflict])
def test_open_case_asks_the_same_questions_for_any_refusal(caso, chi, spoil, django_assert_num_queries):
    numero = caso.numero if spoil else "C-222222"
    if spoil:
        spoil(caso, chi)
    chi = at_the_door(chi)
    with django_assert_num_queries(8):
        assert apri(chi, numero=numero) is None


def test_open_case_already_seen_says_so_and_a_second_time_finds_the_first(caso, chi):
    with pytest.raises(Impossibile, match="lo vedi già"):
        apri(responsabile(caso), numero=caso.numero)
    assert apri(chi, numero=caso.numero) == apri(chi, numero=caso.numero)


def test_open_case_serves_who_sees_the_summary_alone_and_tells_nobody_whose_it_is(caso):
    """Of another body: no name by the back door, and the names when they are needed, with all that goes with it."""
    narrow = ammesso(caso, ruolo="assistente_sociale")
    assert not policies.may(narrow, Azione.VEDERE_PERSONE, caso)
    assert apri(narrow, identita=Identita(codice_fiscale=CODICE))
    assert policies.may(narrow, Azione.VEDERE_PERSONE, caso)
    wide = ammesso(caso, "contatti", ruolo="assistente_sociale")
    with pytest.raises(Impossibile, match="lo vedi già"):
        apri(wide, numero=caso.numero)


def test_open_case_needs_a_reason_a_role_and_confirming(caso, chi):
    with pytest.raises(Impossibile, match="almeno 20"):
        emergenza.open_case(by=chi, codice_motivo="notte", motivo=" " * 30 + "breve", numero=caso.numero)
    for attore in (
        attore_for(OperatoreFactory(ruolo="referente")),
        attore_for(OperatoreFactory(ruolo="responsabile_privacy")),
        attore_for(chi.operatore, confermato=False),
    ):
        with pytest.raises(Vietato):
            apri(attore, numero=caso.numero)


def test_open_case_with_two_cases_of_one_person_asks_for_the_number(caso, chi):
    caso_di(persona(codice_fiscale=CODICE))
    assert apri(chi, identita=Identita(codice_fiscale=CODICE)) is None


def test_open_case_tells_who_answers_without_saying_what(caso, chi):
    capo = responsabile(caso)
    office = {
        OperatoreFactory(ruolo=each, ente=caso.ente_titolare) for each in ("coordinatore", "responsabile_privacy")
    }
    OperatoreFactory(ruolo="coordinatore")
    accesso = apri(chi, numero=caso.numero)
    told = Avviso.objects.filter(tipo="emergenza", caso=caso)
    assert {each.destinatario for each in told} == {capo.operatore, *office}
    assert accesso.esaminare_entro == after_working_days(timezone.localdate(), ESAME_ENTRO)
    assert len(mail.outbox) == 3
    for message in mail.outbox:
        text = message.subject + message.body
        assert "hai un aggiornamento" in message.subject
        for secret in (caso.numero, str(caso.pk), "Canarino", "Prova", str(chi.operatore.utente), "emergenza"):
            assert secret not in text


@pytest.mark.parametrize("cognome", ["Prova", "Altro"])
def test_open_case_by_who_may_be_of_the_family_opens_and_warns_who_answers_and_who_looks_back(caso, cognome):
    capo, dpo = responsabile(caso), OperatoreFactory(ruolo="responsabile_privacy", ente=caso.ente_titolare)
    hers = caso.nucleo.componenti.get().persona
    lei = OperatoreFactory(ruolo="coordinatore", utente__first_name=hers.nome, utente__last_name=cognome)
    apri(attore_for(lei), numero=caso.numero)
    warned = set(Avviso.objects.filter(tipo="incompatibilita").values_list("destinatario", flat=True))
    assert warned == ({capo.operatore.pk, dpo.pk} if cognome == hers.cognome else set())


def test_open_case_of_a_body_without_an_officer_tells_those_of_the_network(caso, chi):
    officer = OperatoreFactory(ruolo="responsabile_privacy")
    OperatoreFactory(ruolo="responsabile_privacy", utente__is_active=False)
    apri(chi, numero=caso.numero)
    assert [each.destinatario for each in Avviso.objects.filter(tipo="emergenza")] == [officer]
    own = OperatoreFactory(ruolo="responsabile_privacy", ente=caso.ente_titolare)
    apri(attore_for(OperatoreFactory(ruolo="assistente_sociale")), numero=caso.numero)
    assert [each.destinatario for each in Avviso.objects.filter(tipo="emergenza")] == [own, officer]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("no_mail")
def test_open_case_goes_on_when_the_mail_does_not_leave():
    caso, chi = caso_di(persona()), attore_for(OperatoreFactory(ruolo="assistente_sociale"))
    responsabile(caso)
    assert apri(chi, numero=caso.numero)
    assert Avviso.objects.filter(tipo="emergenza").count() == 1


def test_role_riservato_is_enough_to_share_seal_search_and_open(caso, chi, act_as):
    capo, ente, informativa = responsabile(caso), AdesioneFactory().ente, InformativaFactory()
    mate, tipo = OperatoreFactory(ente=ente), TipoServizioFactory()
    act_as("riservato")
    apri(chi, numero=caso.numero)
    terms = Condizioni("progetto", "compito_pubblico", informativa, timezone.localdate(), timezone.localdate())
    row = ammissioni.admit(by=capo, caso=caso.pk, ente=ente, condizioni=terms)
    incarichi.assign(by=capo, caso=caso.pk, operatore=mate)
    cerca(capo, Identita(codice_fiscale=CODICE), "caso_mio")
    verifica(capo, Domanda(Identita(codice_fiscale=CODICE), tipo, timezone.localdate(), timezone.localdate()))
    ammissioni.withdraw(by=capo, caso=caso.pk, ammissione=row.pk)
    limiti.seal(by=capo, caso=caso.pk)
    assert not policies.azioni_su(chi, caso.pk)


def test_reading_in_an_emergency_is_registered_with_the_access_it_rests_on(caso, chi):
    accesso = apri(chi, numero=caso.numero)
    open_caso(chi, caso.pk, Azione.VEDERE_CASO)
    line = Registro.objects.filter(azione="vedere_caso").first()
    assert (line.finalita, line.oggetto, line.oggetto_id) == ("emergenza", "accessoemergenza", accesso.pk)
    open_caso(responsabile(caso), caso.pk, Azione.VEDERE_CASO)
    assert Registro.objects.filter(azione="vedere_caso").first().finalita == "titolare"


def test_access_in_the_register_is_the_reader_s_own_and_his_last(caso, chi):
    old = EmergenzaFactory(caso=caso, operatore=chi.operatore, inizio=timezone.now() - timedelta(hours=3))
    accesso = apri(chi, numero=caso.numero)
    EmergenzaFactory(caso=caso, inizio=timezone.now() + timedelta(minutes=1))  # somebody else's, later
    open_caso(chi, caso.pk, Azione.VEDERE_CASO)
    line = Registro.objects.filter(azione="vedere_caso").first()
    assert (line.oggetto, line.oggetto_id) == ("accessoemergenza", accesso.pk)
    assert accesso.pk != old.pk


def test_help_says_on_what_it_rests_as_the_case_does(caso, chi):
    """Both doors of a case write the same; what it was read for is said where there is nothing graver to say."""
    accesso, capo = apri(chi, numero=caso.numero), responsabile(caso)
    interventi(chi, caso.pk)
    line = Registro.objects.filter(azione="interventi_ente").first()
    assert (line.finalita, line.oggetto, line.oggetto_id) == ("emergenza", "accessoemergenza", accesso.pk)
    quadro(capo, caso.pk)
    assert Registro.objects.filter(azione="vista_globale").first().finalita == "quadro"
    diario(capo, caso.pk, "1")
    assert Registro.objects.filter(azione="diario_proprio").first().finalita == "titolare"


def test_close_ends_it_at_once_and_only_ones_own(caso, chi):
    accesso = apri(chi, numero=caso.numero)
    with pytest.raises(Vietato):
        emergenza.close(by=attore_for(OperatoreFactory(ruolo="coordinatore")), accesso=accesso.pk)
    assert emergenza.close(by=attore_for(chi.operatore, confermato=False), accesso=accesso.pk)
    with pytest.raises(Assente):
        open_caso(chi, caso.pk, Azione.VEDERE_CASO)
    assert not emergenza.close(by=chi, accesso=accesso.pk)
    assert Registro.objects.filter(oggetto_id=accesso.pk, finalita="fine").count() == 1


def test_end_of_an_hour_that_ran_out_is_registered_once(caso, chi):
    accesso = apri(chi, numero=caso.numero)
    call_command("chiudi_emergenze")
    assert not Registro.objects.filter(finalita="fine").exists()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("chiudi_emergenze")
        call_command("chiudi_emergenze")
    assert Registro.objects.get(finalita="fine").oggetto_id == accesso.pk


@pytest.mark.django_db(transaction=True)
def test_end_of_an_hour_is_written_once_by_two_that_run_together():
    EmergenzaFactory(inizio=timezone.now() - timedelta(hours=2))
    assert while_waiting(emergenza.write_ends, emergenza.write_ends) is None
    assert Registro.objects.filter(finalita="fine").count() == 1


def test_end_of_an_access_is_not_written_again_once_its_line_was_dropped(chi):
    """Of one still young, beside it, it is."""
    old = EmergenzaFactory(inizio=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert emergenza.write_ends() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1000)):
        record(chi, Azione.ENTRARE)
        drop_lines()
        assert not Registro.objects.filter(oggetto_id=old.pk).exists()
        assert emergenza.write_ends() == 0
        EmergenzaFactory(inizio=timezone.now() - timedelta(hours=2))
        assert emergenza.write_ends() == 1


@pytest.mark.parametrize(
    ("aperta", "entro"),
    [
        (date(2026, 11, 20), date(2026, 11, 27)),
        (date(2026, 11, 21), date(2026, 11, 27)),
        (date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 12, 4), date(2026, 12, 14)),  # the 8th is a holiday, as for whoever waits for an answer
    ],
)
def test_review_is_due_in_five_working_days(caso, chi, aperta, entro):
    with time_machine.travel(f"{aperta}T12:00:00+01:00", tick=False):
        assert apri(chi, numero=caso.numero).esaminare_entro == entro


def test_pages_open_show_the_banner_everywhere_and_close(riservato, caso, chi, confirmed):
    confirmed()
    riservato.force_login(chi.operatore.utente)
    assert "Chiudi adesso" not in riservato.get("/").content.decode()
    sent = {"chiave": str(caso.pk), "codice_motivo": "notte", "motivo": MOTIVO, "numero": caso.numero}
    answer = riservato.post("/emergenza/", sent)
    assert answer["Location"] == reverse("casi:scheda", args=[caso.pk])
    pages = [reverse(f"casi:{name}", args=[caso.pk]) for name in ("scheda", "persone", "interventi")]
    for address in ("/", "/casi/", *pages, reverse("casi:scheda", args=[NESSUNO])):
        with at_most(BUDGET):  # the case, with what is running on it
            assert "Chiudi adesso" in riservato.get(address).content.decode(), address
    for said in ("Accesso in emergenza chiuso.", "Era già finito."):  # pressed twice
        closed = riservato.post(reverse("casi:chiudi_emergenza", args=[AccessoEmergenza.objects.get().pk]), follow=True)
        assert said in closed.content.decode()
    assert not Registro.objects.filter(azione="entrare", esito="negato").exists()
    assert riservato.get(answer["Location"]).status_code == 404
    assert "Chiudi adesso" not in riservato.get("/").content.decode()


def test_coordinator_in_an_emergency_finds_no_link_that_leads_nowhere(riservato, caso, confirmed):
    """Who opens no list of cases is not sent to it: it would be a refusal in his name."""
    coordina = OperatoreFactory(ente=caso.ente_titolare, ruolo="coordinatore")
    EmergenzaFactory(caso=caso, operatore=coordina)
    confirmed()
    riservato.force_login(coordina.utente)
    for name in ("scheda", "persone", "interventi"):
        page = riservato.get(reverse(f"casi:{name}", args=[caso.pk])).content.decode()
        links = set(re.findall(r'<a [^>]*href="(/(?!accesso/)[^"#]*)', page))
        assert len(links) >= 4
        assert {link: riservato.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_reason_that_comes_after_the_confirmation_has_run_out_is_given_back(riservato, caso, chi):
    riservato.force_login(chi.operatore.utente)
    sent = {"chiave": str(caso.pk), "codice_motivo": "notte", "motivo": MOTIVO, "numero": caso.numero}
    answer = riservato.post("/emergenza/", sent)
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (401, "no-store, private")
    assert MOTIVO in page
    assert 'href="/accesso/conferma/?next=%2Femergenza%2F"' in page
    assert str(caso.pk) not in page
    chosen = riservato.post("/emergenza/", {"chiave": str(caso.pk), "codice_motivo": "notte"})
    assert 'name="codice_motivo" value="notte"' in chosen.content.decode()
    assert riservato.post("/emergenza/", {"chiave": str(caso.pk)}).status_code == 302  # nothing to lose
    assert not AccessoEmergenza.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"motivo": "breve"}, {"numero": ""}, {"codice_motivo": "curiosità"}, {"numero": "", "cognome": "Prova"}],
)
def test_page_with_half_the_data_opens_nothing_and_keeps_what_was_typed(riservato, caso, chi, confirmed, wrong):
    confirmed()
    riservato.force_login(chi.operatore.utente)
    sent = {"chiave": str(caso.pk), "codice_motivo": "notte", "motivo": MOTIVO, "numero": caso.numero, **wrong}
    answer = riservato.post("/emergenza/", sent)
    assert answer.status_code == 422
    assert sent["motivo"] in answer.content.decode()
    assert not AccessoEmergenza.objects.exists()
