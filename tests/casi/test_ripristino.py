"""Helping an accredited person back in: her factor or her mailbox, never both, and never a way in for who helps."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions.accredito import Persona, accredit, change_role
from casi.actions.ripristino import TRA_DUE, change_email, confirm_reset, propose_reset
from casi.errori import Impossibile, Vietato
from casi.models import Registro, Ripristino
from casi.models.ripristino import VALE
from casi.ruoli import RUOLI, Azione
from casi.selectors.ripristini import DA_QUANTO
from portal.utenti.models import SessioneRiservata, Utente
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.attori import attore_for
from tests.support.codici import SEED
from tests.support.domande import BUDGET, at_most
from tests.support.html import StrictClient
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db
PERCHE = {"motivo": "perso", "riconosciuta": "presenza"}
NUOVA = "nuova@esempio.it"


@pytest.fixture
def altra(coordina):
    """Who coordinates with him."""
    return attore_for(OperatoreFactory(ente=coordina.ente, ruolo="coordinatore", in_rete=False))


@pytest.fixture
def dpo(coordina):
    return attore_for(OperatoreFactory(ente=coordina.ente, ruolo="responsabile_privacy", in_rete=False))


@pytest.fixture
def lei(coordina):
    """An accredited person with both factors, and a session that is open."""
    ente = AdesioneFactory(accordo=coordina.ente.accordi_guidati.get()).ente
    legame = OperatoreFactory(ente=ente, ruolo="referente")
    legame.utente.set_password(PASSWORD)
    legame.utente.save()
    TOTP.activate(legame.utente, SEED)
    EmailAddress.objects.create(user=legame.utente, email=legame.utente.email, verified=True, primary=True)
    end = timezone.now() + timedelta(hours=1)
    SessioneRiservata.objects.create(session_key="sua", session_data="", expire_date=end, utente_id=legame.utente_id)
    return legame


def keeps_her_factor(lei):
    return Authenticator.objects.filter(user=lei.utente).exists()


def test_proposal_changes_nothing_yet_but_she_is_told_and_the_register_knows(by, altra, lei):
    propose_reset(by=by, legame=lei, **PERCHE)
    assert keeps_her_factor(lei)
    assert SessioneRiservata.objects.filter(utente_id=lei.utente_id).exists()
    (told,) = mail.outbox
    assert told.to == [lei.utente.email]
    assert "24 ore" in told.body
    line = Registro.objects.get(azione="ripristinare_accesso")
    assert (line.finalita, line.utente_id) == (f"proposta perso presenza {lei.utente_id}", by.operatore.utente_id)


@pytest.mark.parametrize("second", ["altra", "dpo"])
def test_reset_forgets_the_factor_keeps_the_password_ends_sessions_and_tells_her(by, lei, second, request):
    other = request.getfixturevalue(second)
    confirm_reset(by=other, ripristino=propose_reset(by=by, legame=lei, **PERCHE), riconosciuta="video")
    lei.utente.refresh_from_db()
    assert not keeps_her_factor(lei)
    assert lei.utente.check_password(PASSWORD)
    assert not SessioneRiservata.objects.filter(utente_id=lei.utente_id).exists()
    _proposed, told = mail.outbox
    assert told.to == [lei.utente.email]
    assert "http" not in told.body
    for word in (lei.utente.last_name, lei.ente.nome, "caso"):
        assert word not in told.subject + told.body
    line = Registro.objects.get(azione="confermare_ripristino")
    assert (line.finalita, line.casi) == (f"fattore perso video {lei.utente_id}", [])
    assert line.utente_id == other.operatore.utente_id
    assert not Ripristino.objects.exists()


def test_nobody_confirms_his_own_proposal_nor_one_about_himself(by, altra, dpo, lei):
    mine = propose_reset(by=by, legame=lei, **PERCHE)
    about_her = propose_reset(by=by, legame=altra.operatore, **PERCHE)
    for who, row in ((by, mine), (altra, about_her)):
        with pytest.raises((Vietato, Impossibile)):
            confirm_reset(by=who, ripristino=row, riconosciuta="presenza")
    assert keeps_her_factor(lei)
    stranger = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    referente = attore_for(OperatoreFactory(ente=lei.ente, ruolo="referente"))
    for who in (stranger, referente, attore_for(altra.operatore, confermato=False)):
        with pytest.raises(Vietato):
            confirm_reset(by=who, ripristino=mine, riconosciuta="presenza")
    assert keeps_her_factor(lei)


def test_proposal_is_good_for_a_day_and_one_at_a_time(by, altra, lei, time_machine):
    time_machine.move_to(timezone.now())
    row = propose_reset(by=by, legame=lei, **PERCHE)
    with pytest.raises(Impossibile, match="già stato proposto"):
        propose_reset(by=altra, legame=lei, **PERCHE)
    time_machine.shift(VALE)
    with pytest.raises(Vietato):
        confirm_reset(by=altra, ripristino=row, riconosciuta="presenza")
    assert keeps_her_factor(lei)
    confirm_reset(by=altra, ripristino=propose_reset(by=by, legame=lei, **PERCHE), riconosciuta="presenza")
    assert not keeps_her_factor(lei)


def accredited(by):
    typed = Persona("complice@esempio.it", "Elio", "Ombra")
    day = timezone.localdate()
    return accredit(by=by, ente=by.operatore.ente, persona=typed, ruolo="coordinatore", dal=day)


def promoted(by):
    colleague = OperatoreFactory(ente=by.operatore.ente, ruolo="operatore_sportello", in_rete=False)
    return change_role(by=by, legame=colleague, ruolo="responsabile_privacy")


def taken_over(by):
    """Invited long ago, never entered: who coordinates may give the account another mailbox."""
    colleague = OperatoreFactory(ente=by.operatore.ente, ruolo="coordinatore", in_rete=False)
    change_email(by=by, legame=colleague, email="complice@esempio.it", **PERCHE)
    return colleague


@pytest.mark.parametrize("made_up", [accredited, promoted, taken_over])
def test_who_coordinates_cannot_make_up_the_second_person(by, dpo, lei, made_up, time_machine):
    time_machine.move_to(timezone.now())
    complice = attore_for(made_up(by))
    row = propose_reset(by=by, legame=lei, **PERCHE)  # somebody else could
    with pytest.raises(Impossibile, match="trenta giorni"):
        confirm_reset(by=complice, ripristino=row, riconosciuta="presenza")
    assert keeps_her_factor(lei)
    dpo.operatore.delete()
    Ripristino.objects.all().delete()
    with pytest.raises(Impossibile, match="nessun altro"):
        propose_reset(by=by, legame=lei, **PERCHE)
    time_machine.shift(DA_QUANTO + timedelta(minutes=1))
    confirm_reset(by=complice, ripristino=propose_reset(by=by, legame=lei, **PERCHE), riconosciuta="presenza")


def test_new_address_gets_the_invitation_the_old_one_a_notice_and_the_factor_stays(by, lei):
    old = lei.utente.email
    change_email(by=by, legame=lei, email=NUOVA, **PERCHE)
    lei.utente.refresh_from_db()
    assert lei.utente.email == NUOVA
    assert not lei.utente.has_usable_password()
    assert not EmailAddress.objects.filter(email=old).exists()
    assert Authenticator.objects.filter(user=lei.utente).exists()
    assert not SessioneRiservata.objects.filter(utente_id=lei.utente_id).exists()
    sent = {each.to[0]: each.body for each in mail.outbox}
    assert set(sent) == {NUOVA, old}
    assert "http" in sent[NUOVA]
    assert "http" not in sent[old]
    assert Registro.objects.get(azione="ripristinare_accesso").finalita == f"email perso presenza {lei.utente_id}"


def factor(by, lei, altra):
    confirm_reset(by=altra, ripristino=propose_reset(by=by, legame=lei, **PERCHE), riconosciuta="presenza")


def mailbox(by, lei, _altra=None):
    change_email(by=by, legame=lei, email=NUOVA, **PERCHE)


@pytest.mark.parametrize(("first", "second"), [(factor, mailbox), (mailbox, factor)])
def test_the_two_together_are_refused_for_a_week(by, lei, altra, first, second, time_machine):
    time_machine.move_to(timezone.now())
    first(by, lei, altra)
    with pytest.raises(Impossibile, match="sette giorni"):
        second(by, lei, altra)
    factor(by, OperatoreFactory(ente=lei.ente, ruolo="referente"), altra)
    time_machine.shift(TRA_DUE + timedelta(minutes=1))
    second(by, lei, altra)


def test_where_nobody_could_confirm_nothing_is_proposed_and_the_page_says_what_to_do(sportello, by, lei):
    """Alone, in a network that has just begun, or where the other one is the person concerned."""
    page = sportello.get(reverse("casi:legame_fattore", args=[lei.pk])).content.decode()
    assert "Adesso nessuno può confermarlo" in page
    assert "chi gestisce il server" in page
    with pytest.raises(Impossibile, match="nessun altro"):
        propose_reset(by=by, legame=lei, **PERCHE)
    assert mail.outbox == []
    dpo = OperatoreFactory(ente=by.operatore.ente, ruolo="responsabile_privacy", in_rete=False)
    with at_most(BUDGET):
        page = sportello.get(reverse("casi:legame_fattore", args=[lei.pk])).content.decode()
    assert f"adesso può farlo: {dpo.utente}" in page
    about_him = sportello.get(reverse("casi:legame_fattore", args=[dpo.pk])).content.decode()
    assert "Adesso nessuno può confermarlo" in about_him
    Utente.objects.filter(pk=dpo.utente_id).update(is_active=False)
    with pytest.raises(Impossibile, match="nessun altro"):
        propose_reset(by=by, legame=lei, **PERCHE)


def test_mailbox_changed_between_the_proposal_and_the_yes_stops_it(by, lei, altra):
    row = propose_reset(by=by, legame=lei, **PERCHE)
    mailbox(by, lei)
    with pytest.raises(Impossibile, match="sette giorni"):
        confirm_reset(by=altra, ripristino=row, riconosciuta="presenza")
    assert keeps_her_factor(lei)


def test_reset_ends_the_sessions_of_who_had_no_factor_yet(by, lei, altra):
    """Nothing of hers changes then, so the database by itself would end none."""
    Authenticator.objects.filter(user=lei.utente).delete()
    end = timezone.now() + timedelta(hours=1)
    SessioneRiservata.objects.create(session_key="un'altra", session_data="", expire_date=end, utente_id=lei.utente_id)
    factor(by, lei, altra)
    assert not SessioneRiservata.objects.filter(utente_id=lei.utente_id).exists()


def test_account_that_administers_the_system_is_left_alone(by, lei, altra):
    type(lei.utente).objects.filter(pk=lei.utente_id).update(is_superuser=True)
    for act in (factor, mailbox):
        with pytest.raises(Impossibile, match="amministra il sistema"):
            act(by, lei, altra)
    assert keeps_her_factor(lei)


def proposal(by, lei):
    propose_reset(by=by, legame=lei, **PERCHE)


@pytest.mark.parametrize("act", [proposal, mailbox])
def test_who_may_not_is_refused(by, coordina, lei, act):
    with pytest.raises(Impossibile, match="sé stesso"):
        act(by, coordina)
    stranger = attore_for(OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False))
    unsure = attore_for(coordina, confermato=False)
    for other in (stranger, unsure, attore_for(OperatoreFactory(ente=lei.ente, ruolo="referente"))):
        with pytest.raises(Vietato):
            act(other, lei)
    OperatoreFactory(utente=lei.utente, ruolo="referente")
    with pytest.raises(Impossibile, match="altra rete"):
        act(by, lei)
    assert Authenticator.objects.filter(user=lei.utente).exists()


def test_address_of_another_account_is_refused(by, lei):
    taken = OperatoreFactory().utente.email
    with refused("altro account", "email"):
        change_email(by=by, legame=lei, email=taken.upper(), **PERCHE)
    with refused("già il suo", "email"):
        change_email(by=by, legame=lei, email=lei.utente.email, **PERCHE)


def test_mailbox_alone_opens_no_account_that_was_ever_used(by, lei):
    """Who enters with a digital identity, or has lost her factor, has nothing else to prove here."""
    Authenticator.objects.filter(user=lei.utente).delete()
    type(lei.utente).objects.update(last_login=timezone.now())
    with pytest.raises(Impossibile, match="secondo fattore"):
        mailbox(by, lei)
    type(lei.utente).objects.update(last_login=None)  # invited to a wrong address
    mailbox(by, lei)


def test_who_helps_still_reads_no_case(by, coordina):
    caso = CasoFactory(ente_titolare=coordina.ente, stato="preso_in_carico")
    assert not policies.azioni_su(by, caso.pk) & {Azione.VEDERE_CASO, Azione.VEDERE_PERSONE}
    assert [ruolo for ruolo, cosa in RUOLI.items() if Azione.RIPRISTINARE_ACCESSO in cosa.azioni] == ["coordinatore"]


@pytest.fixture
def sportello(riservato, coordina, confirmed):
    confirmed()
    riservato.force_login(coordina.utente)
    return riservato


def test_second_person_finds_it_in_his_work_and_confirms_it(riservato, by, dpo, lei, confirmed, act_as):
    row = propose_reset(by=by, legame=lei, **PERCHE)
    confirmed()
    act_as("riservato")
    address = reverse("casi:conferma", args=[row.pk])
    riservato.force_login(by.operatore.utente)
    assert "aspetta la conferma" in riservato.get(reverse("casi:conferme")).content.decode()
    assert riservato.get(address).status_code == 404
    riservato.force_login(dpo.operatore.utente)
    with at_most(BUDGET):
        assert "1 secondo fattore da azzerare" in riservato.get("/").content.decode()
    with at_most(BUDGET):
        assert address in riservato.get(reverse("casi:conferme")).content.decode()
    key = riservato.get(address).context["modulo"]["chiave"].value()
    assert riservato.post(address, {"chiave": key}).status_code == 422
    sent = {"chiave": key, "riconosciuta": "video"}
    assert riservato.post(address, sent)["Location"] == reverse("casi:conferme")
    assert not keeps_her_factor(lei)
    assert riservato.get(address).status_code == 404


@pytest.mark.parametrize(("page", "more"), [("fattore", {}), ("email", {"email": NUOVA})])
def test_pages_ask_why_and_do_it_with_the_role_of_their_process(sportello, dpo, lei, act_as, page, more):
    act_as("riservato")
    address = reverse(f"casi:legame_{page}", args=[lei.pk])
    shown = sportello.get(address)
    key = shown.context["modulo"]["chiave"].value()
    assert sportello.post(address, {"chiave": key, **more}).status_code == 422
    assert sportello.post(address, {"chiave": key, **PERCHE, **more})["Location"] == reverse("casi:rete")
    assert address in sportello.get(reverse("casi:rete")).content.decode()
    assert Registro.objects.filter(azione="ripristinare_accesso").count() == 1
    assert StrictClient().get(address).status_code in {302, 404}
