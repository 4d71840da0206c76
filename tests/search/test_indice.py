"""The index follows the pages: what is public is in it, in every language, and nothing else ever is."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from modelsearch.index import get_indexed_models
from wagtail.models import Page, PageViewRestriction

from catalogo.models import Bisogno
from search import indexed
from search.indice import ricostruisci
from search.models import ParolaNota, VoceIndice
from search.query import cerca
from search.tipi import Genere
from tests.factories.catalogo import (
    BisognoFactory,
    CivicCenterPageFactory,
    EmporioPageFactory,
    EntePageFactory,
    LuogoPageFactory,
    ServizioPageFactory,
    TipoServizioFactory,
)
from tests.factories.home import NotiziaPageFactory, PaginaSempliceFactory
from tests.factories.pagine import translate

pytestmark = pytest.mark.django_db


def rows(page: Page, lingua: str = "it"):
    return VoceIndice.objects.filter(gruppo=page.translation_key, lingua=lingua)


def row(page: Page, lingua: str = "it") -> VoceIndice:
    return rows(page, lingua).get()


def titles(testo: str, lingua: str = "it") -> list[str]:
    return [each.titolo for each in cerca(testo, lingua=lingua).righe]


def test_allow_list_is_what_is_searched_and_what_the_admin_searches():
    found = {model._meta.label for model in get_indexed_models()}
    assert found == {*indexed.PAGINE, *indexed.FILE, *indexed.SOLO_AMMINISTRAZIONE}
    assert not {*indexed.PAGINE, *indexed.FILE} & set(indexed.SOLO_AMMINISTRAZIONE)
    assert set(indexed.modelli().values()) == set(Genere)


@pytest.mark.parametrize(
    ("factory", "genere"),
    [
        (ServizioPageFactory, "servizio"),
        (EmporioPageFactory, "servizio"),
        (CivicCenterPageFactory, "servizio"),
        (EntePageFactory, "ente"),
        (LuogoPageFactory, "luogo"),
        (NotiziaPageFactory, "notizia"),
        (PaginaSempliceFactory, "pagina"),
    ],
)
def test_every_kind_of_page_has_a_row_per_language(factory, genere, settings):
    page = factory()
    found = VoceIndice.objects.filter(gruppo=page.translation_key).order_by("lingua")
    assert [(each.lingua, each.genere) for each in found] == [
        (code, genere) for code in sorted(dict(settings.LANGUAGES))
    ]
    assert {each.originale for each in found} == {"it"}
    assert {each.url for each in found} == {page.url}


@pytest.mark.parametrize("trait", ["in_bozza", "ristretta"])
def test_draft_and_restricted_pages_are_never_in(trait):
    page = ServizioPageFactory(**{trait: True})
    ricostruisci()
    assert not rows(page).exists()


def test_a_draft_of_a_live_page_changes_nothing():
    page = ServizioPageFactory(title="Mensa")
    page.title = "Zafferano"
    page.save_revision()
    assert row(page).titolo == "Mensa"
    page.latest_revision.publish()
    assert row(page).titolo == "Zafferano"


def test_unpublished_deleted_and_restricted_pages_leave():
    gone, deleted, closed = (ServizioPageFactory() for _each in range(3))
    gone.unpublish()
    key = deleted.translation_key
    deleted.delete()
    restriction = PageViewRestriction.objects.create(page=closed.get_parent(), restriction_type="login")
    assert not rows(gone).exists()
    assert not VoceIndice.objects.filter(gruppo=key).exists()
    assert not rows(closed).exists()
    restriction.delete()
    assert rows(closed).exists()


def test_deleting_a_body_takes_all_its_pages_along():
    body = EntePageFactory()
    service = ServizioPageFactory(parent=body)
    Page.objects.get(pk=body.pk).delete()
    assert not VoceIndice.objects.filter(gruppo__in=[body.translation_key, service.translation_key]).exists()


def test_moved_and_renamed_pages_have_their_new_address_and_body():
    service, other = ServizioPageFactory(slug="mensa"), EntePageFactory(slug="altro")
    service.move(other, pos="last-child")
    assert (row(service).url, row(service).ente) == ("/enti/altro/mensa/", str(other.ente_id))
    other.refresh_from_db()
    other.slug = "nuovo"
    other.save_revision().publish()
    assert row(service).url == "/enti/nuovo/mensa/"


def test_translation_takes_the_place_of_the_italian_text_only_when_live():
    service = ServizioPageFactory(title="Mensa della stazione")
    english = translate(service, "en", live=False, title="Station meals")
    assert row(service, "en").originale == "it"
    english.live = True
    english.save()
    assert (row(service, "en").originale, row(service, "en").titolo) == ("en", "Station meals")
    assert row(service, "uk").originale == "it"
    assert titles("mensa", "en") == ["Station meals"]


def test_words_of_the_vocabularies_follow_their_rows():
    need = BisognoFactory(nome="Mangiare", traduzioni={"uk": "Поїсти"})
    service = ServizioPageFactory(title="La Madia", tipo=TipoServizioFactory(bisogno=need))
    assert titles("поїсти", "uk") == ["La Madia"]
    Bisogno.objects.get(pk=need.pk).save()
    need.nome = "Sfamarsi"
    need.save()
    assert "Sfamarsi" in row(service).parole_chiave
    service.tipo.nome = "Dispensa"
    service.tipo.save()
    assert row(service).tipo_nome == "Dispensa"


def test_a_need_that_is_deleted_is_named_no_more():
    need = BisognoFactory(nome="Zafferano")
    service = ServizioPageFactory(bisogni=[need])
    assert "Zafferano" in row(service).parole_chiave
    need.delete()
    assert "Zafferano" not in row(service).parole_chiave


def test_a_body_that_leaves_is_not_found_and_its_new_name_is():
    page = EntePageFactory(ente__nome="Aurora")
    service = ServizioPageFactory(parent=page)
    page.ente.nome = "Betulla"
    page.ente.save()
    assert row(service).ente_nome == "Betulla"
    page.ente.attivo = False
    page.ente.save()
    assert not rows(page).exists()


def test_confidential_place_leaves_no_address_anywhere():
    place = LuogoPageFactory(indirizzo="Via Zafferano 3", quartiere="Canarino")
    service = ServizioPageFactory(parent=place.get_parent().specific, luogo=place, comune=place.comune)
    assert "Zafferano" in row(service).testo
    for name in ("indirizzo", "cap", "quartiere"):
        setattr(place, name, "")
    place.indirizzo_riservato = True
    place.save()
    for page in (place, service):
        for lingua in ("it", "en"):
            found = row(page, lingua)
            said = f"{found.testo} {found.parole_chiave}"
            assert "Zafferano" not in said
            assert "Canarino" not in said
            assert place.comune.nome not in said
            assert (found.comune, found.comune_nome, found.lat, found.lon) == ("", "", None, None)


def test_expired_news_is_not_found():
    NotiziaPageFactory(title="Chiusura vecchia", scadenza=timezone.localdate() - timedelta(days=1))
    NotiziaPageFactory(title="Chiusura di oggi", scadenza=timezone.localdate())
    assert titles("chiusura") == ["Chiusura di oggi"]


def test_what_is_taken_back_is_not_written():
    page = ServizioPageFactory(title="Mensa")
    page.title = "Altra"
    with transaction.atomic():
        page.save()
        transaction.set_rollback(True)
    assert row(page).titolo == "Mensa"


def test_many_contents_wait_for_the_worker(settings, compiti, django_assert_max_num_queries):
    page = ServizioPageFactory(title="Mensa")
    settings.INDICE_SUBITO = 0
    page.title = "Altra"
    page.save()
    assert row(page).titolo == "Altra"


def test_rebuild_drops_what_nothing_stands_behind_and_keeps_the_rest():
    page = ServizioPageFactory(title="Mensa")
    before = row(page).pk
    ghost = row(page)
    ghost.pk, ghost.lingua = None, "xx"
    VoceIndice.objects.bulk_create([ghost])
    ParolaNota.objects.create(lingua="it", parola="zafferano")
    seen: list[tuple[int, int]] = []
    ricostruisci(lambda done, total: seen.append((done, total)))
    assert row(page).pk == before
    assert not rows(page, "xx").exists()
    assert not ParolaNota.objects.filter(parola="zafferano").exists()
    assert ParolaNota.objects.filter(lingua="it", parola="mensa").exists()
    assert seen[-1][0] == seen[-1][1] > 0


def test_verification_tells_and_repairs_every_difference():
    missing, wrong, ghost = (ServizioPageFactory() for _each in range(3))
    rows(missing).delete()
    rows(wrong).update(titolo="Altro")
    Page.objects.filter(pk=ghost.pk).update(live=False)
    with pytest.raises(CommandError, match="1 mancanti, 1 diverse, 4 di troppo"):
        call_command("verifica_indice", stdout=StringIO())
    call_command("verifica_indice", ripara=True, stdout=StringIO())
    call_command("verifica_indice", stdout=StringIO())
    assert not rows(ghost).exists()


def test_rebuild_command_says_how_many(capsys):
    ServizioPageFactory()
    out = StringIO()
    call_command("ricostruisci_indice", stdout=out)
    assert "voci scritte" in out.getvalue()
