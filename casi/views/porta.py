"""The door every view of the area stands behind: it declares its action, and gets who acts."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from casi import policies
from casi.attore import Attore
from casi.ruoli import Azione
from portal.utenti.accessi import client_address

SCELTA = "operatore"  # session key: the tie chosen among several

View = Callable[..., HttpResponse]


def dichiara(azione: Azione) -> Callable[[View], View]:
    """`@dichiara(Azione.X)`: the view is called as `view(request, attore, …)`, only if the role may do X.

    A role is no secret, so who lacks it gets 403. Whether a case exists is one: the view asks a selector and answers
    404. `casi.checks` refuses to start the process with a view that declares nothing.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            attore = attore_di(request)
            if not policies.may(attore.operatore, azione):
                raise PermissionDenied
            return view(request, attore, *args, **kwargs)

        guarded.azione = azione  # type: ignore[attr-defined]
        return guarded

    return decorate


def attore_di(request: HttpRequest) -> Attore:
    """Who acts: the tie chosen in this session, or the only one. Raises PermissionDenied for who has none."""
    ties = list(policies.ties_of(request.user.pk))
    if not ties:
        raise PermissionDenied
    chosen = next((tie for tie in ties if tie.pk == request.session.get(SCELTA)), ties[0])
    request.operatore, request.altri_enti = chosen, len(ties) > 1  # type: ignore[attr-defined]
    key = request.session.session_key or ""
    return Attore(
        operatore=chosen, sessione=hashlib.sha256(key.encode()).hexdigest(), indirizzo=client_address(request)
    )
