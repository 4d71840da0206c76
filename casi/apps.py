from django.apps import AppConfig


class CasiConfig(AppConfig):
    name = "casi"
    verbose_name = "Casi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .actions import accessi  # noqa: F401 - its receivers write who signs in
