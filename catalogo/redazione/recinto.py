"""The fence of the admin: who writes for a body reaches what is listed in `porte`, and nothing else.

Wagtail checks most of its views one by one; some show a title or a draft to anybody inside. A list of what is open
fails closed: a view that a new version of Wagtail brings is shut until somebody writes its rule.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.defaults import page_not_found

from portal.cms.permission_testers import is_redazione

from .gruppi import allinea_gruppi
from .porte import PORTE, PORTE_DI_TUTTI

# Signing in has one door, with the second factor.
ALTRE_ENTRATE = {
    "wagtailadmin_login": "account_login",
    "wagtailadmin_password_reset": "account_reset_password",
    "wagtailadmin_password_reset_done": "account_reset_password",
    "wagtailadmin_password_reset_confirm": "account_reset_password",
    "wagtailadmin_password_reset_complete": "account_login",
}


class Recinto:
    """Middleware of the public process, after authentication.

    - the groups of the person are those of today's ties (`allinea_gruppi`);
    - who has no business in the admin is told so, instead of being sent to sign in again;
    - the central desk passes, but for the rules that bind everybody (`PORTE_DI_TUTTI`);
    - everybody else needs a rule in `PORTE` that says yes; otherwise the page does not exist.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @cached_property
    def prefix(self) -> str:
        return reverse("wagtailadmin_home")

    def process_view(self, request: HttpRequest, view, args, kwargs: dict) -> HttpResponse | None:
        if not request.path.startswith(self.prefix):
            return None
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in ALTRE_ENTRATE:
            return redirect(reverse(ALTRE_ENTRATE[name], query=request.GET.dict() or None))
        if not request.user.is_authenticated:
            return None
        allinea_gruppi(request.user)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if self.is_open(name, request, kwargs):
            return None
        return page_not_found(request, None, template_name="wagtailadmin/404.html")

    def is_open(self, name: str, request: HttpRequest, kwargs: dict) -> bool:
        rules = PORTE_DI_TUTTI if is_redazione(request.user) else PORTE
        default = is_redazione(request.user)
        return rules[name](request, kwargs) if name in rules else default
