from django.apps import AppConfig
from django.db.models.signals import post_migrate


class UtentiConfig(AppConfig):
    name = "portal.utenti"
    label = "utenti"
    verbose_name = "Utenti"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import cambi, checks, codici, sessioni  # noqa: F401
        from .privilegi import apply_grants

        post_migrate.connect(apply_grants, sender=self)
