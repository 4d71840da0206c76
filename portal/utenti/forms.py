"""Forms of the sign-in pages: allauth's, with words of ours above each field and none inside it."""

from collections.abc import Mapping
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordKeyForm,
    SetPasswordForm,
)
from django.utils.translation import gettext_lazy as _

from .parole import Parole
from .password_persa import PasswordPersaModulo

SCELTA = {"password1": _("Password nuova"), "password2": _("La stessa, un'altra volta")}


class AccessoForm(Parole, LoginForm):
    ETICHETTE = {"login": _("Nome utente o e-mail")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class DimenticataForm(Parole, PasswordPersaModulo):
    ETICHETTE = {"email": _("La tua e-mail")}


class NuovaForm(Parole, ResetPasswordKeyForm):
    ETICHETTE: Mapping[str, Any] = SCELTA


class PrimaForm(Parole, SetPasswordForm):
    ETICHETTE: Mapping[str, Any] = SCELTA


class CambioForm(Parole, ChangePasswordForm):
    ETICHETTE = {"oldpassword": _("Password di adesso"), **SCELTA}


class ConfermaForm(Parole, ReauthenticateForm):
    """Who signed in a while ago writes the password again."""
