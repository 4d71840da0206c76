from django.apps import AppConfig


class CatalogoConfig(AppConfig):
    name = "catalogo"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .redazione import segnali

        segnali.connect(self)
