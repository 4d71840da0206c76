"""Whether the person an alert is about has been told of it: from the desk, and from the case it has become."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from casi.actions.informare import informa
from casi.attore import Attore
from casi.forms.arrivi import InformataDelCaso, InformataForm
from casi.forms.base import Modulo
from casi.ruoli import Azione
from casi.selectors.arrivi import open_arrivo
from casi.selectors.casi import open_parte
from casi.selectors.da_informare import segnalazione_del_caso
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.passo import Passo, Qui, segui
from casi.views.porta import dichiara

PERCHE = _(
    "Chi è stato segnalato ha diritto di sapere che teniamo dati su di lui, entro un mese (GDPR, articolo 14). "
    "Non si dice mai chi ha scritto."
)
PASSO = Passo(
    titolo=_("Informare la persona"), invia=_("Salva"), detto=_("Fatto."), ritorno="casi:ascolti_del_caso",
    form=InformataDelCaso, conseguenze=(PERCHE,),
)  # fmt: skip


@require_http_methods(METODI)
@dichiara(Azione.GESTIRE_ARRIVI)
def segnalazione(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = open_arrivo(attore, "segnalazione", pk)

    def do(form: Modulo) -> str:
        informa(by=attore, segnalazione=pk, versione=_read(form), **form.campi)
        return reverse("casi:segnalazione", args=[pk])

    page = Pagina(
        template="casi/arrivi/informata.html",
        form=InformataForm,
        do=do,
        detto=str(_("Fatto.")),
        oggetto=pk,
        initial=_saved(riga),
        contesto={"arrivo": riga, "perche": PERCHE},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.VALUTARE)
def del_caso(request: HttpRequest, attore: Attore, pk: UUID, segnalazione: UUID) -> HttpResponse:
    alert = partial(segnalazione_del_caso, attore, segnalazione=segnalazione)
    aperto, riga = open_parte(attore, pk, Azione.VALUTARE, alert)
    qui = Qui(attore, aperto, su=riga.codice, initial=_saved(riga), oggetto=segnalazione)

    def do(form: Modulo) -> None:
        informa(by=attore, segnalazione=segnalazione, caso=pk, versione=_read(form), **form.campi)

    return segui(request, qui, PASSO, do)


def _saved(riga: Any) -> dict[str, object]:
    return {name: getattr(riga, name) for name in ("avvisata_il", "non_avvisata_perche", "versione")}


def _read(form: Modulo) -> int:
    return form.cleaned_data["versione"] or 0
