"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.views import bozze, casi, lavoro

app_name = "casi"
urlpatterns = [
    path("", lavoro.lavoro, name="lavoro"),
    path("ente/", lavoro.scelta_ente, name="scelta_ente"),
    path("bozze/<slug:modulo>/", bozze.salva, name="bozza"),
    path("bozze/<slug:modulo>/<uuid:oggetto>/", bozze.salva, name="bozza_su"),
    # --- one case
    path("casi/", casi.elenco, name="elenco"),
    path("casi/<uuid:pk>/", casi.scheda, name="scheda"),
    # --- what reaches the network
    # --- the path of a case
    # --- what is written on a case
    # --- who else, and limits
    # --- trail and rights
    # --- the network
]
