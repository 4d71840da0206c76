"""T2: whatever happens, in whatever order, list, single case, search, copy, set of actions and oracle say the same.

Hypothesis makes up the stories; a failure prints the shortest one it finds, and is tried again first the next time.
STORIE=500x50 asks for more and longer ones (stories x steps).
"""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from casi import policies
from casi.actions import ammissioni, incarichi, limiti
from casi.actions.mossa import Dati
from casi.actions.percorso import step
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Registro
from casi.percorso import Passo
from casi.ruoli import Azione
from casi.selectors import ricerca
from casi.selectors.casi import elenco_casi, open_caso
from casi.selectors.identita import Identita
from casi.selectors.ricerca import cerca
from tests.support.copie import copy_for
from tests.support.undone import undone

from . import oracolo_atti as atti
from .oracolo import AS, CO, REF, REGOLE, VOL, Periodo
from .rete import CASI, ENTI, INIZIO, LEGAMI, Rete

EPOCA = datetime.combine(INIZIO, datetime.min.time(), ZoneInfo("Europe/Rome"))
chi, casi, enti = st.sampled_from(sorted(LEGAMI)), st.sampled_from(sorted(CASI)), st.sampled_from(sorted(ENTI))
da = st.sampled_from([None, None, None, *sorted(LEGAMI)])  # who acts; None: somebody who may
giorni = st.sampled_from([None, 0, 1, 2])
AMBITI = st.sets(st.sampled_from(["contatti", "interventi"]))
DATI = Dati(
    motivo="Perché sì.", motivo_chiusura="obiettivi", valutazione_finale="È andata bene.", note_di_consegna="Niente."
)
QUANTE = [int(number) for number in os.environ.get("STORIE", "60x30").split("x")]


class Storia(RuleBasedStateMachine):
    rete: Rete

    @initialize()
    def begin(self) -> None:
        self.end = []
        atomic = undone()
        atomic.__enter__()
        self.end.append(lambda: atomic.__exit__(None, None, None))
        self.mondo = self.rete.mondo()
        self.seen, self.turn = ("as1", "c1"), 0
        self.ticks, travel = 0, time_machine.travel(EPOCA + timedelta(hours=self.mondo.ora), tick=False)
        self.clock = travel.start()
        self.end.insert(0, travel.stop)

    def teardown(self) -> None:
        try:
            if hasattr(self, "mondo"):
                self.all_agree()
        finally:
            for undo in getattr(self, "end", []):
                undo()

    # --- who works on a case
    @rule(da=da, chi=chi, caso=casi, parte=st.sampled_from(["collega", "collaboratore"]))
    def assegna(self, da, chi, caso, parte) -> None:
        by, self.seen = self.by(da, "condividere", caso), (chi, caso)
        who = self.rete.operatore(chi)
        expected = atti.assegna_persona(self.mondo, by, chi, caso, parte)
        self.comes(expected, incarichi.assign, by, caso, operatore=who, parte=parte)

    @rule(da=da, chi=chi, caso=casi)
    def togli(self, da, chi, caso) -> None:
        by, self.seen = self.by(da, "condividere", caso), (chi, caso)
        rows = [row.pk for row in self.rete.incarichi(chi, caso)]
        expected = atti.toglie_persona(self.mondo, by, chi, caso)
        self.comes(expected, incarichi.dismiss, by, caso, incarico=[*rows, uuid4()][0])

    @rule(chi=chi, caso=casi, fra=st.sampled_from([0, 1]))
    def incarico_a_termine(self, chi, caso, fra) -> None:
        self.seen = (chi, caso)
        self._end(self.rete.incarichi(chi, caso), self.mondo.incarichi.get(self.seen, []), fra)

    @rule(chi=chi, ruolo=st.sampled_from([AS, REF, VOL, CO]))
    def cambia_ruolo(self, chi, ruolo) -> None:
        self.seen = (chi, self.seen[1])
        operatore = self.rete.operatore(chi)
        assume(ruolo != CO or operatore.utente.incarichi.count() == 1)  # who accredits follows no case under any tie
        self.rete.change(operatore, ruolo=ruolo)
        self.mondo.legami[chi].ruolo = ruolo

    @rule(chi=chi, finisce=st.booleans())
    def legame(self, chi, finisce) -> None:
        self.seen = (chi, self.seen[1])
        last = self.mondo.oggi - 1 if finisce else None
        self.rete.change(self.rete.operatore(chi), al=self.rete.day(last))
        self.mondo.legami[chi].al = last

    @rule(chi=chi, attivo=st.booleans(), superutente=st.sampled_from([False, False, True]))
    def account(self, chi, attivo, superutente) -> None:
        self.seen = (chi, self.seen[1])
        utente = self.mondo.legami[chi].utente
        self.rete.change(self.rete.operatore(chi).utente, is_active=attivo, is_superuser=superutente)
        self.mondo.attivi[utente], self.mondo.superutenti[utente] = attivo, superutente

    # --- which bodies
    @rule(da=da, ente=enti, caso=casi, ambiti=AMBITI, inizia=st.sampled_from([0, 0, 1, 2]), dura=giorni)
    def ammetti(self, da, ente, caso, ambiti, inizia, dura) -> None:
        by, dal = self.by(da, "condividere", caso), self.mondo.oggi + inizia
        given = {"sintesi", *ambiti}
        nuova = Periodo(dal, dal + (300 if dura is None else dura), cosa=given)
        terms = self.rete.condizioni(given, nuova.dal, nuova.al)
        expected = atti.ammette(self.mondo, by, ente, caso, nuova)
        self.comes(expected, ammissioni.admit, by, caso, ente=self.rete.ente(ente), condizioni=terms)

    @rule(da=da, ente=enti, caso=casi)
    def ritira(self, da, ente, caso) -> None:
        by, row = self.by(da, "condividere", caso), self.rete.ammissione(ente, caso)
        self.comes(atti.revoca(self.mondo, by, ente, caso), ammissioni.withdraw, by, caso, ammissione=row)

    @rule(da=da, ente=enti, caso=casi, ambiti=AMBITI)
    def restringi(self, da, ente, caso, ambiti) -> None:
        by, row, given = self.by(da, "condividere", caso), self.rete.ammissione(ente, caso), {"sintesi", *ambiti}
        before = atti.running_or_next(self.mondo, ente, caso)
        terms = self.rete.condizioni(given, self.mondo.oggi, before.al if before else self.mondo.oggi)
        expected = atti.cambia_ammissione(self.mondo, by, ente, caso, given)
        self.comes(expected, ammissioni.rescope, by, caso, ammissione=row, condizioni=terms)

    @rule(ente=enti, fra=st.sampled_from([-1, 0, 1]))
    def adesione_finisce(self, ente, fra) -> None:
        self.rete.end_adhesions(ente, self.mondo.oggi + fra)
        for each in self.mondo.adesioni.get(ente, []):
            each.al = self.mondo.oggi + fra

    @rule(ente=enti)
    def adesione_rinnovata(self, ente) -> None:
        self.rete.adhere(ente, self.mondo.oggi)
        self.mondo.adesioni.setdefault(ente, []).append(Periodo(self.mondo.oggi))

    # --- the case itself
    @rule(da=da, caso=casi, quale=st.sampled_from(sorted(atti.PASSI)))
    def passo(self, da, caso, quale) -> None:
        by = self.by(da, atti.PASSI[quale][0], caso)
        expected = atti.passo(self.mondo, by, caso, quale)
        self.comes(expected, step, by, caso, passo=Passo(quale), dati=DATI)

    @rule(da=da, chi=chi, caso=casi)
    def affida(self, da, chi, caso) -> None:
        """The coordinator gives the case to somebody."""
        by, self.seen = self.by(da, "assegnare", caso), (chi, caso)
        quale = "assegna" if self.mondo.casi[caso].stato in atti.DA_ASSEGNARE else "riassegna"
        expected = atti.propone(self.mondo, by, chi, caso)
        self.comes(
            expected, step, by, caso, passo=Passo(quale), dati=replace(DATI, assistente=self.rete.operatore(chi))
        )

    @rule(da=da, caso=casi, si=st.sampled_from([True, True, False]))
    def risponde(self, da, caso, si) -> None:
        """Whoever was asked, or somebody who was not."""
        who = da or self.mondo.casi[caso].proposta or "as1"
        self.seen, soon = (who, caso), self.rete.day(self.mondo.oggi + 30)
        dati = replace(DATI, base_giuridica="compito_pubblico", prossima_verifica=soon)
        expected = atti.risponde(self.mondo, who, caso, si=si)
        self.comes(expected, step, who, caso, passo=Passo("accetta" if si else "rifiuta"), dati=dati)

    @rule(da=da, caso=casi, ente=st.sampled_from(["comune", "altro_comune", "altro_comune", "emporio"]))
    def trasferisci(self, da, caso, ente) -> None:
        by = self.by(da, "trasferire", caso)
        expected = atti.trasferisce(self.mondo, by, caso, ente)
        self.comes(expected, step, by, caso, passo=Passo("trasferisce"), dati=replace(DATI, ente=self.rete.ente(ente)))

    @rule(da=da, caso=casi, sigillato=st.booleans())
    def sigilla(self, da, caso, sigillato) -> None:
        by = self.by(da, "sigillare", caso)
        expected = atti.sigilla(self.mondo, by, caso, on=sigillato)
        self.comes(expected, limiti.seal if sigillato else limiti.unseal, by, caso)

    @rule(da=da, chi=chi, caso=casi, nominato=st.booleans())
    def nomina(self, da, chi, caso, nominato) -> None:
        by, self.seen = self.by(da, "sigillare", caso), (chi, caso)
        who, row = self.rete.operatore(chi), self.rete.nominato(chi, caso)
        expected = atti.nomina(self.mondo, by, chi, caso, on=nominato)
        named = {"operatore": who} if nominato else {"nominato": row}
        self.comes(expected, limiti.add_name if nominato else limiti.remove_name, by, caso, **named)

    @rule(da=da, chi=chi, caso=casi, come=st.sampled_from(["dichiarato", "scritto", "tolto"]))
    def conflitto(self, da, chi, caso, come) -> None:
        by, self.seen = self.by(da, "condividere", caso), (chi, caso)
        who, row = self.rete.operatore(chi), self.rete.conflitto(chi, caso)
        if come == "dichiarato":
            self.comes(atti.dichiara(self.mondo, chi, caso), limiti.declare, chi, caso, motivo="vicino")
        elif come == "scritto":
            expected = atti.scrive_conflitto(self.mondo, by, chi, caso)
            self.comes(expected, limiti.write_conflict, by, caso, operatore=who, motivo="vicino")
        else:
            expected = atti.toglie_conflitto(self.mondo, by, chi, caso)
            self.comes(expected, limiti.lift_conflict, by, caso, incompatibilita=row)

    @rule(chi=chi, caso=casi)
    def emergenza(self, chi, caso) -> None:
        self.seen = (chi, caso)
        self.rete.emergency(chi, caso)
        self.mondo.emergenze.setdefault(self.seen, []).append([self.mondo.ora, self.mondo.ora + 1, False])

    @precondition(lambda self: self.mondo.emergenze)
    @rule()
    def chiudi_emergenze(self) -> None:
        self.rete.close_emergencies()
        for each in (row for rows in self.mondo.emergenze.values() for row in rows):
            each[2] = True

    @rule(ore=st.sampled_from([1, 15, 24, 48]))
    def passa_il_tempo(self, ore) -> None:
        self.mondo.ora += ore

    def by(self, da: str | None, azione: str, caso: str) -> str:
        """Who acts: `da`, or where nobody is named somebody who may, if there is one."""
        return da or next((chi for chi in LEGAMI if self.mondo.puo(chi, azione, caso)), "as1")

    def comes(self, expected: str, act, by: str, caso: str, **said) -> None:
        """What comes of an act is what the oracle has said."""
        self.turn_clock()
        try:
            with self.rete.atomic():
                act(by=self.rete.attore(by), caso=self.rete.pk(caso), **said)
        except Vietato:
            found = atti.VIETATO
        except (Impossibile, ValidationError):
            found = atti.IMPOSSIBILE
        else:
            found = atti.FATTO
        assert found == expected, (act.__name__, by, caso, said)
        event(f"{act.__name__} {said.get('passo', '')}: {found}")

    def turn_clock(self) -> None:
        """The hour of the story, and a moment later at each act: two things never happen at the very same time."""
        self.ticks += 1
        self.clock.move_to(EPOCA + timedelta(hours=self.mondo.ora, milliseconds=self.ticks))

    # --- what must hold after each step
    @invariant()
    def list_is_the_oracle_and_leaves_one_line(self) -> None:
        """For one person at each step, each in turn."""
        if not hasattr(self, "mondo"):
            return
        self.turn += 1
        self.turn_clock()
        who = sorted(LEGAMI)[self.turn % len(LEGAMI)]
        expected = {self.rete.pk(caso) for caso in CASI if self.mondo.puo(who, "elencare_casi", caso)}
        before = Registro.objects.count()
        assert {each.caso.pk for each in elenco_casi(self.rete.attore(who)).righe} == expected, who
        assert Registro.objects.count() == before + 1
        line = Registro.objects.latest("pk")
        assert (line.azione, set(line.casi)) == ("elencare_casi", expected)

    @invariant()
    def opening_is_the_oracle_and_leaves_one_line(self) -> None:
        if not hasattr(self, "mondo"):
            return
        who, caso = self.seen
        azione = sorted(REGOLE)[self.turn % len(REGOLE)]
        before = Registro.objects.count()
        try:
            azioni = open_caso(self.rete.attore(who), self.rete.pk(caso), Azione(azione)).azioni
        except Assente:
            azioni = None
        assert (azioni is not None) == self.mondo.puo(who, azione, caso), (who, azione, caso)
        assert Registro.objects.count() == before + 1
        line = Registro.objects.latest("pk")
        assert (line.azione, line.casi) == (azione, [self.rete.pk(caso)])
        assert (line.esito == "consentito") == (azioni is not None)

    @invariant()
    def search_and_copy_are_the_oracle_and_leave_one_line(self) -> None:
        """Each at one step in four: they ask much."""
        if not hasattr(self, "mondo") or self.turn % 2:
            return
        (who, caso), before = self.seen, Registro.objects.count()
        attore, pk = self.rete.attore(who), self.rete.pk(caso)
        if self.turn % 4:
            expected = self.mondo.trova(who, caso)
            assert self._found(attore, caso) == expected, (who, caso)
            assert Registro.objects.count() == before + (expected is not None)
            return
        try:
            copied = copy_for(attore, pk, persona=self.rete.persone[caso].pk).caso.pk == pk
        except Assente:
            copied = False
        assert copied == self.mondo.puo(who, "estrarre", caso), (who, caso)
        assert Registro.objects.count() == before + 1

    def _found(self, attore, caso) -> bool | None:
        try:
            found = cerca(attore, Identita(codice_fiscale=self.rete.codici[caso]), "caso_mio")
        except Vietato:
            return None
        assert {each.pk for each in found} <= {self.rete.pk(caso)}
        return bool(found)

    def all_agree(self) -> None:
        """At the end of a story: everybody, on a case in turn, all the actions, by both other ways to ask."""
        for number, who in enumerate(LEGAMI, self.turn):
            attore, caso = self.rete.attore(who), sorted(CASI)[number % len(CASI)]
            found = {str(azione) for azione in policies.azioni_su(attore, self.rete.pk(caso))} & REGOLE.keys()
            assert found == self.mondo.azioni(who, caso), (who, caso)
            azione = sorted(REGOLE)[number % len(REGOLE)]
            assert policies.may(attore, Azione(azione), self.rete.caso(caso)) == (azione in found), (who, azione, caso)

    def _end(self, rows, periods, fra: int) -> None:
        self.rete.end(rows, self.mondo.oggi + fra)
        for each in periods:
            if each.vale(self.mondo.oggi):
                each.al = self.mondo.oggi + fra


@pytest.fixture(scope="module")
def rete(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), undone():
        yield Rete()


@pytest.mark.matrice
def test_every_story_leaves_list_case_search_copy_actions_and_oracle_agreeing(rete, monkeypatch):
    monkeypatch.setattr(ricerca, "QUOTA", 10_000)  # how often is another test's matter

    class OfThisNetwork(Storia):
        pass

    OfThisNetwork.rete = rete
    examples, steps = QUANTE
    run_state_machine_as_test(
        OfThisNetwork,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_oracle_knows_the_actions_by_their_names():
    assert REGOLE.keys() <= set(Azione)
