"""One way through every form of the area: draft, check, do once, tell what is wrong, lose nothing."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import OperationalError
from django.forms import ChoiceField, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casi.actions import bozze
from casi.actions.una_volta import once
from casi.attore import Attore
from casi.errori import Impossibile, Sostituito, Superato
from casi.forms.base import Modulo, UnModulo
from casi.selectors.bozze import draft
from casi.views.pagina import mostra
from casi.views.scaduta import scritto_in, sent_too_late
from casi.views.stati import CONFLICT, UNAVAILABLE, UNPROCESSABLE
from portal.utenti.inviti import NON_PARTITO, PARTITO
from portal.utenti.posta import awaited

log = logging.getLogger("tessere.casi")
METODI = ["GET", "HEAD", "POST"]  # of a page with a form
DA_CAPO = "da_capo"  # what the button sends that throws away a draft


@dataclass(frozen=True)
class Pagina:
    """A page with one form. `do` carries it out and answers the address to go to; `detto` is said there."""

    template: str
    form: type[Modulo]
    do: Callable[[Modulo], str]
    detto: str
    oggetto: UUID | None = None  # what the draft is about
    initial: Mapping[str, Any] = field(default_factory=dict)
    argomenti: Mapping[str, Any] = field(default_factory=dict)  # of the form's constructor
    contesto: Mapping[str, Any] = field(default_factory=dict)


def gestisci(request: HttpRequest, attore: Attore, pagina: Pagina) -> HttpResponse:
    """GET: the form, with the draft if there is one. POST: carried out once, or shown again with what is wrong.

    The template gets `modulo` and, when somebody else saved meanwhile, `confronto`: (label, value now) of each field
    that differs, to be shown beside what was typed; sending again then overwrites knowingly. Or `sostituita`: the row
    that has taken the place of the one the page is about. 422 for mistakes, 409 for those, 503 when the database could
    not keep it.
    """
    if request.method != "POST":
        return _shown(request, pagina, _opened(request, attore, pagina))
    if pagina.form.bozza and DA_CAPO in request.POST:
        return _begun_again(request, attore, pagina)
    form = pagina.form(request.POST, request.FILES, **pagina.argomenti)
    if not form.is_valid():
        return _shown(request, pagina, form, status=UNPROCESSABLE)
    return _carried_out(request, attore, pagina, form)


def _carried_out(request: HttpRequest, attore: Attore, pagina: Pagina, form: Modulo) -> HttpResponse:
    try:
        with awaited() as invitations:
            address = once(form.cleaned_data["chiave"], lambda: pagina.do(form), by=attore)
    except OperationalError as error:
        return _shown(request, pagina, form, status=not_kept(form, error))
    except Superato as other:
        return _superseded(request, pagina, form, other)
    except (Impossibile, ValidationError) as error:
        tell(form, error)
        return _shown(request, pagina, form, status=UNPROCESSABLE)
    if form.bozza:
        bozze.discard(by=attore, modulo=form.bozza, oggetto=pagina.oggetto)
    messages.success(request, pagina.detto)
    for address_of_mail in invitations.partite:
        messages.info(request, PARTITO % {"dove": f"…@{address_of_mail.rpartition('@')[2]}"})
    if invitations.perse:
        messages.warning(request, NON_PARTITO)
    return redirect(address)


def sent_or_opened(request: HttpRequest, modulo: type[UnModulo], **argomenti: Any) -> UnModulo:
    """A form answered on its own page: as it was sent, or opened with what was sent too late (`modulo_scaduto`).

    `argomenti`: of its constructor.
    """
    if request.method == "POST":
        return modulo(request.POST, **argomenti)
    form, late = modulo(**argomenti), sent_too_late(request)
    form.riprendi(late)
    form.scaduto = bool(late)
    return form


def _begun_again(request: HttpRequest, attore: Attore, pagina: Pagina) -> HttpResponse:
    bozze.discard(by=attore, modulo=pagina.form.bozza, oggetto=pagina.oggetto)
    messages.success(request, _("Bozza buttata: si ricomincia da capo."))
    return redirect(request.path)


def _opened(request: HttpRequest, attore: Attore, pagina: Pagina) -> Modulo:
    """With what was sent too late (`modulo_scaduto`), else with the draft, on the version both were typed on."""
    form = pagina.form(initial=dict(pagina.initial), **pagina.argomenti)
    late = sent_too_late(request)
    kept = late or (draft(attore, form.bozza, pagina.oggetto) if form.bozza else {})
    form.riprendi(kept)
    form.ripresa, form.scaduto = bool(kept), bool(late)
    return form


def not_kept(form: Modulo, error: OperationalError) -> int:
    """A full disk, a lock, a server that starts again: nothing was done, and the form stays as it was sent."""
    log.error("A form was not kept: %s", type(error.__cause__).__name__)
    form.guasto = True
    return UNAVAILABLE


def _superseded(request: HttpRequest, pagina: Pagina, form: Modulo, other: Superato) -> HttpResponse:
    """The same form with what was typed, on the version that is there now, and a new key: nothing was done yet."""
    if isinstance(other, Sostituito):
        return _shown(request, pagina, form, status=CONFLICT, sostituita=other.attuale)
    data = request.POST.copy()
    data["versione"] = str(other.attuale.versione)
    data["chiave"] = str(pagina.form.base_fields["chiave"].initial())
    form = pagina.form(data, request.FILES, **pagina.argomenti)
    form.is_valid()
    return _shown(request, pagina, form, status=CONFLICT, confronto=_differences(form, other.attuale))


def _differences(form: Modulo, attuale: object) -> list[tuple[str, object]]:
    """Label and present value of the fields in which the saved row, if it has them, and the form differ."""
    pairs = ((name, getattr(attuale, name)) for name in form.campi if hasattr(attuale, name))
    return [(str(form[name].label), _in_words(form, name, now)) for name, now in pairs if now != form.campi[name]]


def _in_words(form: Modulo, name: str, value: object) -> object:
    """A choice by its label, a tick as yes or no, a day as people say it; anything else as it is."""
    if isinstance(value, bool):
        return _("sì") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, G.i").lower()
    if isinstance(value, date):
        return date_format(value, "j F Y").lower()
    field = form.fields[name]
    choices: Any = field.choices if isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField) else ()
    return next((label for key, label in choices if str(key) == str(value)), value)


def tell(form: Modulo, error: Impossibile | ValidationError) -> None:
    """Each complaint beside its field, the others above the form."""
    if isinstance(error, Impossibile):
        form.add_error(error.campo if error.campo in form.fields else None, str(error))
        return
    complaints = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
    for name, complaint in complaints.items():
        form.add_error(name if name in form.fields else None, complaint)


def _shown(request: HttpRequest, pagina: Pagina, form: Modulo, *, status: int = 200, **more: object) -> HttpResponse:
    form.scritto = scritto_in(request)
    context = {"modulo": form, "oggetto": pagina.oggetto, **pagina.contesto, **more}
    return mostra(request, pagina.template, context, status=status)
