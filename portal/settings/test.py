"""Settings of the tests: the owner's applications and database, the public site's addresses, nothing slow."""

import os

os.environ.setdefault("SECRET_KEY", "solo-per-le-prove-" + "x" * 50)

from .gestione import *

ALLOWED_HOSTS = ["localhost", "testserver"]
PORTACHIAVI = BASE_DIR / "tests" / "support" / "portachiavi.json"
DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "rese": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SEARCH_URL = ""  # tests/servizi sets it, for the server that was started for it
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Background work waits; the fixture `compiti` runs it at once.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
INDICE_SUBITO = 0  # nor is the search index written, but in tests/search
STATICFILES_DIRS = []
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
# WhiteNoise would warn that nothing has been collected.
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *(name for name in MIDDLEWARE if "whitenoise" not in name)]
# Tests change settings and clocks under the pages; those of the memory itself give it room.
PAGINE_ANONIME["byte"] = 0
TEMPLATES[0]["OPTIONS"]["debug"] = True
LOGGING = {**LOGGING, "root": {**LOGGING["root"], "level": "WARNING"}}
# By design Wagtail finds a page one address part at a time, and the source of each alias above a page by itself;
# Django reads each content type once per process, and a session again to delete it.
ZEAL_ALLOWLIST = [
    {"model": "wagtailcore.Page", "field": "get()"},
    {"model": "wagtailcore.Page", "field": "alias_of"},
    {"model": "contenttypes.ContentType", "field": "get()"},
    {"model": "sessions.Session", "field": "get()"},
    {"model": "utenti.SessioneRiservata", "field": "get()"},
]
