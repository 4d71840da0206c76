"""The owner's settings: migrations, grants, demo data and the worker. Serves no page."""

from .pubblico import *

INSTALLED_APPS = [*APP_RISERVATE, *APP_NOSTRE, *APP_DI_TERZI]
DATABASES = database(DATABASE_URL)
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = GUARDIAN_MONKEY_PATCH_GROUP = False
SILENCED_SYSTEM_CHECKS = [*SILENCED_SYSTEM_CHECKS, "guardian.W001"]  # see riservato.py
INDICE_SUBITO = 100_000  # a command is the worker
INDICE_DOPO = env.bool("INDICE_DOPO", default=False)
