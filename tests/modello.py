"""`python -m tests.modello`: the migrated database that the tests copy, made now if there is none for this code."""

import os

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from tests.database import ensure_template

    ensure_template()
