"""The desk of requests and alerts, and the page of each."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import arrivi as actions
from casi.attore import Attore
from casi.forms.arrivi import PassoForm
from casi.forms.base import Modulo
from casi.lingue import IN_ITALIANO
from casi.ruoli import RUOLI, Azione
from casi.selectors import arrivi as selectors
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.GESTIRE_ARRIVI)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    return mostra(request, "casi/arrivi/elenco.html", {"scrivania": selectors.scrivania(attore)})


@require_http_methods(["GET", "HEAD", "POST"])
@dichiara(Azione.GESTIRE_ARRIVI)
def arrivo(request: HttpRequest, attore: Attore, tipo: str, pk: UUID) -> HttpResponse:
    riga = selectors.open_arrivo(attore, tipo, pk)

    def do(form: Modulo) -> str:
        actions.muovi(by=attore, tipo=tipo, arrivo=pk, **form.campi)
        return reverse("casi:arrivi")

    return gestisci(
        request,
        attore,
        Pagina(
            template=f"casi/arrivi/{tipo}.html",
            form=PassoForm,
            do=do,
            detto="Fatto.",
            argomenti={"stato": riga.stato},
            contesto={
                "arrivo": riga,
                "bisogni": selectors.nomi_dei_bisogni(getattr(riga, "bisogni", [])),
                "scheda": selectors.scheda_di(getattr(riga, "servizio", None)),
                "lingua_parlata": IN_ITALIANO.get(getattr(riga, "lingua", ""), ""),
                "puo_aprire": Azione.APRIRE_CASO in RUOLI[attore.operatore.ruolo].azioni,
            },
        ),
    )


@require_http_methods(METODI)
@dichiara(Azione.GESTIRE_ARRIVI)
def minori(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = selectors.open_arrivo(attore, "segnalazione", pk)

    def do(_form: Modulo) -> str:
        actions.passa_ai_minori(by=attore, segnalazione=pk)
        return reverse("casi:arrivi")

    detto = "Fatto: la segue chi si occupa di minori."
    page = Pagina(template="casi/arrivi/minori.html", form=Modulo, do=do, detto=detto, contesto={"arrivo": riga})
    return gestisci(request, attore, page)
