"""The first page of the admin: what to do today, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.permissions import policy_registry

from catalogo.models import EntePage, ServizioPage

DA_CORREGGERE, DA_VERIFICARE, BOZZA, IN_REVISIONE, RITIRATA, PUBBLICATA = range(6)


@dataclass
class Riga:
    """One page of the body: its state, the most urgent first, and what the desk wrote about it."""

    pagina: Page
    stati: list[int] = field(default_factory=list)

    @property
    def parole(self) -> list[tuple[str, str]]:
        """(css class, words) of each state."""
        words = {
            DA_CORREGGERE: ("correggere", _("da correggere")),
            DA_VERIFICARE: ("verificare", _("da verificare")),
            BOZZA: ("bozza", _("modifica non inviata") if self.pagina.live else _("bozza mai inviata")),
            IN_REVISIONE: ("revisione", _("in revisione")),
            RITIRATA: ("ritirata", _("ritirata dal sito")),
            PUBBLICATA: ("pubblicata", _("pubblicata")),
        }
        return [words[stato] for stato in self.stati]

    @property
    def commento(self) -> str:
        if DA_CORREGGERE not in self.stati:
            return ""
        return self.pagina.current_workflow_state.current_task_state.comment


def stati_di(pagina: Page) -> list[int]:
    """States of `pagina`, most urgent first."""
    workflow = pagina.current_workflow_state
    found = []
    if workflow:
        asked = workflow.status == WorkflowState.STATUS_NEEDS_CHANGES
        found.append(DA_CORREGGERE if asked else IN_REVISIONE)
    elif not pagina.live and pagina.first_published_at:
        found.append(RITIRATA)
    elif pagina.has_unpublished_changes:
        found.append(BOZZA)
    if pagina.live and getattr(pagina, "da_verificare", False):
        found.append(DA_VERIFICARE)
    return sorted(found) or [PUBBLICATA]


def righe_di(user) -> list[Riga]:
    """The pages on which `user` writes, the most urgent first, then by title."""
    own = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"change"})
    pages = own.order_by("title").defer_streamfields().specific().prefetch_workflow_states()
    return sorted((Riga(page, stati_di(page)) for page in pages), key=lambda riga: riga.stati[0])


def frasi(righe: Iterable[Riga]) -> list[tuple[str, str]]:
    """(css class, sentence) of what there is to do and of what waits for the desk; empty when nothing does."""
    states = [stato for riga in righe for stato in riga.stati]
    drafts = [riga for riga in righe if BOZZA in riga.stati]
    never = sum(not riga.pagina.live for riga in drafts)
    found = [
        ("correggere", states.count(DA_CORREGGERE), "%(n)s pagina da correggere", "%(n)s pagine da correggere"),
        ("verificare", states.count(DA_VERIFICARE), "%(n)s scheda da verificare", "%(n)s schede da verificare"),
        ("bozza", never, "%(n)s bozza mai inviata", "%(n)s bozze mai inviate"),
        ("bozza", len(drafts) - never, "%(n)s modifica non inviata", "%(n)s modifiche non inviate"),
        ("revisione", states.count(IN_REVISIONE), "%(n)s in revisione", "%(n)s in revisione"),
    ]
    return [(kind, ngettext(one, many, n) % {"n": n}) for kind, n, one, many in found if n]


class LeTuePagine(Component):
    """What who writes for a body has to do, and all its pages with a big "Modifica"."""

    template_name = "catalogo/redazione/le_tue_pagine.html"
    order = 10

    def get_context_data(self, parent_context):
        righe = righe_di(parent_context["request"].user)
        sentences = frasi(righe)
        return {
            "righe": righe,
            "frasi": sentences,
            "da_fare": any(kind != "revisione" for kind, _sentence in sentences),
            "enti": [riga.pagina for riga in righe if isinstance(riga.pagina, EntePage)],
        }


@dataclass
class DaApprovare:
    """An edit that waits for the desk."""

    attesa: TaskState

    @cached_property
    def pagina(self) -> Page:
        return self.attesa.revision.content_object

    @cached_property
    def ente(self) -> Page:
        return self.pagina.get_parent()

    @property
    def confronto(self) -> str:
        """Address of the comparison with what is published; empty for what never was."""
        if not self.pagina.live:
            return ""
        return reverse("wagtailadmin_pages:revisions_compare", args=[self.pagina.pk, "live", self.attesa.revision_id])

    @property
    def lettura(self) -> str:
        return reverse("wagtailadmin_pages:workflow_preview", args=[self.pagina.pk, self.attesa.task_id])


class DaApprovarePanel(Component):
    """What waits for the central desk, oldest first, and how much of the network is still to be verified."""

    template_name = "catalogo/redazione/da_approvare.html"
    order = 10

    def get_context_data(self, parent_context):
        waiting = (
            TaskState.objects.reviewable_by(parent_context["request"].user)
            .select_related("revision__user")
            .order_by("started_at")
        )
        attese = [DaApprovare(state) for state in waiting]
        unverified = ServizioPage.objects.in_catalogo().filter(da_verificare=True).count()
        return {"attese": [item for item in attese if item.pagina], "da_verificare": unverified}


def pannelli(request: HttpRequest, redazione: bool) -> list[Component]:
    return [DaApprovarePanel()] if redazione else [LeTuePagine()]
