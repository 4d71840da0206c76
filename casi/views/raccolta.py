"""Writing down a request that is said aloud, and its receipt to hand over in the person's language."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casi.actions.raccolta import raccogli
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.raccolta import RaccoltaForm
from casi.forms.rapporto import LinguaModulo
from casi.lingue import verso
from casi.ruoli import Azione
from casi.selectors.pubblico import informativa_in
from casi.selectors.raccolta import open_raccolta
from casi.selectors.rapporto import LINGUE
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.REGISTRARE_RICHIESTA)
def nuova(request: HttpRequest, attore: Attore) -> HttpResponse:
    def do(form: Modulo) -> str:
        return reverse("casi:richiesta_raccolta", args=[raccogli(by=attore, **form.campi).pk])

    page = Pagina(
        template="casi/arrivi/nuova.html",
        form=RaccoltaForm,
        do=do,
        detto=_("Richiesta scritta: dai il codice alla persona."),
        contesto={"informativa": informativa_in(settings.LANGUAGE_CODE)},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.REGISTRARE_RICHIESTA)
def ricevuta(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    """In the language the person speaks, if the portal does; another may be asked for."""
    richiesta = open_raccolta(attore, pk)
    modulo = LinguaModulo(request.POST if request.method == "POST" else {"lingua": richiesta.lingua})
    lingua = modulo.cleaned_data["lingua"] if modulo.is_valid() else settings.LANGUAGE_CODE
    context: dict[str, object] = {
        "richiesta": richiesta,
        "lingua": lingua,
        "verso": verso(lingua),
        "lingue": LINGUE.items(),
        "giorni": settings.GIORNI_RISPOSTA,
        "informativa": informativa_in(lingua),
    }
    return mostra(request, "casi/arrivi/raccolta.html", context)
