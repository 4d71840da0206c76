"""Where the search meets Wagtail's admin."""

from collections.abc import Iterable

from django.db.models import Model
from django.http import HttpRequest
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from portal.cms.models import Documento
from search import sincronia
from search.models import Sinonimo
from search.redazione import Ricerca, SoloRedazione

register_permission_policy(Sinonimo, SoloRedazione(Sinonimo))


@hooks.register("register_admin_viewset")
def register_search_lists() -> Ricerca:
    return Ricerca()


@hooks.register("after_bulk_action")
def documents_moved(request: HttpRequest | None, kind: str, objects: Iterable[Model], action: object) -> None:
    """Wagtail puts many documents into a collection without a signal."""
    for each in objects:
        if isinstance(each, Documento):
            sincronia.document_changed(each)
