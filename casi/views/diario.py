"""The diary of a case: reading, writing, correcting."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import diario as azioni_diario
from casi.actions.lettori import name_reader
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.diario import CorrezioneModulo, LettoreModulo, VoceModulo
from casi.ruoli import Azione
from casi.selectors import diario as letture
from casi.selectors.affidamenti import senza_lettori
from casi.selectors.casi import open_caso
from casi.selectors.lettori import aree, da_nominare, destinatari, is_area, nominabili, riservata
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, mostra_caso
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.DIARIO_PROPRIO)
def elenco(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, voci = letture.diario(attore, pk, request.GET.get("pagina", "1"))
    lost = len(senza_lettori(aperto.caso)) if Azione.AFFIDARE_VOCI in aperto.azioni else 0
    context = {"diario": voci, "senza_lettori": lost, "aree": aree(attore, aperto)}
    return mostra_caso(request, "casi/diario/elenco.html", aperto, context)


@require_safe
@dichiara(Azione.VOCI_RISERVATE)
def voce(request: HttpRequest, attore: Attore, pk: UUID, voce: UUID) -> HttpResponse:
    """One entry by itself: the only way to a level 5 text."""
    aperto, found = letture.voce(attore, pk, voce, Azione.VOCI_RISERVATE)
    context = {"voce": found, "destinatari": destinatari(found.riga)}
    return mostra_caso(request, "casi/diario/voce.html", aperto, context)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_DIARIO)
def scrivi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.SCRIVERE_DIARIO)
    note = Azione.SCRIVERE_NOTE in aperto.azioni
    back = reverse("casi:diario", args=[pk])

    def write(form: Modulo) -> str:
        azioni_diario.write(by=attore, caso=pk, voce=form.voce)  # type: ignore[attr-defined]
        return back

    page = Pagina(
        template="casi/diario/scrivi.html",
        form=VoceModulo,
        do=write,
        detto=_("La voce è nel diario."),
        oggetto=pk,
        argomenti={"note": note, "nominabili": nominabili(attore, pk) if note else []},
        contesto={**contesto_di(aperto), "indietro": back},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_DIARIO)
def correggi(request: HttpRequest, attore: Attore, pk: UUID, voce: UUID) -> HttpResponse:
    aperto, found = letture.voce(attore, pk, voce, Azione.SCRIVERE_DIARIO)
    back = reverse("casi:diario", args=[pk])

    def correct(form: Modulo) -> str:
        azioni_diario.correct(by=attore, caso=pk, voce=voce, **form.campi)
        return back

    page = Pagina(
        template="casi/diario/correggi.html",
        form=CorrezioneModulo,
        do=correct,
        detto=_("La correzione è nel diario, accanto alla voce."),
        oggetto=voce,
        contesto={**contesto_di(aperto), "voce": found, "indietro": back},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.NOMINARE_LETTORI)
def nomina(request: HttpRequest, attore: Attore, pk: UUID, voce: UUID) -> HttpResponse:
    """One more reader of a reserved entry, or area of an assessment."""
    aperto, riga = riservata(attore, pk, voce, Azione.NOMINARE_LETTORI)
    back = reverse("casi:area" if is_area(riga) else "casi:diario_voce", args=[pk, voce])

    def name(form: Modulo) -> str:
        name_reader(by=attore, caso=pk, voce=voce, **form.campi)
        return back

    people = da_nominare(attore, riga)
    page = Pagina(
        template="casi/diario/nomina.html",
        form=LettoreModulo,
        do=name,
        detto=_("Fatto: da adesso può leggerla, e riceve un avviso."),
        argomenti={"nominabili": people},
        contesto={**contesto_di(aperto), "voce": riga, "nominabili": people, "indietro": back},
    )
    return gestisci(request, attore, page)
