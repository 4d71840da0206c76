from django.apps import AppConfig
from django.conf import settings


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, seguito, sincronia  # noqa: F401 (registers the checks)

        if not settings.INDICE_DOPO:
            sincronia.connect()
            seguito.connect()
