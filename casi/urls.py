"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.views import allegati, bozze, casi, diario, interventi, lavoro, oscuramenti, valutazione

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
    path("casi/<uuid:pk>/diario/", diario.elenco, name="diario"),
    path("casi/<uuid:pk>/diario/scrivi/", diario.scrivi, name="diario_scrivi"),
    path("casi/<uuid:pk>/diario/<uuid:voce>/", diario.voce, name="diario_voce"),
    path("casi/<uuid:pk>/diario/<uuid:voce>/correggi/", diario.correggi, name="diario_correggi"),
    path("casi/<uuid:pk>/allegati/", allegati.elenco, name="allegati"),
    path("casi/<uuid:pk>/allegati/aggiungi/", allegati.aggiungi, name="allegati_aggiungi"),
    path("casi/<uuid:pk>/allegati/<uuid:allegato>/", allegati.scarica, name="allegato"),
    path("casi/<uuid:pk>/interventi/", interventi.elenco, name="interventi"),
    path("casi/<uuid:pk>/interventi/quadro/", interventi.quadro, name="quadro"),
    path("casi/<uuid:pk>/interventi/nuovo/", interventi.nuovo, name="intervento_nuovo"),
    path("casi/<uuid:pk>/interventi/<uuid:intervento>/", interventi.modifica, name="intervento"),
    path("casi/<uuid:pk>/nascosti/", oscuramenti.elenco, name="nascosti"),
    path("casi/<uuid:pk>/nascosti/<uuid:oscuramento>/mostra/", oscuramenti.mostra, name="mostra"),
    path("casi/<uuid:pk>/nascondi/<slug:cosa>/<uuid:oggetto>/", oscuramenti.nascondi, name="nascondi"),
    path("casi/<uuid:pk>/valutazione/", valutazione.elenco, name="valutazione"),
    path("casi/<uuid:pk>/valutazione/scrivi/", valutazione.scrivi, name="valutazione_scrivi"),
    # --- who else, and limits
    # --- trail and rights
    # --- the network
]
