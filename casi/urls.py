"""Addresses of the case area; the view of each declares its action (casi.views.porta)."""

from django.urls import path

from casi.percorso import TRANSIZIONI
from casi.ruoli import REGOLE, Via
from casi.views import assegnazioni, avvisi, bozze, casi, lavoro, percorso

# The steps of who works on a case: each has its own address, since each has its own action.
PASSI = dict.fromkeys(each.passo for each in TRANSIZIONI if REGOLE[each.azione].via is Via.INCARICO)

app_name = "casi"
urlpatterns = [
    path("", lavoro.lavoro, name="lavoro"),
    path("avvisi/letti/", avvisi.letti, name="avvisi_letti"),
    path("ente/", lavoro.scelta_ente, name="scelta_ente"),
    path("bozze/<slug:modulo>/", bozze.salva, name="bozza"),
    path("bozze/<slug:modulo>/<uuid:oggetto>/", bozze.salva, name="bozza_su"),
    # --- one case
    path("casi/", casi.elenco, name="elenco"),
    path("casi/<uuid:pk>/", casi.scheda, name="scheda"),
    # --- what reaches the network
    # --- the path of a case
    *(path(f"casi/<uuid:pk>/passi/{each}/", percorso.passo(each), name=f"passo_{each}") for each in PASSI),
    path("casi/<uuid:pk>/accetta/", percorso.accetta, name="accetta"),
    path("casi/<uuid:pk>/rifiuta/", percorso.rifiuta, name="rifiuta"),
    path("casi/<uuid:pk>/assegna/", assegnazioni.assegna, name="assegna"),
    path("casi/<uuid:pk>/trasferisci/", assegnazioni.trasferisci, name="trasferisci"),
    path("casi/<uuid:pk>/controfirma/", assegnazioni.controfirma, name="controfirma"),
    path("assegnazioni/", assegnazioni.elenco, name="assegnazioni"),
    # --- what is written on a case
    # --- who else, and limits
    # --- trail and rights
    # --- the network
]
