"""Writes docs/permessi.md anew, after matrice.csv has changed.

python3 -m portal.embedded run .venv/bin/python -m tests.casi.stampa_matrice
"""

import os

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    django.setup()
    from .pagina_matrice import FILE, lines

    FILE.write_text("\n".join(lines()) + "\n")
