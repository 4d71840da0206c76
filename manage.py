#!/usr/bin/env python3
"""Django's command line, with the owner's settings unless told otherwise."""

import gc
import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.gestione")
    if sys.argv[1:2] == ["migrate"]:
        # Migration states are great webs of cycles that stay alive: looking for garbage takes a third of the time.
        gc.set_threshold(100_000, 50, 1000)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
