"""How allauth behaves here."""

import json
from base64 import urlsafe_b64encode
from functools import cached_property
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from axes.handlers.proxy import AxesProxyHandler
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest
from fido2.utils import websafe_decode
from fido2.webauthn import CollectedClientData

from .accessi import account_named
from .lettere import choose_again
from .parole import ERRORI_DI_ACCESSO, ERRORI_DI_FATTORE
from .posta import complain
from .tentativi import begin_password, was_wrong


class AccessoSuInvito(DefaultAccountAdapter):
    """Named accounts only, made by the network's desk: nobody signs up alone."""

    error_messages = {**DefaultAccountAdapter.error_messages, **ERRORI_DI_ACCESSO}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """An address that is none, such as `http://[`, is no place to go on to."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The page says the same if it does not leave: who asks for a password must not learn who has an account."""
        if template_prefix == "account/email/password_reset_key":
            choose_again(email, context["password_reset_url"])
            return
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            complain(error)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A wrong password counts in every process together; one that axes does not even look at counts for nothing."""
        name = account_named(request, credentials)
        attempt = None
        if AxesProxyHandler.is_allowed(request, {"username": name}):
            attempt = begin_password(name)
            if attempt is None:
                raise self.validation_error("too_many_login_attempts")
        user = super().authenticate(request, **credentials)
        if attempt and user:
            attempt.delete()
        elif attempt:
            was_wrong(attempt, name)
        return user

    def get_login_stages(self) -> list[str]:
        """Allauth's, with our own question for the code."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "portal.utenti.oidc.forza.SecondoFattoreLocale"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """Who has a second factor confirms with it: the password alone would open what the factor protects."""
        methods = super().get_reauthentication_methods(user)
        return [each for each in methods if each["id"] != "reauthenticate"] or methods


class SecondoFattoreCifrato(DefaultMFAAdapter):
    """Keeps the seeds of codes encrypted: who can read the database still cannot make a code.

    Keys and passkeys are made for both our sites (DOMINIO_CHIAVI), if there is a name above the two.
    """

    error_messages = {**DefaultMFAAdapter.error_messages, **ERRORI_DI_FATTORE}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Asked for at each question and at each answer: the answer given to another site is for a site of nobody.

        The library takes one given to any site under the domain, and such a site could pass ours on.
        """
        domain = settings.DOMINIO_CHIAVI or super().get_public_key_credential_rp_entity()["id"]
        answer = context.request.POST.get("credential")
        foreign = answer and not settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN and not _given_here(answer)
        return {"id": "altrove.invalid" if foreign else domain, "name": settings.MFA_TOTP_ISSUER}

    @cached_property
    def _cipher(self) -> MultiFernet:
        return MultiFernet([Fernet(_key_from(each)) for each in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])

    def encrypt(self, text: str) -> str:
        return self._cipher.encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises InvalidToken when the text was not written with one of our keys."""
        return self._cipher.decrypt(encrypted_text.encode()).decode()


def _key_from(secret: str) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"tessere.utenti.secondo_fattore")
    return urlsafe_b64encode(derivation.derive(secret.encode()))


def _given_here(answer: str) -> bool:
    try:
        told = CollectedClientData(websafe_decode(json.loads(answer)["response"]["clientDataJSON"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
    return bool(told.origin == f"{context.request.scheme}://{context.request.get_host()}")
