"""Signing in through an OpenID Connect gateway, against a real one on this machine."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount, SocialApp
from cryptography.hazmat.primitives.asymmetric import rsa
from django.urls import reverse
from django.utils import timezone

from portal.settings.base import oidc_provider
from portal.utenti.models import Utente
from portal.utenti.ripristino import forget_second_factor
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD, UtenteFactory
from tests.support.codici import SEED, code
from tests.support.identita import CLIENT, SECRET, Gateway

pytestmark = pytest.mark.django_db
ENTRA = "/accesso/oidc/identita/login/"
LIVELLO_2 = "https://www.spid.gov.it/SpidL2"


@pytest.fixture
def gateway():
    running = Gateway()
    yield running
    running.close()


@pytest.fixture
def area(riservato, gateway, settings):
    """The reserved process with the gateway configured."""
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(gateway.url, CLIENT, SECRET, "SPID")
    settings.OIDC_SECONDO_FATTORE = [LIVELLO_2, "hwk"]
    return riservato


@pytest.fixture
def utente():
    return OperatoreFactory(ruolo="coordinatore", utente__email="marisa@esempio.it").utente


def through(client, gateway, start: str = ENTRA):
    """To the gateway and back; the answer to the last step."""
    going = client.get(start)
    assert going["Location"].startswith(f"{gateway.url}/authorize?")
    back = urlsplit(gateway.recognise(going["Location"]))
    return client.get(f"{back.path}?{back.query}")


def link(client, gateway, utente) -> None:
    """As its owner does it from the settings, after showing a factor: not the code, which counts once."""
    TOTP.activate(utente, SEED)
    spare = RecoveryCodes.activate(utente).get_unused_codes()[0]
    client.force_login(utente)
    client.post(reverse("mfa_reauthenticate"), {"code": spare})
    through(client, gateway, f"{ENTRA}?process=connect")
    assert SocialAccount.objects.filter(user=utente).exists()
    client.post("/accesso/logout/")


def place(response) -> str:
    return urlsplit(response["Location"]).path


def test_without_a_configured_gateway_there_is_no_trace_of_one(riservato):
    assert riservato.get(ENTRA).status_code == 404
    assert riservato.get(f"{ENTRA}callback/").status_code == 404
    assert "SPID" not in riservato.get("/accesso/login/").content.decode()


def test_sign_in_page_offers_the_gateway_and_keeps_where_one_was_going(area):
    page = area.get("/accesso/login/?next=/casi/").content.decode()
    assert "Entra con SPID" in page
    assert f'href="{ENTRA}?next=/casi/"' in page


def test_linked_account_recognised_surely_enters_without_the_code(area, gateway, utente):
    link(area, gateway, utente)
    gateway.claims["acr"] = LIVELLO_2
    assert place(through(area, gateway, f"{ENTRA}?next=/ente/")) == "/ente/"
    assert area.get("/").status_code == 200
    assert "code_challenge" in gateway.asked
    assert gateway.asked["scope"] == "openid"


@pytest.mark.parametrize("amr", [["pwd", "hwk"], "hwk"])
def test_method_of_the_list_counts_as_the_level_does(area, gateway, utente, amr):
    link(area, gateway, utente)
    gateway.claims["amr"] = amr
    through(area, gateway)
    assert area.get("/").status_code == 200


@pytest.mark.parametrize("claims", [{}, {"acr": "https://www.spid.gov.it/SpidL1"}, {"amr": ["pwd"]}])
def test_weaker_recognition_is_asked_for_the_code(area, gateway, utente, claims):
    link(area, gateway, utente)
    gateway.claims |= claims
    assert place(through(area, gateway)) == reverse("mfa_authenticate")
    assert place(area.get("/")) == "/accesso/login/"
    assert place(area.post(reverse("mfa_authenticate"), {"code": code()})) == "/"
    assert area.get("/").status_code == 200


@pytest.mark.parametrize("forti", [[LIVELLO_2], []])
def test_weaker_recognition_makes_itself_no_factor_where_a_surer_one_counts(area, gateway, utente, settings, forti):
    """The password of the gateway is a password too; of a gateway that counts for none it is all there is."""
    settings.OIDC_SECONDO_FATTORE = forti
    link(area, gateway, utente)
    utente.authenticator_set.all().delete()
    gateway.claims["acr"] = "https://www.spid.gov.it/SpidL1"
    through(area, gateway)
    assert place(area.get("/")) == reverse("secondo_fattore")
    offered = area.get(reverse("secondo_fattore")).content.decode()
    assert (reverse("mfa_activate_totp") in offered) is not bool(forti)
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert (place(area.get(reverse(name))) == reverse("secondo_fattore")) is bool(forti)


def test_password_alone_makes_itself_no_factor_where_the_gateway_has_the_only_one(area, gateway, utente):
    link(area, gateway, utente)
    utente.authenticator_set.all().delete()
    area.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
    waiting = area.get("/")
    assert place(waiting) == reverse("secondo_fattore")
    page = area.get(waiting["Location"]).content.decode()
    assert "Entra con SPID" in page
    assert reverse("mfa_activate_totp") not in page
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert place(area.get(reverse(name))) == place(area.post(reverse(name), {"code": code()})) == place(waiting)
    assert not utente.authenticator_set.exists()
    gateway.claims["acr"] = LIVELLO_2
    through(area, gateway, f"{ENTRA}?di_nuovo=1")
    assert area.get("/").status_code == 200


def test_factor_set_to_nothing_takes_the_gateway_with_it_so_that_nobody_is_left_outside(area, gateway, utente):
    link(area, gateway, utente)
    forget_second_factor(utente)
    assert not SocialAccount.objects.filter(user=utente).exists()
    area.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
    assert reverse("mfa_activate_totp") in area.get(area.get("/")["Location"]).content.decode()


def test_nobody_signs_up_and_no_address_opens_an_account(area, gateway, utente):
    gateway.claims |= {"email": utente.email, "email_verified": True, "acr": LIVELLO_2}
    page = through(area, gateway).content.decode()
    assert "Nessun account è collegato" in page
    assert place(area.get("/")) == "/accesso/login/"
    assert area.get("/accesso/3rdparty/signup/").status_code == 404
    assert Utente.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_same_subject_of_another_issuer_is_somebody_else(area, gateway, utente, settings):
    link(area, gateway, utente)
    other = Gateway()
    settings.SOCIALACCOUNT_PROVIDERS = oidc_provider(other.url, CLIENT, SECRET, "SPID")
    other.claims = {**gateway.claims, "acr": LIVELLO_2}
    assert "Nessun account è collegato" in through(area, other).content.decode()
    other.close()


def test_nothing_of_the_person_is_kept_but_a_digest(area, gateway, utente):
    gateway.claims |= {"name": "Marisa", "fiscal_number": "TINIT-XX", "email": "altra@esempio.it"}
    link(area, gateway, utente)
    account = SocialAccount.objects.get()
    assert set(account.extra_data) == {"acr", "amr", "auth_time"}
    assert "TINIT" not in account.uid
    utente.refresh_from_db()
    assert utente.email == "marisa@esempio.it"


def test_linking_asks_for_the_second_factor_first(area, gateway, utente):
    TOTP.activate(utente, SEED)
    area.force_login(utente)
    through(area, gateway, f"{ENTRA}?process=connect")
    assert not SocialAccount.objects.exists()


def test_identity_of_another_is_not_taken_over(area, gateway, utente):
    link(area, gateway, utente)
    altro = UtenteFactory()
    area.force_login(altro)
    area.post("/accesso/reauthenticate/", {"password": PASSWORD})
    through(area, gateway, f"{ENTRA}?process=connect")
    assert SocialAccount.objects.get().user == utente


# --- Tokens and answers that are not what they should be


def forged(gateway):
    gateway.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def of_another_issuer(gateway):
    gateway.issuer_told = "http://altrove.esempio.it"


def for_another_client(gateway):
    gateway.claims["aud"] = "altri"


def expired(gateway):
    gateway.claims["exp"] = 1


@pytest.mark.parametrize("spoil", [forged, of_another_issuer, for_another_client, expired])
def test_token_that_is_not_for_us_opens_nothing(area, gateway, utente, spoil):
    link(area, gateway, utente)
    gateway.claims["acr"] = LIVELLO_2
    spoil(gateway)
    response = through(area, gateway)
    assert "Accesso non riuscito" in response.content.decode()
    assert place(area.get("/")) == "/accesso/login/"


def test_answer_to_a_question_this_browser_never_asked_opens_nothing(area, gateway, utente):
    link(area, gateway, utente)
    gateway.claims["acr"] = LIVELLO_2
    address = f"{ENTRA}callback/?code=x&state=inventato"
    bounce = area.get(address).content.decode()
    assert 'http-equiv="refresh"' in bounce  # our cookie is Strict: the page calls itself once, from here
    assert "Accesso non riuscito" in area.get(f"{address}&_redir=").content.decode()
    assert place(area.get("/")) == "/accesso/login/"


def test_gateway_written_in_the_table_does_not_exist(area, gateway):
    SocialApp.objects.create(
        provider="openid_connect", provider_id="altro", name="Altro", client_id="x", secret="x",
        settings={"server_url": gateway.url},
    )  # fmt: skip
    assert area.get("/accesso/oidc/altro/login/").status_code == 404
    assert area.get(ENTRA).status_code == 302


def test_deactivated_account_does_not_enter(area, gateway, utente):
    link(area, gateway, utente)
    utente.is_active = False
    utente.save()
    gateway.claims["acr"] = LIVELLO_2
    through(area, gateway)
    assert place(area.get("/")) == "/accesso/login/"


# --- Confirming who one is


@pytest.fixture
def solo_identita(area, gateway, utente):
    """Signed in through the gateway, with no factor of one's own here."""
    link(area, gateway, utente)
    utente.authenticator_set.all().delete()
    gateway.claims |= {"acr": LIVELLO_2, "auth_time": int(timezone.now().timestamp())}
    through(area, gateway)
    return area


def test_fresh_recognition_confirms_and_an_old_one_goes_there_again(solo_identita, gateway):
    assert solo_identita.get("/rete/").status_code == 200
    later = datetime.now(tz=timezone.get_current_timezone()) + timedelta(minutes=11)
    with time_machine.travel(later, tick=False):
        again = solo_identita.get(solo_identita.get("/rete/")["Location"])
        assert again["Location"] == f"{ENTRA}?di_nuovo=1&next=%2Frete%2F"
        through(solo_identita, gateway, again["Location"])  # the gateway remembers, and says so
        assert place(solo_identita.get("/rete/")) == reverse("conferma")
        gateway.claims["auth_time"] = int(later.timestamp())
        assert place(through(solo_identita, gateway, again["Location"])) == "/rete/"
        assert (gateway.asked["prompt"], gateway.asked["max_age"]) == ("login", "0")
        assert solo_identita.get("/rete/").status_code == 200
