"""The desk of requests and alerts, and the page of each."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import arrivi as actions
from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.arrivi import PassoForm, RicevutaForm
from casi.forms.base import Modulo
from casi.lingue import IN_ITALIANO
from casi.ruoli import RUOLI, Azione
from casi.selectors import arrivi as selectors
from casi.selectors import ricevute
from casi.selectors.chi_ascolta import senza_ascolto
from casi.views.modulo import METODI, Pagina, gestisci, sent_or_opened
from casi.views.pagina import mostra
from casi.views.porta import dichiara
from casi.views.stati import UNPROCESSABLE


@require_safe
@dichiara(Azione.GESTIRE_ARRIVI)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    context = {"scrivania": selectors.scrivania(attore), "ricevuta": RicevutaForm(), **_chi_ascolta(attore)}
    return mostra(request, "casi/arrivi/elenco.html", context)


@require_http_methods(METODI)
@dichiara(Azione.GESTIRE_ARRIVI)
def ricevuta(request: HttpRequest, attore: Attore) -> HttpResponse:
    """By POST alone, so that no code is in an address."""
    form = sent_or_opened(request, RicevutaForm)
    context: dict[str, object] = {"modulo": form}
    if form.is_valid():
        try:
            context["trovata"] = ricevute.ricevuta(attore, form.cleaned_data["codice"])
        except Impossibile as error:
            form.add_error(None, str(error))
    return mostra(request, "casi/arrivi/ricevuta.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(METODI)
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
            detto=_("Salvato."),
            oggetto=pk,
            argomenti={"arrivo": riga},
            initial={"ascolto_il": riga.ascolto_il and timezone.localtime(riga.ascolto_il)},
            contesto={
                "arrivo": riga,
                "bisogni": selectors.nomi_dei_bisogni(getattr(riga, "bisogni", [])),
                "scheda": selectors.scheda_di(getattr(riga, "servizio", None)),
                "lingua_parlata": IN_ITALIANO.get(getattr(riga, "lingua", ""), ""),
                **_chi_ascolta(attore),
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

    detto = _("Fatto: la segue chi si occupa di minori.")
    page = Pagina(template="casi/arrivi/minori.html", form=Modulo, do=do, detto=detto, contesto={"arrivo": riga})
    return gestisci(request, attore, page)


def _chi_ascolta(attore: Attore) -> dict[str, bool]:
    """Whether his role writes first conversations: who only answers for his body's arrivals does not; and then, whether
    nobody of it does."""
    ascolta, ente = Azione.SCRIVERE_ASCOLTO in RUOLI[attore.operatore.ruolo].azioni, attore.operatore.ente_id
    return {"ascolta": ascolta, "nessuno_ascolta": not ascolta and ente in senza_ascolto([ente])}
