"""The public process: pages, search, Wagtail admin. Its database role has no right on any table of casi."""

from .avvio import refuse_unfit
from .base import *

DATABASES = database(DATABASE_URL_PUBBLICO)
ROOT_URLCONF = "portal.urls.pubblico"
SESSION_COOKIE_NAME = f"{LEGATO}tessere_pubblico"
CSRF_COOKIE_NAME = f"{LEGATO}csrftoken"
MIDDLEWARE = [
    *MIDDLEWARE_PRIMA,
    "portal.middleware.CspAmministrazione",
    "portal.cms.cache_pagine.middleware.PagineAnonime",
    *MIDDLEWARE_COMUNE,
    "catalogo.redazione.recinto.Recinto",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    *MIDDLEWARE_DOPO,
]
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "rese"},
}
# Pages of these views may be kept; a parameter that is not named here makes a request pass by the memory.
PAGINE_ANONIME: dict[str, Any] = {
    "viste": {"wagtail_serve", "cerca"},
    "parametri": {"bisogno", "tipo", "per", "comune", "ente", "gratuito", "ordina", "pagina"},
    "byte": 32 * 1024 * 1024,
    "secondi": 60,
}
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o644, 0o755  # the web server reads them
# What /salute/pronta asks besides the database. A demo is up on any disk, and nobody keeps its register by night.
PRONTA = [] if DEMO else ["portal.salute.disco"]
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # Wagtail's admin shows drafts in a frame of this same site

refuse_unfit(globals(), process="pubblico")
