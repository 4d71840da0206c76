"""Who is put on a case, who is proposed for it, and permission rows that never outlive an assignment."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import incarichi
from casi.errori import Vietato
from casi.models import Avviso, PermessoUtenteSuCaso, Proposta, Registro
from casi.ruoli import Azione
from tests.factories.casi import IncompatibilitaFactory, give
from tests.factories.catalogo import OperatoreFactory
from tests.factories.famiglie import caso_di, persona
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, on_case, responsabile
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db


def colleague(caso, **dati):
    return OperatoreFactory(**{"ente": caso.ente_titolare, "ruolo": "assistente_sociale", **dati})


def sees(operatore, caso, azione=Azione.VEDERE_CASO) -> bool:
    return policies.may(attore_for(operatore), azione, caso)


def test_assign_opens_the_case_to_people_of_the_holder_and_of_admitted_bodies(caso, capo):
    mate = OperatoreFactory(ente=ammesso(caso).operatore.ente, ruolo="volontario_ascolto")
    for operatore, parte in ((mate, "collaboratore"), (colleague(caso), "collega")):
        incarichi.assign(by=capo, caso=caso.pk, operatore=operatore, parte=parte)
        assert sees(operatore, caso)
        assert Avviso.objects.get(destinatario=operatore).tipo == "incarico"
    assert not sees(mate, caso, Azione.NOTE_PROFESSIONALI)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (lambda caso: OperatoreFactory(), "né per un ente ammesso"),
        (lambda caso: colleague(caso, al=timezone.localdate() - timedelta(days=1)), "oggi non agisce"),
        (lambda caso: colleague(caso, utente__is_active=False), "oggi non agisce"),
        (lambda caso: colleague(caso, utente__is_superuser=True), "oggi non agisce"),
        (lambda caso: colleague(caso, ruolo="coordinatore"), "oggi non agisce"),
    ],
)
def test_assign_refuses_who_could_not_see_the_case_anyway(caso, capo, who, words):
    operatore = who(caso)
    with refused(words, "operatore"):
        incarichi.assign(by=capo, caso=caso.pk, operatore=operatore)
    assert not caso.incarichi.filter(operatore=operatore).exists()


def test_assign_as_colleague_is_for_social_workers_of_the_holder(caso, capo):
    mate = OperatoreFactory(ente=ammesso(caso).operatore.ente, ruolo="assistente_sociale")
    with refused("assistente sociale del tuo ente", "parte"):
        incarichi.assign(by=capo, caso=caso.pk, operatore=mate, parte="collega")
    with refused("Il responsabile si cambia", "parte"):
        incarichi.assign(by=capo, caso=caso.pk, operatore=colleague(caso), parte="responsabile")


def test_assign_refuses_who_has_a_conflict_and_who_is_not_on_the_seal(caso, capo):
    close, outside = colleague(caso), colleague(caso)
    IncompatibilitaFactory(caso=caso, utente=close.utente)
    with refused("conflitto di interessi", "operatore"):
        incarichi.assign(by=capo, caso=caso.pk, operatore=close)
    caso.nominati.create(operatore=capo.operatore, dal=timezone.localdate())
    type(caso).objects.update(sigillato=True)
    with refused("sigillato", "operatore"):
        incarichi.assign(by=capo, caso=caso.pk, operatore=outside)


def test_assign_twice_says_that_he_is_there_already(caso, capo):
    operatore = colleague(caso)
    incarichi.assign(by=capo, caso=caso.pk, operatore=operatore)
    with refused("già assegnata", "operatore"):
        incarichi.assign(by=capo, caso=caso.pk, operatore=operatore)


def test_dismiss_closes_the_case_to_him_at_once_and_never_to_who_answers_for_it(caso, capo):
    operatore = colleague(caso)
    row = incarichi.assign(by=capo, caso=caso.pk, operatore=operatore)
    incarichi.dismiss(by=capo, caso=caso.pk, incarico=row.pk)
    assert not sees(operatore, caso)
    assert Avviso.objects.get(destinatario=operatore, tipo="incarico_finito").caso is None
    own = caso.incarichi.get(parte="responsabile")
    with refused("senza responsabile"):
        incarichi.dismiss(by=capo, caso=caso.pk, incarico=own.pk)
    with pytest.raises(Vietato):
        incarichi.dismiss(by=attore_for(operatore), caso=caso.pk, incarico=own.pk)


def test_proposal_opens_nothing_until_who_answers_says_yes(caso, capo):
    attore = ammesso(caso)
    mate = OperatoreFactory(ente=attore.operatore.ente, ruolo="volontario_ascolto")
    row = incarichi.propose(by=attore, caso=caso.pk, operatore=mate)
    assert not sees(mate, caso)
    assert Avviso.objects.get(destinatario=capo.operatore).tipo == "proposta"
    with pytest.raises(ValidationError, match="già stata proposta"):
        incarichi.propose(by=attore, caso=caso.pk, operatore=mate)
    with pytest.raises(Vietato):
        incarichi.decide(by=attore, caso=caso.pk, proposta=row.pk, accolta=True)
    incarichi.decide(by=capo, caso=caso.pk, proposta=row.pk, accolta=True)
    assert sees(mate, caso)
    with refused("già stato risposto"):
        incarichi.decide(by=capo, caso=caso.pk, proposta=row.pk, accolta=True)


def test_proposal_refused_leaves_the_case_closed(caso, capo):
    attore = ammesso(caso)
    mate = OperatoreFactory(ente=attore.operatore.ente)
    row = incarichi.propose(by=attore, caso=caso.pk, operatore=mate)
    incarichi.decide(by=capo, caso=caso.pk, proposta=row.pk, accolta=False)
    assert not sees(mate, caso)
    assert not Proposta.objects.get().accolta


def test_proposal_is_for_ones_own_body_and_for_referents(caso, capo):
    attore = ammesso(caso)
    with refused("solo persone del tuo ente", "operatore"):
        incarichi.propose(by=attore, caso=caso.pk, operatore=OperatoreFactory())
    with refused("segue già", "operatore"):
        incarichi.propose(by=attore, caso=caso.pk, operatore=attore.operatore)
    volunteer = ammesso(caso, ruolo="volontario_ascolto")
    with pytest.raises(Vietato):
        incarichi.propose(by=volunteer, caso=caso.pk, operatore=OperatoreFactory(ente=volunteer.operatore.ente))


@pytest.mark.parametrize(
    ("utente", "same_town", "warned"),
    [
        ({"last_name": "Inventàti", "first_name": "Bea"}, True, True),
        ({"last_name": "Inventati", "first_name": "Bea"}, False, False),
        ({"last_name": "Inventati", "first_name": "Ada"}, False, True),
        ({"last_name": "Altro", "email": "ada@example.org"}, False, True),
        ({"last_name": "Altro", "first_name": "Ada"}, True, False),
        ({"last_name": "", "first_name": ""}, True, False),
    ],
)
def test_assign_warns_of_a_possible_conflict_and_goes_on(utente, same_town, warned):
    caso = caso_di(persona(cognome="Inventati", nome="Ada", email="Ada@example.org"), comune=None)
    caso.comune = caso.ente_titolare.comune if same_town else None
    caso.save()
    capo = responsabile(caso)
    boss = OperatoreFactory(ruolo="coordinatore", ente=caso.ente_titolare)
    operatore = colleague(caso, **{f"utente__{name}": value for name, value in utente.items()})
    incarichi.assign(by=capo, caso=caso.pk, operatore=operatore)
    assert sees(operatore, caso)
    told = set(Avviso.objects.filter(tipo="incompatibilita").values_list("destinatario", flat=True))
    assert told == ({capo.operatore.pk, boss.pk} if warned else set())


def test_give_warns_the_coordinator_of_who_will_answer_for_his_own_namesakes():
    """Given by number, accepted by who reads it: nobody else would know."""
    caso = caso_di(persona(cognome="Inventati", nome="Ada"))
    boss = OperatoreFactory(ruolo="coordinatore", ente=caso.ente_titolare)
    operatore = colleague(caso, utente__last_name="Inventati", utente__first_name="Ada")
    incarichi.give(attore_for(operatore), caso, operatore, "responsabile")
    assert [each.destinatario for each in Avviso.objects.filter(tipo="incompatibilita")] == [boss]


def test_page_tells_the_warning_to_who_answers_and_to_nobody_else(riservato):
    caso = caso_di(persona(cognome="Inventati", nome="Ada"))
    capo = responsabile(caso)
    attore = ammesso(caso, utente__last_name="Inventati", utente__first_name="Ada")
    for who, told in ((capo, True), (attore, False)):
        riservato.force_login(who.operatore.utente)
        page = riservato.get(reverse("casi:condivisione", args=[caso.pk])).content.decode()
        assert ("Possibile conflitto" in page) is told


def test_forms_assign_propose_answer_and_dismiss(riservato, caso, capo, confirmed):
    confirmed()
    attore = ammesso(caso)
    mate = OperatoreFactory(ente=attore.operatore.ente)

    def send(who, name, *args, **data):
        riservato.force_login(who.operatore.utente)
        address = reverse(f"casi:{name}", args=[caso.pk, *args])
        key = riservato.get(address).context["modulo"]["chiave"].value()
        return riservato.post(address, {"chiave": key, **data}).status_code

    assert send(attore, "proponi", operatore=mate.pk) == 302
    riservato.force_login(capo.operatore.utente)
    assert "Proposte in attesa" in riservato.get(reverse("casi:condivisione", args=[caso.pk])).content.decode()
    assert send(capo, "rispondi_proposta", Proposta.objects.get().pk, accolta="si") == 302
    assert sees(mate, caso)
    assert send(capo, "assegna_persona", operatore=mate.pk, parte="collaboratore") == 422
    assert send(capo, "togli_persona", caso.incarichi.get(operatore=mate).pk) == 302
    assert not sees(mate, caso)
    assert send(capo, "opponi", ente=mate.ente.pk) == 302
    assert not sees(attore.operatore, caso)
    assert send(capo, "ritira_opposizione", caso.opposizioni.get().pk) == 302


def test_command_finds_rows_without_assignment_and_the_reverse_and_repairs_both(caso, capo):
    gone = colleague(caso)
    give(caso, gone.utente, "view_caso")
    lost = on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare).operatore
    PermessoUtenteSuCaso.objects.filter(user=lost.utente).delete()
    with pytest.raises(CommandError, match="2"):
        call_command("controlla_permessi", stdout=StringIO())
    out = StringIO()
    call_command("controlla_permessi", "--ripara", stdout=out)
    assert "Permessi riparati: 2" in out.getvalue()
    assert not PermessoUtenteSuCaso.objects.filter(user=gone.utente).exists()
    assert sees(lost, caso, Azione.NOTE_PROFESSIONALI)
    call_command("controlla_permessi", stdout=StringIO())
    told = Registro.objects.filter(finalita="riallinea", azione="condividere", casi=[caso.pk])
    assert set(told.values_list("operatore_id", flat=True)) == {gone.pk, lost.pk}


def test_command_repairs_the_rows_of_who_has_no_tie_at_all(caso):
    give(caso, UtenteFactory(), "view_caso")
    call_command("controlla_permessi", "--ripara", stdout=StringIO())
    assert not PermessoUtenteSuCaso.objects.exists()
    assert Registro.objects.get().finalita == "riallinea"


def test_command_cleans_the_rows_of_an_assignment_that_ended_yesterday(caso, capo):
    row = caso.incarichi.get()
    row.al = timezone.localdate() - timedelta(days=1)
    row.save()
    call_command("controlla_permessi", "--ripara", stdout=StringIO())
    assert not PermessoUtenteSuCaso.objects.exists()
