"""Accounts made by the desk: the person proves the address and chooses the password, nobody else ever knows one."""

import secrets

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from .lettere import invite_to_choose
from .models import Utente

PARTITO = gettext_lazy("È partito un invito, verso %(dove)s: vale tre giorni.")
NON_PARTITO = gettext_lazy(
    "L'invito non è partito: la posta non risponde. Quando torna, la persona sceglie la password da «Hai dimenticato "
    "la password?», nella pagina per entrare."
)


def make_account(*, email: str, nome: str, cognome: str) -> Utente:
    """A new account with no password. Raises ValidationError. One signs in by e-mail: the username says nothing."""
    utente = Utente(username=f"p{secrets.token_hex(6)}", email=email, first_name=nome, last_name=cognome)
    utente.set_unusable_password()
    utente.full_clean()
    utente.save()
    return utente


def start_afresh(utente: Utente) -> None:
    """Forget every way in that was set up before anybody vouched for the account: only its mailbox opens it again."""
    utente.set_unusable_password()
    utente.save(update_fields=["password"])
    Authenticator.objects.filter(user=utente).delete()
    SocialAccount.objects.filter(user=utente).delete()


def invite(utente: Utente) -> None:
    """A mail with a link and no name, after the commit. The link lasts as long as one to reset a password."""
    key = {"uidb36": user_pk_to_url_str(utente), "key": default_token_generator.make_token(utente)}
    link = settings.URL_RISERVATO + reverse("account_reset_password_from_key", kwargs=key)
    invite_to_choose(utente.email, link)
