"""Keys and passkeys, over allauth's forms: an answer that no browser gives is a wrong one, and nothing worse.

Where the account is known, a wrong one is told of as a wrong code is: allauth tells of codes alone.
"""

from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from .parole import Parole

NOME = _("Nome della chiave")


class Risposta(forms.JSONField):
    """What the browser answers for the key. JSON may also be nested too deep, or hold a number too long, for Python."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> InvalidJSONInput:
        """Not given back with the page: it is good once."""
        return InvalidJSONInput("")


class EntraConChiave(LoginWebAuthnForm):
    credential = Risposta()


class AggiungiChiave(Parole, AddWebAuthnForm):
    ETICHETTE = {"name": NOME, "passwordless": _("Entra con questa chiave, senza scrivere la password")}
    credential = Risposta()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].help_text = _("La chiave ti chiede ogni volta il suo PIN, l'impronta o il volto.")

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except ValueError as error:  # allauth minds one of another type alone
            raise ValidationError(Risposta.default_error_messages["invalid"], code="invalid") from error


class RinominaChiave(Parole, EditWebAuthnForm):
    ETICHETTE = {"name": NOME}


class PassaConChiave(AuthenticateWebAuthnForm):
    """After the password."""

    credential = Risposta()

    def clean(self) -> dict[str, Any] | None:
        if self.errors:
            key = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN).order_by("pk").first()
            about = {"user": self.user, "authenticator": key, "reauthentication": self.reauthenticated}
            authentication_failed.send(Authenticator, request=context.request, **about)
        return super().clean()


class ConfermaConChiave(PassaConChiave):
    reauthenticated = True
