from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasiConfig(AppConfig):
    name = "casi"
    verbose_name = "Casi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .actions import accessi  # noqa: F401 - its receivers write who signs in
        from .chiavi import register_first

        post_migrate.connect(register_first, sender=self)
