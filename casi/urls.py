"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.views import apertura, arrivi, ascolti, bozze, casi, fusione, lavoro, persone, pubblico

app_name = "casi"
urlpatterns = [
    path("", lavoro.lavoro, name="lavoro"),
    path("ente/", lavoro.scelta_ente, name="scelta_ente"),
    path("bozze/<slug:modulo>/", bozze.salva, name="bozza"),
    path("bozze/<slug:modulo>/<uuid:oggetto>/", bozze.salva, name="bozza_su"),
    # --- for anybody
    path("chiedi-aiuto/", pubblico.chiedi_aiuto, name="chiedi_aiuto"),
    path("chiedi-aiuto/ritira/", pubblico.ritira, name="ritira"),
    path("segnala/", pubblico.segnala, name="segnala"),
    # --- one case
    path("casi/", casi.elenco, name="elenco"),
    path("casi/<uuid:pk>/", casi.scheda, name="scheda"),
    path("casi/<uuid:pk>/ascolti/", ascolti.del_caso, name="ascolti_del_caso"),
    path("casi/<uuid:pk>/persone/", persone.elenco, name="persone"),
    path("casi/<uuid:pk>/persone/nuova/", persone.nuova, name="persona_nuova"),
    path("casi/<uuid:pk>/persone/<uuid:persona>/", persone.modifica, name="persona"),
    path("casi/<uuid:pk>/persone/<uuid:persona>/uscita/", persone.uscita, name="persona_uscita"),
    path("casi/<uuid:pk>/persone/<uuid:persona>/residenza/", persone.residenza, name="persona_residenza"),
    path("casi/<uuid:pk>/persone/<uuid:persona>/unisci/", fusione.unisci, name="persona_unisci"),
    path("casi/<uuid:pk>/persone/<uuid:persona>/separa/", fusione.separa, name="persona_separa"),
    path("casi/<uuid:pk>/legami/nuovo/", persone.legame_nuovo, name="legame_nuovo"),
    path("casi/<uuid:pk>/legami/<uuid:legame>/", persone.legame, name="legame"),
    # --- what reaches the network
    path("arrivi/", arrivi.elenco, name="arrivi"),
    path("arrivi/richieste/<uuid:pk>/", arrivi.arrivo, {"tipo": "richiesta"}, name="richiesta"),
    path("arrivi/segnalazioni/<uuid:pk>/", arrivi.arrivo, {"tipo": "segnalazione"}, name="segnalazione"),
    path("arrivi/richieste/<uuid:pk>/ascolto/", ascolti.nuovo, {"tipo": "richiesta"}, name="ascolto_da_richiesta"),
    path(
        "arrivi/segnalazioni/<uuid:pk>/ascolto/",
        ascolti.nuovo,
        {"tipo": "segnalazione"},
        name="ascolto_da_segnalazione",
    ),
    path("arrivi/richieste/<uuid:pk>/apri/", apertura.apri, {"tipo": "richiesta"}, name="apri_da_richiesta"),
    path("arrivi/segnalazioni/<uuid:pk>/apri/", apertura.apri, {"tipo": "segnalazione"}, name="apri_da_segnalazione"),
    path("ascolti/", ascolti.elenco, name="ascolti"),
    path("ascolti/nuovo/", ascolti.nuovo, name="ascolto_nuovo"),
    path("ascolti/<uuid:pk>/", ascolti.ascolto, name="ascolto"),
    path("ascolti/<uuid:pk>/correggi/", ascolti.correggi, name="ascolto_correggi"),
    path("ascolti/<uuid:pk>/apri/", apertura.apri, {"tipo": "ascolto"}, name="apri_da_ascolto"),
    # --- the path of a case
    # --- what is written on a case
    # --- who else, and limits
    # --- trail and rights
    # --- the network
]
