"""The public process as in production, on the benchmark's own database; BENCH_MEMORIA=0 takes the page memory away."""

import os

from portal.settings.pubblico import *

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = None  # the theme need not be built: no file is measured here
LOGGING = {**LOGGING, "root": {**LOGGING["root"], "level": "WARNING"}}
if os.environ.get("BENCH_MEMORIA") == "0":
    PAGINE_ANONIME = {**PAGINE_ANONIME, "byte": 0}
