"""A person is known again by her whole name, in whichever box its words are, and however her clerk has heard it."""

import uuid
from datetime import date

import pytest

from casi.models import Caso
from casi.parole import sounded, whole
from casi.selectors.conflitti import STESSA_PERSONA, STESSO_COGNOME, sospetti
from casi.selectors.doppioni import somiglianti
from casi.selectors.identita import Identita, persone_con
from tests.factories.casi import PersonaFactory, PrimoAscoltoFactory, RichiestaFactory
from tests.factories.catalogo import ComuneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed
from tests.support.scarti import lead

NATA = date(1980, 1, 1)
NELLE_CASELLE = [
    ("Castellari", "Loris"), ("", "Loris Castellari"), ("Loris Castellari", ""), ("Loris", "Castellari"),
    ("", "Castellari Loris"), ("CASTELLARI", "lòris"),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("cognome", "nome"), NELLE_CASELLE)
def test_whole_name_is_the_same_in_whichever_box_it_is(assistente, cognome, nome):
    she = PersonaFactory(cognome=cognome, nome=nome, data_nascita=NATA)
    by = attore_for(assistente)
    for surname, name in NELLE_CASELLE:
        assert somiglianti(by, Identita(surname, name)).ce
        assert list(persone_con(by, Identita(surname, name, NATA))) == [she]
    for other in (Identita("Castellari", "", NATA), Identita("", "Loris", NATA), Identita("Castellari", "Lory", NATA)):
        assert not somiglianti(by, other).ce
        assert not persone_con(by, other).exists()
    assert not persone_con(by, Identita("Castellari", "Loris", date(1980, 1, 2))).exists()


@pytest.mark.django_db
def test_who_has_one_name_is_known_by_it_and_not_by_who_has_it_too(assistente):
    PersonaFactory(cognome="", nome="Fatou")
    PersonaFactory(cognome="", nome="")
    by = attore_for(assistente)
    said = [Identita("Fatou"), Identita("", "Fatu"), Identita("Fatou", "Diop"), Identita("", "  ")]
    assert [somiglianti(by, each).ce for each in said] == [True, True, False, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("De Ruvo Anna Maria", "Annamaria Deruvo"), ("D'Elia Gian Luca", "Gianluca Delia"),
        ("Di Stefano Rosa", "Rosa Distefano"), ("Rosa Anastasi", "Anastasi Rosa"),
    ],
)  # fmt: skip
def test_words_parted_or_not_are_one_name(one, other):
    assert whole(one) == whole(other)
    assert whole(one, sounded) == whole(other, sounded)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed", "Muhammad"), ("Mohammed", "Mohamad"), ("Aicha", "Aisha"), ("Khadija", "Cadigia"),
        ("Youssef", "Iusuf"), ("Hussein", "Husain"), ("Abdoulaye", "Abdulai"), ("Oumar", "Omar"), ("Ahmed", "Ahmad"),
        ("Svitlana", "Svetlana"), ("Chiara", "Kiara"), ("Nikolai", "Nicolay"), ("Maja", "Maya"),
    ],
)  # fmt: skip
def test_name_of_elsewhere_sounds_the_same_however_it_is_written(one, other):
    assert sounded(one) == sounded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rossi", "Russo"), ("Bianchi", "Bianco"), ("Paolo", "Paola"), ("Anna", "Gianna"), ("Mario", "Maria")],
)
def test_names_of_different_people_stay_apart(one, other):
    assert sounded(one) != sounded(other)


@pytest.mark.django_db
def test_conflict_is_suspected_in_whichever_box_the_name_is(assistente):
    comune = ComuneFactory()
    assistente.ente.comune = comune
    he = OperatoreFactory(
        ente=assistente.ente, utente__last_name="Castellari", utente__first_name="Loris", in_rete=False
    )
    for name, why in (("Loris Castellari", STESSA_PERSONA), ("Rina Castellari", STESSO_COGNOME), ("Rina Loris", None)):
        caso = followed(assistente, PersonaFactory(cognome="", nome=name))
        caso.comune = he.ente.comune = comune
        assert sospetti(caso, [he]).get(he.pk) == why


@pytest.mark.django_db
def test_who_opens_a_case_from_a_name_left_as_it_was_is_warned_and_shown_where_the_surname_goes(
    riservato, act_as, assistente
):
    capo = lead(assistente, "assistente_sociale")
    followed(capo, PersonaFactory(cognome="Castellari", nome="Loris"))
    asked = RichiestaFactory(ente=capo.ente, nome="Loris Castellari")
    heard = PrimoAscoltoFactory(operatore=capo, nome="Loris")
    act_as("riservato")
    riservato.force_login(capo.utente)
    address = f"/arrivi/richieste/{asked.pk}/apri/"
    page = riservato.get(address).content.decode()
    assert "Sposta il cognome" in page
    assert "Sposta il cognome" not in riservato.get(f"/ascolti/{heard.pk}/apri/").content.decode()
    response = riservato.post(address, {"chiave": str(uuid.uuid4()), "nome": "Loris Castellari"})
    assert response.status_code == 422
    assert "somiglia" in response.context["modulo"].errors
    assert Caso.objects.count() == 1
    sent = {"chiave": str(uuid.uuid4()), "cognome": "Castellari", "nome": "Loris Ivo"}
    assert "Sposta il cognome" not in riservato.post(address, sent | {"lingua": "x" * 99}).content.decode()
