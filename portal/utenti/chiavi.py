"""Keys and passkeys, over allauth's forms: an answer that no browser gives is a wrong one, and nothing worse."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError


class Risposta(forms.JSONField):
    """What the browser answers for the key. JSON may also be nested too deep, or hold a number too long, for Python."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except (ValueError, RecursionError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error


class EntraConChiave(LoginWebAuthnForm):
    credential = Risposta()


class AggiungiChiave(AddWebAuthnForm):
    credential = Risposta()
