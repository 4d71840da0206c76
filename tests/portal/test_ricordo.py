"""What is read from the contents is kept until they change, whoever changes them."""

import pytest
from django.http import HttpResponse

from catalogo.models import Comune
from catalogo.scelte import scelte
from portal.cms.cache_pagine import edizione
from portal.cms.cache_pagine.middleware import PagineAnonime
from portal.cms.cache_pagine.ricordo import Ricordo
from search.etichette import etichette
from search.models import Sinonimo
from search.sinonimi import sinonimi
from tests.factories.catalogo import ComuneFactory, EnteFactory, ServizioPageFactory

pytestmark = pytest.mark.django_db


def names() -> list[str]:
    return list(Comune.objects.order_by("nome").values_list("nome", flat=True))


def test_value_is_read_once_and_again_after_an_edit(django_assert_num_queries):
    ComuneFactory(nome="Ardesio")
    ricordo = Ricordo[list[str]]()
    before = ricordo.get("", names)
    with django_assert_num_queries(1):  # the edition
        assert ricordo.get("", names) is before
    Comune.objects.update(nome="Zogno")  # no signal is sent
    assert ricordo.get("", names) == ["Zogno"]


def test_each_key_has_its_own_value():
    ricordo = Ricordo[str]()
    assert [ricordo.get(key, lambda key=key: key * 2) for key in "aba"] == ["aa", "bb", "aa"]


def test_no_more_than_so_many_are_kept(monkeypatch):
    monkeypatch.setattr("portal.cms.cache_pagine.ricordo.CHIAVI", 2)
    ricordo, read = Ricordo[str](), []
    for key in ("a", "b", "c", "c", "a"):
        ricordo.get(key, lambda key=key: read.append(key) or key)
    assert read == ["a", "b", "c", "a"]


def test_page_knows_its_edition_and_who_writes_asks_anew(rf):
    known = {}

    def view(request):
        known[request.method] = edizione.DELLA_PAGINA.get()
        return HttpResponse()

    for request in (rf.get("/"), rf.post("/")):
        PagineAnonime(view)(request)
    assert known == {"GET": edizione.current(), "POST": None}


def test_page_being_made_asks_nothing(django_assert_num_queries):
    ricordo = Ricordo[list[str]]()
    with edizione.of_page(edizione.current()):
        ricordo.get("", names)
        with django_assert_num_queries(0):
            ricordo.get("", names)
    assert edizione.DELLA_PAGINA.get() is None


def test_what_a_task_has_just_read_is_not_asked_again(django_assert_num_queries):
    ricordo = Ricordo[list[str]]()
    assert ricordo.gia_letto("", names) == names()
    with django_assert_num_queries(0):
        ricordo.gia_letto("", names)


def test_names_of_choices_follow_the_edits_of_others():
    ente = EnteFactory(nome="Auser")
    codes = {"ente": {str(ente.pk)}}
    assert etichette(codes, "it")["ente"][str(ente.pk)] == "Auser"
    type(ente).objects.filter(pk=ente.pk).update(nome="Auser Insieme", nome_breve="")
    assert etichette(codes, "it")["ente"][str(ente.pk)] == "Auser Insieme"


def test_choices_of_the_catalogue_follow_the_edits_of_others():
    page = ServizioPageFactory()
    assert page.comune.codice_istat in dict(scelte()["comune"])
    page.unpublish()
    assert page.comune.codice_istat not in dict(scelte()["comune"])


def test_synonyms_follow_the_edits_of_others():
    assert "lavanderia" not in sinonimi("it")
    Sinonimo.objects.create(lingua="it", parole="lavanderia, bucato")
    assert "bucato" in sinonimi("it")["lavanderia"]
