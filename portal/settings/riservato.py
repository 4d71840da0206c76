"""The reserved process: the case area on its own host, with its own session table; no Wagtail page, no cache."""

from csp.constants import NONE

from .avvio import refuse_unfit
from .base import *

INSTALLED_APPS = [*APP_RISERVATE, *APP_NOSTRE, *APP_DI_TERZI]
DATABASES = database(DATABASE_URL_RISERVATO)
# Who waits for a lock, of the register too, gets the page that says so rather than none.
DATABASES["default"]["OPTIONS"] = {"options": "-c lock_timeout=5s"}
ROOT_URLCONF = "portal.urls.riservato"
LANGUAGE_COOKIE_NAME = f"{LEGATO}tessere_riservato_lingua"
LOGIN_REDIRECT_URL = "/"
SECONDO_FATTORE_PER = ("/",)

# --- Sessions: 15 minutes idle, 10 hours at most (portal.utenti.sessioni)
SESSION_ENGINE = "portal.utenti.sessioni"
SESSION_COOKIE_NAME = f"{LEGATO}tessere_riservato"
SESSION_COOKIE_AGE = 15 * 60
SESSION_SAVE_EVERY_REQUEST = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True  # the database ends them all: utenti/migrations/0003
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_NAME = f"{SESSION_COOKIE_NAME}_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "casi.views.modulo_scaduto.modulo_scaduto"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# An uploaded file stays in memory until it is encrypted: a temporary file would keep it in clear on the disk. What is
# larger than this is not taken at all, and the form says so.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024

FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700

X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**CSP_PUBBLICA, "frame-ancestors": [NONE]}}

# No guardian backend on purpose: `has_perm` never answers for a case, only casi.policies does, reading the rows itself.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_MONKEY_PATCH_GROUP = False
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# NessunaCache comes first, so that not even a redirect to https is kept. The area speaks Italian: no LocaleMiddleware.
MIDDLEWARE = [
    "portal.middleware.NessunaCache",
    *MIDDLEWARE_PRIMA,
    *(each for each in MIDDLEWARE_COMUNE if not each.endswith("LocaleMiddleware")),
    "casi.views.porta.Accesso",  # everything asks to sign in, unless it says otherwise
    *MIDDLEWARE_DOPO,
]

# As for the public process; the keys always.
PRONTA = ["casi.salute.chiavi", *([] if DEMO else ["portal.salute.disco", "casi.salute.testa"])]

refuse_unfit(globals(), process="riservato")
