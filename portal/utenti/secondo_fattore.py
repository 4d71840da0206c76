"""Whether this very session has passed a second factor."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

from .oidc.forza import has_passed_there

SESSION_MARK = "secondo_fattore"
PERSONA_MARK = "persona_demo"


def has_passed(request: HttpRequest) -> bool:
    """Whether who signed in has shown a second factor in this session, by one of:

    - signing in or confirming with a code or a key (allauth's own records of the session);
    - signing in through the gateway with a second factor shown there (`oidc.forza`);
    - setting one up in this session, which needs the code or the key as well;
    - being a persona of the demo, in demo mode only.
    """
    if settings.DEMO and request.session.get(PERSONA_MARK):
        return True
    if request.session.get(SESSION_MARK) == str(request.user.pk) or has_passed_there(request):
        return True
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, request.user))


@receiver(authenticator_added)
def remember(request: HttpRequest, user, authenticator: Authenticator, **kwargs: object) -> None:
    """Recovery codes are made by us, so they prove nothing yet."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SESSION_MARK] = str(user.pk)
