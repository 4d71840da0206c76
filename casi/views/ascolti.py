"""First conversations: the list, writing one, correcting one, those of a case."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import ascolti as actions
from casi.attore import Attore
from casi.forms.ascolti import AscoltoForm
from casi.forms.base import Modulo
from casi.ruoli import RUOLI, Azione
from casi.selectors import arrivi
from casi.selectors import ascolti as selectors
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra, mostra_caso
from casi.views.porta import dichiara

CAMPI = [name for _title, names in AscoltoForm.PASSI for name in names]


@require_safe
@dichiara(Azione.SCRIVERE_ASCOLTO)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    return mostra(request, "casi/ascolti/elenco.html", {"ascolti": selectors.elenco_ascolti(attore)})


@require_safe
@dichiara(Azione.SCRIVERE_ASCOLTO)
def ascolto(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = selectors.open_ascolto(attore, pk)
    context = {
        "ascolto": riga,
        "bisogni": arrivi.nomi_dei_bisogni(riga.bisogni),
        "mio": riga.ente_id == attore.operatore.ente_id,
        "puo_aprire": Azione.APRIRE_CASO in RUOLI[attore.operatore.ruolo].azioni,
    }
    return mostra(request, "casi/ascolti/ascolto.html", context)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def nuovo(request: HttpRequest, attore: Attore, tipo: str = "", pk: UUID | None = None) -> HttpResponse:
    """A new one; `tipo` and `pk` name the request or alert it answers, whose needs are there already."""
    origine = arrivi.open_arrivo(attore, tipo, pk, Azione.SCRIVERE_ASCOLTO) if pk else None
    initial = {"bisogni": getattr(origine, "bisogni", []), "urgente": getattr(origine, "urgente", False)}

    def do(form: Modulo) -> str:
        riga = actions.scrivi(by=attore, tipo=tipo, arrivo=pk, **form.campi)
        return reverse("casi:ascolto", args=[riga.pk])

    return _form(request, attore, do, oggetto=pk, initial=initial)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def correggi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = selectors.open_ascolto(attore, pk, nostro=True)
    initial = {name: getattr(riga, name) for name in (*CAMPI, "versione")}

    def do(form: Modulo) -> str:
        actions.correggi(by=attore, ascolto=pk, versione=form.cleaned_data["versione"] or 0, **form.campi)
        return reverse("casi:ascolto", args=[pk])

    return _form(request, attore, do, oggetto=pk, initial=initial)


@require_safe
@dichiara(Azione.VEDERE_CASO)
def del_caso(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, ascolti = selectors.ascolti_del_caso(attore, pk)
    nomi = arrivi.nomi_per_codice()
    righe = [(each, [nomi[codice] for codice in each.bisogni if codice in nomi]) for each in ascolti]
    context = {"ascolti": righe, "provenienze": arrivi.provenienze(attore, aperto.caso)}
    return mostra_caso(request, "casi/ascolti/del_caso.html", aperto, context)


def _form(request: HttpRequest, attore: Attore, do: Any, *, oggetto: UUID | None, initial: dict) -> HttpResponse:
    template, detto = "casi/ascolti/modulo.html", "Ascolto salvato."
    page = Pagina(template=template, form=AscoltoForm, do=do, detto=detto, oggetto=oggetto, initial=initial)
    return gestisci(request, attore, page)
