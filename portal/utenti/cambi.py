"""Who changes how one enters is told by mail: it may have been somebody else, at a screen left open."""

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.dispatch import receiver
from django.utils.translation import gettext as _

from .models import Utente
from .posta import write

PASSWORD = [password_set, password_changed, password_reset]
FATTORI = [authenticator_added, authenticator_removed, authenticator_reset]


@receiver([*PASSWORD, *FATTORI])
def tell(user: Utente, authenticator: Authenticator | None = None, signal: object = None, **kwargs: object) -> None:
    """Once for a factor and the recovery codes that come and go with it."""
    codes = authenticator is not None and authenticator.type == Authenticator.Type.RECOVERY_CODES
    if codes and signal is not authenticator_reset:
        return
    text = _(
        "È cambiato il modo in cui entri: la password, il codice, la chiave o l'accesso con SPID o CIE. "
        "Se non sei stato tu, avvisa subito il tuo ente."
    )
    write(_("Tessere: il tuo accesso è cambiato"), text, [user.email])


@receiver(social_account_added)
def tell_linked(sociallogin: SocialLogin, **kwargs: object) -> None:
    tell(user=sociallogin.user)


@receiver(social_account_removed)
def tell_unlinked(socialaccount: SocialAccount, **kwargs: object) -> None:
    tell(user=socialaccount.user)
