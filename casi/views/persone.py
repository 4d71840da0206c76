"""The people of a case."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import persone as actions
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.persone import (
    CAMPI,
    LEGAME,
    LegameCorrettoForm,
    LegameForm,
    NuovaPersonaForm,
    ResidenzaCorrettaForm,
    ResidenzaForm,
    RientroForm,
    SchedaForm,
    UscitaCorrettaForm,
    UscitaForm,
)
from casi.ruoli import Azione
from casi.selectors import persone as selectors
from casi.selectors.casi import Aperto, open_caso
from casi.selectors.fusione import merged_into
from casi.selectors.pubblico import comuni
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, da_offrire, mostra_caso
from casi.views.porta import dichiara

TEMPLATE = "casi/persone/modulo.html"


@require_safe
@dichiara(Azione.VEDERE_PERSONE)
def elenco(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, famiglia = selectors.open_famiglia(attore, pk)
    context = {
        "famiglia": famiglia,
        "oggi": timezone.localdate(),
        "puo_modificare": Azione.MODIFICARE_PERSONE in da_offrire(aperto),
        "puo_rivedere": Azione.MODIFICARE_PERSONE in aperto.azioni,
        "puo_unire": Azione.FONDERE_PERSONE in da_offrire(aperto),
    }
    return mostra_caso(request, "casi/persone/elenco.html", aperto, context)


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def nuova(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.MODIFICARE_PERSONE)

    def do(form: Modulo) -> str:
        actions.aggiungi(by=attore, caso=pk, **form.campi)
        return _back(pk)

    return _form(
        request,
        attore,
        aperto,
        do,
        form=NuovaPersonaForm,
        oggetto=pk,
        argomenti={"attore": attore},
        titolo=_("Nuova persona"),
    )


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def modifica(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID) -> HttpResponse:
    aperto, riga = selectors.open_componente(attore, pk, persona, Azione.MODIFICARE_PERSONE)
    here = selectors.appartenenza(aperto.caso, persona)

    def do(form: Modulo) -> str:
        actions.correggi(by=attore, caso=pk, persona=persona, versione=form.cleaned_data["versione"] or 0, **form.campi)
        return _back(pk)

    return _form(
        request,
        attore,
        aperto,
        do,
        form=SchedaForm,
        oggetto=persona,
        titolo=riga.nominativo,
        argomenti={"attore": attore, "persona": riga, "nel_nucleo": here is not None},
        initial={name: getattr(riga, name) for name in (*CAMPI, "versione")}
        | ({"ruolo": here.ruolo, "dal": here.dal} if here else {}),
        fusione=merged_into(persona),
        storia=persona,
    )


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def uscita(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID) -> HttpResponse:
    """Out of the household, on another day than was said, or back into it."""
    aperto, riga = selectors.open_persona(attore, pk, persona, Azione.MODIFICARE_PERSONE)
    inside = selectors.appartenenza(aperto.caso, persona)

    def do(form: Modulo) -> str:
        (actions.esce if inside else actions.rientra)(by=attore, caso=pk, persona=persona, **form.campi)
        return _back(pk)

    form, title = _of_leaving(inside)
    said = {"al": inside.al} if inside and inside.al else {}
    more = {"initial": said, "argomenti": {"detto": inside.al} if inside else {}}
    return _form(request, attore, aperto, do, form=form, titolo=title % {"chi": riga.nominativo}, **more)


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def uscita_passata(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID, componente: int) -> HttpResponse:
    """Another last day than was said, of who has left."""
    aperto, riga = selectors.open_uscita(attore, pk, persona, componente)

    def do(form: Modulo) -> str:
        actions.correggi_uscita(by=attore, caso=pk, persona=persona, componente=componente, **form.campi)
        return _back(pk)

    return _form(
        request,
        attore,
        aperto,
        do,
        form=UscitaCorrettaForm,
        argomenti={"detto": riga.al},
        titolo=_("%(chi)s: il giorno di uscita") % {"chi": riga.persona.nominativo},
        initial={"al": riga.al},
    )


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def residenza(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID) -> HttpResponse:
    aperto, riga = selectors.open_componente(attore, pk, persona, Azione.MODIFICARE_PERSONE)

    def do(form: Modulo) -> str:
        actions.abita(by=attore, caso=pk, persona=persona, **form.campi)
        return _back(pk)

    return _form(
        request,
        attore,
        aperto,
        do,
        form=ResidenzaForm,
        argomenti={"comuni": comuni()},
        titolo=_("Dove vive %(chi)s") % {"chi": riga.nominativo},
    )


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def residenza_corretta(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID, residenza: UUID) -> HttpResponse:
    aperto, riga = selectors.open_residenza(attore, pk, persona, residenza)

    def do(form: Modulo) -> str:
        letta = form.cleaned_data["versione"] or 0
        actions.correggi_residenza(
            by=attore, caso=pk, persona=persona, residenza=residenza, versione=letta, **form.campi
        )
        return _back(pk)

    return _form(
        request,
        attore,
        aperto,
        do,
        form=ResidenzaCorrettaForm,
        argomenti={"comuni": comuni(riga.comune_id)},
        titolo=_("Dove vive %(chi)s") % {"chi": riga.persona.nominativo},
        initial={name: getattr(riga, name) for name in ("tipo", "indirizzo", "comune", "dal", "al", "versione")},
    )


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def legame_nuovo(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.MODIFICARE_PERSONE)
    return _legame(request, attore, aperto, None, {})


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def legame(request: HttpRequest, attore: Attore, pk: UUID, legame: UUID) -> HttpResponse:
    aperto, riga = selectors.open_legame(attore, pk, legame)
    return _legame(request, attore, aperto, legame, {name: getattr(riga, name) for name in (*LEGAME, "versione")})


def _of_leaving(inside: Any) -> tuple[type[Modulo], str]:
    """The form for who is out of the household, leaves it on a day that was said, or is in it; its title."""
    if inside is None:
        return RientroForm, _("%(chi)s rientra nel nucleo")
    if inside.al:
        return UscitaCorrettaForm, _("%(chi)s esce un altro giorno")
    return UscitaForm, _("%(chi)s esce dal nucleo")


def _legame(request: HttpRequest, attore: Attore, aperto: Aperto, legame: UUID | None, initial: dict) -> HttpResponse:
    def do(form: Modulo) -> str:
        versione = form.cleaned_data["versione"] or 0
        actions.scrivi_legame(by=attore, caso=aperto.caso.pk, legame=legame, versione=versione, **form.campi)
        return _back(aperto.caso.pk)

    titolo = _("Una persona vicina alla famiglia")
    form = LegameCorrettoForm if legame else LegameForm
    return _form(request, attore, aperto, do, form=form, initial=initial, titolo=titolo)


def _form(request: HttpRequest, attore: Attore, aperto: Aperto, do: Any, **more: Any) -> HttpResponse:
    """One form about the people of the case, under its heading."""
    context = {**contesto_di(aperto), "titolo": more.pop("titolo")}
    context |= {name: more.pop(name, None) for name in ("fusione", "storia")}
    page = Pagina(template=TEMPLATE, do=do, detto=_("Salvato."), contesto=context, **more)
    return gestisci(request, attore, page)


def _back(pk: UUID) -> str:
    return reverse("casi:persone", args=[pk])
