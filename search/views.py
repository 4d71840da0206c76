"""`/cerca/?q=`: for now the catalogue's own words; ranking comes with the search engine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.models import Locale

from catalogo.elenco import elenco_servizi


def cerca(request: HttpRequest) -> HttpResponse:
    return render(request, "search/cerca.html", elenco_servizi(request, Locale.get_active()))
