"""The sign-in pages and letters speak as the rest does: plain Italian, what is wrong told above, a way on."""

import re

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.urls import reverse

from portal.utenti.inviti import invite
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.codici import SEED, code

pytestmark = pytest.mark.django_db
ALTRUI = re.compile(
    r"Due Fattori|due fattori|Token|Reimposta|contattaci|Autenticatore|Chiave di Sicurezza|tua Password|>Name<|"
    r"[Tt]wo-[Ff]actor|must contain|Ciao da|Grazie per"
)
FORTE = ["2fa/", "2fa/totp/deactivate/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/webauthn/",
         "2fa/webauthn/add/", "password/change/", "2fa/reauthenticate/"]  # fmt: skip


@pytest.fixture
def utente():
    return OperatoreFactory(ruolo="assistente_sociale").utente


def words_of(response) -> str:
    page = response.content.decode()
    assert not ALTRUI.search(page[page.index("<main") :]), ALTRUI.search(page[page.index("<main") :])
    return page


def key_in_the_mail() -> str:
    return re.search(r"https?://[^/]+(/accesso/password/reset/key/\S+)", mail.outbox[-1].body)[1]


def test_wrong_password_is_told_above_the_form_as_everywhere(riservato, utente):
    page = words_of(riservato.post("/accesso/login/", {"login": utente.email, "password": "sbagliata"}))
    assert 'class="riepilogo-errori"' in page
    assert "non va con questa password" in page


def test_letter_to_who_forgot_the_password_says_why_and_gives_no_name(riservato, utente):
    words_of(riservato.get("/accesso/password/reset/"))
    words_of(riservato.post("/accesso/password/reset/", {"email": utente.email}, follow=True))
    (letter,) = mail.outbox
    assert letter.subject == "Tessere: scegli la tua password"
    assert "Non l'hai chiesto tu?" in letter.body
    assert not ALTRUI.search(letter.body)
    assert utente.username not in letter.body
    assert "/accesso/password/reset/key/" in letter.body


def test_invitation_says_who_sends_it_what_follows_and_what_to_do_in_doubt(utente):
    invite(utente)
    body = mail.outbox[0].body
    for words in ("Chi coordina la rete Tessere", "entro tre giorni", "secondo fattore", "Non te lo aspettavi?"):
        assert words in body
    assert key_in_the_mail()


def test_password_is_chosen_and_leads_on_and_its_address_is_good_once(riservato, utente):
    invite(utente)
    address = key_in_the_mail()
    chosen = riservato.get(address, follow=True)
    assert "Scegli la tua password" in words_of(chosen)
    form = chosen.request["PATH_INFO"]
    short = words_of(riservato.post(form, {"password1": "corta", "password2": "corta"}))
    assert "È troppo corta: servono almeno" in short
    done = riservato.post(form, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert f'class="btn btn-primary" href="{reverse("account_login")}"' in words_of(done)
    assert "Questo indirizzo non vale più" in words_of(riservato.get(address, follow=True))


@pytest.mark.parametrize("address", FORTE)
def test_page_of_the_account_speaks_as_ours(riservato, utente, address):
    TOTP.activate(utente, SEED)
    RecoveryCodes.activate(utente)
    riservato.post("/accesso/login/", {"login": utente.email, "password": PASSWORD})
    wrong = riservato.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "scrivi quello che il telefono mostra adesso" in words_of(wrong)
    riservato.post(reverse("mfa_authenticate"), {"code": code()})
    riservato.post(reverse("mfa_reauthenticate"), {"code": code(ahead=1)})
    page = riservato.get(f"/accesso/{address}")
    assert page.status_code == 200
    assert "<h1>" in words_of(page)


def test_first_factor_is_set_up_on_pages_that_speak_as_ours(riservato, utente):
    riservato.post("/accesso/login/", {"login": utente.email, "password": PASSWORD})
    wrong = riservato.post("/accesso/reauthenticate/", {"password": "sbagliata"})
    assert "Non è la tua password." in words_of(wrong)
    riservato.post("/accesso/reauthenticate/", {"password": PASSWORD})
    assert "Nome della chiave" in words_of(riservato.get(reverse("mfa_add_webauthn")))
    words_of(riservato.get(reverse("mfa_index")))
    words_of(riservato.get(reverse("mfa_activate_totp")))
    assert "Questo codice non va" in words_of(riservato.post(reverse("mfa_activate_totp"), {"code": "000000"}))
