"""The reserved process as in production, on the benchmark's own database."""

from portal.settings.riservato import *

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None  # the theme need not be built: no file is measured here
LOGGING = {**LOGGING, "root": {**LOGGING["root"], "level": "WARNING"}}
