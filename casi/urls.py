"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.views import casi, lavoro

app_name = "casi"
urlpatterns = [
    path("", lavoro.lavoro, name="lavoro"),
    path("ente/", lavoro.scelta_ente, name="scelta_ente"),
    path("casi/", casi.elenco, name="elenco"),
    path("casi/<uuid:pk>/", casi.scheda, name="scheda"),
]
