"""Settings shared by every process. The environment is read here and nowhere else."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from .moduli import ACCOUNT_FORMS, MFA_FORMS  # noqa: F401

BASE_DIR = Path(__file__).resolve().parents[2]

env = environ.FileAwareEnv()
environ.Env.read_env(BASE_DIR / ".env")

# --- Environment
PROCESSO = env.str("DJANGO_SETTINGS_MODULE", default="").rpartition(".")[2]  # pubblico, riservato, gestione, test
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])  # those before, which still open what they closed
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
URL_PUBBLICO = env.str("URL_PUBBLICO", default="http://localhost:8000")
URL_RISERVATO = env.str("URL_RISERVATO", default="http://localhost:8001")
DOMINIO_CHIAVI = env.str("DOMINIO_CHIAVI", default="")  # what passkeys are made for; empty: one site each
DATI_DIR = Path(env.str("DATI_DIR", default=str(BASE_DIR / ".local")))
PORTACHIAVI = Path(env.str("PORTACHIAVI", default=str(DATI_DIR / "portachiavi.json")))
CLAMD = env.str("CLAMD", default="")
DIETRO_PROXY = env.bool("DIETRO_PROXY", default=False)
DATABASE_URL = env.str("DATABASE_URL", default="")
DATABASE_URL_PUBBLICO = env.str("DATABASE_URL_PUBBLICO", default="")
DATABASE_URL_RISERVATO = env.str("DATABASE_URL_RISERVATO", default="")
SEARCH_URL = env.str("SEARCH_URL", default="")  # elasticsearch://host:port or opensearch://…; empty: PostgreSQL
EMAIL_URL = env.str("EMAIL_URL", default="consolemail://")
MITTENTE_EMAIL = env.str("MITTENTE_EMAIL", default="tessere@localhost")
GIORNI_RISPOSTA = env.int("GIORNI_RISPOSTA", default=3)
# A gateway to SPID and CIE; without OIDC_ISSUER there is none.
OIDC_ISSUER = env.str("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env.str("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env.str("OIDC_CLIENT_SECRET", default="")
OIDC_NOME = env.str("OIDC_NOME", default="SPID o CIE")
OIDC_SECONDO_FATTORE = env.list("OIDC_SECONDO_FATTORE", default=[])  # values of acr or amr that count as one


def database(url: str) -> dict[str, dict]:
    """Django's DATABASES for one PostgreSQL `url`; connections are kept for ten minutes and checked."""
    if not url:
        return {"default": {"ENGINE": "django.db.backends.dummy"}}
    config = env.db_url_config(url)
    return {"default": {**config, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}}


def oidc_provider(issuer: str, client_id: str, secret: str, name: str) -> dict[str, dict[str, Any]]:
    """allauth's SOCIALACCOUNT_PROVIDERS: our provider, and the one gateway if `issuer` names it."""
    settings = {
        "server_url": issuer,
        "fetch_userinfo": False,
        "issuer": issuer,
    }
    app = {"provider_id": "identita", "name": name, "client_id": client_id, "secret": secret, "settings": settings}
    return {
        "openid_connect": {"provider_class": "portal.utenti.oidc.provider.Identita", "APPS": [app] if issuer else []}
    }


# --- Applications: ours first, so that our templates win; then localize before Wagtail
APP_NOSTRE = ["home", "search", "catalogo", "portal.cms", "portal.utenti"]
APP_RISERVATE = ["casi", "guardian"]
APP_DI_TERZI = [
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.sitemaps",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]
INSTALLED_APPS = [*APP_NOSTRE, *APP_DI_TERZI]

MIDDLEWARE_PRIMA = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.Salute",
    "portal.violazioni.Violazioni",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
MIDDLEWARE_COMUNE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
# The second factor before any page; axes must see the outcome of the sign-in last.
MIDDLEWARE_DOPO = ["portal.utenti.middleware.SecondoFattore", "axes.middleware.AxesMiddleware"]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.cms.context_processors.sito",
                "portal.utenti.context_processors.accesso",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
WSGI_APPLICATION = "portal.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Languages: one list feeds the interface and the content
LANGUAGE_CODE = "it"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("it", "Italiano"),
    ("en", "English"),
    ("uk", "Українська"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Rome"
USE_I18N = USE_TZ = WAGTAIL_I18N_ENABLED = True
# An untranslated copy must never go live in Italian under another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# --- Accounts
AUTH_USER_MODEL = "utenti.Utente"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "portal.utenti.password.Lunghezza", "OPTIONS": {"min_length": 12, "amministra": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "portal.utenti.password.Nota"},
    {"NAME": "portal.utenti.password.DiCasa"},
]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = PREFISSO_AMMINISTRAZIONE = "/amministrazione/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
SECONDO_FATTORE_PER = (PREFISSO_AMMINISTRAZIONE,)  # addresses that ask for it
SESSION_COOKIE_AGE = 10 * 3600
ACCOUNT_ADAPTER = "portal.utenti.adapter.AccessoSuInvito"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the network's desk, which knows the address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Tessere: "
ACCOUNT_SESSION_REMEMBER = False
# Looser than axes below, which answers first: a ceiling per address. That per account is in portal.utenti.tentativi.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/m/ip"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if DIETRO_PROXY else 0
MFA_ADAPTER = "portal.utenti.adapter.SecondoFattoreCifrato"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody signs up: who is invited chooses the password from that mailbox
MFA_TOTP_ISSUER = "Tessere"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off, and typing takes time (RFC 6238 §5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMO
SOCIALACCOUNT_ADAPTER = "portal.utenti.oidc.provider.SoloCollegati"
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True  # before an account is linked to the gateway
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would be stopped by form-action on its way to the gateway
SOCIALACCOUNT_PROVIDERS = oidc_provider(OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NOME)
# By the pair of user and address: one mistaken colleague must not lock a whole office out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_USERNAME_CALLABLE = "portal.utenti.accessi.account_named"
AXES_CLIENT_IP_CALLABLE = "portal.utenti.accessi.address_tried"
AXES_LOCKOUT_TEMPLATE = "account/bloccato.html"
# One sign-in for everybody: passwords are kept and reset by allauth alone.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = WAGTAILUSERS_PASSWORD_REQUIRED = False

# --- Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "assets" / "dist"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATI_DIR / "media"
RISERVATI = DATI_DIR / "riservati"  # files of cases, encrypted: no web server knows this folder
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "rese": {"BACKEND": "portal.cms.rese.Rese"},
    "staticfiles": {"BACKEND": "portal.cms.statici.Statici"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# --- Wagtail: nothing of the admin asks a foreign host
WAGTAIL_SITE_NAME = "Tessere"
WAGTAILADMIN_BASE_URL = URL_PUBBLICO
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILADMIN_COMMENTS_ENABLED = False  # who approves writes back with the approval: one place for words, not two
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = ""  # it would answer an address with the draft title of the page behind it
WAGTAILIMAGES_IMAGE_MODEL = "cms.Immagine"
WAGTAILIMAGES_RENDITION_STORAGE = "rese"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.Documento"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "odt", "docx", "ods", "xlsx", "csv"]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("it", "Italiano"), ("en", "English")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "italian"}}
INDICE_DOPO = False  # a page that changes writes its rows of the search index; a big load may leave it (gestione.py)
INDICE_SUBITO = 50  # contents whose rows of the search index are written with the change; for more there is the worker
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Mail
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 5  # seconds somebody may wait for a mail server that does not answer
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MITTENTE_EMAIL

# --- Browser
HTTPS = URL_PUBBLICO.startswith("https://") and URL_RISERVATO.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
LEGATO = "__Host-" if HTTPS else ""  # ties a cookie to this very host
SESSION_COOKIE_HTTPONLY = True
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False  # a signed cookie is read for the name it was signed for, and no other
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^salute/"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if DIETRO_PROXY else None
X_FRAME_OPTIONS = "SAMEORIGIN"
CSP_PUBBLICA = {
    "default-src": [SELF],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "report-uri": ["/violazioni/"],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CSP_PUBBLICA}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"riga": {"()": "portal.scritto.UnaRiga"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "riga"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # Page titles at every save: Wagtail keeps its own log of them, in the database.
    # The search clients would write a line for each question; search.motori says what goes wrong.
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "PIL": {"level": "INFO"},  # below that it tells what is written inside a photograph
        "django.template": {"level": "INFO"},  # below that, where a name is missing, all that the page was given
        **{name: {"level": "ERROR"} for name in ("elastic_transport", "elasticsearch", "opensearch")},
    },
}
SITO_NOME = _("Tessere")
SITO_MOTTO = _("La rete che aiuta, un pezzo alla volta")
