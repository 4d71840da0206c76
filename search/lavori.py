"""Work on the index that may wait for the worker."""

from uuid import UUID

from django.apps import apps
from django_tasks import task

from portal.cms.models import Documento

from .documenti import collegati
from .indice import LOTTO, aggiorna


@task()
def riscrivi(gruppi: dict[str, list[str]]) -> None:
    """Write the contents `gruppi` (translation keys by label of the model) as the public sees them now."""
    for label, keys in gruppi.items():
        for start in range(0, len(keys), LOTTO):
            aggiorna([UUID(key) for key in keys[start : start + LOTTO]], apps.get_model(label))


@task()
def riscrivi_documenti(pagine: list[str]) -> None:
    """Write the documents that the pages with these translation keys link, or linked when they were last written."""
    for start in range(0, len(pagine), LOTTO):
        if found := collegati(UUID(key) for key in pagine[start : start + LOTTO]):
            aggiorna(found, Documento)
