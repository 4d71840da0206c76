"""Whether this very session has passed a second factor."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest

from .oidc.forza import has_passed_there
from .oidc.strada import gateway

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


def is_held_by_the_gateway(request: HttpRequest) -> bool:
    """Whether the only second factor of who signed in is the one the gateway asks for, and was not shown in this
    session: a password alone, the one of SPID level 1 too, would otherwise make itself another one here. Of a gateway
    that never counts as a second factor it is enough to have come from there.
    """
    if request.user.is_anonymous or gateway() is None or Authenticator.objects.filter(user=request.user.pk).exists():
        return False
    records = get_authentication_records(request, request.user)
    came_from_there = any(record.get("method") == "socialaccount" for record in records)
    shown = has_passed_there(request) if settings.OIDC_SECONDO_FATTORE else came_from_there
    return not shown and SocialAccount.objects.filter(user=request.user.pk).exists()


@receiver(authenticator_added)
def remember(request: HttpRequest, user, authenticator: Authenticator, **kwargs: object) -> None:
    """Recovery codes are made by us, so they prove nothing yet."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session[SESSION_MARK] = str(user.pk)
