from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "portal.cms"
    label = "cms"
    verbose_name = "Contenuti"
    default_auto_field = "django.db.models.BigAutoField"
