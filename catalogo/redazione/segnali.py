"""The one path by which a body's page, a tie or a body reaches its group."""

from django.db.models.signals import post_delete, post_migrate, post_save
from django.dispatch import receiver

from catalogo.models import Ente, EntePage, Operatore
from portal.utenti.processi import in_riservato

from .flusso import prepara_redazione
from .gruppi import allinea_gruppi, allinea_pagina


@receiver(post_save, sender=EntePage)
def body_page_saved(instance: EntePage, raw: bool, **kwargs: object) -> None:
    if not raw:
        allinea_pagina(instance)


@receiver(post_save, sender=Operatore)
def tie_saved(instance: Operatore, raw: bool, **kwargs: object) -> None:
    """The reserved process, where ties are given, has no right on groups: there the admin's next request does it."""
    if not raw and not in_riservato():
        allinea_gruppi(instance.utente)


@receiver(post_delete, sender=Operatore)
def tie_deleted(instance: Operatore, **kwargs: object) -> None:
    allinea_gruppi(instance.utente)


@receiver(post_save, sender=Ente)
def body_saved(instance: Ente, raw: bool, created: bool, **kwargs: object) -> None:
    """A body switched off takes the rights of its editors along."""
    if raw or created:
        return
    for operatore in instance.operatori.select_related("utente"):
        allinea_gruppi(operatore.utente)


def connect(app_config) -> None:
    post_migrate.connect(prepara_redazione, sender=app_config)
