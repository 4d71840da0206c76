"""Asking again who somebody is, before what weighs most: sharing, exporting, opening in an emergency."""

from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from .secondo_fattore import PERSONA_MARK

LASTS = timedelta(minutes=10)
DEMO_MARK = "conferma_demo"


def has_confirmed(request: HttpRequest) -> bool:
    """Whether a second factor was shown in the last ten minutes; a persona of the demo says so with a click."""
    since = (timezone.now() - LASTS).timestamp()
    if settings.DEMO and request.session.get(PERSONA_MARK):
        return float(request.session.get(DEMO_MARK, 0)) >= since
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" and record["at"] >= since for record in records)


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks, and back here afterwards."""
    query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('conferma')}?{query}")
