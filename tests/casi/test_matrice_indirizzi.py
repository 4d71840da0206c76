"""T1, second half: every address of the area answers as matrice.csv says for the action it declares.

Everybody on an ordinary case; on cases in every state those whose answer changes with it; somebody of each role on what
is outside a case and of another body, or network; all seven methods as somebody who may, somebody who may not and
nobody. Who may not gets the very answer of what is not there.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from itertools import product

import pytest
import time_machine
from django.test.utils import override_settings
from django.utils import timezone

from casi.ruoli import REGOLE, Azione, Via
from tests.support.processi import own_settings
from tests.support.undone import undone

from .indirizzi import ALTRUI, METODI, Indirizzo, Risposta, Traccia, ask, client_for, indirizzi, unconfirmed
from .matrice import IN_GENERALE, del_proprio_ente, puo
from .scena import PERSONE, STATI

pytestmark = pytest.mark.matrice
TUTTI = indirizzi()
CAMBIANO = ("as_responsabile", "as_ammesso", "referente_ampio", "as_in_emergenza", "coordinatore_in_emergenza")
# Where those who may not even enter are sent; the others of them are told no, wherever they knock.
ALLA_PORTA = {"anonimo": "/accesso/login/", "disattivato": "/accesso/login/", "senza_secondo_fattore": "/accesso/"}
ORDINARIO = "preso_in_carico"
# Who are asked about what is of another body, or network, and outside a case.
DI_OGNI_RUOLO = (
    "as_responsabile",
    "as_ammesso",
    "referente_ampio",
    "volontario",
    "coordinatore",
    "responsabile_privacy",
)
INTERA = os.environ.get("MATRICE") == "intera"  # everybody, about every state, at every address, with each method
QUALCUNO = ("as_responsabile", "responsabile_privacy", "sportello", "anonimo")
ALTRI = ("as_responsabile", "referente_sintesi", "coordinatore", "responsabile_privacy", "anonimo")
RISPOSTE = {"GET": {200, 302}, "HEAD": {200, 302}, "POST": {200, 204, 302, 400, 409, 422}}


def names(each: object) -> str:
    return each.nome if isinstance(each, Indirizzo) else str(each)


@pytest.fixture(scope="module")
def clienti(scena) -> Iterator[dict]:
    """A browser for everybody, at the reserved process; the clock stands still, and no session grows old meanwhile."""
    own = own_settings("riservato")
    own["MIDDLEWARE"] = [each for each in own["MIDDLEWARE"] if "whitenoise" not in each]
    with override_settings(**own), time_machine.travel(timezone.now(), tick=False):
        yield {persona: client_for(scena, persona) for persona in PERSONE}


@pytest.fixture(autouse=True)
def _reserved(clienti, punto, tmp_path, settings, monkeypatch) -> None:
    """Every test asks the reserved process, and leaves the scene as it was.

    A session is written at each request, not once a minute: else what a request costs would hang on the clock.
    """
    settings.RISERVATI = tmp_path / "riservati"
    monkeypatch.setattr("portal.utenti.sessioni.STEP", timedelta(0))


def entitled(indirizzo: Indirizzo, persona: str, stato: str) -> bool:
    if indirizzo.di_un_caso:
        return puo(indirizzo.azione, persona, stato)
    return stato not in outside(indirizzo) and puo(indirizzo.azione, persona, IN_GENERALE)


def outside(indirizzo: Indirizzo) -> tuple[str, ...]:
    """States in which what it points to, outside a case, is there for nobody who asks."""
    if not indirizzo.di_qualcuno:
        return ()
    return tuple(ALTRUI) if del_proprio_ente(indirizzo.azione) else ("di_un_altra_rete",)


def whom(indirizzo: Indirizzo, metodo: str) -> list[tuple[str, str]]:
    """Pairs of person and state. Who is asked about what turns from an address to the next, so that over the whole area
    everybody is asked many times about each state.
    """
    if INTERA:
        return everybody(indirizzo)
    turn, share = TUTTI.index(indirizzo) + METODI.index(metodo), 2 if metodo == "GET" else 3
    pairs = [(persona, ORDINARIO) for persona in (*CAMBIANO, *list(PERSONE)[turn % share :: share])]
    others = STATI[1:] if indirizzo.di_un_caso else ()
    pairs += [("as_responsabile", stato) for stato in others[turn % share :: share]]
    may = [persona for persona in DI_OGNI_RUOLO if entitled(indirizzo, persona, ORDINARIO)]
    pairs += product(may, outside(indirizzo))
    pairs += [(persona, others[(turn + 3 * i) % len(others)]) for i, persona in enumerate(CAMBIANO[1:]) if others]
    return list(dict.fromkeys(pairs))


def everybody(indirizzo: Indirizzo) -> list[tuple[str, str]]:
    return list(product(PERSONE, STATI if indirizzo.di_un_caso else (ORDINARIO, *outside(indirizzo))))


def methods(clienti, url: str) -> set[str]:
    """What the address takes, as its own refusal of another method tells."""
    refused = clienti["as_responsabile"].put(url)
    assert refused.status_code == 405
    return set(refused["Allow"].split(", "))


@pytest.mark.parametrize("indirizzo", TUTTI, ids=names)
@pytest.mark.parametrize("metodo", ["GET", "POST"])
def test_address_answers_as_the_matrix_says(scena, clienti, indirizzo, metodo):
    if metodo not in methods(clienti, indirizzo.url(scena, "as_responsabile", ORDINARIO)):
        return
    sonda = Sonda(scena, clienti, indirizzo, metodo)
    answers = {(persona, stato): sonda.check(persona, stato) for persona, stato in whom(indirizzo, metodo)}
    assert {pair: problem for pair, problem in answers.items() if problem} == {}


class Sonda:
    """Asks one address with one method."""

    def __init__(self, scena, clienti, indirizzo: Indirizzo, metodo: str) -> None:
        self.scena, self.clienti, self.indirizzo, self.metodo = scena, clienti, indirizzo, metodo
        self.absent = lru_cache(lambda persona: self.ask(persona, "inesistente"))

    def ask(self, persona: str, stato: str) -> tuple[Risposta, Traccia]:
        with undone():
            url = self.indirizzo.url(self.scena, persona, stato)
            return ask(self.clienti[persona], self.metodo, url, self.indirizzo.dati(self.scena, persona))

    def check(self, persona: str, stato: str) -> str:
        """What is wrong with the answer; "" when nothing is."""
        answer, traccia = self.ask(persona, stato)
        if not puo(Azione.ENTRARE, persona, IN_GENERALE):
            return turned_away(answer, persona, self.metodo) or self.left_at_the_door(persona, traccia, stato)
        if entitled(self.indirizzo, persona, stato):
            return allowed(answer, traccia, self.indirizzo, self.metodo, self.scena.pk(stato))
        wrong = refused(self.indirizzo, persona, stato, (answer, traccia), self.absent(persona))
        return wrong or self.about(traccia, stato)

    def left_at_the_door(self, persona: str, traccia: Traccia, stato: str) -> str:
        """One line for who is told no and has, or once had, a tie; none for the others."""
        known = persona not in ALLA_PORTA and persona in self.scena.operatori
        told = [riga[:2] for riga in traccia.righe]
        if told != ([(str(self.indirizzo.azione), "negato")] if known else []):
            return f"righe: {traccia.righe}"
        return self.about(traccia, stato) if known else ""

    def about(self, traccia: Traccia, stato: str) -> str:
        """A refusal names the case that was asked for."""
        asked = (str(self.scena.pk(stato)),) if self.indirizzo.di_un_caso else ()
        named = traccia.righe[0][2]
        return "" if named == asked or not asked else f"negato senza il caso: {named}"


def refused(indirizzo: Indirizzo, persona: str, stato: str, got, of_nothing) -> str:
    """The answer of a case that is not there, in every respect; one line in the register."""
    (answer, traccia), (absent, traccia_absent) = got, of_nothing
    if answer.status != 404 or answer != absent:
        return f"non uguale a un caso che non c'è: {answer.status} {difference(answer, absent)}"
    told, nothing = ([riga[:2] for riga in each.righe] for each in (traccia, traccia_absent))
    # Who may in general is refused by what he would have read, which has an action of its own.
    read = stato in outside(indirizzo) and nothing[0][1:] == ("negato",)
    if told != (nothing[:1] if read else [(str(indirizzo.azione), "negato")]):
        return f"il registro dice {traccia.righe}"
    unknown = indirizzo.di_un_caso and not any(puo(each, persona, stato) for each in Azione if on_cases(each))
    if unknown and len(traccia.interrogazioni) != len(traccia_absent.interrogazioni):
        return f"interrogazioni: {len(traccia.interrogazioni)}, {len(traccia_absent.interrogazioni)} per chi non c'è"
    return ""


def on_cases(azione: Azione) -> bool:
    return REGOLE[azione].via is not Via.RUOLO


def turned_away(answer: Risposta, persona: str, metodo: str) -> str:
    """Without a word on what is or is not there; a form sent by nobody is given back (401)."""
    if metodo == "POST" and ALLA_PORTA.get(persona) == "/accesso/login/":
        fine = answer.status == 401
    elif persona in ALLA_PORTA:
        fine = answer.status == 302 and answer.luogo.startswith(ALLA_PORTA[persona])
    else:
        fine = answer.status == 403
    return "" if fine else f"alla porta: {answer.status} {answer.luogo}"


def allowed(answer: Risposta, traccia: Traccia, indirizzo: Indirizzo, metodo: str, pk: str) -> str:
    if answer.status not in RISPOSTE[metodo] or answer.luogo.startswith("/accesso/"):
        return f"doveva aprirsi: {answer.status} {answer.luogo}"
    if {esito for _azione, esito, _casi in traccia.righe} - {"consentito"}:
        return f"aperto ma scritto negato: {traccia.righe}"
    if metodo == "GET" and indirizzo.di_un_caso:
        return (
            "" if any(pk in casi for _azione, _esito, casi in traccia.righe) else "letto senza scriverlo nel registro"
        )
    return ""


def difference(one: Risposta, other: Risposta) -> list[str]:
    return [name for name in vars(one) if getattr(one, name) != getattr(other, name)]


@pytest.mark.parametrize("indirizzo", TUTTI, ids=names)
def test_wrong_method_is_refused_before_anything_is_looked_up(scena, clienti, indirizzo):
    taken = methods(clienti, indirizzo.url(scena, "as_responsabile", ORDINARIO))
    assert taken <= {"GET", "HEAD", "POST"}
    assert ("GET" in taken) == ("HEAD" in taken)
    pairs = everybody(indirizzo) if INTERA else [(persona, ORDINARIO) for persona in QUALCUNO]
    for metodo, (persona, stato) in product(sorted(set(METODI) - taken), pairs):
        answer, traccia = ask(clienti[persona], metodo, indirizzo.url(scena, persona, stato))
        if persona in ALLA_PORTA:
            assert turned_away(answer, persona, metodo) == "", (metodo, persona, stato)
            continue
        assert (answer.status, traccia.righe) == (405, ()), (metodo, persona, stato)
        assert not [sql for sql in traccia.interrogazioni if '"casi_' in sql], (metodo, persona, stato)


@pytest.mark.parametrize("indirizzo", TUTTI, ids=names)
def test_head_says_what_get_says_without_its_body(scena, clienti, indirizzo):
    if "HEAD" not in methods(clienti, indirizzo.url(scena, "as_responsabile", ORDINARIO)):
        return
    for persona, stato in everybody(indirizzo) if INTERA else [(persona, ORDINARIO) for persona in ALTRI]:
        url = indirizzo.url(scena, persona, stato)
        get, head = (ask(clienti[persona], metodo, url)[0] for metodo in ("GET", "HEAD"))
        assert head.corpo == ""
        told = [(each.status, each.luogo.partition("?")[0]) for each in (head, get)]
        assert told[0] == told[1], (persona, stato)


def test_part_of_another_case_is_not_there(scena, clienti):
    """Who may act on both cases still finds nothing of one under the address of the other, and the register says so."""
    both = (ORDINARIO, "sospeso")
    asked = product([each for each in TUTTI if each.pezzi], CAMBIANO)
    for indirizzo, persona in asked:
        if all(entitled(indirizzo, persona, stato) for stato in both):
            url = indirizzo.url(scena, persona, ORDINARIO, pezzi_di="sospeso")
            for metodo in methods(clienti, url) & {"GET", "POST"}:
                answer, traccia = ask(clienti[persona], metodo, url)
                assert answer.status == 404, (indirizzo.nome, metodo, persona)
                assert [esito for _azione, esito, _casi in traccia.righe] == ["negato"], (indirizzo.nome, metodo)


def test_who_has_to_confirm_is_asked_whatever_the_case(scena, clienti):
    inside = [persona for persona in PERSONE if puo(Azione.ENTRARE, persona, IN_GENERALE)]
    for indirizzo, persona in product([each for each in TUTTI if REGOLE[each.azione].conferma], inside):
        with unconfirmed(clienti[persona]):
            for stato in (ORDINARIO, "di_un_altro_ente", "inesistente"):
                url = indirizzo.url(scena, persona, stato)
                metodo = "POST" if "POST" in methods(clienti, url) else "GET"
                answer, _traccia = ask(clienti[persona], metodo, url)
                listed = puo(indirizzo.azione, persona, IN_GENERALE)
                assert answer.conferma is listed, (indirizzo.nome, persona, stato, answer.status)
                assert listed or answer.status == 404


@pytest.mark.parametrize("persona", PERSONE)
def test_list_shows_the_cases_of_the_matrix_and_no_other(scena, clienti, persona):
    answer = clienti[persona].get("/casi/")
    listed = {caso.pk for caso in answer.context["elenco"].casi} if answer.status_code == 200 else set()
    shown = {stato for stato, caso in scena.casi.items() if caso.pk in listed}
    assert shown == {stato for stato in scena.casi if puo(Azione.ELENCARE_CASI, persona, stato)}


def test_no_two_addresses_share_a_name():
    assert len({each.nome for each in TUTTI}) == len(TUTTI) >= 4
