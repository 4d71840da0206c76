"""What a copy proposes to put in, and for whom: nothing where the wrong hands may hold it."""

import io
import json
import zipfile
from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone
from django.utils.translation import gettext, override

from casi.models import Componente, NominatoAlSigillo, Residenza
from casi.parole_estratto import ALTRO_ENTE
from tests.casi.test_registro import voce as riga
from tests.factories.casi import (
    INIZIO,
    AmmissioneFactory,
    InterventoFactory,
    PrimoAscoltoFactory,
    RichiestaFactory,
    VoceFactory,
)
from tests.factories.catalogo import EnteFactory
from tests.factories.famiglie import caso_di, persona
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db
AVVISO = "pensa a chi può leggerla"
DI_PRIMA = {"dal": date(2024, 1, 1), "al": date(2024, 12, 31)}


@pytest.fixture
def caso(ada):
    return caso_di(ada)


@pytest.fixture
def testi(caso, riservato, confirmed):
    """A conversation and an ordinary entry, and who answers for the case at the page."""
    me = responsabile(caso).operatore
    confirmed()
    riservato.force_login(me.utente)
    return PrimoAscoltoFactory(caso=caso, operatore=me), VoceFactory(caso=caso, autore=me, livello=3, testo="IL PIANO")


def proposed(riservato, caso) -> tuple[list[str], bool]:
    """The texts that are ticked as the page opens, and whether it warns before them."""
    answer = riservato.get(f"/casi/{caso.pk}/estratto/")
    page, modulo = answer.content.decode(), answer.context["modulo"]
    assert "IL PIANO" in page
    assert page.find(AVVISO) < page.index('name="racconti"')
    return modulo["racconti"].value() + modulo["voci"].value(), AVVISO in page


def test_copy_of_who_lives_alone_and_fears_nobody_proposes_her_texts(riservato, caso, testi):
    assert proposed(riservato, caso) == ([str(each.pk) for each in testi], False)


def test_copy_proposes_nothing_where_another_is_of_the_household_or_has_left_it(riservato, caso, testi):
    """He may ask for it; what she plans is in the diary."""
    lui = Componente.objects.create(nucleo=caso.nucleo, persona=persona(nome="Ugo"), ruolo="coniuge", dal=INIZIO)
    assert proposed(riservato, caso) == ([], False)
    Componente.objects.filter(pk=lui.pk).update(**DI_PRIMA)
    assert proposed(riservato, caso) == ([], True)


def left(caso, ada):
    Componente.objects.filter(persona=ada).update(**DI_PRIMA)


def said_by_her(caso, ada):
    ada.contatto_sicuro = "Solo di mattina"
    ada.save()


def sealed(caso, ada):
    caso.sigillato = True
    caso.save()
    NominatoAlSigillo.objects.create(caso=caso, operatore=caso.incarichi.get().operatore, dal=INIZIO)


def told(caso, ada):
    PrimoAscoltoFactory(
        caso=caso, operatore=caso.incarichi.get().operatore, interlocutore="familiare", contatto_sicuro="Mai di sera"
    )


def asked(caso, ada):
    RichiestaFactory(caso=caso, contatto_sicuro="Mai a casa")


def sheltered(caso, ada):
    Residenza.objects.create(persona=ada, tipo="struttura", dal=INIZIO)


@pytest.mark.parametrize("danger", [left, said_by_her, sealed, told, asked, sheltered])
def test_copy_proposes_nothing_and_warns_where_somebody_may_be_in_danger(riservato, caso, ada, testi, danger):
    danger(caso, ada)
    assert proposed(riservato, caso) == ([], True)


def send(riservato, caso, chi, texts, **more):
    """Sent from the page: the diary of the archive, or the page again with what it asks."""
    kept = {"chiave": uuid4(), "persona": chi.pk, "lingua": "it", "identita": "on"}
    answer = riservato.post(f"/casi/{caso.pk}/estratto/", {**kept, "voci": texts, **more})
    if answer.status_code == 200:
        files = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        return [each["testo"] for each in json.loads(files.read("dati.json"))["diario"]]
    field = answer.context["modulo"]["riletti"]
    return answer.status_code, field.errors[0], field.field.widget.choices[0][0]


def test_copy_goes_after_saying_how_many_texts_go_to_whom(riservato, caso, ada, testi):
    """To somebody of several; of who has left, the texts that are really in it. Another choice is told again."""
    lui, me = persona(nome="Ugo"), testi[1].autore
    Componente.objects.create(nucleo=caso.nucleo, persona=lui, ruolo="coniuge", **DI_PRIMA)
    old, new = (VoceFactory(caso=caso, autore=me, livello=3, testo=f"DEL {day}", avvenuto_il=day)
                for day in (date(2024, 5, 1), timezone.localdate()))  # fmt: skip
    both, one = [old.pk, new.pk], [old.pk]
    status, said, mark = send(riservato, caso, lui, both)
    assert (status, said.partition(" Controlla")[0]) == (
        422, "A Prova Ugo (Coniuge o convivente, fino al 31/12/2024) va 1 testo."
    )  # fmt: skip
    assert send(riservato, caso, ada, both)[1].startswith("A Prova Ada (Persona di riferimento) vanno 2 testi.")
    assert send(riservato, caso, lui, one, riletti=mark)[0] == 422
    assert send(riservato, caso, ada, both, riletti=mark)[0] == 422
    assert send(riservato, caso, lui, both, riletti=mark) == ["DEL 2024-05-01"]
    assert send(riservato, caso, lui, []) == []


def test_copy_of_who_lives_alone_and_fears_nobody_goes_at_once(riservato, caso, ada, testi):
    assert send(riservato, caso, ada, [testi[1].pk]) == ["IL PIANO"]
    said_by_her(caso, ada)
    assert send(riservato, caso, ada, [testi[1].pk])[0] == 422


@pytest.fixture
def ginestra(caso):
    """A body that she has spoken to, admitted, at work, and known to the register."""
    body = EnteFactory(nome="Ginestra")
    AmmissioneFactory(caso=caso, ente=body)
    InterventoFactory(caso=caso, ente=body)
    riga(casi=[caso.pk], ente_id=body.pk, ente_nome="Ginestra")
    return body


@pytest.mark.usefixtures("testi", "ginestra")
@pytest.mark.parametrize(
    ("danger", "ticked", "named"),
    [(lambda *_nothing: None, [], True), (said_by_her, [], False), (said_by_her, ["Ginestra"], True)],
)
def test_paper_names_other_bodies_where_nobody_fears_or_as_is_ticked(riservato, caso, ada, danger, ticked, named):
    """The copy, in both its files, and the sheet of who has seen the case."""
    danger(caso, ada)
    sent = {"chiave": uuid4(), "persona": ada.pk, "lingua": "it", "identita": "on", "enti": ticked}
    answer = riservato.post(f"/casi/{caso.pk}/estratto/", sent)
    files = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = riservato.post(f"/casi/{caso.pk}/accessi/", {"lingua": "it", "enti": ticked}).content.decode()
    papers = [*(files.read(name).decode() for name in files.namelist()), sheet.split('<section class="rapporto"')[1]]
    assert [("Ginestra" in paper, "un altro ente della rete" in paper) for paper in papers] == [(named, not named)] * 3
    assert all(str(caso.ente_titolare) in paper for paper in papers)


@pytest.mark.usefixtures("testi", "ginestra")
@pytest.mark.parametrize("lingua", ["en", "uk", "ar"])
def test_body_that_is_not_named_is_called_so_in_her_language(riservato, caso, ada, lingua):
    said_by_her(caso, ada)
    sheet = riservato.post(f"/casi/{caso.pk}/accessi/", {"lingua": lingua}).content.decode()
    with override(lingua):
        assert str(gettext(ALTRO_ENTE)) in sheet


@pytest.mark.usefixtures("testi", "ginestra")
def test_who_works_on_the_case_sees_every_body_in_italian_and_nothing_to_print(riservato, caso, ada):
    said_by_her(caso, ada)
    page = riservato.get(f"/casi/{caso.pk}/accessi/").content.decode()
    assert "Ginestra" in page.split('<section class="rapporto"')[1]
    assert ("Chi ha visto questo caso" in page, 'data-azione="stampa"' in page) == (True, False)
