"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.views import accredito, bozze, casi, lavoro

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
    path("rete/", accredito.rete, name="rete"),
    path("rete/adesioni/nuova/", accredito.nuova_adesione, name="adesione_nuova"),
    path("rete/adesioni/<int:pk>/rinnovo/", accredito.rinnovo, name="adesione_rinnovo"),
    path("rete/adesioni/<int:pk>/stato/", accredito.passaggio, name="adesione_stato"),
    path("rete/adesioni/<int:pk>/privacy/", accredito.privacy, name="adesione_privacy"),
    path("rete/enti/<int:pk>/operatori/nuovo/", accredito.nuovo_operatore, name="operatore_nuovo"),
    path("rete/operatori/<int:pk>/ruolo/", accredito.ruolo, name="legame_ruolo"),
    path("rete/operatori/<int:pk>/fine/", accredito.fine, name="legame_fine"),
]
