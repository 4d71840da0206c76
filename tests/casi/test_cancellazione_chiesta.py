"""A person asks to be erased before the time: a list of its own, answered within a month, decided by somebody else."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casi.actions.cancellazione_chiesta import Domanda, ask_for
from casi.actions.conservazione import approve, execute, hold, propose, reject, withdraw
from casi.actions.limiti import seal, unseal
from casi.errori import Assente, Impossibile, Vietato
from casi.integrita import verify
from casi.models import Avviso, Caso, PrimoAscolto, Registro, Richiesta, Scarto, Segnalazione
from casi.ruoli import Azione
from casi.selectors.conservazione import lists, open_scarto, overdue, segni
from casi.selectors.lavoro import lavoro
from tests.factories.casi import PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed
from tests.support.scarti import lead, years_ago

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
PERCHE = "Ho trovato lavoro altrove e non voglio che resti niente."


def domanda(**values) -> Domanda:
    return Domanda(**{"chiesta_il": OGGI(), "ragione": "consenso", "perche": PERCHE} | values)


def chiede(operatore, cosa, row, **values) -> Scarto:
    return ask_for(by=attore_for(operatore), cosa=cosa, pk=row.pk, domanda=domanda(**values))


def approva(coordinatrice, scarto) -> Scarto:
    return approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="det. 1/2026")


def esegue(coordinatrice, scarto) -> int:
    approva(coordinatrice, scarto)
    return execute(by=attore_for(coordinatrice), scarto=scarto.pk)


@pytest.fixture
def finito(assistente) -> Caso:
    """A case she answers for, closed yesterday."""
    caso = followed(assistente)
    Caso.objects.filter(pk=caso.pk).update(stato="chiuso", chiuso_il=timezone.now() - timedelta(days=1))
    caso.refresh_from_db()
    return caso


@pytest.fixture
def chiesta(assistente) -> Richiesta:
    return RichiestaFactory(ente=assistente.ente)


def test_finished_case_is_erased_before_its_term_and_the_chain_stays(assistente, coordinatrice, finito):
    assert list(overdue(assistente.ente_id, OGGI())) == []
    scarto = chiede(assistente, "caso", finito)
    line = Registro.objects.get(finalita="chiede la cancellazione")
    assert (line.azione, line.casi, line.oggetto_id, line.risultati) == ("condurre", [finito.pk], finito.pk, 1)
    assert Caso.objects.filter(pk=finito.pk).exists()
    assert esegue(coordinatrice, scarto) == 1
    assert not Caso.objects.filter(pk=finito.pk).exists()
    assert verify().ultima == Registro.objects.latest("pk").pk
    scarto.refresh_from_db()
    assert (scarto.perche, scarto.ragione) == ("", "consenso")
    assert [(each.tipo, each.destinatario) for each in Avviso.objects.all()] == [("cancellata", assistente)]


@pytest.mark.parametrize("stato", ["segnalato", "preso_in_carico", "in_chiusura", "riaperto", "trasferito"])
def test_wish_about_a_case_at_work_is_written_and_waits_until_it_is_closed(assistente, coordinatrice, finito, stato):
    """She has her answer within the month (GDPR art. 12(3) and (4)): a no with its reason, or a yes once it is over."""
    closed = finito.chiuso_il
    Caso.objects.filter(pk=finito.pk).update(stato=stato, chiuso_il=None)
    scarto = chiede(assistente, "caso", finito)
    assert scarto.prorogabile
    [line] = open_scarto(attore_for(coordinatrice), scarto.pk, Azione.APPROVARE_SCARTO)[1]
    assert (line.nome, line.al_lavoro) == (finito.numero, True)
    with pytest.raises(Impossibile, match="qualcuno ci lavora"):
        esegue(coordinatrice, scarto)
    Caso.objects.filter(pk=finito.pk).update(stato="chiuso", chiuso_il=closed)
    [line] = open_scarto(attore_for(coordinatrice), scarto.pk, Azione.APPROVARE_SCARTO)[1]
    assert not line.al_lavoro
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 1
    [line] = open_scarto(attore_for(coordinatrice), scarto.pk, Azione.APPROVARE_SCARTO)[1]
    assert (line.dal, line.al_lavoro) == (None, False), "it is no more"


def test_request_goes_with_the_conversations_it_led_to(assistente, coordinatrice, chiesta):
    volontario = OperatoreFactory(ente=assistente.ente, ruolo="volontario_ascolto")
    heard = PrimoAscoltoFactory(operatore=volontario, richiesta=chiesta)
    other = PrimoAscoltoFactory(operatore=volontario)
    scarto = chiede(volontario, "richiesta", chiesta)
    assert set(scarto.voci.values_list("oggetto_id", flat=True)) == {chiesta.pk, heard.pk}
    assert Registro.objects.get(finalita="chiede la cancellazione").oggetto_id == chiesta.pk
    assert esegue(coordinatrice, scarto) == 2
    assert not Richiesta.objects.exists()
    assert list(PrimoAscolto.objects.all()) == [other]


def test_alert_and_conversation_go_alone_even_when_withdrawn(assistente, coordinatrice):
    alert = SegnalazioneFactory(ente=assistente.ente, stato="ritirata")
    heard = PrimoAscoltoFactory(operatore=assistente, richiesta=RichiestaFactory(ente=assistente.ente))
    for cosa, row in (("segnalazione", alert), ("ascolto", heard)):
        assert esegue(coordinatrice, chiede(assistente, cosa, row)) == 1
    assert (Segnalazione.objects.count(), PrimoAscolto.objects.count(), Richiesta.objects.count()) == (0, 0, 1)


def test_only_who_may_read_it_asks(assistente, coordinatrice, finito, chiesta):
    heard = PrimoAscoltoFactory(operatore=assistente)
    minors = SegnalazioneFactory(ente=assistente.ente, minori_a_rischio=True)
    stranger = OperatoreFactory(ruolo="assistente_sociale")
    colleague = OperatoreFactory(ente=assistente.ente, ruolo="assistente_sociale")
    volontario = OperatoreFactory(ente=assistente.ente, ruolo="volontario_ascolto")
    for who, cosa, row, error in (
        (colleague, "caso", finito, Vietato),
        (stranger, "caso", finito, Vietato),
        (coordinatrice, "caso", finito, Vietato),
        (coordinatrice, "richiesta", chiesta, Vietato),
        (coordinatrice, "ascolto", heard, Vietato),
        (stranger, "richiesta", chiesta, Assente),
        (stranger, "ascolto", heard, Assente),
        (volontario, "segnalazione", minors, Assente),
    ):
        with pytest.raises(error):
            chiede(who, cosa, row)
    theirs = PrimoAscoltoFactory(esito="proposta", operatore=OperatoreFactory(ruolo="volontario_ascolto"))
    proposed_to = lead(theirs.operatore, "assistente_sociale")
    with pytest.raises(Assente):
        chiede(proposed_to, "ascolto", theirs)
    assert not Scarto.objects.exists()


def test_answer_is_due_in_a_month_and_late_shows(assistente, coordinatrice, chiesta):
    for day, due in ((date(2026, 1, 31), date(2026, 2, 28)), (date(2025, 12, 12), date(2026, 1, 12))):
        scarto = chiede(assistente, "richiesta", chiesta, chiesta_il=day)
        assert (scarto.entro, scarto.tardi) == (due, True)
        found = lavoro(attore_for(coordinatrice)).scarti
        assert (found.quanti, found.tardi, found.entro) == (1, 1, due)
        withdraw(by=attore_for(assistente), scarto=scarto.pk, motivo="scritta per errore")
    fresh = chiede(assistente, "richiesta", chiesta)
    assert not fresh.tardi
    assert lavoro(attore_for(coordinatrice)).scarti.tardi == 0
    with pytest.raises(ValidationError, match="deve ancora venire"):
        chiede(assistente, "ascolto", PrimoAscoltoFactory(operatore=assistente), chiesta_il=OGGI() + timedelta(days=1))


def test_asked_once_until_answered_and_again_after_a_no(assistente, coordinatrice, chiesta):
    scarto = chiede(assistente, "richiesta", chiesta)
    with pytest.raises(Impossibile, match="già stato chiesto"):
        chiede(assistente, "richiesta", chiesta)
    reject(by=attore_for(coordinatrice), scarto=scarto.pk, motivo="la legge obbliga a conservarla")
    assert Avviso.objects.get().tipo == "non_cancellata"
    second = chiede(assistente, "richiesta", chiesta)
    assert esegue(coordinatrice, second) == 1
    scarto.refresh_from_db()
    assert (scarto.motivo, scarto.perche) == ("la legge obbliga a conservarla", ""), "her words go with the thing"


def test_her_words_go_also_when_a_case_takes_the_request_along(assistente, coordinatrice, chiesta, finito):
    scarto = chiede(assistente, "richiesta", chiesta)
    reject(by=attore_for(coordinatrice), scarto=scarto.pk, motivo="no")
    Richiesta.objects.filter(pk=chiesta.pk).update(caso=finito)
    scarto.refresh_from_db()
    assert scarto.perche == PERCHE
    assert esegue(coordinatrice, chiede(assistente, "caso", finito)) == 1
    assert not Scarto.objects.filter(perche__isnull=False).exists()


def test_what_was_taken_up_since_is_not_erased_nor_said_to_be(assistente, coordinatrice, chiesta, finito):
    asked, closed = chiede(assistente, "richiesta", chiesta), chiede(assistente, "caso", finito)
    later = PrimoAscoltoFactory(operatore=assistente, richiesta=chiesta)
    Caso.objects.filter(pk=finito.pk).update(stato="riaperto", chiuso_il=None)
    for scarto in (asked, closed):
        with pytest.raises(Impossibile, match="qualcuno ci lavora"):
            esegue(coordinatrice, scarto)
    assert Scarto.objects.filter(eseguito_il=None).count() == 2
    assert Caso.objects.filter(pk=finito.pk).exists()
    later.delete()
    Richiesta.objects.filter(pk=chiesta.pk).update(caso=finito)
    with pytest.raises(Impossibile, match="qualcuno ci lavora"):
        execute(by=attore_for(coordinatrice), scarto=asked.pk)


def test_what_an_ordinary_list_has_erased_meanwhile_is_done(assistente, coordinatrice, finito):
    """She is told that it is gone, not that it was refused."""
    Caso.objects.filter(pk=finito.pk).update(chiuso_il=years_ago(11))
    ordinary = propose(by=attore_for(assistente))
    asked = chiede(assistente, "caso", finito)
    assert esegue(coordinatrice, ordinary) == 1
    assert esegue(coordinatrice, asked) == 0
    assert Avviso.objects.get().tipo == "cancellata"


@pytest.mark.parametrize("esito", ["cancellata", "non_cancellata"])
def test_where_who_heard_her_is_gone_a_colleague_is_told(assistente, coordinatrice, chiesta, esito):
    volontario = OperatoreFactory(ente=assistente.ente, ruolo="volontario_ascolto")
    scarto = chiede(volontario, "richiesta", chiesta)
    volontario.al = OGGI() - timedelta(days=1)
    volontario.save()
    if esito == "cancellata":
        esegue(coordinatrice, scarto)
    else:
        reject(by=attore_for(coordinatrice), scarto=scarto.pk, motivo="no")
    assert [(each.tipo, each.destinatario) for each in Avviso.objects.all()] == [(esito, assistente)]


def test_who_asks_and_who_erases_wait_for_each_other_in_one_order(assistente, finito):
    """The lists of the body first, then the thing: the other way round the two would stop each other."""
    with CaptureQueriesContext(connection) as captured:
        chiede(assistente, "caso", finito)
    said = [each["sql"] for each in captured.captured_queries]
    list_first, thing_first = (
        next(n for n, sql in enumerate(said) if re.search(lock, sql))
        for lock in (r"pg_advisory_xact_lock\(7236179", "FOR (NO KEY )?UPDATE")
    )
    assert list_first < thing_first


def test_wish_about_a_sealed_case_is_for_who_is_named_on_it(assistente, coordinatrice, finito):
    """That somebody wants it erased says that there is one."""
    colleague = attore_for(OperatoreFactory(ente=assistente.ente, ruolo="assistente_sociale"))
    scarto = chiede(assistente, "caso", finito)
    assert list(lists(colleague, Azione.PROPORRE_SCARTO)) == [scarto]
    seal(by=attore_for(assistente), caso=finito.pk)
    assert list(lists(colleague, Azione.PROPORRE_SCARTO)) == []
    with pytest.raises(Assente):
        open_scarto(colleague, scarto.pk, Azione.PROPORRE_SCARTO)
    with pytest.raises(Assente):
        withdraw(by=colleague, scarto=scarto.pk, motivo="no")
    with pytest.raises(Assente):
        hold(by=colleague, scarto=scarto.pk, voci=[], letta=1)
    assert list(lists(attore_for(assistente), Azione.PROPORRE_SCARTO)) == [scarto]
    assert list(lists(attore_for(coordinatrice), Azione.APPROVARE_SCARTO)) == []
    unseal(by=attore_for(assistente), caso=finito.pk)
    assert list(lists(attore_for(coordinatrice), Azione.APPROVARE_SCARTO)) == [scarto]


@pytest.mark.parametrize("azione", [Azione.PROPORRE_SCARTO, Azione.CONTROLLARE_SCARTI])
def test_what_is_on_hold_is_kept_whatever_she_asks(assistente, coordinatrice, finito, azione):
    """GDPR art. 17(3)(e): a lawsuit goes first."""
    scarto = chiede(assistente, "caso", finito)
    by = attore_for(assistente if azione is Azione.PROPORRE_SCARTO else lead(assistente, "responsabile_privacy"))
    hold(by=by, scarto=scarto.pk, voci=[scarto.voci.get().pk], letta=segni(by, scarto, azione).versione, azione=azione)
    with pytest.raises(Impossibile, match="sospeso"):
        esegue(coordinatrice, scarto)
    assert Caso.objects.filter(pk=finito.pk).exists()


def test_what_she_asked_for_is_on_no_ordinary_list_and_comes_first(assistente, coordinatrice, chiuso, finito):
    chiede(assistente, "caso", finito)
    Caso.objects.filter(pk=finito.pk).update(chiuso_il=years_ago(11))
    ordinary = propose(by=attore_for(assistente))
    assert [each.oggetto_id for each in ordinary.voci.all()] == [chiuso.pk]
    first, second = lists(attore_for(coordinatrice), Azione.APPROVARE_SCARTO)
    assert (first.chiesta_il, second) == (OGGI(), ordinary)


def test_case_of_another_body_by_now_is_not_erased(assistente, coordinatrice, finito):
    scarto = chiede(assistente, "caso", finito)
    Caso.objects.filter(pk=finito.pk).update(ente_titolare=OperatoreFactory().ente)
    with pytest.raises(Impossibile):
        esegue(coordinatrice, scarto)


def send(riservato, address, **values):
    sent = {"chiesta_il": OGGI().isoformat(), "ragione": "consenso", "perche": PERCHE, "identita": "on"}
    key = riservato.get(address).context["modulo"]["chiave"].value()
    return riservato.post(address, sent | {"chiave": key} | values)


@pytest.mark.parametrize("cosa", ["caso", "richiesta", "segnalazione", "ascolto"])
def test_page_asks_once_then_says_what_to_tell_her(riservato, act_as, assistente, coordinatrice, finito, cosa):
    rows = {
        "caso": (finito, "/casi/{}/"),
        "richiesta": (RichiestaFactory(ente=assistente.ente), "/arrivi/richieste/{}/"),
        "segnalazione": (SegnalazioneFactory(ente=assistente.ente), "/arrivi/segnalazioni/{}/"),
        "ascolto": (PrimoAscoltoFactory(operatore=assistente), "/ascolti/{}/"),
    }
    row, place = rows[cosa]
    here = place.format(row.pk)
    address = f"{here}cancellazione/"
    act_as("riservato")
    riservato.force_login(assistente.utente)
    linked = riservato.get(f"{here}accessi/" if cosa == "caso" else here).content.decode()
    assert address in linked
    wrong = send(riservato, address, identita="", perche="")
    assert wrong.status_code == 422
    assert wrong.context["modulo"]["ragione"].value() == "consenso"
    late = send(riservato, address, chiesta_il="2999-01-01")
    assert (late.status_code, list(late.context["modulo"].errors)) == (422, ["chiesta_il"])
    assert send(riservato, address)["Location"] == address
    page = riservato.get(address).content.decode()
    assert "Che cosa dire alla persona" in page
    assert PERCHE in page
    assert "Chiedi la cancellazione" not in page
    scarto = Scarto.objects.get()
    listed = riservato.get(f"/conservazione/{scarto.pk}/").content.decode()
    assert PERCHE not in listed, "her words are where the thing is"
    assert "Ha ritirato il consenso" in listed
    reject(by=attore_for(coordinatrice), scarto=scarto.pk, motivo="c'è un ricorso in corso")
    page = riservato.get(address).content.decode()
    assert "un ricorso in corso" in page
    assert "Chiedi la cancellazione" in page


def test_pages_of_a_case_at_work_say_that_nothing_goes_before_it_is_closed(
    riservato, act_as, confirmed, assistente, coordinatrice
):
    caso = followed(assistente)
    address, said = f"/casi/{caso.pk}/cancellazione/", "niente si elimina prima che sia chiuso"
    act_as("riservato")
    confirmed()
    riservato.force_login(assistente.utente)
    assert said in riservato.get(address).content.decode()
    assert send(riservato, address)["Location"] == address
    page = riservato.get(address).content.decode()
    assert said in page
    assert "Che cosa dire alla persona" in page
    riservato.force_login(coordinatrice.utente)
    assert "non si elimina finché non è chiuso" in riservato.get(f"/scarti/{Scarto.objects.get().pk}/").content.decode()


def test_coordinator_decides_without_a_word_of_it(riservato, act_as, confirmed, assistente, coordinatrice, finito):
    scarto = chiede(assistente, "caso", finito, chiesta_il=OGGI() - timedelta(days=40))
    act_as("riservato")
    confirmed()
    riservato.force_login(coordinatrice.utente)
    first = riservato.get("/").content.decode()
    assert "a una persona non si è risposto in tempo" in first
    for address in ("/scarti/", f"/scarti/{scarto.pk}/", f"/scarti/{scarto.pk}/respingi/"):
        page = riservato.get(address).content.decode()
        assert "In ritardo" in page
        assert PERCHE not in page
    assert finito.numero in page
    assert "articolo 17, paragrafo 3" in page


def test_day_typed_with_half_a_year_is_asked_again(riservato, act_as, assistente, finito):
    act_as("riservato")
    riservato.force_login(assistente.utente)
    answer = send(riservato, f"/casi/{finito.pk}/cancellazione/", chiesta_il="0026-11-30")
    assert (answer.status_code, "anno" in str(answer.context["modulo"].errors["chiesta_il"])) == (422, True)
    assert not Scarto.objects.exists()


def test_refusal_is_kept_encrypted(assistente, coordinatrice, chiesta):
    scarto = chiede(assistente, "richiesta", chiesta)
    reject(by=attore_for(coordinatrice), scarto=scarto.pk, motivo="parola segreta")
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM casi_scarto t")
        assert "segreta" not in cursor.fetchone()[0]
    assert Scarto.objects.get().motivo == "parola segreta"
