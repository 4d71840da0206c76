"""Questions written once: they say what would be composed anew, of who asks now, and nothing of who came first."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Value
from django.utils import timezone

from casi import policies
from casi.fatti import SEMPLICI, chi, condition
from casi.models import AccessoEmergenza, Ambito, Caso
from casi.ruoli import PERMESSI, Azione
from casi.scritte import CASO, Scritta
from casi.selectors import lavoro, sintesi
from casi.selectors.casi import Aperto
from casi.selectors.chiunque import ask, ask_of_case
from tests.factories.casi import InterventoFactory, SegnalazioneFactory, VoceFactory
from tests.support.attori import attore_for

from .scena import PERSONE, STATI

DEL_CASO = (sintesi._presenze, sintesi._accaduto)


@pytest.fixture
def pieno(scena, punto):
    """Every case with entries, help and somebody's alert, of whom the case is and of who is admitted; and one of those
    who work on a sealed case is not on its list."""
    scena.casi["sigillato_con_nome"].nominati.filter(operatore=scena.operatori["as_collega"]).delete()
    for nome in ("as_responsabile", "as_ammesso", "referente_ampio"):
        operatore = scena.operatori[nome]
        SegnalazioneFactory(ente=operatore.ente)
        for caso in scena.casi.values():
            for livello in (2, 4):
                VoceFactory(caso=caso, autore=operatore, livello=livello)
            for stato in ("in_corso", "annullato"):
                InterventoFactory(caso=caso, autore=operatore, stato=stato, condiviso=True)
    return scena


def opened(attore, caso) -> Aperto | None:
    azioni = policies.azioni_su(attore, caso.pk)
    return Aperto(caso, azioni) if azioni else None


def in_any_order(rows) -> list[str]:
    return sorted(map(str, rows))


@pytest.mark.parametrize("compose", DEL_CASO)
def test_of_a_case_it_is_what_each_reader_would_have_composed(pieno, compose):
    asked = 0
    for nome in pieno.operatori:
        attore = pieno.attore(nome)
        for stato, caso in pieno.casi.items():
            if aperto := opened(attore, caso):
                found = ask_of_case(compose, attore, aperto)
                assert in_any_order(found) == in_any_order(compose(attore, aperto)), (nome, stato)
                asked += 1
    assert asked > len(STATI)


def test_of_what_waits_it_is_what_each_reader_would_have_composed(pieno):
    asked = 0
    for nome in pieno.operatori:
        attore = pieno.attore(nome)
        found = [tuple(row.values()) for row in ask(lavoro._attese, attore)]
        assert in_any_order(found) == in_any_order(lavoro._attese(attore)), nome
        asked += len(found)
    assert asked


@pytest.mark.parametrize("persona", PERSONE)
def test_facts_in_hand_are_those_a_list_asks_for(scena, persona):
    attore = scena.attore(persona)
    if attore is None:
        return
    names = [*SEMPLICI, "emergenza"]
    names += [*(f"ammesso_{each}" for each in Ambito.values), *(f"permesso_{each}" for each in PERMESSI)]
    for stato, caso in scena.casi.items():
        facts = policies.facts_on(attore, caso.pk)
        if facts is None:
            assert not policies.visible_to(attore).exists()
            continue
        one = Caso.objects.filter(pk=caso.pk)
        asked = {name: one.filter(condition(chi(attore), name)).exists() for name in names}
        assert dict(facts) == asked, stato


def test_minute_an_emergency_ends_is_asked_at_each_request(scena, punto):
    attore, caso = scena.attore("as_in_emergenza"), scena.casi["preso_in_carico"]
    assert policies.facts_on(attore, caso.pk)["emergenza"]
    (end,) = AccessoEmergenza.objects.filter(operatore=attore.operatore, caso=caso).values_list("fine", flat=True)
    with time_machine.travel(end - timedelta(seconds=1), tick=False):
        assert policies.facts_on(attore, caso.pk)["emergenza"]
    with time_machine.travel(end, tick=False):
        assert not policies.facts_on(attore, caso.pk)["emergenza"]


def test_day_a_help_begins_is_asked_at_each_request(scena, punto):
    """Words kept for the day end with it."""
    attore, caso = scena.attore("as_responsabile"), scena.casi["preso_in_carico"]
    caso.incarichi.exclude(operatore=attore.operatore).update(al=timezone.localdate())
    aperto = opened(attore, caso)
    today = {row["p_di"] for row in ask_of_case(sintesi._presenze, attore, aperto) if row["p_genere"] == "incarico"}
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        after = {row["p_di"] for row in ask_of_case(sintesi._presenze, attore, aperto) if row["p_genere"] == "incarico"}
    assert len(today) > 1
    assert after == {attore.operatore.pk}


def test_moment_in_the_words_is_refused(db):
    """It would be the moment of whoever asked first."""
    with pytest.raises(ValueError, match="no time of its own"):
        Scritta.of(AccessoEmergenza.objects.filter(fine__gt=timezone.now()))


@pytest.mark.parametrize(
    "compose",
    [
        pytest.param(lambda attore, aperto: Caso.objects.filter(numero=aperto.caso.numero), id="un altro campo"),
        pytest.param(lambda attore, aperto: Caso.objects.annotate(a=Value(attore.operatore.dal)), id="di chi chiede"),
        pytest.param(lambda attore, aperto: Caso.objects.annotate(a=Value(attore.operatore.utente.email)), id="utente"),
    ],
)
def test_words_cannot_depend_on_what_is_not_in_their_form(scena, compose):
    attore = scena.attore("as_responsabile")
    aperto = Aperto(scena.casi["preso_in_carico"], frozenset({Azione.VEDERE_CASO}))
    with pytest.raises(ObjectDoesNotExist):
        ask_of_case(compose, attore, aperto)


def test_mark_that_means_nothing_is_refused_and_nobody_has_its_key(scena):
    words = Scritta.of(Caso.objects.filter(pk=scena.casi["sospeso"].pk).values("id"))
    assert len(words.rows({})) == 1
    of_any = Scritta.of(Caso.objects.filter(pk=CASO).values("id"))
    with pytest.raises(KeyError):
        of_any.rows({})
    assert not Caso.objects.filter(pk=CASO).exists()
    assert of_any.rows({CASO: scena.casi["sospeso"].pk}) == [{"id": scena.casi["sospeso"].pk}]


def test_second_reader_does_not_get_what_the_first_was_told(pieno):
    """Same role, same actions, same state: two bodies, two people."""
    caso = pieno.casi["preso_in_carico"]
    told = {}
    for nome in ("referente_sintesi", "referente_ampio"):
        attore = attore_for(pieno.operatori[nome])
        aperto = Aperto(caso, frozenset({Azione.VEDERE_CASO}))
        rows = ask_of_case(sintesi._presenze, attore, aperto)
        told[nome] = {row["p_ente"] for row in rows if row["p_genere"] == "adesione"}
    assert told == {nome: {pieno.operatori[nome].ente.nome} for nome in told}
