"""Helping somebody back into an account without ever being able to enter it: who helps learns and chooses nothing.

The two helps differ in what the person still proves: without the second factor, her password; with a new address, that
mailbox and her second factor. What the account rests on changes, so its sessions end (migrations 0003, 0004).
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext as _

from .inviti import invite
from .models import SessioneRiservata, Utente
from .posta import write


def forget_second_factor(utente: Utente) -> None:
    """Codes, keys, passkeys, the tie to the gateway: the next entry asks for the password and sets up new ones. The
    person is told."""
    Authenticator.objects.filter(user=utente).delete()
    SocialAccount.objects.filter(user=utente).delete()
    _end_sessions(utente)
    _tell(utente.email)


def move_mailbox(utente: Utente, email: str) -> None:
    """The invitation goes to the new address, a notice to the old one. Raises ValidationError for a taken address."""
    before, utente.email = utente.email, email
    utente.set_unusable_password()
    utente.full_clean()
    utente.save(update_fields=["email", "password"])
    EmailAddress.objects.filter(user=utente).delete()  # else the old mailbox would still open it
    _end_sessions(utente)
    invite(utente)
    _tell(before)


def would_need_the_mailbox_alone(utente: Utente) -> bool:
    """Whether a new mailbox would open an account that somebody has used: nothing else of hers is asked."""
    factors = Authenticator.objects.filter(user=utente).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return utente.last_login is not None and not factors.exists()


def _end_sessions(utente: Utente) -> None:
    """Also for who had no factor yet, or no password."""
    SessioneRiservata.objects.filter(utente_id=utente.pk).delete()


def tell_proposed(utente: Utente) -> None:
    """Before anything has changed: there is still time to say no."""
    text = _(
        "Chi coordina la rete ha proposto di azzerare il tuo secondo fattore, il codice o la chiave con cui entri. "
        "Un'altra persona può confermarlo nelle prossime 24 ore. Se non l'hai chiesto tu, avvisa subito il tuo ente."
    )
    write(_("Tessere: qualcuno chiede di cambiare il tuo accesso"), text, [utente.email])


def tell_from_server(utente: Utente) -> None:
    """The same, where nobody inside can do it."""
    text = _(
        "A chi gestisce il server è stato chiesto di azzerare il tuo secondo fattore, il codice o la chiave con cui "
        "entri. Lo farà non prima di un'ora. Se non l'hai chiesto tu, avvisa subito il tuo ente."
    )
    write(_("Tessere: qualcuno chiede di cambiare il tuo accesso"), text, [utente.email])


def tell_office(emails: Iterable[str]) -> None:
    """To who coordinates and who watches: that it happens, not to whom."""
    text = _(
        "Chi gestisce il server azzera il secondo fattore di una persona accreditata, perché nell'area riservata "
        "nessuno può farlo. Di chi, e chi l'ha chiesto, è nel registro degli accessi. Se non lo sapevi, chiedi subito."
    )
    write(_("Tessere: un accesso cambia dal server"), text, emails)


def _tell(email: str) -> None:
    text = _(
        "È cambiato il modo in cui entri, per mano di chi coordina la rete o gestisce il server. Se non l'hai chiesto "
        "tu, avvisa subito il tuo ente."
    )
    write(_("Tessere: il tuo accesso è cambiato"), text, [email])
