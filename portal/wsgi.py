"""WSGI entry of both web processes; DJANGO_SETTINGS_MODULE says which one this is."""

import gc
import os

import django
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured

from portal.richiesta import Gestore

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.pubblico")
django.setup(set_prefix=False)
application = Gestore()

# What only the database can tell, such as keys that do not open its values: said now, not at the first page.
if reasons := [str(each) for each in run_checks(tags=[Tags.database], databases=["default"]) if each.is_serious()]:
    raise ImproperlyConfigured("\n- ".join(["Il processo non parte:", *reasons]))

# What is loaded now stays until the end: the collector leaves it alone, or now and then a page waits for it
# (docs/misure.md).
gc.collect()
gc.freeze()
