"""What allauth asks of the gateway, and what of its answer is believed and kept.

- somebody is known by issuer and subject together, never by an address or a name; both are kept as one digest, because
  SPID's subject may be the tax code;
- the token's signature is always checked, against the issuer that the settings name, which the gateway's own page has
  to name too;
- the token answers the very question that this browser was sent there with (`nonce`);
- of the token only what says how surely and when the person was recognised is kept.
"""

import secrets
from hashlib import sha256
from typing import Any

import jwt
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_social_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from requests import RequestException, Session

AGAIN = "di_nuovo"  # in the address of the sign-in: ask who the person is even if the gateway remembers
NONCE = "nonce"
# Of a token, all with a key that the gateway alone has: no shared secret, and never «none».
FIRME = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})


class SoloCollegati(DefaultSocialAccountAdapter):
    """Opens accounts that exist and are linked: nobody signs up, and no gateway but that of the settings counts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list:
        """Without those of the table: a row in it would be a gateway that nobody has configured."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]

    def get_requests_session(self) -> Session:
        """Where the gateway is, the settings say: it sends nobody elsewhere."""
        session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Stops a token that was made for another question, be it of the same person."""
        asked, told = sociallogin.state.get(NONCE), getattr(request, "nonce_told", None)
        if not (asked and told and secrets.compare_digest(asked, str(told))):
            provider = sociallogin.account.get_provider()
            raise ImmediateHttpResponse(render_authentication_error(request, provider))


class GettoneVerificato(OpenIDConnectOAuth2Adapter):
    """Checks the signature also of a token that came straight from the gateway."""

    @property
    def openid_config(self) -> dict[str, Any]:
        """Raises OAuth2Error for a page of the gateway that names another issuer."""
        if not hasattr(self, "_openid_config"):
            provider = self.get_provider()
            try:
                with get_social_adapter().get_requests_session() as session:
                    response = session.get(provider.server_url)
                    response.raise_for_status()
                    told = response.json()
            except RequestException as error:
                raise OAuth2Error("No answer") from error
            if told.get("issuer") != provider.app.settings["issuer"]:
                raise OAuth2Error("Another issuer")
            self._openid_config = told
        return self._openid_config

    def _decode_id_token(self, app: Any, id_token: str) -> dict:
        try:
            if jwt.get_unverified_header(id_token)["alg"] not in FIRME:
                raise OAuth2Error("Another kind of signature")
            claims = jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (
            jwt.PyJWTError,
            KeyError,
            TypeError,
            ValueError,
        ) as error:  # of another shape: no key id, another kind of key
            raise OAuth2Error("Invalid id_token") from error
        self.request.nonce_told = claims.get(NONCE)
        return claims

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        if not kwargs["response"].get("id_token"):
            raise OAuth2Error("Missing id_token")
        return super().complete_login(request, app, token, **kwargs)


class Identita(OpenIDConnectProvider):
    oauth2_adapter_class = GettoneVerificato
    pkce_enabled_default = True

    def get_default_scope(self) -> list[str]:
        return ["openid"]

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return self.get_scope()

    def redirect(
        self, request: HttpRequest, process: str, next_url: Any = None, data: Any = None, **kwargs: Any
    ) -> Any:
        nonce = secrets.token_urlsafe(32)
        params = {**(kwargs.pop("auth_params", None) or self.get_auth_params()), NONCE: nonce}
        return super().redirect(request, process, next_url, data, auth_params=params, nonce=nonce, **kwargs)

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        again = {"prompt": "login", "max_age": "0"} if AGAIN in request.GET else {}
        return {**self.get_auth_params(), **again}

    def extract_uid(self, data: dict) -> str:
        token = data["id_token"]
        return sha256(f"{token['iss']}\n{token['sub']}".encode()).hexdigest()

    def extract_extra_data(self, data: dict) -> dict:
        return {name: data["id_token"].get(name) for name in ("acr", "amr", "auth_time")}

    def extract_common_fields(self, data: dict) -> dict:
        return {}

    def extract_email_addresses(self, data: dict) -> list:
        return []
