"""A person asks that what is kept about her be erased: from the page of a case, of an arrival, of a conversation."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casi.actions.cancellazione_chiesta import Domanda, ask_for
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.conservazione import CancellazioneModulo
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.arrivi import open_arrivo
from casi.selectors.ascolti import open_ascolto
from casi.selectors.cancellazione_chiesta import last_wish
from casi.selectors.casi import open_caso
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.CONDURRE)
def del_caso(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.CONDURRE, Dettaglio(finalita="cancellazione"))
    back = reverse("casi:scheda", args=[pk])
    return _asked(request, attore, "caso", aperto.caso, contesto_di(aperto), template="caso", indietro=back)


@require_http_methods(METODI)
@dichiara(Azione.GESTIRE_ARRIVI)
def dell_arrivo(request: HttpRequest, attore: Attore, tipo: str, pk: UUID) -> HttpResponse:
    riga = open_arrivo(attore, tipo, pk)
    contesto = {"titolo": riga.codice, "ascolti": riga.ascolti.count()}  # type: ignore[attr-defined]
    return _asked(request, attore, tipo, riga, contesto, indietro=reverse(f"casi:{tipo}", args=[pk]))


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def dell_ascolto(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = open_ascolto(attore, pk, nostro=True)
    contesto = {"titolo": _("Ascolto"), "ascolti": 0}
    return _asked(request, attore, "ascolto", riga, contesto, indietro=reverse("casi:ascolto", args=[pk]))


def _asked(
    request: HttpRequest, attore: Attore, cosa: str, riga: Any, contesto: dict[str, Any], **page: str
) -> HttpResponse:
    """The form, or what became of what she asked; once sent, the same page says what to tell her."""

    def do(modulo: Modulo) -> str:
        asked = modulo.cleaned_data
        domanda = Domanda(asked["chiesta_il"], asked["ragione"], asked["perche"])
        ask_for(by=attore, cosa=cosa, pk=riga.pk, domanda=domanda)
        return request.path

    more = {
        "scarto": last_wish(riga),
        "indietro": page["indietro"],
        "contatto_sicuro": getattr(riga, "contatto_sicuro", ""),
    }
    pagina = Pagina(
        template=f"casi/cancellazione/{page.get('template', 'senza_caso')}.html",
        form=CancellazioneModulo,
        do=do,
        detto=_("Scritto: ora decide chi coordina la rete."),
        initial={"chiesta_il": timezone.localdate()},
        contesto={**contesto, **more},
    )
    return gestisci(request, attore, pagina)
