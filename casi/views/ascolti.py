"""First conversations: the list, writing one, correcting one, those of a case."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import ascolti as actions
from casi.actions.aggiunta import aggiungi as aggiungi_al_caso
from casi.actions.origini import perche_concluso
from casi.attore import Attore
from casi.forms.ascolti import AggiuntaForm, AscoltoCorrettoForm, AscoltoForm, AscoltoSulCasoForm, SeguitoForm
from casi.forms.base import Modulo
from casi.forms.elenco import uuid_da
from casi.ruoli import RUOLI, Azione
from casi.selectors import arrivi
from casi.selectors import ascolti as selectors
from casi.selectors.aggiunta import aggiungibili
from casi.selectors.casi import open_caso
from casi.selectors.storico import di_ascolti
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import altrove, contesto_di, mostra, mostra_caso
from casi.views.porta import dichiara

DETTI = ("sigla", "nome", "contatto", "contatto_sicuro", "bisogni", "informativa")  # what a follow-up starts from
CAMPI = [name for _title, names in AscoltoForm.PASSI for name in names]


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    """A code is looked for by POST alone, the next pages of what was found too, so that none is in an address."""
    dopo = uuid_da((request.POST if request.method == "POST" else request.GET).get("dopo", ""))
    sigla = request.POST.get("sigla", "").replace("\x00", "").strip()  # no text of the database has a NUL
    found = selectors.elenco_ascolti(attore, sigla=sigla, dopo=dopo)
    return mostra(request, "casi/ascolti/elenco.html", {"elenco": found})


@require_safe
@dichiara(Azione.SCRIVERE_ASCOLTO)
def ascolto(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = selectors.open_ascolto(attore, pk)
    mio = riga.ente_id == attore.operatore.ente_id
    context = {
        "ascolto": riga,
        "prime": di_ascolti([riga])[pk] if mio else [],  # whom it is proposed to reads what it says now
        **selectors.vicini(attore, riga),
        "bisogni": arrivi.nomi_dei_bisogni(riga.bisogni),
        "mio": mio,
        "chiesta": selectors.is_asked(attore, riga),
        "puo_aprire": Azione.APRIRE_CASO in RUOLI[attore.operatore.ruolo].azioni,
    }
    return mostra(request, "casi/ascolti/ascolto.html", context)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def nuovo(request: HttpRequest, attore: Attore, tipo: str = "", pk: UUID | None = None) -> HttpResponse:
    """A new one; `tipo` and `pk` name the request or alert it answers, whose needs are there already."""
    origine = arrivi.open_arrivo(attore, tipo, pk, Azione.SCRIVERE_ASCOLTO) if pk else None
    if origine and (elsewhere := altrove(request, perche_concluso(origine), reverse(f"casi:{tipo}", args=[pk]))):
        return elsewhere
    initial = {"bisogni": getattr(origine, "bisogni", []), "urgente": getattr(origine, "urgente", False)}

    def do(form: Modulo) -> str:
        riga = actions.scrivi(by=attore, tipo=tipo, arrivo=pk, **form.campi)
        return reverse("casi:ascolto", args=[riga.pk])

    return _form(request, attore, do, oggetto=pk, initial=initial)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def seguito(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    """The next one with the same person: who she is goes along."""
    prima = selectors.open_ascolto(attore, pk, nostro=True)
    if elsewhere := altrove(request, perche_concluso(prima), reverse("casi:ascolto", args=[pk])):
        return elsewhere

    def do(form: Modulo) -> str:
        riga = actions.scrivi(by=attore, seguito=pk, **form.campi)
        return reverse("casi:ascolto", args=[riga.pk])

    initial = {name: getattr(prima, name) for name in DETTI}
    more = {"form": SeguitoForm, "titolo": _("Seguito dell'ascolto"), "di": prima}
    return _form(request, attore, do, oggetto=pk, initial=initial, **more)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def aggiungi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    """To a case that is open already; `caso` in the address is the one proposed.

    One is looked for by POST alone, so that no name is in an address.
    """
    riga = selectors.open_ascolto(attore, pk)
    sent = request.POST if request.method == "POST" else request.GET
    cercato = request.POST.get("cerca", "").strip() if request.method == "POST" else ""
    casi = aggiungibili(attore, riga, cercato=cercato, scelto=uuid_da(sent.get("caso", "")))

    def do(form: Modulo) -> str:
        caso = aggiungi_al_caso(by=attore, ascolto=pk, **form.campi)
        return reverse("casi:ascolti_del_caso", args=[caso.pk])

    page = Pagina(
        template="casi/ascolti/aggiungi.html",
        form=AggiuntaForm,
        do=do,
        detto=_("Ascolto aggiunto al caso."),
        oggetto=pk,
        initial={"caso": request.GET.get("caso", "")},
        argomenti={"casi": casi.righe},
        contesto={"ascolto": riga, "casi": casi},
    )
    if request.method == "POST" and "cerca" in request.POST:
        return mostra(request, page.template, {"modulo": AggiuntaForm(casi=casi.righe), **page.contesto})
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def correggi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = selectors.open_ascolto(attore, pk, nostro=True)
    initial = {name: getattr(riga, name) for name in (*CAMPI, "versione")}

    def do(form: Modulo) -> str:
        actions.correggi(by=attore, ascolto=pk, versione=form.cleaned_data["versione"] or 0, **form.campi)
        return reverse("casi:ascolto", args=[pk])

    more = {"form": AscoltoCorrettoForm, "titolo": _("Correggi l'ascolto"), "di": riga}
    return _form(request, attore, do, oggetto=pk, initial=initial, **more)


@require_safe
@dichiara(Azione.VEDERE_CASO)
def del_caso(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, ascolti = selectors.ascolti_del_caso(attore, pk)
    nomi = arrivi.nomi_per_codice()
    storia = di_ascolti(ascolti if Azione.VALUTARE in aperto.azioni else [])
    righe = [
        (each, [nomi[codice] for codice in each.bisogni if codice in nomi], storia.get(each.pk)) for each in ascolti
    ]
    context = {
        "ascolti": righe,
        "provenienze": arrivi.provenienze(attore, aperto.caso),
        "si_ascolta": Azione.ASCOLTARE in aperto.azioni and aperto.caso.stato in selectors.SI_ASCOLTA,
    }
    return mostra_caso(request, "casi/ascolti/del_caso.html", aperto, context)


@require_http_methods(METODI)
@dichiara(Azione.ASCOLTARE)
def sul_caso(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    """The first one of a case that was opened from a request or an alert."""
    aperto = open_caso(attore, pk, Azione.ASCOLTARE)
    back = reverse("casi:ascolti_del_caso", args=[pk])
    if aperto.caso.stato not in selectors.SI_ASCOLTA:
        messages.warning(request, actions.PASSATO)
        return redirect(back)

    def do(form: Modulo) -> str:
        actions.scrivi_sul_caso(by=attore, caso=pk, **form.campi)
        return back

    page = Pagina(
        template="casi/ascolti/sul_caso.html",
        form=AscoltoSulCasoForm,
        do=do,
        detto=_("Ascolto salvato."),
        oggetto=pk,
        contesto={**contesto_di(aperto), "indietro": back},
    )
    return gestisci(request, attore, page)


def _form(request: HttpRequest, attore: Attore, do: Any, **page: Any) -> HttpResponse:
    """`page`: oggetto, initial; form, if it is not the ordinary one, with its titolo, and the conversation it is of
    (`di`)."""
    given = {"di": page.pop("di", None)}
    title = {"titolo": page.pop("titolo", _("Primo ascolto")), **given}
    about = {"template": "casi/ascolti/modulo.html", "detto": _("Ascolto salvato."), "contesto": title}
    return gestisci(request, attore, Pagina(**{"form": AscoltoForm, **about, **page}, do=do, argomenti=given))
