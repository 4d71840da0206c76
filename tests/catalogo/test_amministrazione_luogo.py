"""A place that becomes confidential is forgotten everywhere, and a form with both loses nothing."""

import json

import pytest
from wagtail.models import Revision
from wagtail_localize.models import String, TranslationSource

from catalogo.models import LuogoPage
from tests.factories.catalogo import EntePageFactory, LuogoPageFactory
from tests.factories.pagine import translate

from .scena import entra, referente_di

pytestmark = pytest.mark.django_db
VIA = "Via del Canarino Segreto 7"


@pytest.fixture
def aurora():
    return EntePageFactory(ente__nome="Aurora")


@pytest.fixture
def luogo(aurora):
    place = LuogoPageFactory(
        parent=aurora, indirizzo=VIA, cap="52100", lat=43.4, lon=11.8, quartiere=VIA, come_arrivare=f"A piedi: {VIA}"
    )
    place.save_revision().publish()
    return LuogoPage.objects.get(pk=place.pk)


def confidential(luogo: LuogoPage) -> LuogoPage:
    luogo.indirizzo_riservato = True
    luogo.indirizzo = luogo.cap = luogo.quartiere = luogo.come_arrivare = ""
    luogo.lat = luogo.lon = None
    return luogo


def everything_kept() -> str:
    """Every text of the database that could hold the address."""
    rows = [
        list(LuogoPage.objects.values_list("indirizzo", "quartiere", "come_arrivare")),
        list(Revision.objects.values_list("content", flat=True)),
        list(TranslationSource.objects.values_list("content_json", flat=True)),
        list(String.objects.values_list("data", flat=True)),
    ]
    return json.dumps(rows, default=str)


def test_place_published_as_confidential_leaves_no_address_anywhere(luogo):
    translate(luogo, "en")
    TranslationSource.update_or_create_from_instance(luogo)
    assert everything_kept().count(VIA) >= 5
    confidential(luogo).save_revision().publish()
    assert VIA not in everything_kept()
    assert set(LuogoPage.objects.values_list("indirizzo_riservato", flat=True)) == {True}


def test_place_saved_by_code_as_confidential_leaves_no_address_anywhere(luogo):
    confidential(luogo).save()
    assert VIA not in everything_kept()


def test_draft_alone_hides_the_address_at_once(client, luogo):
    assert VIA in client.get(luogo.url).content.decode()
    confidential(luogo).save_revision()
    assert VIA not in everything_kept()
    assert VIA not in client.get(luogo.url).content.decode()


def test_draft_that_names_an_address_again_survives_a_save_of_the_page(luogo):
    confidential(luogo).save()
    draft = LuogoPage.objects.get(pk=luogo.pk)
    draft.indirizzo_riservato = False
    draft.indirizzo = "Piazza Pubblica 1"
    draft.save_revision()
    LuogoPage.objects.get(pk=luogo.pk).save()
    assert "Piazza Pubblica 1" in everything_kept()


def test_address_typed_in_a_draft_and_withdrawn_is_forgotten(luogo):
    confidential(luogo).save()
    draft = LuogoPage.objects.get(pk=luogo.pk)
    draft.indirizzo_riservato = False
    draft.indirizzo = VIA
    draft.save_revision()
    confidential(draft).save_revision()
    assert VIA not in everything_kept()


def test_confidential_with_an_address_shows_the_error_beside_the_field_and_keeps_the_rest(client, luogo, aurora):
    entra(client, referente_di(aurora))
    data = {
        "title": "Casa nuova",
        "indirizzo_riservato": "on",
        "comune": luogo.comune_id,
        "indirizzo": VIA,
        "cap": "",
        "accessibilita": "Due gradini",
        "descrizione_breve": "",
    }
    answer = client.post(f"/amministrazione/pages/{luogo.pk}/edit/", data)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert set(form.errors) == {"indirizzo"}
    assert form["accessibilita"].value() == "Due gradini"
    assert form["indirizzo"].value() == VIA
    luogo.refresh_from_db()
    assert luogo.indirizzo == VIA
    assert not luogo.indirizzo_riservato
