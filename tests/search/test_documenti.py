"""The rows of documents follow the files, the pages that link them and the collections they lie in."""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, ReferenceIndex

from portal.cms.models import Documento
from search.documenti import chiave
from search.models import VoceIndice
from search.verifica import confronta
from search.wagtail_hooks import documents_moved
from tests.factories.catalogo import EntePageFactory, ServizioPageFactory
from tests.factories.cms import CollectionFactory, DocumentoFactory, linking
from tests.factories.home import NotiziaPageFactory, PaginaSempliceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def modulo() -> Documento:
    return DocumentoFactory(title="Modulo zafferano")


def rows(document: Documento):
    return VoceIndice.objects.filter(gruppo=chiave(document.pk), lingua="it")


def shown(document: Documento) -> str:
    return rows(document).get().descrizione


def differences() -> int:
    return sum(each.mancanti + each.diverse + each.di_troppo for each in confronta())


def test_a_row_per_language(modulo, settings):
    PaginaSempliceFactory(corpo=linking(modulo))
    found = VoceIndice.objects.filter(gruppo=chiave(modulo.pk))
    assert sorted(each.lingua for each in found) == sorted(dict(settings.LANGUAGES))
    assert {each.genere for each in found} == {"documento"}


def test_any_rich_text_of_a_sheet_links(modulo):
    text = f'<p><a linktype="document" id="{modulo.pk}">modulo</a></p>'
    page = ServizioPageFactory(title="Mensa", come_fare=text)
    assert shown(modulo).endswith(" · Mensa")
    page.come_fare = ""
    page.save()
    assert not rows(modulo).exists()


def test_a_link_in_a_draft_is_no_link(modulo):
    page = PaginaSempliceFactory(corpo=[])
    page.corpo = linking(modulo)
    page.save_revision()
    assert not rows(modulo).exists()
    page.latest_revision.publish()
    assert rows(modulo).exists()


def test_a_link_taken_out_leaves_the_other_page(modulo):
    first = PaginaSempliceFactory(title="Prima", corpo=linking(modulo))
    PaginaSempliceFactory(title="Seconda", corpo=linking(modulo))
    assert shown(modulo).endswith(" · Prima")
    first.corpo = []
    first.save()
    assert shown(modulo).endswith(" · Seconda")


def test_a_page_renamed_deleted_or_closed_is_followed(modulo):
    page, other = (PaginaSempliceFactory(corpo=linking(modulo)) for _each in range(2))
    page.title = "Nuova"
    page.save()
    assert shown(modulo).endswith(" · Nuova")
    Page.objects.get(pk=page.pk).delete()
    assert shown(modulo).endswith(f" · {other.title}")
    restriction = PageViewRestriction.objects.create(page=other, restriction_type="login")
    assert not rows(modulo).exists()
    restriction.delete()
    assert rows(modulo).exists()


def test_deleting_what_lies_above_the_page_takes_the_document_along(modulo):
    body = EntePageFactory()
    ServizioPageFactory(parent=body, come_fare=f'<a linktype="document" id="{modulo.pk}">modulo</a>')
    assert rows(modulo).exists()
    Page.objects.get(pk=body.pk).delete()
    assert not rows(modulo).exists()


def test_news_that_expires_takes_its_document_along(modulo):
    page = NotiziaPageFactory(corpo=linking(modulo), scadenza="2030-01-31")
    assert str(rows(modulo).get().scadenza) == "2030-01-31"
    PaginaSempliceFactory(title="Sempre", corpo=linking(modulo))
    assert rows(modulo).get().scadenza is None
    assert page.title not in shown(modulo)


def test_another_file_another_name_and_none(modulo):
    PaginaSempliceFactory(corpo=linking(modulo))
    modulo.title, modulo.file, modulo.file_size = "Altro", ContentFile(b"x" * 1_400_000, "altro.odt"), 1_400_000
    modulo.save()
    assert rows(modulo).get().titolo == "Altro"
    assert shown(modulo).startswith("ODT, 1,4 MB")
    key = modulo.pk
    modulo.delete()
    assert not VoceIndice.objects.filter(gruppo=chiave(key)).exists()


def test_privacy_of_the_collection_is_followed(modulo):
    PaginaSempliceFactory(corpo=linking(modulo))
    above = CollectionFactory()
    inside = CollectionFactory(parent=above)
    modulo.collection = inside
    modulo.save()
    restriction = CollectionViewRestriction.objects.create(collection=above, restriction_type="login")
    assert not rows(modulo).exists()
    restriction.delete()
    assert rows(modulo).exists()


def test_many_documents_put_into_a_closed_collection_at_once(modulo):
    PaginaSempliceFactory(corpo=linking(modulo))
    closed = CollectionFactory()
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    Documento.objects.filter(pk=modulo.pk).update(collection=closed)
    documents_moved(None, "add_to_collection", [modulo], None)
    assert not rows(modulo).exists()


def test_many_pages_wait_for_the_worker(modulo, settings, compiti):
    settings.INDICE_SUBITO = 0
    page = PaginaSempliceFactory(corpo=linking(modulo))
    assert rows(modulo).exists()
    page.unpublish()
    assert not rows(modulo).exists()


def test_verification_counts_documents(modulo):
    PaginaSempliceFactory(corpo=linking(modulo))
    unlinked = DocumentoFactory()
    assert differences() == 0
    rows(modulo).delete()
    assert differences() == 1
    VoceIndice.objects.filter(gruppo=chiave(modulo.pk)).update(gruppo=chiave(unlinked.pk))
    assert differences() == 4 + 3
    ReferenceIndex.objects.all().delete()
    assert differences() == 3
