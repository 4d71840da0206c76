"""The last way back in: a second factor forgotten from the server, only where nobody inside could, never in silence."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from casi.actions.accredito import Persona, accredit
from casi.actions.dal_server import ATTESA
from casi.actions.ripristino import TRA_DUE, change_email, propose_reset
from casi.errori import Impossibile
from casi.integrita import verify
from casi.models import Registro
from casi.models.ripristino import VALE
from casi.policies import azioni_su
from casi.selectors.ripristini import DA_QUANTO
from portal.utenti.models import SessioneRiservata, Utente
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.attori import attore_for
from tests.support.codici import SEED

pytestmark = pytest.mark.django_db
MOTIVO = "Telefono rotto, vista di persona in municipio"
PERCHE = {"motivo": "perso", "riconosciuta": "presenza"}


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    return time_machine


def person(ente, ruolo):
    """With a password, a factor and a session that is open."""
    found = OperatoreFactory(ente=ente, ruolo=ruolo, in_rete=False)
    TOTP.activate(found.utente, SEED)
    end = timezone.now() + timedelta(hours=9)
    key = f"di {found.pk}"
    SessioneRiservata.objects.create(session_key=key, session_data="", expire_date=end, utente_id=found.utente_id)
    return found


@pytest.fixture
def sola():
    """The only coordinator."""
    return person(AccordoFactory().capofila, "coordinatore")


@pytest.fixture
def dpo(sola):
    return person(sola.ente, "responsabile_privacy")


def order(*who, chiede, motivo=MOTIVO):
    names = [each.utente.username for each in who]
    call_command("ripristina_accesso", *names, chiesto_da=chiede.utente.email, motivo=motivo)


def refused(*who, chiede, match, motivo=MOTIVO):
    with pytest.raises(CommandError, match=match):
        order(*who, chiede=chiede, motivo=motivo)


def has_factor(legame):
    return Authenticator.objects.filter(user=legame.utente_id).exists()


def lines():
    return list(Registro.objects.order_by("pk").values_list("azione", "finalita", "operatore_id", "sessione", "casi"))


@pytest.mark.parametrize("lost", ["sola", "dpo"])
def test_only_one_of_her_kind_is_announced_first_and_helped_an_hour_later(sola, dpo, lost, clock, capsys, caplog):
    lei, altro = (sola, dpo) if lost == "sola" else (dpo, sola)
    order(lei, chiede=altro)
    assert "annunciato" in capsys.readouterr().out
    assert has_factor(lei)
    assert SessioneRiservata.objects.filter(utente_id=lei.utente_id).exists()
    assert {each.to[0] for each in mail.outbox} == {lei.utente.email, altro.utente.email}
    clock.shift(ATTESA - timedelta(seconds=1))
    refused(lei, chiede=altro, match="meno di un'ora")
    clock.shift(timedelta(seconds=2))
    order(lei, chiede=altro)
    assert "azzerato" in capsys.readouterr().out
    assert not has_factor(lei)
    assert has_factor(altro)
    assert not SessioneRiservata.objects.filter(utente_id=lei.utente_id).exists()
    lei.utente.refresh_from_db()
    assert lei.utente.check_password(PASSWORD)
    assert sorted(each.to[0] for each in mail.outbox) == sorted([lei.utente.email, altro.utente.email] * 2)
    who = f"server {altro.utente_id} {lei.utente_id}"
    assert lines() == [
        ("ripristinare_accesso", f"proposta {who}", lei.pk, "", []),
        ("confermare_ripristino", f"fattore {who}", lei.pk, "", []),
    ]
    verify()  # raises where the chain is broken
    assert caplog.text.count(MOTIVO) == 2


def test_mails_name_nobody_and_lead_nowhere(sola, dpo, clock):
    order(sola, chiede=dpo)
    clock.shift(ATTESA + timedelta(seconds=1))
    order(sola, chiede=dpo)
    for each in mail.outbox:
        for word in (sola.utente.last_name, dpo.utente.last_name, sola.ente.nome, "http", "caso"):
            assert word not in each.subject + each.body


def test_announcement_is_good_for_a_day_and_for_one_time(sola, dpo, clock):
    order(sola, chiede=dpo)
    clock.shift(VALE + timedelta(seconds=1))
    order(sola, chiede=dpo)
    assert has_factor(sola)
    clock.shift(ATTESA + timedelta(seconds=1))
    order(sola, chiede=dpo)
    refused(sola, chiede=dpo, match="Non ha un secondo fattore")
    TOTP.activate(sola.utente, SEED)
    order(sola, chiede=dpo)  # her new factor is announced anew, and has an hour of its own
    assert has_factor(sola)
    refused(sola, chiede=dpo, match="meno di un'ora")
    clock.shift(ATTESA + timedelta(seconds=1))
    order(sola, chiede=dpo)
    assert not has_factor(sola)


@pytest.mark.parametrize("other", ["coordinatore", "responsabile_privacy"])
def test_no_shortcut_where_two_inside_could_do_it(sola, dpo, other):
    altra = person(sola.ente, other)
    if other == "coordinatore":
        refused(sola, chiede=dpo, match=rf"lo propone {altra.utente} da «Rete», lo conferma {dpo.utente}")
    else:
        refused(dpo, chiede=sola, match=rf"lo propone {sola.utente} da «Rete», lo conferma {altra.utente}")
    referente = OperatoreFactory(ente=AdesioneFactory(accordo=sola.ente.accordi_guidati.get()).ente, ruolo="referente")
    TOTP.activate(referente.utente, SEED)
    refused(referente, chiede=dpo, match="Si fa nell'area riservata")
    assert has_factor(sola)
    assert mail.outbox == []
    assert lines() == []


def test_way_inside_that_opens_meanwhile_stops_the_second_step(sola, dpo, clock):
    order(sola, chiede=dpo)
    clock.shift(ATTESA + timedelta(seconds=1))
    person(sola.ente, "coordinatore")
    refused(sola, chiede=dpo, match="Si fa nell'area riservata")
    assert has_factor(sola)


def test_who_is_locked_out_with_her_counts_for_nothing(sola, dpo):
    """Named together; alone, each would be told to ask the other."""
    altra = person(sola.ente, "coordinatore")
    refused(sola, chiede=dpo, match="Si fa nell'area riservata")
    order(sola, altra, chiede=dpo)
    assert [line[1] for line in lines()] == [f"proposta server {dpo.utente_id} {x.utente_id}" for x in (sola, altra)]


def test_new_network_whose_second_person_is_too_new_to_confirm(sola, clock):
    """Nobody has been there for thirty days: inside says so, the server helps until then."""
    by = attore_for(sola)
    nuovo = Persona("nuovo@esempio.it", "Nuovo", "Arrivato")
    accredit(by=by, ente=sola.ente, persona=nuovo, ruolo="responsabile_privacy", dal=timezone.localdate())
    amina = person(AdesioneFactory(accordo=sola.ente.accordi_guidati.get()).ente, "operatore_sportello")
    with pytest.raises(Impossibile, match="gestisce il server"):
        propose_reset(by=by, legame=amina, **PERCHE)
    order(amina, chiede=sola)
    clock.shift(ATTESA + timedelta(seconds=1))
    order(amina, chiede=sola)
    assert not has_factor(amina)
    clock.shift(DA_QUANTO)
    TOTP.activate(amina.utente, SEED)
    refused(amina, chiede=sola, match="Si fa nell'area riservata")


def test_new_mailbox_and_forgotten_factor_never_within_a_week_from_here_either(sola, dpo, clock):
    amina = person(AdesioneFactory(accordo=sola.ente.accordi_guidati.get()).ente, "operatore_sportello")
    by = attore_for(sola)
    change_email(by=by, legame=amina, email="altra@esempio.it", **PERCHE)
    dpo.delete()
    refused(amina, chiede=sola, match="meno di sette giorni")
    clock.shift(TRA_DUE + timedelta(seconds=1))
    order(amina, chiede=sola)
    clock.shift(ATTESA + timedelta(seconds=1))
    order(amina, chiede=sola)
    with pytest.raises(Impossibile, match="sette giorni"):
        change_email(by=by, legame=amina, email="terza@esempio.it", **PERCHE)


def test_what_is_asked_badly_is_refused(sola, dpo):
    refused(sola, chiede=dpo, motivo="Lo chiede il capo.", match="almeno 20")
    estranea = OperatoreFactory(chiuso_il=timezone.now())
    refused(sola, chiede=estranea, match="accreditato")
    refused(estranea, chiede=dpo, match="Oggi non agisce")
    with pytest.raises(CommandError, match="nessun account"):
        call_command("ripristina_accesso", "nessuna", chiesto_da=dpo.utente.email, motivo=MOTIVO)
    Utente.objects.filter(pk=sola.utente_id).update(is_superuser=True)
    refused(sola, chiede=dpo, match="amministra il sistema")
    assert has_factor(sola)
    assert lines() == []


def test_it_opens_no_case_and_no_door_by_itself(riservato, sola, dpo, clock):
    """After it she needs her password; who gave the order has learnt nothing, and she reads what she read before."""
    caso = CasoFactory(ente_titolare=sola.ente, stato="preso_in_carico")
    before = azioni_su(attore_for(sola), caso.pk)
    order(sola, chiede=dpo)
    clock.shift(ATTESA + timedelta(seconds=1))
    order(sola, chiede=dpo)
    assert azioni_su(attore_for(sola), caso.pk) == before
    riservato.post("/accesso/login/", {"login": sola.utente.username, "password": "indovinata"})
    assert riservato.get("/")["Location"].startswith("/accesso/login/")
    riservato.post("/accesso/login/", {"login": sola.utente.username, "password": PASSWORD})
    assert riservato.get("/")["Location"].startswith("/accesso/secondo-fattore/")
