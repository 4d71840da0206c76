"""`/servizi/`: everything the network offers, filtered by facts."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.cms.models import PaginaBase
from portal.cms.permission_testers import RegolePaginaFissa


class CatalogoPage(PaginaBase):
    """The catalogue of the services of all bodies."""

    parent_page_types = ["home.HomePage"]
    subpage_types = []
    max_count_per_parent = 1
    permission_tester_class = RegolePaginaFissa
    template = "catalogo/catalogo_page.html"

    class Meta:
        verbose_name = _("catalogo dei servizi")

    def serve(self, request, *args, **kwargs):
        """Words are searched for elsewhere, among everything the network has written: same filters, other address."""
        if request.GET.get("q", "").strip():
            return redirect(f"{reverse('cerca')}?{request.GET.urlencode()}")
        return super().serve(request, *args, **kwargs)

    def get_template(self, request, *args, **kwargs):
        return "catalogo/_risultati.html" if request.htmx else self.template

    def get_context(self, request, *args, **kwargs):
        from catalogo.elenco import elenco_servizi

        return {**super().get_context(request, *args, **kwargs), **elenco_servizi(request, get_language())}
