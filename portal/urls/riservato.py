"""Addresses of the reserved process: the case area and its sign-in; no Wagtail."""

from django.urls import include, path

urlpatterns = [
    path("accesso/", include("portal.utenti.urls")),
    path("", include("casi.urls")),
]
handler400 = "casi.views.errori.richiesta_errata"
handler403 = "casi.views.errori.vietata"
handler404 = "casi.views.errori.non_trovata"
handler500 = "casi.views.errori.guasto"
