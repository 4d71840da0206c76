"""Where catalogo/redazione meets Wagtail's admin."""

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from portal.cms.permission_testers import is_redazione

from .redazione.cruscotto import pannelli
from .redazione.viste import MODELLI, Anagrafe, MaiCancellati, Vocabolari

# Before the lists, which would otherwise give each model Wagtail's ordinary rules.
for model in MODELLI:
    register_permission_policy(model, MaiCancellati(model))


@hooks.register("register_admin_viewset")
def register_lists():
    return [Anagrafe(), Vocabolari()]


@hooks.register("construct_homepage_panels")
def put_what_to_do_first(request, panels):
    """Wagtail's own panels name pages by who edited them, also pages one may no longer see."""
    panels[:] = pannelli(request, is_redazione(request.user))
