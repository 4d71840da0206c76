"""Work on the index that may wait for the worker."""

from uuid import UUID

from django.apps import apps
from django_tasks import task

from .indice import LOTTO, aggiorna


@task()
def riscrivi(gruppi: dict[str, list[str]]) -> None:
    """Write the contents `gruppi` (translation keys by label of the model) as the public sees them now."""
    for label, keys in gruppi.items():
        for start in range(0, len(keys), LOTTO):
            aggiorna([UUID(key) for key in keys[start : start + LOTTO]], apps.get_model(label))
