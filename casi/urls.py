"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.views import (
    bozze,
    casi,
    condivisione,
    conservazione,
    emergenza,
    emergenze_esame,
    estratto,
    lavoro,
    limiti,
    rapporto,
    registro,
    ricerca,
    sovrapposizione,
)

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
    path("casi/<uuid:pk>/condivisione/", condivisione.scheda, name="condivisione"),
    path("casi/<uuid:pk>/condivisione/ammetti/", condivisione.ammetti, name="ammetti"),
    path("casi/<uuid:pk>/condivisione/enti/<uuid:ammissione>/", condivisione.cambia, name="cambia_ammissione"),
    path("casi/<uuid:pk>/condivisione/enti/<uuid:ammissione>/revoca/", condivisione.revoca, name="revoca"),
    path("casi/<uuid:pk>/condivisione/assegna/", condivisione.assegna, name="assegna_persona"),
    path("casi/<uuid:pk>/condivisione/persone/<uuid:incarico>/togli/", condivisione.togli, name="togli_persona"),
    path("casi/<uuid:pk>/condivisione/proponi/", condivisione.proponi, name="proponi"),
    path("casi/<uuid:pk>/condivisione/proposte/<uuid:proposta>/", condivisione.rispondi, name="rispondi_proposta"),
    path("casi/<uuid:pk>/condivisione/opposizioni/", condivisione.opponi, name="opponi"),
    path("casi/<uuid:pk>/condivisione/opposizioni/<uuid:opposizione>/ritira/", condivisione.ritira, name="ritira"),
    path("casi/<uuid:pk>/limiti/", limiti.scheda, name="limiti"),
    path("casi/<uuid:pk>/limiti/conflitto/", limiti.dichiara_conflitto, name="dichiara_conflitto"),
    path("casi/<uuid:pk>/limiti/conflitti/scrivi/", limiti.scrivi_conflitto, name="scrivi_conflitto"),
    path("casi/<uuid:pk>/limiti/conflitti/togli/", limiti.togli_conflitto, name="togli_conflitto"),
    path("casi/<uuid:pk>/limiti/sigillo/metti/", limiti.sigilla, name="sigilla"),
    path("casi/<uuid:pk>/limiti/sigillo/nomina/", limiti.nomina, name="nomina"),
    path("casi/<uuid:pk>/limiti/sigillo/togli-nome/", limiti.togli_nome, name="togli_nome"),
    path("casi/<uuid:pk>/limiti/sigillo/togli/", limiti.dissigilla, name="dissigilla"),
    path("emergenza/", emergenza.apri, name="emergenza"),
    path("emergenza/<uuid:accesso>/chiudi/", emergenza.chiudi, name="chiudi_emergenza"),
    path("cerca/", ricerca.cerca, name="cerca"),
    path("sovrapposizioni/", sovrapposizione.verifica, name="sovrapposizioni"),
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
