"""The central desk and its workflow: an edit waits for the desk while the published text stays up.

Run after each migration, idempotent: it adds what is missing and takes nothing away
(docs/decisions/0003-albero-delle-pagine.md says why it is no data migration).
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from catalogo.models import EntiIndexPage

from .gruppi import PERMESSI_PAGINA, PERMESSI_RACCOLTA, permissions

REDAZIONE = "Redazione"
FLUSSO = "Approvazione della Redazione"
PERMESSI_SUL_SITO = [*PERMESSI_PAGINA, "publish_page", "lock_page", "unlock_page"]
# Rows, not pages; nothing here is deleted, words and bodies are switched off.
MODELLI_CURATI = [
    "ente",
    "operatore",
    "bisogno",
    "tiposervizio",
    "destinatari",
    "modalitaaccesso",
    "argomento",
    "comune",
]
APP_CON_PERMESSI = ["wagtailcore", "wagtailadmin", "wagtailimages", "wagtaildocs", "wagtail_localize", "catalogo"]


@transaction.atomic
def prepara_redazione(**kwargs: object) -> Group:
    """The group Redazione with its rights on the whole tree, and the workflow on `/enti/` where that page is."""
    for label in APP_CON_PERMESSI:
        create_permissions(apps.get_app_config(label), verbosity=0)
    group, _created = Group.objects.get_or_create(name=REDAZIONE)
    group.permissions.add(*_permissions_on_rows())
    for root in Page.objects.filter(depth=1):
        for permission in permissions(*PERMESSI_SUL_SITO):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    for root in Collection.objects.filter(depth=1):
        for permission in permissions(*PERMESSI_RACCOLTA):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
    for index in EntiIndexPage.objects.filter(workflowpage__isnull=True):
        WorkflowPage.objects.create(page=index, workflow=_workflow(group))
    return group


def _permissions_on_rows():
    curate = [f"{action}_{model}" for model in MODELLI_CURATI for action in ("add", "change", "view")]
    return [
        *permissions("access_admin", "publish_page"),
        *Permission.objects.filter(content_type__app_label="catalogo", codename__in=curate),
        *Permission.objects.filter(content_type__app_label="wagtail_localize", codename="submit_translation"),
    ]


def _workflow(group: Group) -> Workflow:
    workflow, created = Workflow.objects.get_or_create(name=FLUSSO)
    if created:
        task = GroupApprovalTask.objects.create(name=FLUSSO)
        task.groups.add(group)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    return workflow
