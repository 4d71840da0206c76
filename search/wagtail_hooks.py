"""Where the search meets Wagtail's admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from search.models import Sinonimo
from search.redazione import Ricerca, SoloRedazione

register_permission_policy(Sinonimo, SoloRedazione(Sinonimo))


@hooks.register("register_admin_viewset")
def register_search_lists() -> Ricerca:
    return Ricerca()
