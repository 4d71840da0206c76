"""The case search: exact, with a purpose, counted, registered; silence about what one may not see."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from casi import policies
from casi.errori import Impossibile, Vietato
from casi.models import Componente, Registro
from casi.ruoli import Azione
from casi.selectors import ricerca
from casi.selectors.identita import Identita, persone_con
from casi.selectors.ricerca import cerca
from tests.factories.casi import CasoFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.factories.famiglie import FITTIZIO, caso_di, persona
from tests.support.attori import at_the_door, attore_for
from tests.support.domande import at_most
from tests.support.html import without_token
from tests.support.incaricati import ammesso

pytestmark = pytest.mark.django_db
CODICE = FITTIZIO.format("A")
ADA = Identita(cognome="Dell'Onda", nome="Ada", data_nascita=date(1980, 5, 4))


@pytest.fixture
def ada(db):
    return persona(cognome="Dell'Onda", nome="Ada", codice_fiscale=CODICE)


@pytest.fixture
def caso(ada):
    return caso_di(ada)


@pytest.fixture
def estraneo(db):
    return attore_for(OperatoreFactory(ruolo="assistente_sociale"))


@pytest.mark.parametrize(
    "identita",
    [
        Identita(codice_fiscale=CODICE),
        Identita(codice_fiscale=CODICE.lower()),
        ADA,
        Identita(cognome="DELL ONDA", nome="ada", data_nascita=date(1980, 5, 4)),
        Identita(codice_fiscale=CODICE, cognome="Altro", nome="Nome", data_nascita=date(1990, 1, 1)),
    ],
)
def test_cerca_with_exact_data_finds_the_case_one_sees(caso, capo, identita):
    assert cerca(capo, identita, "caso_mio") == [caso]


@pytest.mark.parametrize(
    "identita",
    [
        Identita(),
        Identita(codice_fiscale=CODICE[:15]),
        Identita(codice_fiscale="%"),
        Identita(codice_fiscale=CODICE[:-1] + "_"),
        Identita(cognome="Dell'Onda", nome="Ada"),
        Identita(cognome="Dell'Onda", data_nascita=date(1980, 5, 4)),
        Identita(nome="Ada", data_nascita=date(1980, 5, 4)),
        Identita(cognome="Dell", nome="Ada", data_nascita=date(1980, 5, 4)),
        Identita(cognome="Dell'Onda", nome="Ad", data_nascita=date(1980, 5, 4)),
        Identita(cognome="Dell'Onda", nome="Ada", data_nascita=date(1980, 5, 5)),
    ],
)
def test_cerca_with_a_part_finds_nothing(caso, capo, identita):
    persona(cognome="", nome="", data_nascita=None)
    assert cerca(capo, identita, "caso_mio") == []
    assert not persone_con(capo, identita).exists()


def test_cerca_without_the_right_to_the_case_answers_as_for_nobody(caso, capo, estraneo):
    assert cerca(estraneo, ADA, "nuovo_arrivo") == []
    line = Registro.objects.get(azione="cercare", operatore_id=estraneo.operatore.pk)
    assert (line.casi, line.risultati, line.finalita, line.esito) == ([caso.pk], 0, "nuovo_arrivo", "consentito")
    cerca(estraneo, Identita(codice_fiscale=FITTIZIO.format("B")), "nuovo_arrivo")
    empty = Registro.objects.filter(azione="cercare").first()
    assert (empty.casi, empty.risultati) == ([], 0)


def test_cerca_puts_no_name_to_a_case_seen_without_its_people(caso, capo):
    """A social worker of another body, admitted to the summary alone: the number she sees stays nobody's."""
    narrow = ammesso(caso, ruolo="assistente_sociale")
    wide = ammesso(caso, "contatti", ruolo="assistente_sociale")
    assert policies.may(narrow, Azione.VEDERE_CASO, caso)
    assert cerca(narrow, ADA, "caso_mio") == []
    assert cerca(wide, ADA, "caso_mio") == [caso]


def test_cerca_asks_the_same_questions_with_and_without_a_hit(caso, capo, estraneo, django_assert_num_queries):
    for who, what in ((capo, ADA), (estraneo, ADA), (estraneo, Identita(codice_fiscale=FITTIZIO.format("B")))):
        asks = at_the_door(who)
        with django_assert_num_queries(8):
            cerca(asks, what, "caso_mio")


def test_cerca_finds_a_person_by_the_record_merged_into_hers(ada, caso, capo):
    persona(cognome="Onda", nome="Adele", fusa_in=ada)
    assert cerca(capo, Identita(cognome="Onda", nome="Adele", data_nascita=date(1980, 5, 4)), "caso_mio") == [caso]


def test_cerca_does_not_follow_who_has_left_the_household(ada, caso, capo):
    Componente.objects.update(al=timezone.localdate() - timedelta(days=1))
    assert cerca(capo, ADA, "caso_mio") == []


def test_cerca_past_the_quota_is_refused_and_registered_until_midnight(caso, capo, monkeypatch):
    monkeypatch.setattr(ricerca, "QUOTA", 2)
    with time_machine.travel("2026-03-10 23:59:00+01:00", tick=False):
        other_tie = attore_for(OperatoreFactory(utente=capo.operatore.utente, ruolo="assistente_sociale"))
        cerca(capo, ADA, "caso_mio")
        cerca(other_tie, ADA, "caso_mio")
        for _each in range(2):
            with pytest.raises(Impossibile, match="2 ricerche oggi"):
                cerca(capo, ADA, "caso_mio")
        refused = Registro.objects.filter(azione="cercare", esito="negato")
        assert [line.casi for line in refused] == [[], []]
    with time_machine.travel("2026-03-11 00:00:00+01:00", tick=False):
        assert cerca(capo, ADA, "caso_mio") == [caso]


def test_cerca_is_for_social_workers(caso):
    for ruolo in ("referente", "volontario_ascolto", "coordinatore", "operatore_sportello", "responsabile_privacy"):
        with pytest.raises(Vietato):
            cerca(attore_for(OperatoreFactory(ruolo=ruolo)), ADA, "caso_mio")


SENT = {"chiave": "00000000-0000-4000-8000-000000000001", "scopo": "nuovo_arrivo"}
NAMES = {"cognome": "Dell'Onda", "nome": "Ada", "data_nascita": "1980-05-04"}


def test_page_says_the_same_to_who_may_not_see_it_and_of_who_is_not_there(riservato, caso, estraneo):
    riservato.force_login(estraneo.operatore.utente)
    known = riservato.post("/cerca/", {**SENT, "codice_fiscale": CODICE})
    unknown = riservato.post("/cerca/", {**SENT, "codice_fiscale": FITTIZIO.format("B")})
    assert known.status_code == unknown.status_code == 200
    assert without_token(known.content.decode()) == without_token(unknown.content.decode())
    assert "contatta il servizio sociale" in known.content.decode()
    assert caso.numero not in known.content.decode()


def test_page_links_the_case_one_sees_with_few_questions(riservato, caso, capo):
    riservato.force_login(capo.operatore.utente)
    with at_most(12):
        page = riservato.post("/cerca/", {**SENT, **NAMES}).content.decode()
    assert f'href="/casi/{caso.pk}/"' in page
    for _each in range(19):
        altro = CasoFactory(nucleo=caso.nucleo, ente_titolare=caso.ente_titolare)
        IncaricoFactory(caso=altro, operatore=capo.operatore)
    with at_most(12):
        page = riservato.post("/cerca/", {**SENT, **NAMES}).content.decode()
    assert page.count('class="caso__numero"') == 20


@pytest.mark.parametrize("codice", ["12345678901", "STP1234567890123"])
def test_page_finds_who_has_a_code_given_for_a_time(riservato, caso, capo, ada, codice):
    ada.codice_fiscale = codice
    ada.save()
    riservato.force_login(capo.operatore.utente)
    page = riservato.post("/cerca/", {**SENT, "codice_fiscale": codice.lower()})
    assert (page.status_code, f'href="/casi/{caso.pk}/"' in page.content.decode()) == (200, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"codice_fiscale": CODICE[:10]},
        {"codice_fiscale": CODICE[:11]},
        {"codice_fiscale": "1234567890"},
        {"codice_fiscale": "123456789012"},
        {"cognome": "Dell'Onda"},
        {"cognome": "Dell'Onda", "nome": "Ada"},
        {"codice_fiscale": CODICE, "scopo": ""},
        {**NAMES, "data_nascita": "2999-01-01"},
    ],
)
def test_page_with_half_the_data_searches_nothing(riservato, caso, capo, wrong):
    riservato.force_login(capo.operatore.utente)
    assert riservato.post("/cerca/", {**SENT, **wrong}).status_code == 422
    assert not Registro.objects.filter(azione="cercare").exists()


def test_page_says_once_what_concerns_no_field_in_particular(riservato, capo):
    riservato.force_login(capo.operatore.utente)
    page = riservato.post("/cerca/", SENT).content.decode()
    assert page.count("Scrivi il codice fiscale, oppure cognome, nome e data di nascita.") == 1


def test_page_with_a_part_says_beside_which_field_something_lacks(riservato, capo):
    riservato.force_login(capo.operatore.utente)
    page = riservato.post("/cerca/", {**SENT, "cognome": "Dell'Onda"})
    assert list(page.context["modulo"].errors) == ["nome"]
    assert "La ricerca non è partita." in page.content.decode()
    assert "Non è ancora salvato" not in page.content.decode()


def test_page_ignores_what_is_in_the_address(riservato, caso, capo):
    riservato.force_login(capo.operatore.utente)
    page = riservato.get("/cerca/", {**SENT, **NAMES}).content.decode()
    assert caso.numero not in page
    assert "Dell" not in page
