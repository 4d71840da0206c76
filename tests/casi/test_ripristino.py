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
from casi.actions.ripristino import TRA_DUE, change_email, reset_second_factor
from casi.errori import Impossibile, Vietato
from casi.models import Registro
from casi.ruoli import RUOLI, Azione
from portal.utenti.models import SessioneRiservata
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.attori import attore_for
from tests.support.codici import SEED
from tests.support.html import StrictClient

pytestmark = pytest.mark.django_db
PERCHE = {"motivo": "perso", "riconosciuta": "presenza"}
NUOVA = "nuova@esempio.it"


@pytest.fixture
def coordina():
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False)


@pytest.fixture
def by(coordina):
    return attore_for(coordina)


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


def test_reset_forgets_the_factor_keeps_the_password_ends_sessions_and_tells_her(by, lei):
    reset_second_factor(by=by, legame=lei, **PERCHE)
    lei.utente.refresh_from_db()
    assert not Authenticator.objects.filter(user=lei.utente).exists()
    assert lei.utente.check_password(PASSWORD)
    assert not SessioneRiservata.objects.filter(utente_id=lei.utente_id).exists()
    (told,) = mail.outbox
    assert told.to == [lei.utente.email]
    assert "http" not in told.body
    for word in (lei.utente.last_name, lei.ente.nome, "caso"):
        assert word not in told.subject + told.body
    line = Registro.objects.get(azione="ripristinare_accesso")
    assert (line.finalita, line.casi) == (f"fattore perso presenza {lei.utente_id}", [])


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


def factor(by, lei):
    reset_second_factor(by=by, legame=lei, **PERCHE)


def mailbox(by, lei):
    change_email(by=by, legame=lei, email=NUOVA, **PERCHE)


@pytest.mark.parametrize(("first", "second"), [(factor, mailbox), (mailbox, factor)])
def test_the_two_together_are_refused_for_a_week(by, lei, first, second, time_machine):
    time_machine.move_to(timezone.now())
    first(by, lei)
    with pytest.raises(Impossibile, match="sette giorni"):
        second(by, lei)
    other = OperatoreFactory(ente=lei.ente, ruolo="referente")
    reset_second_factor(by=by, legame=other, **PERCHE)
    time_machine.shift(TRA_DUE + timedelta(minutes=1))
    second(by, lei)


@pytest.mark.parametrize("act", [factor, mailbox])
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
    with pytest.raises(Impossibile, match="altro account"):
        change_email(by=by, legame=lei, email=taken.upper(), **PERCHE)
    with pytest.raises(Impossibile, match="già il suo"):
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


@pytest.mark.parametrize(("page", "more"), [("fattore", {}), ("email", {"email": NUOVA})])
def test_pages_ask_why_and_do_it_with_the_role_of_their_process(sportello, lei, act_as, page, more):
    act_as("riservato")
    address = reverse(f"casi:legame_{page}", args=[lei.pk])
    shown = sportello.get(address)
    key = shown.context["modulo"]["chiave"].value()
    assert sportello.post(address, {"chiave": key, **more}).status_code == 422
    assert sportello.post(address, {"chiave": key, **PERCHE, **more})["Location"] == reverse("casi:rete")
    assert address in sportello.get(reverse("casi:rete")).content.decode()
    assert Registro.objects.filter(azione="ripristinare_accesso").count() == 1
    assert StrictClient().get(address).status_code in {302, 404}
