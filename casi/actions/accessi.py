"""Signing in to the reserved area, failing to, and leaving it: lines of the register, where there is somebody to name.

Who has no tie in force leaves no line when he signs in, but one at the door he knocks at afterwards, under the last
tie he had (`shut_out`). An unknown name leaves none, nor does who never had a tie.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from casi import policies
from casi.attore import SCELTA, Attore
from casi.models import Esito
from casi.registro import Dettaglio, record, refuse
from casi.ruoli import Azione
from catalogo.models import Operatore
from portal.utenti.accessi import account_named, address_tried
from portal.utenti.models import Utente
from portal.utenti.processi import in_riservato
from portal.utenti.sessioni import fingerprint


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Utente, **kwargs: Any) -> None:
    """Who has one tie acts under that one; when it ends, no other takes its place unasked (`views.porta`)."""
    _note(request, user, "accesso", Esito.CONSENTITO)
    if in_riservato():
        ties = list(policies.ties_of(user.pk).values_list("pk", flat=True)[:2])
        if len(ties) == 1:
            request.session[SCELTA] = ties[0]


@receiver(user_logged_out)
def left(request: HttpRequest, user: Utente | None, **kwargs: Any) -> None:
    _note(request, user, "uscita", Esito.CONSENTITO)


@receiver(user_login_failed)
def failed(credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any) -> None:
    if request is not None and in_riservato():
        _note(
            request,
            Utente.objects.filter(username=account_named(request, credentials)).first(),
            "accesso",
            Esito.NEGATO,
        )


@receiver(authentication_failed)
def factor_failed(request: HttpRequest, user: Utente, **kwargs: Any) -> None:
    _note(request, user, "secondo fattore", Esito.NEGATO)


def shut_out(request: HttpRequest, azione: Azione, casi: Iterable[UUID]) -> None:
    """Somebody who is signed in and may act for nobody: superuser, tie ended, body out of the network."""
    ties = Operatore.objects.filter(utente=request.user.pk).select_related("ente").order_by("-dal", "-pk")
    if (tie := ties.first()) is not None and (indirizzo := address_tried(request)) is not None:
        refuse(_attore(request, tie, indirizzo), azione, casi=casi)


def _note(request: HttpRequest, user: Utente | None, what: str, esito: Esito) -> None:
    """For the first of the person's ties. Without an address no page of the area opens either: nothing to note."""
    if not in_riservato() or user is None or (indirizzo := address_tried(request)) is None:
        return
    tie = policies.ties_of(user.pk).first()
    if tie is not None:
        told = Dettaglio(finalita=what)
        record(_attore(request, tie, indirizzo), Azione.ENTRARE, esito=esito, dettaglio=told)


def _attore(request: HttpRequest, tie: Operatore, indirizzo: str) -> Attore:
    return Attore(tie, fingerprint(request.session), indirizzo)
