"""Interventions: those of one's own body, the global view, writing one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import interventi as azioni_interventi
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.interventi import FineIntervento, InterventoModulo
from casi.ruoli import Azione
from casi.selectors import interventi as letture
from casi.selectors.casi import open_caso
from casi.selectors.chiusura import orfani
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, mostra_caso
from casi.views.porta import dichiara
from casi.views.scaduta import scritto_in

CAMPI = ("tipo", "servizio", "stato", "dal", "al", "nota", "condiviso", "versione")


@require_safe
@dichiara(Azione.INTERVENTI_ENTE)
def elenco(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, found = letture.interventi(attore, pk)
    early = letture.puo_cominciare(aperto.caso, timezone.localdate())
    return mostra_caso(request, "casi/interventi/elenco.html", aperto, {"interventi": found, "puo_cominciare": early})


@require_safe
@dichiara(Azione.VISTA_GLOBALE)
def quadro(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, found = letture.quadro(attore, pk)
    return mostra_caso(request, "casi/interventi/quadro.html", aperto, {"quadro": found})


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_INTERVENTI)
def nuovo(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.SCRIVERE_INTERVENTI)
    back = reverse("casi:interventi", args=[pk])

    def begin(form: Modulo) -> str:
        azioni_interventi.begin(by=attore, caso=pk, aiuto=form.aiuto)  # type: ignore[attr-defined]
        return back

    page = Pagina(
        template="casi/interventi/scrivi.html",
        form=InterventoModulo,
        do=begin,
        detto=_("L'aiuto è scritto."),
        oggetto=pk,
        argomenti={"servizi": letture.servizi_di(attore.operatore.ente)},
        contesto={**contesto_di(aperto), "indietro": back, "nuovo": True},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_INTERVENTI)
def modifica(request: HttpRequest, attore: Attore, pk: UUID, intervento: UUID) -> HttpResponse:
    aperto, riga = letture.intervento(attore, pk, intervento)
    back = reverse("casi:interventi", args=[pk])

    def change(form: Modulo) -> str:
        azioni_interventi.change(
            by=attore,
            caso=pk,
            intervento=intervento,
            aiuto=form.aiuto,  # type: ignore[attr-defined]
            letta=form.cleaned_data["versione"] or 0,
        )
        return back

    page = Pagina(
        template="casi/interventi/scrivi.html",
        form=InterventoModulo,
        do=change,
        detto=_("Salvato."),
        oggetto=intervento,
        initial={name: getattr(riga, name) for name in CAMPI},
        argomenti={"stato": riga.stato, "servizi": letture.servizi_di(attore.operatore.ente)},
        contesto={**contesto_di(aperto), "indietro": back, "nuovo": False},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.CONDURRE)
def concludi(request: HttpRequest, attore: Attore, pk: UUID, intervento: UUID) -> HttpResponse:
    """Of a body that is out of the case: nobody else could end it, and the case would never close."""
    aperto, riga = letture.di_un_altro(attore, pk, intervento)
    if request.method != "POST" and riga.pk not in orfani(attore, aperto.caso, [riga]):
        perche = _("Questo aiuto lo aggiorna l'ente che l'ha scritto, oppure è già finito.")
        return mostra_caso(
            request, "casi/percorso_non_ora.html", aperto, {"perche": perche, "scritto": scritto_in(request)}
        )
    back = reverse("casi:quadro", args=[pk])

    def settle(form: Modulo) -> str:
        azioni_interventi.settle(by=attore, caso=pk, intervento=intervento, **form.campi)
        return back

    page = Pagina(
        template="casi/interventi/concludi.html",
        form=FineIntervento,
        do=settle,
        detto=_("Salvato."),
        argomenti={"da": riga.stato},
        contesto={**contesto_di(aperto), "indietro": back, "intervento": riga},
    )
    return gestisci(request, attore, page)
