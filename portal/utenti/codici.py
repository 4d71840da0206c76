"""A code of the telephone counts once (RFC 6238 §5.2), in whichever process and for as long as its clock is believed.

Allauth remembers used codes in the memory of one process and for half a minute; with a minute and a half of tolerance
the same code would be good again, and in another process at once.
"""

from allauth.account.adapter import get_adapter
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core.exceptions import ValidationError
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Utente
from .parole import Parole
from .tentativi import begin, forget

LAST = "ultimo"  # in the factor's data: the half-minute of the last code that was taken


@transaction.atomic
def spend(factor: Authenticator, code: str) -> bool:
    """Whether `code`, a right one, is later than every code of `factor` taken before; from now on it is taken."""
    row = Authenticator.objects.select_for_update().get(pk=factor.pk)
    seed = decrypt(row.data["secret"])
    counters = [
        each
        for each in yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(seed, each)))
    ]
    if not counters or counters[-1] <= row.data.get(LAST, 0):
        return False
    row.data[LAST] = counters[-1]
    row.save(update_fields=["data"])
    return True


class _UnaVolta:
    """Over allauth's forms: a code is tried only so often, and one that they have found right counts once."""

    authenticator: Authenticator
    user: Utente

    def clean_code(self) -> str:
        if not begin(self.user):
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]
        forget(self.user)
        if self.authenticator.type == Authenticator.Type.TOTP and not spend(self.authenticator, code):
            raise ValidationError(_("Questo codice è già servito: aspetta il prossimo, mezzo minuto al massimo."))
        return code


class EntraModulo(Parole, _UnaVolta, AuthenticateForm):
    ETICHETTE = {"code": gettext_lazy("Codice")}


class ConfermaModulo(Parole, _UnaVolta, ReauthenticateForm):
    ETICHETTE = EntraModulo.ETICHETTE


class PrimoCodiceModulo(Parole, ActivateTOTPForm):
    ETICHETTE = {"code": gettext_lazy("Il codice di sei cifre")}


@receiver(authenticator_added)
def spend_the_first(request: HttpRequest, authenticator: Authenticator, **kwargs: object) -> None:
    """The code that has set the factor up opens nothing else."""
    if authenticator.type == Authenticator.Type.TOTP and "code" in request.POST:
        spend(authenticator, request.POST["code"])
