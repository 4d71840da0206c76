"""What allauth asks of the gateway, and what of its answer is believed and kept.

- somebody is known by issuer and subject together, never by an address or a name; both are kept as one digest, because
  SPID's subject may be the tax code;
- the token's signature is always checked, against the issuer that the settings name;
- of the token only what says how surely and when the person was recognised is kept.
"""

from hashlib import sha256
from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest

AGAIN = "di_nuovo"  # in the address of the sign-in: ask who the person is even if the gateway remembers


class SoloCollegati(DefaultSocialAccountAdapter):
    """Opens accounts that exist and are linked: nobody signs up, and no gateway but that of the settings counts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list:
        """Without those of the table: a row in it would be a gateway that nobody has configured."""
        return [app for app in super().list_apps(request, provider, client_id) if app.pk is None]


class GettoneVerificato(OpenIDConnectOAuth2Adapter):
    """Checks the signature also of a token that came straight from the gateway."""

    def _decode_id_token(self, app: Any, id_token: str) -> dict:
        try:
            return jwtkit.verify_and_decode(
                credential=id_token,
                keys_url=self.openid_config["jwks_uri"],
                issuer=self.openid_config["issuer"],
                audience=app.client_id,
                lookup_kid=jwtkit.lookup_kid_jwk,
            )
        except (KeyError, TypeError, ValueError) as error:  # of another shape: no key id, another kind of key
            raise OAuth2Error("Invalid id_token") from error

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
