"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.views import bozze, casi, conservazione, emergenze_esame, estratto, lavoro, rapporto, registro

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
    path("casi/<uuid:pk>/accessi/", rapporto.accessi, name="accessi"),
    path("casi/<uuid:pk>/estratto/", estratto.estratto, name="estratto"),
    path("conservazione/", conservazione.scaduti, name="conservazione"),
    path("conservazione/<uuid:scarto>/", conservazione.elenco, name="scarto"),
    path("registro/scarto/", conservazione.da_approvare, name="scarti_da_approvare"),
    path("registro/scarto/<uuid:scarto>/", conservazione.approvazione, name="scarto_approvazione"),
    path("registro/", registro.registro, name="registro"),
    path("registro/allerte/", registro.segnali, name="registro_allerte"),
    path("registro/esporta/", registro.esporta, name="registro_esporta"),
    path("registro/emergenze/", emergenze_esame.emergenze, name="emergenze"),
    path("registro/emergenze/<uuid:emergenza>/", emergenze_esame.esame, name="emergenza_esame"),
    # --- the network
]
