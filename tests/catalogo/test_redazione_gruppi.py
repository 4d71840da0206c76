"""A group per body, and who is in it today."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import GroupPagePermission, Page
from wagtail.permissions import policy_registry

from catalogo.redazione.gruppi import allinea_gruppi, crea_gruppo_ente
from tests.factories.catalogo import EnteFactory, EntePageFactory, OperatoreFactory, ServizioPageFactory
from tests.factories.pagine import translate
from tests.factories.portal import ImmagineFactory, UtenteFactory

from .scena import entra, raccolta_di, redattrice, referente_di

pytestmark = pytest.mark.django_db
POLICY = policy_registry.get_by_type(Page)


@pytest.fixture
def aurora():
    pagina = EntePageFactory(ente__nome="Aurora")
    pagina.ente.refresh_from_db()
    return pagina


def writes(utente) -> set[int]:
    return set(POLICY.instances_user_has_any_permission_for(reloaded(utente), {"change"}).values_list("pk", flat=True))


def reloaded(utente):
    """Wagtail keeps a person's rights on the object for a request's time."""
    return type(utente).objects.get(pk=utente.pk)


def test_body_page_created_gives_its_group_the_branch_and_nothing_else(aurora):
    other = EntePageFactory()
    sheet = ServizioPageFactory(parent=aurora)
    ServizioPageFactory(parent=other)
    assert writes(referente_di(aurora)) == {aurora.pk, sheet.pk}
    group = aurora.ente.gruppo_editori
    assert {p.codename for p in group.permissions.all()} == {"access_admin"}
    assert {p.permission.codename for p in group.page_permissions.all()} == {"add_page", "change_page"}


def test_group_created_twice_is_one_with_the_same_rights(aurora):
    before = (Group.objects.count(), GroupPagePermission.objects.count(), raccolta_di(aurora).pk)
    crea_gruppo_ente(aurora.ente)
    aurora.save()
    assert (Group.objects.count(), GroupPagePermission.objects.count(), raccolta_di(aurora).pk) == before


def test_rights_given_by_hand_to_a_body_group_are_taken_back(aurora):
    other = EntePageFactory()
    group = aurora.ente.gruppo_editori
    permission = group.page_permissions.first().permission
    GroupPagePermission.objects.create(group=group, page=other, permission=permission)
    crea_gruppo_ente(aurora.ente)
    assert set(group.page_permissions.values_list("page", flat=True)) == {aurora.pk}


def test_two_bodies_of_one_name_have_two_groups(aurora):
    second = EntePageFactory(ente__nome="Aurora", slug="aurora-2")
    second.ente.refresh_from_db()
    assert second.ente.gruppo_editori != aurora.ente.gruppo_editori
    assert raccolta_di(second) != raccolta_di(aurora)


def test_renamed_body_renames_its_group_and_collection(aurora):
    aurora.ente.nome = "Aurora nuova"
    aurora.ente.save()
    aurora.save()
    assert Group.objects.get(pk=aurora.ente.gruppo_editori_id).name.startswith("Aurora nuova")
    assert raccolta_di(aurora).name.startswith("Aurora nuova")


def test_translated_page_of_a_body_stays_with_the_desk(aurora):
    english = translate(aurora, "en")
    assert writes(referente_di(aurora)) == {aurora.pk}
    assert english.pk in writes(redattrice())


def test_page_that_changes_body_changes_hands(aurora):
    before = referente_di(aurora)
    aurora.ente = EnteFactory(nome="Betulla")
    aurora.save()
    assert writes(before) == set()
    aurora.ente.refresh_from_db()
    assert writes(referente_di(aurora)) == {aurora.pk}


@pytest.mark.parametrize("model", [get_image_model(), get_document_model()])
def test_files_are_chosen_and_changed_only_in_the_collection_of_the_body(aurora, model):
    other = EntePageFactory()
    other.ente.refresh_from_db()
    policy = policy_registry.get_by_type(model)
    person = referente_di(aurora)
    own, foreign = (model(title="x", collection=raccolta_di(page)) for page in (aurora, other))
    for action in ("choose", "change"):
        assert policy.user_has_permission_for_instance(person, action, own)
        assert not policy.user_has_permission_for_instance(reloaded(person), action, foreign)
    assert list(policy.collections_user_has_permission_for(reloaded(person), "add")) == [raccolta_di(aurora)]


@pytest.mark.parametrize(
    ("ruolo", "dal", "al", "scrive"),
    [
        ("referente", -1, None, True),
        ("referente", 0, 0, True),
        ("referente", -9, -1, False),
        ("referente", 1, None, False),
        ("volontario_ascolto", -1, None, False),
        ("assistente_sociale", -1, None, False),
    ],
)
def test_tie_gives_the_pages_of_the_body_for_its_days_and_role(aurora, ruolo, dal, al, scrive):
    today = timezone.localdate()
    person = UtenteFactory()
    end = None if al is None else today + timedelta(days=al)
    OperatoreFactory(utente=person, ente=aurora.ente, ruolo=ruolo, dal=today + timedelta(days=dal), al=end)
    assert (aurora.pk in writes(person)) is scrive


def test_tie_ended_or_deleted_takes_the_pages_away(aurora):
    tie = OperatoreFactory(ente=aurora.ente)
    tie.al = timezone.localdate() - timedelta(days=1)
    tie.save()
    assert writes(tie.utente) == set()
    other = OperatoreFactory(ente=aurora.ente)
    assert writes(other.utente) == {aurora.pk}
    other.delete()
    assert writes(other.utente) == set()


def test_tie_made_before_the_page_counts_from_the_page_on():
    tie = OperatoreFactory()
    page = EntePageFactory(ente=tie.ente)
    assert writes(tie.utente) == {page.pk}


def test_one_person_for_two_bodies_writes_for_both(aurora):
    other = EntePageFactory()
    person = referente_di(aurora)
    OperatoreFactory(utente=person, ente=other.ente)
    assert writes(person) == {aurora.pk, other.pk}


def test_body_switched_off_takes_the_rights_of_its_editors(aurora):
    person = referente_di(aurora)
    aurora.ente.attivo = False
    aurora.ente.save()
    assert writes(person) == set()
    aurora.ente.attivo = True
    aurora.ente.save()
    assert writes(person) == {aurora.pk}


def test_tie_that_ran_out_overnight_is_refused_at_the_next_request(client, aurora, time_machine):
    time_machine.move_to("2026-03-01 23:59+01:00")
    person = referente_di(aurora, al=date(2026, 3, 1))
    entra(client, person)
    assert client.get(f"/amministrazione/pages/{aurora.pk}/edit/").status_code == 200
    assert aurora.pk in writes(person)
    time_machine.move_to("2026-03-02 00:01+01:00")
    assert client.get(f"/amministrazione/pages/{aurora.pk}/edit/").status_code == 403
    assert writes(person) == set()


def test_person_put_in_a_group_by_hand_is_out_at_the_next_request(client, aurora):
    other = EntePageFactory()
    other.ente.refresh_from_db()
    person = referente_di(aurora)
    person.groups.add(other.ente.gruppo_editori)
    entra(client, person)
    assert client.get(f"/amministrazione/pages/{other.pk}/edit/").status_code == 404
    assert writes(person) == {aurora.pk}


def test_groups_of_others_are_left_alone():
    person = redattrice()
    allinea_gruppi(person)
    assert [group.name for group in person.groups.all()] == ["Redazione"]


def test_form_refuses_an_image_of_another_body(aurora):
    other = EntePageFactory()
    other.ente.refresh_from_db()
    sheet = ServizioPageFactory(parent=aurora)
    person = referente_di(aurora)
    form_class = type(sheet).get_edit_handler().get_form_class()
    own, foreign = (ImmagineFactory(collection=raccolta_di(page)) for page in (aurora, other))
    data = {"title": "x", "tipo": sheet.tipo_id, "stato": "attivo"}

    def submitted(image, user):
        page = type(sheet).objects.get(pk=sheet.pk)
        return form_class({**data, "immagine": image.pk}, instance=page, parent_page=aurora, for_user=user)

    assert "immagine" not in submitted(own, person).errors
    assert "immagine" not in submitted(foreign, redattrice()).errors
    with pytest.raises(PermissionDenied):
        _ = submitted(foreign, reloaded(person)).errors
