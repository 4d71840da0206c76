from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"
    verbose_name = "Contenuti"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401 (registers them)
        from .cache_pagine.edizione import watch_tables

        post_migrate.connect(watch_tables, sender=self)
