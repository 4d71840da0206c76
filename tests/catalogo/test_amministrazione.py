"""What an association finds in the admin, what the desk finds, and what nobody may do."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from catalogo.models import Bisogno, Ente, Operatore, ServizioPage
from catalogo.redazione.flusso import prepara_redazione
from tests.factories.catalogo import (
    BisognoFactory,
    EntePageFactory,
    LuogoPageFactory,
    OperatoreFactory,
    ServizioPageFactory,
)
from tests.factories.home import PaginaSempliceFactory
from tests.factories.portal import UtenteFactory

from .scena import Scena, entra, redattrice, referente_di

pytestmark = pytest.mark.django_db
CASA = "/amministrazione/"


@pytest.fixture
def aurora():
    prepara_redazione()
    return EntePageFactory(ente__nome="Aurora")


def words(response) -> str:
    """Visible words of the page's middle, one space apart."""
    middle = response.content.decode().split("<main", 1)[1]
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", " ", middle, flags=re.DOTALL))


def menu(response) -> str:
    return re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', response.content.decode(), re.DOTALL)[1]


def test_dashboard_of_an_association_says_what_to_do_today(client, aurora):
    person = referente_di(aurora)
    ServizioPageFactory.create_batch(3, parent=aurora, da_verificare=True)
    ServizioPageFactory.create_batch(2, parent=aurora, in_bozza=True)
    waiting, corrected = ServizioPageFactory.create_batch(2, parent=aurora)
    for sheet in (waiting, corrected):
        sheet.save_revision(user=person)
        sheet.get_workflow().start(sheet, person)
    task = corrected.current_workflow_task_state
    task.reject(user=redattrice(), comment="Manca il telefono")
    changed = ServizioPageFactory(parent=aurora)
    changed.save_revision(user=person)
    text = words(entra(client, person).get(CASA))
    for sentence in (
        "1 pagina da correggere",
        "3 schede da verificare",
        "2 bozze mai inviate",
        "1 modifica non inviata",
        "1 in revisione",
        "La Redazione scrive: «Manca il telefono»",
    ):
        assert sentence in text
    assert text.index(corrected.title) < text.index(waiting.title)
    assert "Vedi sul sito" in text


def test_dashboard_with_nothing_to_do_says_so(client, aurora):
    assert "Oggi è tutto a posto" in words(entra(client, referente_di(aurora)).get(CASA))


def test_dashboard_of_the_desk_lists_what_waits_with_the_comparison(client, aurora):
    person = referente_di(aurora)
    live, new = ServizioPageFactory(parent=aurora), ServizioPageFactory(parent=aurora, in_bozza=True)
    for sheet in (live, new):
        sheet.save_revision(user=person)
        sheet.get_workflow().start(sheet, person)
    response = entra(client, redattrice()).get(CASA)
    html, text = response.content.decode(), words(response)
    assert f"/pages/{live.pk}/revisions/compare/live...{live.latest_revision_id}/" in html
    assert f"/workflow/preview/{new.pk}/" in html
    assert "Aurora" in text
    assert f"Inviata da {person}" in text
    for address in re.findall(r'href="(/amministrazione/pages/[^"]+(?:compare|preview)[^"]+)"', html):
        assert client.get(address).status_code == 200


def test_menus_offer_an_association_pages_images_documents_and_the_desk_the_lists(client, aurora):
    person, desk = referente_di(aurora), redattrice()
    association = menu(entra(client, person).get(CASA))
    central = menu(entra(client, desk).get(CASA))
    lists = [reverse(f"{name}:index") for name in ("ente", "operatore", "comune", "bisogno", "tiposervizio")]
    for address in [*lists, "/reports/", "/amministrazione/users/", "wagtail.org"]:
        assert address not in association
    for address in ["/amministrazione/images/", "/amministrazione/documents/", *lists]:
        assert address in central
    assert "/amministrazione/images/" in association
    assert "wagtail.org" not in central


@pytest.mark.parametrize("name", ["ente", "comune", "bisogno", "tiposervizio", "argomento"])
def test_lists_are_for_the_desk(client, aurora, name):
    addresses = [reverse(f"{name}:index"), reverse(f"{name}:add")]
    for person, status in ((referente_di(aurora), 404), (redattrice(), 200)):
        entra(client, person)
        assert [client.get(address).status_code for address in addresses] == [status, status]


def test_admin_speaks_italian_and_asks_no_foreign_host(client, aurora):
    sheet = ServizioPageFactory(parent=aurora)
    for person in (referente_di(aurora), redattrice()):
        entra(client, person)
        for address in (CASA, f"{CASA}pages/{sheet.pk}/edit/", f"{CASA}pages/{aurora.pk}/", f"{CASA}images/"):
            html = client.get(address).content.decode()
            assert '<html lang="it"' in html
            assert "<title>" in html
            assert "Tessere" in re.search(r"<title>(.*?)</title>", html)[1]
            assert re.findall(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="(?:https?:)?//[^"]*', html) == []
            assert "releases.wagtail" not in html


def test_person_without_business_in_the_admin_is_refused_not_sent_to_sign_in_again(client):
    assert entra(client, UtenteFactory()).get(CASA).status_code == 403


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("login/", "/accesso/login/"),
        ("password_reset/", "/accesso/password/reset/"),
        ("password_reset/done/", "/accesso/password/reset/"),
    ],
)
def test_wagtails_own_ways_in_lead_to_the_one_door(client, address, door):
    assert client.get(CASA + address)["Location"].startswith(door)
    answer = client.post(CASA + "login/", {"username": "x", "password": "y"})
    assert answer.status_code == 302


def test_association_deletes_and_moves_nothing(client, aurora):
    draft = ServizioPageFactory(parent=aurora, in_bozza=True)
    person = referente_di(aurora)
    draft.owner = person
    draft.save()
    rules = draft.permissions_for_user(person)
    assert (rules.can_delete(), rules.can_move(), rules.can_publish(), rules.can_edit()) == (False, False, False, True)
    assert entra(client, person).post(f"{CASA}pages/{draft.pk}/delete/").status_code == 404
    assert ServizioPage.objects.filter(pk=draft.pk).exists()


def test_published_sheet_is_retired_and_never_deleted_not_even_by_an_administrator(client, aurora):
    desk, admin = redattrice(), UtenteFactory(amministratore=True)
    live = ServizioPageFactory(parent=aurora)
    retired = ServizioPageFactory(parent=aurora, live=False, first_published_at=timezone.now())
    draft = ServizioPageFactory(parent=aurora, in_bozza=True)
    place = LuogoPageFactory(parent=aurora)
    for person in (desk, admin):
        for page in (live, retired, place, aurora, aurora.get_parent(), Page.objects.get(pk=live.pk)):
            assert not page.permissions_for_user(person).can_delete(), page
        assert draft.permissions_for_user(person).can_delete()
        assert live.permissions_for_user(person).can_unpublish()
        entra(client, person).post(f"{CASA}pages/{live.pk}/delete/")
        client.post(f"{CASA}bulk/wagtailcore/page/delete/?id={live.pk}&id={retired.pk}")
        client.post(f"{CASA}api/main/pages/{live.pk}/action/delete/", {})
    assert ServizioPage.objects.filter(pk__in=[live.pk, retired.pk]).count() == 2


def test_page_with_others_under_it_is_not_deleted_and_a_leaf_is():
    parent = PaginaSempliceFactory()
    leaf = PaginaSempliceFactory(parent=parent)
    for person in (redattrice(), UtenteFactory(amministratore=True)):
        assert not Page.objects.get(pk=parent.pk).permissions_for_user(person).can_delete()
        assert leaf.permissions_for_user(person).can_delete()


@pytest.mark.parametrize("name", ["ente", "operatore", "bisogno"])
def test_rows_of_the_lists_are_deleted_by_nobody(client, name):
    row = {"ente": lambda: EntePageFactory().ente, "operatore": OperatoreFactory, "bisogno": BisognoFactory}[name]()
    entra(client, UtenteFactory(amministratore=True))
    client.post(reverse(f"{name}:delete", args=[row.pk]))
    assert type(row).objects.filter(pk=row.pk).exists()


def test_desk_switches_a_body_off(client, aurora):
    entra(client, redattrice())
    ente = aurora.ente
    answer = client.post(
        reverse("ente:edit", args=[ente.pk]), {"nome": ente.nome, "tipo": ente.tipo, "comune": ente.comune_id}
    )
    assert answer.status_code == 302
    assert Ente.objects.filter(pk=ente.pk, attivo=False).exists()


def test_ties_are_read_here_and_given_nowhere_but_in_the_reserved_area(client, aurora):
    """Not even by an administrator, who could otherwise make himself or a second account see cases."""
    tie = OperatoreFactory(ruolo="referente", utente__first_name="Leggibile")
    data = {"utente": UtenteFactory().pk, "ente": aurora.ente_id, "ruolo": "referente", "dal": "2026-01-01"}
    for person in (redattrice(), UtenteFactory(amministratore=True)):
        entra(client, person)
        assert "Leggibile" in client.get(reverse("operatore:index")).content.decode()
        for address in (reverse("operatore:add"), reverse("operatore:edit", args=[tie.pk])):
            assert client.get(address)["Location"] == CASA
            assert client.post(address, data)["Location"] == CASA
    assert Operatore.objects.get() == tie
    tie.refresh_from_db()
    assert tie.ente_id != aurora.ente_id


def test_word_of_a_vocabulary_has_a_box_per_language(client):
    word = BisognoFactory(nome="Mangiare", traduzioni={"en": "Eating", "fr": "Manger"})
    entra(client, redattrice())
    address = reverse("bisogno:edit", args=[word.pk])
    form = client.get(address).context["form"]
    assert "traduzioni" not in form.fields
    assert [form[f"nome_{lingua}"].value() for lingua in ("en", "uk", "ar")] == ["Eating", "", ""]
    data = {"nome": "Mangiare", "codice": word.codice, "tassello": "mangiare", "tinta": "primario", "ordine": 1}
    answer = client.post(address, {**data, "nome_en": "Food", "nome_uk": "Їжа", "nome_ar": "", "attivo": "on"})
    assert answer.status_code == 302
    assert Bisogno.objects.get(pk=word.pk).traduzioni == {"en": "Food", "uk": "Їжа", "fr": "Manger"}


def test_sheet_offers_the_places_of_its_own_body_only(client, aurora):
    own, foreign = LuogoPageFactory(parent=aurora, title="Sede nostra"), LuogoPageFactory(title="Sede altrui")
    sheet = ServizioPageFactory(parent=aurora)
    form = entra(client, referente_di(aurora)).get(f"{CASA}pages/{sheet.pk}/edit/").context["form"]
    assert list(form.fields["luogo"].queryset) == [own]
    assert "ente" not in form.fields
    data = {"title": "x", "tipo": sheet.tipo_id, "stato": "attivo", "luogo": foreign.pk}
    answer = client.post(f"{CASA}pages/{sheet.pk}/edit/", data)
    assert "luogo" in answer.context["form"].errors
    assert "Sede altrui" not in answer.content.decode()


@pytest.mark.parametrize("field", ["html", "image"])
def test_link_to_what_another_body_has_not_published_is_refused(client, field):
    scena = Scena()
    before = Revision.objects.count()
    entra(client, scena.referente)
    forged = {
        "html": {"come_fare": link_to(scena.bozza.pk)},
        "image": {"immagine": scena.immagine.pk},
    }[field]
    data = {"title": "x", "tipo": scena.propria.tipo_id, "stato": "attivo", **forged}
    answer = client.post(f"{CASA}pages/{scena.propria.pk}/edit/", data)
    assert answer.status_code == 302
    assert answer["Location"] == CASA
    assert Revision.objects.count() == before


def link_to(key: int) -> str:
    """What the rich text editor sends for a link to page `key`."""
    entity = f'{{"type":"LINK","mutability":"MUTABLE","data":{{"id":{key}}}}}'
    block = '{"key":"a","text":"qui","type":"unstyled","depth":0,"inlineStyleRanges":[],'
    block += '"entityRanges":[{"offset":0,"length":3,"key":0}]}'
    return f'{{"blocks":[{block}],"entityMap":{{"0":{entity}}}}}'


def test_translations_need_the_right_on_the_page_besides_the_permission(client):
    """Also for who has been given `submit_translation` and writes for one body."""
    scena = Scena()
    person = scena.referente
    address = f"{CASA}localize/submit/page/%s/"
    entra(client, person)
    assert client.get(address % scena.propria.pk).status_code == 404
    person.user_permissions.add(Permission.objects.get(codename="submit_translation"))
    assert client.get(address % scena.propria.pk).status_code == 200
    assert client.get(address % scena.bozza.pk).status_code == 404
    download = f"{CASA}localize/translate/{scena.traduzione.pk}/pofile/download/"
    assert client.get(download).status_code == 404
    assert entra(client, redattrice()).get(download).status_code == 200


def test_copy_stays_within_ones_own_pages(client):
    scena = Scena()
    entra(client, scena.referente)
    data = {"new_title": "Copia", "new_slug": "copia"}
    address = f"{CASA}pages/{scena.propria.pk}/copy/"
    assert client.post(address, {**data, "new_parent_page": scena.betulla.pk}).status_code == 404
    assert client.post(address, {**data, "new_parent_page": scena.aurora.pk}).status_code == 302
    assert Page.objects.get(slug="copia").get_parent().pk == scena.aurora.pk


def test_chooser_shows_what_is_public_and_what_is_ones_own(client):
    scena = Scena()
    ServizioPageFactory(parent=scena.betulla, title="Docce pubbliche")
    own = ServizioPageFactory(parent=scena.aurora, title="Bozza nostra", in_bozza=True)
    entra(client, scena.referente)
    assert "Docce pubbliche" in client.get(f"{CASA}choose-page/{scena.betulla.pk}/").json()["html"]
    assert own.title in client.get(f"{CASA}choose-page/{scena.aurora.pk}/").json()["html"]
    entra(client, redattrice())
    assert scena.bozza.title in client.get(f"{CASA}choose-page/{scena.betulla.pk}/").json()["html"]


def test_previews_of_a_draft_work_for_its_editor_and_the_desk(client, aurora):
    draft = ServizioPageFactory(parent=aurora, in_bozza=True, title="Corso di italiano")
    draft.save_revision()
    for person in (referente_di(aurora), redattrice()):
        answer = entra(client, person).get(f"{CASA}pages/{draft.pk}/view_draft/")
        assert answer.status_code == 200
        assert "Corso di italiano" in answer.content.decode()


def test_buttons_of_an_association_are_send_and_save_and_the_desk_keeps_its_own(client, aurora):
    sheet = ServizioPageFactory(parent=aurora)
    person = referente_di(aurora)
    address = f"{CASA}pages/{sheet.pk}/edit/"
    menu_of = entra(client, person).get(address).context["action_menu"]
    assert [menu_of.default_item.name, *(item.name for item in menu_of.menu_items)] == [
        "action-submit",
        "action-save-draft",
    ]
    assert "Invia alla Redazione" in client.get(address).content.decode()
    sheet.save_revision(user=person)
    sheet.get_workflow().start(sheet, person)
    assert "Ritira l'invio" in client.get(address).content.decode().replace("&#x27;", "'")
    menu_of = entra(client, redattrice()).get(address).context["action_menu"]
    assert {"approve", "reject"} <= {menu_of.default_item.name, *(item.name for item in menu_of.menu_items)}
