"""A form sent to a page that is not there any more, or has no such form: its words are there to be copied."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from casi.actions.cancellazione_chiesta import extend
from casi.actions.conservazione import reject, withdraw
from casi.actions.emergenze_esame import review
from casi.actions.persone import esce
from casi.errori import Impossibile
from tests.casi.test_cancellazione_chiesta import OGGI, approva, chiede, chiesta, finito
from tests.casi.test_modulo_scaduto import DA_NOI, told_to_copy
from tests.casi.test_registro_viste import NOTA
from tests.factories.casi import AccessoEmergenzaFactory, CasoFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.html import without_token
from tests.support.incaricati import followed

__all__ = ["chiesta", "finito"]
pytestmark = pytest.mark.django_db
PAROLE = "Canarino"
SCRITTO = {"testo": PAROLE, "tipo": "nota", "avvenuto_il": "2026-01-01", "livello": "3"}
FATTO = {"motivo": PAROLE, "perche": PAROLE, "atto": PAROLE, "nota": PAROLE}
CHIESTO = {"chiesta_il": "2026-03-01", "ragione": "consenso", "detta_il": "2026-03-01", "esito": "abuso"}


def send(client, address: str, **campi):
    return client.post(address, {"chiave": str(uuid.uuid4()), **campi}, headers=DA_NOI)


def test_words_for_a_case_taken_away_meanwhile_go_back_as_those_for_no_case(riservato):
    operatore = OperatoreFactory(ruolo="assistente_sociale")
    riservato.force_login(operatore.utente)
    answers = [send(riservato, f"/casi/{pk}/diario/scrivi/", **SCRITTO) for pk in (CasoFactory().pk, uuid.uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert [told_to_copy(answer) for answer in answers] == [[PAROLE]] * 2
    assert len({without_token(answer.content.decode()) for answer in answers}) == 1
    foreign = riservato.post(f"/casi/{uuid.uuid4()}/diario/scrivi/", SCRITTO, headers={"Origin": "null"})
    assert (foreign.status_code, told_to_copy(foreign)) == (404, [])


def test_words_go_back_to_who_acts_for_nobody_any_more(riservato):
    gone = OperatoreFactory(ruolo="assistente_sociale", al=timezone.localdate() - timedelta(days=1))
    riservato.force_login(gone.utente)
    answer = send(riservato, f"/casi/{uuid.uuid4()}/diario/scrivi/", **SCRITTO)
    assert (answer.status_code, told_to_copy(answer)) == (403, [PAROLE])


def wished(assistente, coordinatrice, finito) -> tuple[str, str]:
    chiede(assistente, "caso", finito)
    return "assistente", f"/casi/{finito.pk}/cancellazione/"


def extended(assistente, coordinatrice, finito) -> tuple[str, str]:
    scarto = chiede(assistente, "caso", finito, chiesta_il=OGGI() - timedelta(days=1))
    extend(by=attore_for(assistente), scarto=scarto.pk, detta_il=OGGI(), perche="Serve")
    return "assistente", f"/conservazione/{scarto.pk}/proroga/"


def taken_back(assistente, coordinatrice, finito) -> tuple[str, str]:
    scarto = chiede(assistente, "caso", finito)
    withdraw(by=attore_for(assistente), scarto=scarto.pk, motivo="Non vuole più")
    return "assistente", f"/conservazione/{scarto.pk}/ritira/"


def refused(assistente, coordinatrice, finito) -> tuple[str, str]:
    scarto = chiede(assistente, "caso", finito)
    reject(by=attore_for(coordinatrice), scarto=scarto.pk, motivo="No")
    return "coordinatrice", f"/scarti/{scarto.pk}/respingi/"


def approved_already(assistente, coordinatrice, finito) -> tuple[str, str]:
    scarto = chiede(assistente, "caso", finito)
    approva(coordinatrice, scarto)
    return "coordinatrice", f"/scarti/{scarto.pk}/"


def refused_already(assistente, coordinatrice, finito) -> tuple[str, str]:
    _who, address = refused(assistente, coordinatrice, finito)
    return "coordinatrice", address.removesuffix("respingi/")


@pytest.mark.parametrize(
    "meanwhile",
    [wished, extended, taken_back, refused, approved_already, refused_already],
    ids=lambda each: each.__name__,
)
def test_words_of_who_comes_second_are_there_beside_what_the_first_has_done(
    riservato, confirmed, assistente, coordinatrice, finito, meanwhile: Callable[..., tuple[str, str]]
):
    who, address = meanwhile(assistente, coordinatrice, finito)
    riservato.force_login({"assistente": assistente, "coordinatrice": coordinatrice}[who].utente)
    confirmed()
    answer = send(riservato, address, **CHIESTO, **FATTO, identita="on")
    assert answer.status_code == 422
    assert set(told_to_copy(answer)) == {PAROLE}
    assert "Non è ancora salvato" in answer.content.decode()
    assert told_to_copy(riservato.get(address)) == []


def test_second_review_of_an_emergency_gives_its_words_back(riservato, dpo):
    emergenza = AccessoEmergenzaFactory()
    review(by=attore_for(dpo), emergenza=emergenza.pk, esito="giustificato", nota=NOTA)
    riservato.force_login(dpo.utente)
    written = f"{PAROLE} {NOTA}"
    answer = send(riservato, f"/registro/emergenze/{emergenza.pk}/", esito="abuso", nota=written)
    assert (answer.status_code, set(told_to_copy(answer))) == (422, {written})


def test_second_last_day_of_a_person_is_not_written_over_the_first_unseen(riservato):
    operatore, ada = OperatoreFactory(ruolo="assistente_sociale"), PersonaFactory()
    caso = followed(operatore, ada)
    riservato.force_login(operatore.utente)
    address, componente = f"/casi/{caso.pk}/persone/{ada.pk}/uscita/", caso.nucleo.componenti.get(persona=ada)
    first, mine = (OGGI() + timedelta(days=days) for days in (3, 9))
    assert send(riservato, address, al=first).status_code == 302
    second = send(riservato, address, al=mine)
    assert second.status_code == 422
    assert date_format(first, "j F Y").lower() in second.content.decode()
    form = second.context["modulo"]
    assert (form["al"].value(), form["letto"].value()) == (str(mine), first)
    componente.refresh_from_db()
    assert componente.al == first
    assert send(riservato, address, al=mine, letto=first).status_code == 302
    componente.refresh_from_db()
    assert componente.al == mine
    with pytest.raises(Impossibile, match="Intanto"):
        esce(by=attore_for(operatore), caso=caso.pk, persona=ada.pk, al=first, letto=first)


def test_who_saves_the_same_that_somebody_else_has_just_saved_is_told_so(riservato):
    operatore, ada = OperatoreFactory(ruolo="assistente_sociale"), PersonaFactory()
    caso = followed(operatore, ada)
    riservato.force_login(operatore.utente)
    assert send(riservato, f"/casi/{caso.pk}/legami/nuovo/", chi="La zia", rapporto="zia").status_code == 302
    legame = caso.nucleo.legami.get()
    sent = {"chi": "La zia Pina", "rapporto": "zia", "versione": legame.versione}
    answers = [send(riservato, f"/casi/{caso.pk}/legami/{legame.pk}/", **sent) for _each in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "È stato salvato qualcosa mentre scrivevi" in answers[1].content.decode()


@pytest.mark.parametrize("sigla", ["Ca\x00narino", "\x00", "\u202eA3\u200f", "x" * 5_000])
def test_strange_signs_are_looked_for_in_vain(riservato, sigla):
    riservato.force_login(OperatoreFactory(ruolo="volontario_ascolto").utente)
    assert riservato.post("/ascolti/", {"sigla": sigla}).status_code == 200


def test_words_of_a_person_a_tie_and_a_home_are_all_there_to_be_copied(riservato):
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    names = ("cognome", "luogo_nascita", "cittadinanza", "documenti", "telefono", "lingua", "chi", "nota", "indirizzo")
    sent = {name: f"{PAROLE} {name}" for name in names}
    assert told_to_copy(send(riservato, f"/casi/{uuid.uuid4()}/persone/nuova/", **sent)) == list(sent.values())


@pytest.mark.parametrize(
    ("address", "campo"),
    [("/cerca/", "cognome"), ("/sovrapposizioni/", "nome"), ("/emergenza/", "motivo"), ("/arrivi/ricevuta/", "codice")],
)
def test_question_asked_too_late_is_in_its_place_again(riservato, confirmed, address, campo):
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    confirmed()
    riservato.handler.enforce_csrf_checks = True
    answer = riservato.post(address, {campo: PAROLE}, headers=DA_NOI)
    assert (answer.status_code, answer.context["modulo"][campo].value()) == (403, PAROLE)
    assert "Il modulo è scaduto" in answer.content.decode()
