"""The public process: pages, search, Wagtail admin. Its database role has no right on any table of casi."""

from .avvio import refuse_unfit
from .base import *

DATABASES = database(DATABASE_URL_PUBBLICO)
ROOT_URLCONF = "portal.urls.pubblico"
SESSION_COOKIE_NAME = "tessere_pubblico"
MIDDLEWARE = [
    *MIDDLEWARE_PRIMA,
    "portal.middleware.CspAmministrazione",
    "portal.middleware.PagineAnonime",
    *MIDDLEWARE_COMUNE,
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    *MIDDLEWARE_DOPO,
]

refuse_unfit(globals(), process="pubblico")
