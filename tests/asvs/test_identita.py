"""What of a gateway's answer is not believed (ASVS 9, 10.1, 10.5), against a real one on this machine."""

from io import BytesIO

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from requests import PreparedRequest, Response

from tests.factories.portal import PASSWORD
from tests.portal.test_oidc import ENTRA, LIVELLO_2, area, gateway, link, place, through, utente

__all__ = ["area", "gateway", "utente"]
pytestmark = pytest.mark.django_db
CHIAVE_DI_ALTRI = "un-segreto-lungo-abbastanza-per-hs256"


@pytest.fixture
def pronta(area, gateway, utente):
    """Linked, and surely recognised: only what a test changes keeps its owner out."""
    link(area, gateway, utente)
    gateway.claims["acr"] = LIVELLO_2
    return area


def assert_out(client, response) -> None:
    assert "Accesso non riuscito" in response.content.decode()
    assert place(client.get("/")) == "/accesso/login/"


def test_token_of_another_question_opens_nothing(pronta, gateway):
    gateway.claims["nonce"] = "di-ieri"
    assert_out(pronta, through(pronta, gateway))
    gateway.claims["nonce"] = None
    assert_out(pronta, through(pronta, gateway))
    del gateway.claims["nonce"]
    through(pronta, gateway)
    assert pronta.get("/").status_code == 200


def test_each_question_is_another_one(pronta, gateway):
    through(pronta, gateway)
    first = gateway.asked["nonce"]
    pronta.post("/accesso/logout/")
    through(pronta, gateway)
    assert len(first) >= 43
    assert gateway.asked["nonce"] != first


def test_identity_is_linked_by_the_token_of_this_question_alone(area, gateway, utente):
    gateway.claims["nonce"] = "di-ieri"
    area.force_login(utente)
    area.post("/accesso/reauthenticate/", {"password": PASSWORD})
    response = through(area, gateway, f"{ENTRA}?process=connect")
    assert "Accesso non riuscito" in response.content.decode()
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_token_signed_otherwise_opens_nothing(pronta, gateway, algorithm):
    secret = CHIAVE_DI_ALTRI if algorithm == "HS256" else None
    gateway.sign = lambda claims: jwt.encode(claims, secret, algorithm=algorithm, headers={"kid": "1"})
    assert_out(pronta, through(pronta, gateway))


def test_token_signed_with_a_secret_that_the_gateway_publishes_opens_nothing(pronta, gateway, monkeypatch):
    """Whoever reads the page of the keys could sign with it."""
    shared = jwt.algorithms.HMACAlgorithm.to_jwk(CHIAVE_DI_ALTRI, as_dict=True)
    gateway.keys = lambda: {"keys": [{**shared, "kid": "1", "alg": "HS256"}]}
    gateway.sign = lambda claims: jwt.encode(claims, CHIAVE_DI_ALTRI, algorithm="HS256", headers={"kid": "1"})
    assert_out(pronta, through(pronta, gateway))


def test_key_named_by_the_token_itself_is_not_believed(pronta, gateway):
    other = type(gateway)()
    headers = {"kid": "1", "jku": f"{other.url}/jwks", "jwk": other.keys()["keys"][0]}
    gateway.sign = lambda claims: jwt.encode(claims, other.key, algorithm="RS256", headers=headers)
    assert_out(pronta, through(pronta, gateway))
    other.close()


def test_answer_without_an_id_token_opens_nothing(pronta, gateway):
    gateway.token = lambda form: {"access_token": "x", "token_type": "Bearer"}
    assert_out(pronta, through(pronta, gateway))


def test_gateway_that_calls_itself_otherwise_is_not_believed(pronta, gateway):
    """Its own page, with the token of the right issuer."""
    told = gateway.discovery()
    gateway.discovery = lambda: {**told, "issuer": f"{gateway.url}/"}
    assert_out(pronta, pronta.get(ENTRA))


def test_gateway_that_redirects_is_not_followed(pronta, gateway, monkeypatch):
    """Where it is, the settings say: its page elsewhere is no page of it, whatever is written there."""
    asked = []

    def elsewhere(self, *args, **kwargs):
        asked.append(args)
        answer = Response()
        answer.status_code, answer.headers["Location"] = 302, f"{gateway.url}/.well-known/openid-configuration"
        answer.raw, answer.request, answer.url = BytesIO(), PreparedRequest(), f"{gateway.url}/vecchio"
        answer.request.prepare("GET", answer.url)
        return answer

    monkeypatch.setattr("requests.adapters.HTTPAdapter.send", elsewhere)
    assert_out(pronta, pronta.get(ENTRA))
    assert len(asked) == 1


def test_gateway_that_is_away_breaks_no_page(pronta, gateway):
    gateway.close()
    assert_out(pronta, pronta.get(ENTRA))
