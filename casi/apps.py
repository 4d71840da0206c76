from django.apps import AppConfig


class CasiConfig(AppConfig):
    name = "casi"
    default_auto_field = "django.db.models.BigAutoField"
