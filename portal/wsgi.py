"""WSGI entry of both web processes; DJANGO_SETTINGS_MODULE says which one this is."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.pubblico")
application = get_wsgi_application()
