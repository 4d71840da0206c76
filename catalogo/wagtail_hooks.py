"""Where catalogo/redazione meets Wagtail's admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from catalogo.models import Operatore
from portal.cms.permission_testers import is_redazione

from .redazione.azioni import bottoni_di_un_ente
from .redazione.cruscotto import pannelli
from .redazione.viste import MODELLI, Anagrafe, MaiCancellati, SoloLettura, Vocabolari

# Before the lists, which would otherwise give each model Wagtail's ordinary rules.
for model in MODELLI:
    register_permission_policy(model, SoloLettura(model) if model is Operatore else MaiCancellati(model))


@hooks.register("register_admin_viewset")
def register_lists():
    return [Anagrafe(), Vocabolari()]


@hooks.register("construct_homepage_panels")
def put_what_to_do_first(request, panels):
    """Wagtail's own panels name pages by who edited them, also pages one may no longer see."""
    panels[:] = pannelli(request, is_redazione(request.user))


@hooks.register("construct_page_action_menu")
def plain_buttons(menu_items, request, context):
    if not is_redazione(request.user):
        menu_items[:] = bottoni_di_un_ente(menu_items)
