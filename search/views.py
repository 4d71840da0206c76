"""`/cerca/?q=`: for now the catalogue's own words; ranking comes with the search engine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from catalogo.elenco import elenco_servizi


def cerca(request: HttpRequest) -> HttpResponse:
    return render(request, "search/cerca.html", elenco_servizi(request, get_language()))
