"""Mail: who is told of what, and a mail server that is down or refuses somebody."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.urls import reverse

from casi.actions.avvisi import notify
from casi.models import Avviso, TipoAvviso
from portal.utenti.posta import Attese, awaited, write
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.codici import SEED, code
from tests.support.postino import delivering

pytestmark = pytest.mark.django_db
LEI, LUI = "lei@esempio.it", "lui@esempio.it"


@pytest.fixture
def utente():
    return OperatoreFactory(ruolo="assistente_sociale").utente


# --- The server of mail


def test_refused_address_stops_no_other_and_all_go_over_one_connection(settings, caplog):
    with delivering(settings, refused=[LEI]) as postino, awaited() as waiting:
        write("Titolo", "Testo", [LUI, LEI, "altra@esempio.it", LUI, ""], waited_for=True)
    assert (postino.taken, postino.connections, waiting.perse) == (["altra@esempio.it", LUI], 1, [LEI])
    assert waiting.partite == ["altra@esempio.it", LUI]
    assert [record.message for record in caplog.records] == ["A mail did not leave: SMTPRecipientsRefused"]


@pytest.mark.usefixtures("no_mail")
def test_mail_that_nobody_waits_for_is_told_to_the_log_alone(caplog):
    with awaited() as waiting:
        write("Titolo", "Testo", [LEI])
    assert (waiting, caplog.messages) == (Attese(), ["A mail did not leave: ConnectionRefusedError"])
    assert LEI not in caplog.text


@pytest.mark.usefixtures("no_mail")
def test_notice_stays_in_the_tray_without_mail(utente):
    notify([utente.incarichi.get()], TipoAvviso.values[0], mail=True)
    assert Avviso.objects.count() == 1


@pytest.mark.usefixtures("no_mail")
def test_forgotten_password_says_the_same_to_everybody(riservato, utente):
    answers = [riservato.post("/accesso/password/reset/", {"email": who}) for who in (utente.email, LEI)]
    assert [(each.status_code, each["Location"]) for each in answers] == [(302, "/accesso/password/reset/done/")] * 2


# --- Who is told


def told() -> list[tuple[str, list[str]]]:
    return [(message.subject, message.to) for message in mail.outbox]


def test_person_is_told_of_a_factor_set_up_once_and_of_one_taken_away(riservato, utente, monkeypatch):
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda length=20: SEED)
    riservato.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
    riservato.post("/accesso/reauthenticate/", {"password": PASSWORD})
    riservato.get("/accesso/2fa/totp/activate/")
    riservato.post("/accesso/2fa/totp/activate/", {"code": code()})
    assert told() == [("Tessere: il tuo accesso è cambiato", [utente.email])]
    riservato.post("/accesso/2fa/totp/deactivate/")
    assert told() == [("Tessere: il tuo accesso è cambiato", [utente.email])] * 2
    assert utente.last_name not in mail.outbox[0].body


def test_person_is_told_of_a_new_password(riservato, utente):
    TOTP.activate(utente, SEED)
    riservato.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
    riservato.post(reverse("mfa_authenticate"), {"code": code()})
    new = f"{PASSWORD}-nuova"
    riservato.post("/accesso/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    utente.refresh_from_db()
    assert utente.check_password(new)
    assert told() == [("Tessere: il tuo accesso è cambiato", [utente.email])]
