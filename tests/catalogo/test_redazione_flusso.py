"""An edit waits for the desk while the published text stays up."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.models import GroupApprovalTask, GroupPagePermission, Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import nested_form_data

from catalogo.models import EntiIndexPage, ServizioPage
from catalogo.redazione.flusso import FLUSSO, REDAZIONE, prepara_redazione
from tests.factories.catalogo import EntePageFactory, ServizioPageFactory
from tests.factories.pagine import italian

from .scena import entra, redattrice, referente_di

pytestmark = pytest.mark.django_db


@pytest.fixture
def aurora():
    prepara_redazione()
    return EntePageFactory(ente__nome="Aurora")


@pytest.fixture
def scheda(aurora):
    sheet = ServizioPageFactory(parent=aurora, title="Emporio", per_chi="Famiglie della valle.")
    sheet.save_revision().publish()
    return ServizioPage.objects.get(pk=sheet.pk)


def filled(sheet: ServizioPage, user, **changes: object) -> dict:
    """What the browser would send: every field of the form as it stands, with `changes`."""
    form_class = type(sheet).get_edit_handler().get_form_class()
    form = form_class(instance=sheet, parent_page=sheet.get_parent(), for_user=user)
    values = {name: sent(form[name]) for name in form.fields}
    kept = {name: value for name, value in values.items() if value not in (None, False)}
    return nested_form_data({**kept, **changes})


def sent(box) -> object:
    """What the browser sends of a box: rich text travels as JSON."""
    value = box.value()
    return box.field.widget.format_value(value) if isinstance(box.field.widget, DraftailRichTextArea) else value


def test_after_migrate_desk_and_workflow_are_there_once():
    def counts():
        models = (Group, GroupPagePermission, Workflow, WorkflowPage, GroupApprovalTask)
        return [model.objects.count() for model in models]

    prepara_redazione()
    before = counts()
    prepara_redazione()
    call_command("migrate", verbosity=0)
    assert counts() == before
    assert italian(EntiIndexPage).get_workflow().name == FLUSSO
    assert not Group.objects.filter(name__in=["Moderators", "Editors"]).exists()
    assert not Workflow.objects.filter(name="Moderators approval").exists()


def test_desk_keeps_what_was_added_to_it_and_gets_back_what_is_missing():
    group = prepara_redazione()
    extra = group.permissions.first()
    GroupPagePermission.objects.filter(group=group).delete()
    prepara_redazione()
    assert extra in group.permissions.all()
    codenames = {item.permission.codename for item in group.page_permissions.all()}
    assert codenames == {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"}
    assert {item.page.depth for item in group.page_permissions.all()} == {1}


def test_workflow_chosen_by_hand_is_not_replaced():
    prepara_redazione()
    index = italian(EntiIndexPage)
    other = Workflow.objects.create(name="Un altro")
    WorkflowPage.objects.filter(page=index).update(workflow=other)
    prepara_redazione()
    assert index.get_workflow() == other


def test_submitted_edit_waits_and_goes_live_when_the_desk_approves(client, scheda, aurora):
    person = referente_di(aurora)
    entra(client, person)
    data = filled(scheda, person, per_chi="Chiunque abbia fame.", **{"action-submit": "1"})
    answer = client.post(f"/amministrazione/pages/{scheda.pk}/edit/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    scheda.refresh_from_db()
    assert scheda.live
    assert scheda.per_chi == "Famiglie della valle."
    assert scheda.workflow_in_progress
    assert scheda.get_latest_revision_as_object().per_chi == "Chiunque abbia fame."

    entra(client, redattrice())
    task = scheda.current_workflow_state.current_task_state
    address = f"/amministrazione/pages/workflow/action/{scheda.pk}/approve/{task.pk}/"
    assert client.post(address, {"comment": "", "next": "/amministrazione/"}).status_code == 302
    assert ServizioPage.objects.get(pk=scheda.pk).per_chi == "Chiunque abbia fame."


def test_publish_asked_by_an_editor_only_saves_a_draft(client, scheda, aurora):
    person = referente_di(aurora)
    entra(client, person)
    data = filled(scheda, person, per_chi="Chiunque.", **{"action-publish": "1"})
    client.post(f"/amministrazione/pages/{scheda.pk}/edit/", data)
    assert ServizioPage.objects.get(pk=scheda.pk).per_chi == "Famiglie della valle."


def test_editor_cannot_approve_her_own_edit(client, scheda, aurora):
    person = referente_di(aurora)
    scheda.save_revision(user=person)
    state = scheda.get_workflow().start(scheda, person)
    entra(client, person)
    task = state.current_task_state
    answer = client.post(f"/amministrazione/pages/workflow/action/{scheda.pk}/approve/{task.pk}/", {"comment": ""})
    assert answer.status_code == 404
    state.refresh_from_db()
    assert state.status == "in_progress"


def test_fields_of_the_desk_sent_by_an_editor_change_nothing(client, scheda, aurora):
    person = referente_di(aurora)
    entra(client, person)
    forged = {
        "slug": "altro",
        "seo_title": "Altro",
        "ente": EntePageFactory().ente_id,
        "fonte": "Me",
        "go_live_at": "2030-01-01 10:00",
        "expire_at": "2030-01-02 10:00",
    }
    data = filled(scheda, person, per_chi="Chiunque.", **forged)
    answer = client.post(f"/amministrazione/pages/{scheda.pk}/edit/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    draft = ServizioPage.objects.get(pk=scheda.pk).get_latest_revision_as_object()
    assert draft.per_chi == "Chiunque."
    assert (draft.slug, draft.seo_title, draft.fonte, draft.go_live_at) == (scheda.slug, "", "", None)
    assert draft.ente_id == aurora.ente_id


def test_desk_changes_address_and_source(client, scheda):
    person = redattrice()
    entra(client, person)
    data = filled(scheda, person, slug="emporio-nuovo", fonte="Il sito dell'ente", **{"action-publish": "1"})
    answer = client.post(f"/amministrazione/pages/{scheda.pk}/edit/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    scheda.refresh_from_db()
    assert (scheda.slug, scheda.fonte) == ("emporio-nuovo", "Il sito dell'ente")


def test_new_sheet_of_an_editor_is_a_draft_of_her_body(client, aurora, scheda):
    person = referente_di(aurora)
    entra(client, person)
    data = filled(scheda, person, title="Doposcuola")
    answer = client.post(f"/amministrazione/pages/add/catalogo/serviziopage/{aurora.pk}/", data)
    assert answer.status_code == 302, answer.context["form"].errors
    sheet = ServizioPage.objects.get(title="Doposcuola")
    assert not sheet.live
    assert sheet.ente == aurora.ente
    assert sheet.slug == "doposcuola"


def test_redazione_is_the_only_group_with_rights_on_the_root():
    prepara_redazione()
    groups = GroupPagePermission.objects.filter(page=Page.get_first_root_node()).values_list("group__name", flat=True)
    assert set(groups) == {REDAZIONE}
