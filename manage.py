#!/usr/bin/env python3
"""Django's command line, with the owner's settings unless told otherwise."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.gestione")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
