"""The decision at its edges: a tie that is over, among several ties, an hour that passes, somebody else's rows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi import policies
from casi.models import SENZA_EFFETTO, Intervento, Oscuramento, Richiesta, Segnalazione, StatoIntervento
from casi.ruoli import Azione
from tests.factories.casi import (
    AscoltoFactory,
    CasoFactory,
    EmergenzaFactory,
    IncaricoFactory,
    InterventoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
    VoceFactory,
    give,
)
from tests.factories.catalogo import EnteFactory, OperatoreFactory
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, collega, responsabile

pytestmark = pytest.mark.django_db


def test_tie_that_is_over_reads_nothing_though_the_same_person_works_elsewhere():
    operatore = OperatoreFactory(ruolo="assistente_sociale")
    attore, caso = attore_for(operatore), CasoFactory(ente_titolare=operatore.ente)
    OperatoreFactory(utente=operatore.utente, ruolo=operatore.ruolo)  # the same work elsewhere is no help
    IncaricoFactory(caso=caso, operatore=operatore, permesso=False)
    give(caso, operatore.utente, "change_caso")
    RichiestaFactory(ente=operatore.ente)
    SegnalazioneFactory(ente=operatore.ente, caso=caso)
    AscoltoFactory(operatore=operatore)
    AscoltoFactory(operatore=operatore, caso=caso)
    questions = (
        lambda: policies.arrivi_visibili(attore, Richiesta),
        lambda: policies.arrivi_visibili(attore, Segnalazione, dei_casi=True),
        lambda: policies.ascolti_visibili(attore),
        lambda: policies.ascolti_passati(attore),
        lambda: policies.visible_to(attore, Azione.VALUTARE),
    )
    assert [len(ask()) for ask in questions] == [1, 1, 1, 1, 1]
    assert policies.may(attore, Azione.ENTRARE)
    operatore.chiuso_il = timezone.now()
    operatore.save()
    assert [len(ask()) for ask in questions] == [0, 0, 0, 0, 0]
    assert not policies.may(attore, Azione.ENTRARE)


def test_alerts_of_the_cases_are_of_those_one_assesses_and_of_no_desk():
    operatore = OperatoreFactory(ruolo="assistente_sociale")
    mine, other = (CasoFactory(ente_titolare=operatore.ente) for _each in range(2))
    IncaricoFactory(caso=mine, operatore=operatore, permesso=False)
    give(mine, operatore.utente, "change_caso")
    here = SegnalazioneFactory(ente=EnteFactory(), caso=mine, minori_a_rischio=True)
    SegnalazioneFactory(ente=operatore.ente, caso=other)
    SegnalazioneFactory(ente=operatore.ente)
    attore = attore_for(operatore)
    assert list(policies.arrivi_visibili(attore, Segnalazione, dei_casi=True)) == [here]


def test_ties_are_told_by_the_name_of_the_body_then_by_age_and_of_that_person_alone():
    utente = OperatoreFactory(ente=EnteFactory(nome="Bosco"), ruolo="referente").utente
    alba = EnteFactory(nome="Alba")
    first = OperatoreFactory(utente=utente, ente=alba, ruolo="referente")
    second = OperatoreFactory(utente=utente, ente=alba, ruolo="volontario_ascolto")
    OperatoreFactory(ente=alba)
    first.save()  # written again, it is no younger
    ties = list(policies.ties_of(utente.pk))
    assert [(tie.ente.nome, tie.pk) for tie in ties[:2]] == [("Alba", first.pk), ("Alba", second.pk)]
    assert [tie.ente.nome for tie in ties] == ["Alba", "Alba", "Bosco"]


def test_absent_person_has_no_tie_not_even_those_of_the_first_account():
    first = OperatoreFactory(utente=UtenteFactory(pk=1))
    assert policies.ties_of(1).get() == first
    assert not policies.ties_of(None).exists()


def test_list_opened_by_an_emergency_closes_with_its_hour(time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    emergenza = EmergenzaFactory(operatore=OperatoreFactory(ruolo="coordinatore"), inizio=now)
    attore = attore_for(emergenza.operatore)
    for minutes, seen in ((0, [emergenza.caso]), (59, [emergenza.caso]), (60, [])):
        time_machine.move_to(now + timedelta(minutes=minutes), tick=False)
        assert list(policies.visible_to(attore, Azione.VEDERE_CASO)) == seen


def test_support_of_others_that_had_no_effect_is_not_shown_to_an_admitted_body():
    caso = CasoFactory(stato="preso_in_carico")
    reader, row = ammesso(caso, "interventi"), InterventoFactory(caso=caso, condiviso=True)
    azioni = policies.azioni_su(reader, caso.pk)
    for stato in StatoIntervento.values:
        Intervento.objects.update(stato=stato)
        seen = policies.interventi_visibili(reader, caso, azioni).filter(pk=row.pk).exists()
        assert seen is (stato not in SENZA_EFFETTO), stato


def test_hiding_one_entry_hides_no_other():
    caso = CasoFactory(stato="preso_in_carico")
    reader, author = responsabile(caso), collega(caso)
    hidden, shown = (VoceFactory(caso=caso, autore=author.operatore) for _each in range(2))
    Oscuramento.objects.create(caso=caso, fatto_da=reader.operatore, voce=hidden)
    azioni = policies.azioni_su(reader, caso.pk)
    assert list(policies.voci_visibili(reader, caso, azioni)) == [shown]


def test_coordinator_assigned_to_a_case_reads_it_in_an_emergency_alone():
    operatore = OperatoreFactory(ruolo="coordinatore")
    attore, caso = attore_for(operatore), CasoFactory(ente_titolare=operatore.ente)
    IncaricoFactory(caso=caso, operatore=operatore)
    assert not policies.may(attore, Azione.VEDERE_CASO, caso)
    EmergenzaFactory(caso=caso, operatore=operatore)
    assert policies.may(attore, Azione.VEDERE_CASO, caso)
