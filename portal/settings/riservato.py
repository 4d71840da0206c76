"""The reserved process: the case area on its own host, with its own session table; no Wagtail page, no cache."""

from csp.constants import NONE

from .base import *

INSTALLED_APPS = [*APP_RISERVATE, *APP_NOSTRE, *APP_DI_TERZI]
DATABASES = database(DATABASE_URL_RISERVATO)
ROOT_URLCONF = "portal.urls.riservato"
SESSION_ENGINE = "portal.utenti.sessioni"
SESSION_COOKIE_NAME = "__Host-tessere_riservato" if HTTPS else "tessere_riservato"
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = "tessere_riservato_csrf"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**CSP_PUBBLICA, "frame-ancestors": [NONE]}}
LANGUAGE_COOKIE_NAME = "tessere_riservato_lingua"
LOGIN_REDIRECT_URL = "/"
ANONYMOUS_USER_NAME = None
MIDDLEWARE = [*MIDDLEWARE_PRIMA, "portal.middleware.NessunaCache", *MIDDLEWARE_COMUNE, *MIDDLEWARE_DOPO]
