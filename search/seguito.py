"""The cluster follows the rows: a change is told to it by the worker, and told again once it is back.

No page waits for the cluster: saving one only queues a task.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus, task

from .models import VoceIndice
from .motori.interruttore import motivo
from .segnali import voci_cambiate

logger = logging.getLogger(__name__)
NOME = "search.seguito"
ATTESA = timedelta(seconds=30)  # before a silent cluster is looked for again


@task()
def porta(gruppi: list[str]) -> None:
    """Bring the contents `gruppi` to the cluster as they are now; where it is silent, all is compared later."""
    from .motori.cluster import Cluster

    if not settings.SEARCH_URL:
        return
    cluster = Cluster()
    try:
        rows = list(VoceIndice.objects.filter(gruppo__in=gruppi).defer("vettore", "nomi"))
        cluster.scrivi(rows)
        cluster.togli_le_altre(gruppi, rows)
    except Exception as error:  # whatever a server may answer, the next comparison mends it
        logger.warning("Il motore di ricerca non ha preso %d contenuti: %s", len(gruppi), motivo(error))
        piu_tardi()


@task()
def riallinea() -> None:
    """Compare rows and cluster and put right what differs; try again later as long as it does not answer."""
    from .motori import allineamento

    if not settings.SEARCH_URL:
        return
    try:
        for lingua in allineamento.lingue():
            if found := allineamento.ripara(lingua):
                logger.warning("Indice %s riallineato: %s", lingua, found)
    except Exception as error:
        logger.warning("Il motore di ricerca è ancora muto: %s", motivo(error))
        piu_tardi()


def piu_tardi() -> None:
    """Queue one `riallinea`, unless one is waiting already."""
    from django_tasks_db.models import DBTaskResult  # an application that the reserved process lacks

    waiting = DBTaskResult.objects.filter(task_path=riallinea.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        riallinea.using(run_after=timezone.now() + ATTESA).enqueue()


def rows_changed(gruppi: Iterable[UUID], **kwargs: object) -> None:
    """Hears of every change of the index, in the process where it happened."""
    if settings.SEARCH_URL:
        porta.enqueue([str(gruppo) for gruppo in gruppi])


@contextmanager
def in_silenzio() -> Iterator[None]:
    """Changes made here are not told one by one: who asks for it tells them all afterwards."""
    voci_cambiate.disconnect(sender=VoceIndice, dispatch_uid=NOME)
    try:
        yield
    finally:
        connect()


def connect() -> None:
    """Called once when the application is ready."""
    voci_cambiate.connect(rows_changed, sender=VoceIndice, dispatch_uid=NOME)
