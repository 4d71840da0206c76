"""The demo's sign-in without password: one click for each persona. The addresses exist in demo mode only."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from .models import PersonaDemo, Utente
from .processi import in_riservato
from .secondo_fattore import PERSONA_MARK

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def personas() -> QuerySet[PersonaDemo]:
    """Those one may enter as. Nobody outside demo mode, and never a superuser."""
    found = PersonaDemo.objects.select_related("utente").filter(utente__is_active=True, utente__is_superuser=False)
    return found if settings.DEMO else found.none()


def register_persona(utente: Utente, *, etichetta: str, cosa_provare: str, processo: str, ordine: int) -> PersonaDemo:
    """Make `utente` a persona, without a password that would let one in elsewhere. Repeatable."""
    utente.set_unusable_password()
    utente.save(update_fields=["password"])
    texts = {"etichetta": etichetta, "cosa_provare": cosa_provare, "processo": processo, "ordine": ordine}
    return PersonaDemo.objects.update_or_create(utente=utente, defaults=texts)[0]


@login_not_required
@require_safe
def elenco_personas(request: HttpRequest) -> HttpResponse:
    here = PersonaDemo.Processo.RISERVATO if in_riservato() else PersonaDemo.Processo.PUBBLICO
    groups = [
        {
            "titolo": processo.label,
            "qui": processo == here,
            "altrove": f"{_site_of(processo)}{request.path}",
            "personas": [each for each in personas() if each.processo == processo],
        }
        for processo in sorted(PersonaDemo.Processo, key=lambda each: each != here)
    ]
    return render(request, "utenti/personas.html", {"gruppi": groups})


@login_not_required
@require_POST
def entra(request: HttpRequest, username: str) -> HttpResponse:
    persona = get_object_or_404(personas(), utente__username=username)
    login(request, persona.utente, backend=BACKEND)
    request.session[PERSONA_MARK] = str(persona)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _site_of(processo: str) -> str:
    return settings.URL_RISERVATO if processo == PersonaDemo.Processo.RISERVATO else settings.URL_PUBBLICO
