"""The assessment of a case: reading it, writing it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions.valutazione import save_valutazione
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.valutazione import ValutazioneModulo
from casi.ruoli import Azione
from casi.selectors.lettori import destinatari, nominabili
from casi.selectors.valutazione import area as una_area
from casi.selectors.valutazione import in_corso, valutazioni
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, mostra_caso
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.VALUTARE)
def elenco(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, found = valutazioni(attore, pk)
    return mostra_caso(request, "casi/valutazione/elenco.html", aperto, {"valutazioni": found})


@require_safe
@dichiara(Azione.VOCI_RISERVATE)
def area(request: HttpRequest, attore: Attore, pk: UUID, area: UUID) -> HttpResponse:
    """One reserved area by itself, with who reads it: the only way to it for who does not assess."""
    aperto, found = una_area(attore, pk, area)
    return mostra_caso(
        request, "casi/valutazione/area.html", aperto, {"area": found, "destinatari": destinatari(found)}
    )


@require_http_methods(METODI)
@dichiara(Azione.VALUTARE)
def scrivi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, scheda = in_corso(attore, pk)
    back = reverse("casi:valutazione", args=[pk])

    def save(form: Modulo) -> str:
        save_valutazione(
            by=attore,
            caso=pk,
            letta=form.cleaned_data["versione"],
            scritta=form.scritta,  # type: ignore[attr-defined]
            concludi=form.campi["concludi"],
        )
        return back

    page = Pagina(
        template="casi/valutazione/scrivi.html",
        form=ValutazioneModulo,
        do=save,
        detto=_("La valutazione è salvata."),
        oggetto=pk,
        initial={**scheda.testi, "versione": scheda.riga.versione} if scheda else {},
        argomenti={"nominabili": nominabili(attore, pk), **({"riservate": scheda.riservate} if scheda else {})},
        contesto={**contesto_di(aperto), "indietro": back, "scheda": scheda},
    )
    return gestisci(request, attore, page)
