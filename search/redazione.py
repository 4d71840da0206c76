"""The search in the editors' admin: synonyms, and what people asked for in vain. The central desk only."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from portal.cms.permission_testers import is_redazione
from portal.utenti.models import Utente
from search.conteggio import cercato_ma_non_trovato
from search.models import ParolaCercata, Sinonimo

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a spreadsheet recognises something to compute


class SoloRedazione(ModelPermissionPolicy):
    """The central desk may do everything, nobody else anything."""

    def user_has_permission(self, user: Utente, action: str) -> bool:
        return is_redazione(user)

    def user_has_any_permission(self, user: Utente, actions: Iterable[str]) -> bool:
        return is_redazione(user)


class SinonimoViewSet(ModelViewSet):
    model = Sinonimo
    ordering = "parole"
    icon = "comment"
    menu_label = _("Sinonimi")
    list_display = ["parole", "lingua"]
    list_filter = ["lingua"]
    search_fields = ["parole"]
    form_fields = ["lingua", "parole"]
    copy_view_enabled = False
    add_to_reference_index = False
    list_per_page = 50


def inoffensivo(value: object) -> str:
    """Text that a spreadsheet shows and never computes."""
    text = str(value)
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


class CercatoView(ReportView):
    """Texts that gave nothing, the most frequent first."""

    page_title = _("Cercato ma non trovato")
    header_icon = "search"
    index_url_name = "cercato:index"
    index_results_url_name = "cercato:results"
    permission_policy = SoloRedazione(ParolaCercata)
    permission_required = "view"
    model = ParolaCercata
    default_ordering = "-a_vuoto"
    columns = [
        Column("testo", label=_("Che cosa hanno cercato"), sort_key="testo"),
        Column("lingua", label=_("Lingua"), accessor="get_lingua_display", sort_key="lingua"),
        Column("a_vuoto", label=_("Senza risposta"), sort_key="a_vuoto"),
        Column("volte", label=_("Volte"), sort_key="volte"),
        Column("risultati", label=_("Risultati l'ultima volta")),
        Column("filtri_detti", label=_("Con quali filtri")),
        DateColumn("ultimo", label=_("Ultima volta"), sort_key="ultimo"),
    ]
    FORMATS = (ReportView.FORMAT_CSV,)
    list_export = ["testo", "lingua", "a_vuoto", "volte", "risultati", "filtri_detti", "dal", "ultimo"]
    export_headings = {"filtri_detti": _("Con quali filtri")}
    export_filename = "cercato-ma-non-trovato"
    custom_field_preprocess = {name: {ReportView.FORMAT_CSV: inoffensivo} for name in ("testo", "filtri_detti")}

    def get_base_queryset(self) -> QuerySet[ParolaCercata]:
        return cercato_ma_non_trovato()


class Cercato(ViewSet):
    name = "cercato"
    icon = "search"
    menu_label = _("Cercato ma non trovato")

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(CercatoView), name="index"),
            path("results/", self.construct_view(CercatoView, results_only=True), name="results"),
        ]


class Ricerca(ViewSetGroup):
    menu_label = _("Ricerca")
    menu_icon = "search"
    menu_order = 420
    items = [SinonimoViewSet(), Cercato()]
