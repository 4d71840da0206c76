"""The decision on what the path of a case leaves behind: first conversations, and level 5 of an assessment."""

import pytest
from django.utils import timezone

from casi import policies
from casi.models import Caso, Destinatario, NominatoAlSigillo, Valutazione, VoceValutazioneRiservata
from casi.ruoli import Azione
from tests.factories.casi import (
    AscoltoFactory,
    CasoFactory,
    IncaricoFactory,
    IncompatibilitaFactory,
    InterventoFactory,
    give,
)
from tests.factories.catalogo import OperatoreFactory
from tests.support import incaricati
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db


def at_work(caso, *permessi, ruolo="assistente_sociale"):
    """Somebody of the holder on the case, with the rows named."""
    operatore = OperatoreFactory(ente=caso.ente_titolare, ruolo=ruolo)
    IncaricoFactory(caso=caso, operatore=operatore)
    for codename in permessi:
        give(caso, operatore.utente, codename)
    return attore_for(operatore)


def azioni(attore, caso):
    return policies.azioni_su(attore, caso.pk)


def test_conversations_of_a_case_are_read_by_who_held_them_by_the_body_and_by_who_assesses(caso):
    volontario, collega, lettore = (
        at_work(caso, ruolo="volontario_ascolto"),
        at_work(caso, "change_caso"),
        at_work(caso),
    )
    mio = AscoltoFactory(operatore=volontario.operatore, caso=caso)
    dell_ente = AscoltoFactory(operatore=OperatoreFactory(ente=caso.ente_titolare), caso=caso)
    altrui = AscoltoFactory(caso=caso)
    AscoltoFactory(operatore=volontario.operatore, caso=CasoFactory())
    AscoltoFactory(operatore=volontario.operatore)
    readers = ((volontario, {mio}), (lettore, {mio, dell_ente}), (collega, {mio, dell_ente, altrui}))
    for attore, seen in readers:
        assert set(policies.ascolti_visibili(attore, caso, azioni(attore, caso))) == seen
    assert not policies.ascolti_visibili(collega, caso, frozenset()).exists()


def test_health_and_children_are_read_by_who_is_named_and_by_who_wrote_them_while_he_may_assess(caso):
    responsabile, autore = at_work(caso, "change_caso", "condividi_caso"), at_work(caso, "change_caso")
    collega, nominata = at_work(caso, "change_caso"), at_work(caso)
    valutazione = Valutazione.objects.create(caso=caso, autore=autore.operatore)
    riga = VoceValutazioneRiservata.objects.create(valutazione=valutazione, area="salute", bisogni="x", risorse="y")
    altrove = Valutazione.objects.create(caso=CasoFactory(), autore=autore.operatore)
    VoceValutazioneRiservata.objects.create(valutazione=altrove, area="salute", bisogni="x", risorse="y")
    altra = VoceValutazioneRiservata.objects.create(valutazione=valutazione, area="minori", bisogni="x", risorse="y")
    Destinatario.objects.create(area=riga, operatore=nominata.operatore)
    for attore, seen in ((responsabile, []), (autore, [altra, riga]), (collega, []), (nominata, [riga])):
        assert list(policies.salute_e_minori_visibili(attore, caso, azioni(attore, caso))) == seen
    without = azioni(autore, caso) - {Azione.VALUTARE}
    assert not policies.salute_e_minori_visibili(autore, caso, without).exists()
    assert not policies.salute_e_minori_visibili(nominata, caso, azioni(nominata, caso) - {Azione.VOCI_RISERVATE})


def test_who_proposed_somebody_knows_that_a_case_took_it_along_and_nobody_else_does():
    volontario = OperatoreFactory(ruolo="volontario_ascolto")
    passato = AscoltoFactory(operatore=volontario, caso=CasoFactory())
    AscoltoFactory(operatore=volontario)
    assert list(policies.ascolti_passati(attore_for(volontario))) == [passato]
    collega = OperatoreFactory(ente=volontario.ente, ruolo="volontario_ascolto")
    assert not policies.ascolti_passati(attore_for(collega)).exists()
    volontario.ruolo = "operatore_sportello"
    volontario.save()
    assert not policies.ascolti_passati(attore_for(volontario)).exists()


def test_case_told_by_its_number_is_not_told_to_who_is_in_conflict_nor_when_sealed_without_him(caso):
    attore, everything = at_work(caso), Caso.objects.all()
    assert list(policies.known_to(attore, everything)) == [caso]
    caso.sigillato = True
    caso.save()
    assert not policies.known_to(attore, everything).exists()
    NominatoAlSigillo.objects.create(caso=caso, operatore=attore.operatore, dal=timezone.localdate())
    assert list(policies.known_to(attore, everything)) == [caso]
    IncompatibilitaFactory(caso=caso, utente=attore.operatore.utente)
    assert not policies.known_to(attore, everything).exists()


def test_summary_tells_of_running_support_what_is_shared_and_to_who_has_the_global_view_all(caso):
    answers, helper = incaricati.responsabile(caso), incaricati.ammesso(caso)
    shared, closed = (
        InterventoFactory(caso=caso, autore=answers.operatore, stato="in_corso", condiviso=each)
        for each in (True, False)
    )
    InterventoFactory(autore=answers.operatore, stato="in_corso")

    def told(attore) -> set:
        found = policies.aiuti_in_corso(attore, caso, policies.azioni_su(attore, caso.pk))
        return set(found.values_list("pk", flat=True))

    assert told(answers) == {shared.pk, closed.pk}
    assert told(helper) == {shared.pk}
    mine = InterventoFactory(caso=caso, autore=helper.operatore, stato="in_corso", condiviso=False)
    assert told(incaricati.volontario(caso, helper.operatore.ente)) == {mine.pk}
    mine.delete()
    type(shared).objects.filter(pk=shared.pk).update(stato="sospeso")
    assert told(answers) == {closed.pk}
    assert told(helper) == set()
