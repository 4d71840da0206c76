from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks, seguito, sincronia  # noqa: F401 (registers the checks)

        sincronia.connect()
        seguito.connect()
