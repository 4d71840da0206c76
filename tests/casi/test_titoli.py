"""On what each access rested: every line about a case keeps the rows by which it was allowed, those and no others."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from casi.actions import diario
from casi.actions.aggiunta import aggiungi
from casi.actions.allegati import attach
from casi.actions.ammissioni import rescope
from casi.actions.incarichi import dismiss
from casi.actions.limiti import declare
from casi.actions.oscuramenti import hide, unhide
from casi.actions.percorso import step
from casi.actions.stampe import printed
from casi.condizioni import relied_on
from casi.errori import Assente, Vietato
from casi.models import AccessoEmergenza, Ammissione, Incarico, Oscuramento, Registro
from casi.registro import refuse
from casi.ruoli import Azione
from casi.selectors import allegati
from casi.selectors import diario as letture
from casi.selectors.casi import elenco_casi, open_caso
from casi.selectors.persone import open_famiglia
from casi.selectors.proposte import apri_proposta
from casi.selectors.registro import Filtro, consult, export, rubrica
from tests.casi import campioni
from tests.factories.casi import CasoFactory, EmergenzaFactory, IncompatibilitaFactory, PrimoAscoltoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.domande import assert_flat
from tests.support.incaricati import ammesso, collega, incarica, responsabile
from tests.support.percorso import Scena, voce

from .test_ammissioni import condizioni

pytestmark = pytest.mark.django_db


def again(attore):
    """The same person, in another request."""
    return replace(attore, richiesta=uuid4())


def last(**of) -> list:
    return Registro.objects.filter(esito="consentito", **of).latest("pk").titoli


def assignment(attore, caso):
    return Incarico.objects.get(operatore=attore.operatore, caso=caso, tolta_il=None).pk


def admission(attore, caso):
    return Ammissione.objects.get(ente=attore.operatore.ente, caso=caso, tolta_il=None).pk


def test_reading_rests_on_the_assignment_also_where_an_emergency_would_do(caso):
    by = responsabile(caso)
    EmergenzaFactory(caso=caso, operatore=by.operatore)
    open_caso(by, caso.pk, Azione.VEDERE_CASO)
    line = Registro.objects.latest("pk")
    assert (line.titoli, line.finalita, line.oggetto) == ([assignment(by, caso)], "titolare", "")


def test_of_another_body_it_rests_on_its_admission_too_and_then_on_the_new_one(caso, capo):
    by = ammesso(caso, "contatti")
    open_famiglia(by, caso.pk)
    before = admission(by, caso)
    assert last() == [before, assignment(by, caso)]
    rescope(by=capo, caso=caso.pk, ammissione=before, condizioni=condizioni())
    open_famiglia(again(by), caso.pk)
    assert admission(by, caso) != before
    assert last() == [admission(by, caso), assignment(by, caso)]


def test_admission_that_gives_less_is_no_ground_of_what_needs_more(caso):
    """Two in force at once, of one body: what an action asks for is in one of them."""
    by = ammesso(caso)
    wide = Ammissione.objects.get(caso=caso)
    wide.pk, wide.ambiti = uuid4(), ["sintesi", "contatti"]
    wide.al = timezone.localdate() + timedelta(days=1)
    wide.save(force_insert=True)
    open_famiglia(by, caso.pk)
    assert last() == [wide.pk, assignment(by, caso)]


def test_in_an_emergency_it_rests_on_that_and_later_on_the_next(caso):
    by = attore_for(OperatoreFactory(ente=caso.ente_titolare, ruolo="assistente_sociale"))
    now = timezone.now()
    for hours in (0, 2):
        with time_machine.travel(now + timedelta(hours=hours), tick=False):
            begun = timezone.now()
            times = {"inizio": begun, "fine": begun + timedelta(hours=1)}
            declared = EmergenzaFactory(caso=caso, operatore=by.operatore, **times).pk
            open_caso(again(by), caso.pk, Azione.VEDERE_CASO)
            line = Registro.objects.latest("pk")
            assert (line.titoli, line.oggetto_id) == ([declared], declared)


def test_after_a_transfer_it_rests_on_the_proposal_then_on_the_new_assignment():
    scena = Scena(stato="preso_in_carico")
    nuova = attore_for(OperatoreFactory(ente=scena.altrove.ente, ruolo="assistente_sociale"))
    scena.fa("trasferisce")
    assert last(azione="trasferire") == []
    scena.fa("assegna", by=attore_for(scena.altrove), assistente=nuova.operatore)
    proposta = apri_proposta(nuova, scena.caso.pk).pk
    assert last(azione="accettare") == [proposta]
    scena.fa("accetta", by=again(nuova))
    assert last(azione="accettare", finalita="accetta") == [proposta]
    open_caso(again(nuova), scena.caso.pk, Azione.VEDERE_CASO)
    assert last() == [assignment(nuova, scena.caso)]
    with pytest.raises(Assente):
        open_caso(attore_for(scena.assistente), scena.caso.pk, Azione.VEDERE_CASO)


# --- acts


def test_what_is_written_rests_on_what_reading_does(caso):
    by = ammesso(caso)
    voci = {"livello": 3, "tipo": "nota", "avvenuto_il": timezone.localdate(), "testo": "Una nota."}
    diario.write(by=by, caso=caso.pk, voce=diario.NuovaVoce(**voci))
    assert last(azione="scrivere_diario") == [admission(by, caso), assignment(by, caso)]


def test_file_rests_on_what_reading_does(caso, capo, settings, tmp_path):
    settings.RISERVATI = tmp_path / "riservati"
    by = ammesso(caso)
    file = attach(by=by, caso=caso.pk, nome="referto.pdf", contenuto=campioni.PDF)
    assert last(finalita="allega") == [admission(by, caso), assignment(by, caso)]
    allegati.scarica(again(by), caso.pk, file.pk)
    assert last(finalita="scarica") == [admission(by, caso), assignment(by, caso)]


def test_act_after_which_there_is_no_such_right_keeps_on_what_it_rested(caso):
    """The line is written after it."""
    by, other = collega(caso), responsabile(caso)
    mine = assignment(by, caso)
    declare(by=by, caso=caso.pk, motivo="parente")
    assert last(azione="dichiarare_conflitto") == [mine]
    with pytest.raises(Assente):
        open_caso(again(by), caso.pk, Azione.VEDERE_CASO)
    his = assignment(ammesso(caso), caso)
    dismiss(by=other, caso=caso.pk, incarico=his)
    assert last(azione="condividere") == [assignment(other, caso)]


def test_closing_a_case_keeps_on_what_it_was_closed():
    scena = Scena(stato="in_chiusura")
    mine = assignment(attore_for(scena.assistente), scena.caso)
    scena.fa("chiude")
    assert last(azione="condurre", finalita="chiude") == [mine]


def test_act_of_another_name_rests_on_what_was_asked(caso, capo):
    """Shown again, or brought to a case, by who may write on it."""
    hidden = voce(caso, capo.operatore)
    hide(by=capo, caso=caso.pk, cosa="voce", pk=hidden.pk, chiesto_dalla_persona=True)
    assert last(azione="oscurare") == [assignment(capo, caso)]
    unhide(by=again(capo), caso=caso.pk, oscuramento=Oscuramento.objects.get().pk)
    assert last(azione="oscurare", finalita="mostra") == [assignment(capo, caso)]
    ascolto = PrimoAscoltoFactory(operatore=capo.operatore, ente=caso.ente_titolare)
    aggiungi(by=again(capo), ascolto=ascolto.pk, caso=caso.pk)
    assert last(azione="scrivere_ascolto") == [assignment(capo, caso)]


def test_print_rests_on_what_the_reading_did_even_if_that_is_over(caso):
    by, lettura = ammesso(caso), uuid4()
    open_caso(replace(by, richiesta=lettura), caso.pk, Azione.VEDERE_CASO)
    grounds = [admission(by, caso), assignment(by, caso)]
    Ammissione.objects.update(tolta_il=timezone.now())
    printed(by=by, lettura=lettura)
    assert last(azione="stampare") == grounds


# --- what rests on the role alone, and what was refused


def test_list_keeps_no_rows_of_its_cases_not_even_when_it_has_one(caso, capo):
    open_caso(capo, caso.pk, Azione.VEDERE_CASO)
    elenco_casi(capo)
    assert last(azione="elencare_casi") == []


def test_refusal_rests_on_nothing(caso, capo):
    open_caso(capo, caso.pk, Azione.VEDERE_CASO)
    refuse(capo, Azione.VEDERE_CASO, casi=[caso.pk])
    assert Registro.objects.latest("pk").titoli == []
    with pytest.raises(Assente):
        letture.voce(capo, caso.pk, uuid4())
    assert (Registro.objects.latest("pk").titoli, Registro.objects.latest("pk").esito) == ([], "negato")


def test_each_request_and_each_case_has_its_own(caso, capo):
    other = CasoFactory(ente_titolare=caso.ente_titolare)
    incarica(other, capo.operatore)
    for each in (caso, other):
        open_caso(capo, each.pk, Azione.VEDERE_CASO)
        assert last() == [assignment(capo, each)]
    assert again(capo).titoli == {}


# --- the gate of what is written


def test_gate_of_writing_asks_who_one_is_again_where_the_action_does():
    scena = Scena(stato="preso_in_carico")
    unsure = attore_for(scena.coordinatore, confermato=False)
    with pytest.raises(Vietato):
        scena.fa("trasferisce", by=unsure)
    with pytest.raises(Vietato):
        step(by=attore_for(scena.coordinatore), caso=uuid4(), passo="trasferisce", dati=scena.dati())


def test_rule_that_does_not_hold_rests_on_nothing_and_of_several_ways_the_first_counts():
    rule = Q(no=False) & (Q(a=True) & Q(b=True) | Q(c=True))
    facts = {"no": False, "a": True, "b": True, "c": True}
    assert relied_on(rule, facts) == ["a", "b"]
    assert relied_on(rule, {**facts, "b": False}) == ["c"]
    assert relied_on(rule, {**facts, "no": True}) == []


# --- the privacy officer's desk


def titoli(dpo, **filtro) -> list[str]:
    [riga] = consult(attore_for(dpo), Filtro(esito="consentito", azione="vedere_caso", **filtro), rubrica()).righe
    return riga.titoli


def test_desk_says_in_words_on_what_an_access_rested(dpo, caso):
    by = ammesso(caso)
    open_caso(by, caso.pk, Azione.VEDERE_CASO)
    begun = f"{Incarico.objects.get().dal:%d/%m/%Y}"
    let_in = Ammissione.objects.get()
    assert titoli(dpo) == [f"ammissione dal {let_in.dal:%d/%m/%Y}", f"incarico dal {begun}"]
    Incarico.objects.update(tolta_il=timezone.now())
    Ammissione.objects.update(al=timezone.localdate() + timedelta(days=9), tolta_il=timezone.now())
    today = f"{timezone.localdate():%d/%m/%Y}"
    assert titoli(dpo) == [f"ammissione dal {let_in.dal:%d/%m/%Y} al {today}", f"incarico dal {begun} al {today}"]


def test_desk_says_when_an_emergency_began_and_ended(dpo, caso):
    by = attore_for(OperatoreFactory(ente=caso.ente_titolare, ruolo="assistente_sociale"))
    with time_machine.travel("2026-03-02T10:15:00+01:00", tick=False):
        begun = timezone.now()
        times = {"inizio": begun, "fine": begun + timedelta(hours=1)}
        EmergenzaFactory(caso=caso, operatore=by.operatore, **times)
        open_caso(by, caso.pk, Azione.VEDERE_CASO)
    assert titoli(dpo) == ["accesso in emergenza del 02/03/2026, dalle 10.15 alle 11.15"]
    AccessoEmergenza.objects.update(chiuso_il=begun + timedelta(minutes=5))
    assert titoli(dpo) == ["accesso in emergenza del 02/03/2026, dalle 10.15 alle 10.20"]


def test_page_and_file_of_the_register_say_it_and_a_row_that_is_no_more_by_its_key(riservato, dpo, caso, capo):
    open_caso(capo, caso.pk, Azione.VEDERE_CASO)
    riservato.force_login(dpo.utente)
    said = f"incarico dal {Incarico.objects.get().dal:%d/%m/%Y}"
    assert f"In base a: {said}" in riservato.get(reverse("casi:registro")).content.decode()
    heading, row, *_others = export(attore_for(dpo), Filtro(), rubrica())
    assert dict(zip(heading, row, strict=True))["in base a"] == said
    gone = Incarico.objects.get().pk
    Incarico.objects.all().delete()
    assert titoli(dpo) == [str(gone)]


def test_desk_is_silent_about_a_case_in_conflict_with_it(dpo, caso, capo):
    open_caso(capo, caso.pk, Azione.VEDERE_CASO)
    assert titoli(dpo)
    IncompatibilitaFactory(caso=caso, utente=dpo.utente)
    assert titoli(dpo) == []


def test_register_costs_the_same_however_many_its_lines_rest_on(riservato, dpo, caso):
    riservato.force_login(dpo.utente)
    assert_flat(riservato, [reverse("casi:registro")], lambda: open_caso(ammesso(caso), caso.pk, Azione.VEDERE_CASO))
