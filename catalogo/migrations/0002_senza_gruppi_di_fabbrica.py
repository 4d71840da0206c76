"""Wagtail's own groups and workflow go: Moderators and Editors could write on everybody's pages.

The groups of this site are made by catalogo.redazione. Groups that somebody already uses are left alone.
"""

from django.db import migrations

GRUPPI = ["Moderators", "Editors"]
FLUSSO = "Moderators approval"


def remove_factory_groups(apps, schema_editor):
    Workflow = apps.get_model("wagtailcore", "Workflow")
    if not apps.get_model("wagtailcore", "WorkflowState").objects.filter(workflow__name=FLUSSO).exists():
        Workflow.objects.filter(name=FLUSSO).delete()
        apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=FLUSSO).delete()
    apps.get_model("auth", "Group").objects.filter(name__in=GRUPPI, user__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("catalogo", "0001_iniziale"),
        ("utenti", "0001_iniziale"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0023_add_choose_permissions"),
        ("wagtaildocs", "0011_add_choose_permissions"),
    ]
    # Undone, the groups stay away: they can be made by hand, and nothing here needs them.
    operations = [migrations.RunPython(remove_factory_groups, migrations.RunPython.noop)]
