"""Whose a name is in the copy for one person, and how others are covered however they were written."""

import json
import unicodedata
from datetime import date

import pytest

from casi.models import LegameSociale, Persona, PrimoAscolto, Residenza
from casi.parole_estratto import MANCA
from casi.selectors.altri import called, cover
from tests.casi.test_copia import COPERTO, copy_of
from tests.factories.casi import ComponenteFactory, PrimoAscoltoFactory, RichiestaFactory
from tests.factories.famiglie import caso_di, persona
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db


def household(lei: Persona, *others: tuple[str, str]):
    caso = caso_di(lei)
    for cognome, nome in others:
        ComponenteFactory(nucleo=caso.nucleo, persona=persona(cognome=cognome, nome=nome, data_nascita=None))
    return caso


@pytest.mark.parametrize(
    ("cognome", "nome", "altro", "said", "hers"),
    [
        ("Fontanili", "Giada Mirella", ("Fontanili", "Mirella"), "Mirella Fontanili", False),
        ("Fontanili", "Giada Mirella", ("Sassi", "Mirella"), "Mirella Fontanili", False),
        ("Fontanili", "Giada Mirella", ("Fontanili", "Mirella"), "Giada Mirella Fontanili", True),
        ("Fontanili", "Giada Mirella", ("Fontanili", "Mirella"), "giada", True),
        ("Bianchi", "Maria Rosa", ("Verdi", "Anna Maria"), "Anna Maria Verdi", False),
        ("Bianchi", "Maria Rosa", ("Verdi", "Anna Maria"), "Maria", False),
        ("Rossi", "Franco", ("Franco", "Luisa"), "Luisa Franco", False),
        ("Rossi", "Franco", ("Franco", "Luisa"), "Franco", False),
        ("Franco", "Luisa", ("Rossi", "Franco"), "Luisa Franco", True),
        ("De Rosa", "Rosa", ("De Rosa", "Antonio"), "Antonio De Rosa", False),
        ("De Rosa", "Rosa", ("De Rosa", "Antonio"), "De Rosa, Rosa", True),
        ("De Rosa", "Rosa", ("De Rosa", "Antonio"), "De Rosa", False),
        ("Prova", "Nicolò", ("Prova", "Ugo"), "nicolo' prova", True),
        ("Prova", "Ada", ("Yota", "Ugo"), "Prova", False),
        ("Prova", "Ada", ("Prova", "Ugo"), "Ada Zeta", False),
        ("Prova", "Ada", ("Prova", "Ugo"), " - ", False),
    ],
)
def test_name_is_hers_where_all_of_it_is_and_nobody_else_answers_to_it(cognome, nome, altro, said, hers):
    lei = persona(cognome=cognome, nome=nome)
    assert called(household(lei, altro), lei)(said) is hers


def test_name_of_a_record_merged_into_hers_is_hers_and_one_of_another_s_is_his():
    lei, lui = persona(nome="Ada"), persona(cognome="Altro", nome="Ugo")
    caso = caso_di(lei, lui)
    persona(nome="Zoe", fusa_in=persona(nome="Lea", fusa_in=lei))
    assert [called(caso, lei)(each) for each in ("Lea Prova", "Zoe Prova", "Lea Altro")] == [True, True, False]
    persona(nome="Lea", fusa_in=lui)
    assert not called(caso, lei)("Lea Prova")


def test_request_and_conversation_of_another_member_stay_out_of_her_copy():
    """Also when she has left, and with the tick for the safe contact."""
    lei = persona(cognome="Fontanili", nome="Giada Mirella")
    caso = household(lei, ("Fontanili", "Mirella"))
    caso.nucleo.componenti.exclude(persona=lei).update(al=date(2025, 6, 1))
    hers = {"nome": "Mirella Fontanili", "contatto_sicuro": "ALTRUI"}
    RichiestaFactory(caso=caso, contatto="0000 555666", esito_nota="ALTRUI", **hers)
    heard = PrimoAscoltoFactory(
        caso=caso, contatto="0000 888999", interlocutore="persona", racconto="Chiama 0000555666, 0000888999", **hers
    )
    by = responsabile(caso)
    page, data = copy_of(by, caso, lei, testi=[heard.pk], contatto_sicuro=True)
    for word in ("ALTRUI", "555666", "888999"):
        assert word not in page + json.dumps(data)
    assert data["ascolti"][0]["racconto"] == f"Chiama {COPERTO}, {COPERTO}"
    assert MANCA["richieste_di_altri"] in data["mancano"]


def test_contact_she_left_is_hers_and_what_it_says_of_others_is_covered():
    lei = persona()
    caso = household(lei, ("Prova", "Ugo"))
    RichiestaFactory(caso=caso, nome="Ada Prova", contatto="0000 777, o Ugo")
    PrimoAscoltoFactory(caso=caso, nome="Ada", contatto="0000 888, o Ugo", interlocutore="persona")
    _page, data = copy_of(responsabile(caso), caso, lei, testi=PrimoAscolto.objects.values_list("pk", flat=True))
    told = [data["richieste"][0]["contatto"], data["ascolti"][0]["contatto"]]
    assert told == [f"0000 777, o {COPERTO}", f"0000 888, o {COPERTO}"]


@pytest.mark.parametrize(
    ("dati", "text", "left"),
    [
        ({"nome": "Nicolò"}, "Nicolo' e NICOLÒ, Nicolo; nicolò.", "* e *, *; *."),
        ({"nome": "Nicolo'"}, "Nicolò, con Nicolo’.", "*, con *."),
        ({"nome": "José"}, unicodedata.normalize("NFD", "José, qui."), "*, qui."),
        ({"cognome": "D'Amico"}, "D'Amico, Damico, D’AMICO, dell'amico.", "*, *, *, dell'*."),
        ({"nome": "Łucja"}, "Lucja e Łucja", "* e *"),
        ({"nome": "Олексій"}, "Олексій прийшов. Він живе тут.", "* прийшов. Він живе тут."),
        ({"nome": "أحمد"}, "جاء أحمد اليوم", "جاء * اليوم"),
        ({"nome": "Ada", "email": "Giada.Castellari@Example.org"}, "A giada.castellari@example.ORG!", "A *!"),
        ({"nome": "Giada", "email": "giada.castellari@example.org"}, "Giada.Castellari@Example.org", "*"),
        ({"codice_fiscale": "ZZZZZZ00A00Z000A"}, "cf zzzzzz00a00z000a", "cf *"),
    ],
)
def test_other_member_is_covered_however_he_was_written(dati, text, left):
    """And what is not his is left as it was, in any script."""
    lei, lui = persona(cognome="Zeta", nome="Pia"), persona(**{"cognome": "Yota", "nome": "Kim", **dati})
    assert cover(caso_di(lei, lui), lei)(text) == left.replace("*", COPERTO)


@pytest.mark.parametrize("hers", ["Niccolò", "Niccolo"])
def test_shared_name_stays_with_or_without_its_accent(hers):
    lei, lui = persona(cognome=hers, nome="Pia"), persona(cognome="Niccolo'", nome="Kim")
    assert cover(caso_di(lei, lui), lei)("Niccolò e Niccolo' e Kim") == f"Niccolò e Niccolo' e {COPERTO}"


@pytest.mark.parametrize(
    ("hers", "his", "text", "left"),
    [
        ("", "Via G. Verdi, 12/B", "sta in via g verdi 12 b; anche in Via G. Verdi.", "sta in *; anche in *."),
        ("Via Po 3", "Via Po, 5", "Via Po 3 e via Po 5 e via Po", "Via Po 3 e * e via Po"),
        ("Via Po 3", "VIA PO, 3", "Via Po 3", "Via Po 3"),
        ("", "Rifugio", "un rifugio", "un rifugio"),
    ],
)
def test_home_of_another_is_covered_and_her_own_is_not(hers, his, text, left):
    lei, lui = persona(), persona(cognome="Yota", nome="Kim")
    caso = caso_di(lei, lui)
    for whose, address in ((lei, hers), (persona(cognome="Iks", nome="Kos", fusa_in=lui), his)):
        Residenza.objects.create(persona=whose, tipo="residenza", indirizzo=address, dal=date(2024, 1, 1))
    assert cover(caso, lei)(text) == left.replace("*", COPERTO)


def test_records_merged_into_another_s_are_covered_and_those_merged_into_hers_are_not():
    lei, lui = persona(cognome="Zeta", nome="Pia"), persona(cognome="Yota", nome="Kim")
    persona(cognome="Prima", nome="Pia", telefono="0000 123456", fusa_in=lei)
    middle = persona(cognome="Iota", nome="Joakim", telefono="0000 654321", fusa_in=lui)
    persona(cognome="Jota", nome="Kim", fusa_in=middle)
    caso = caso_di(lei, lui)
    LegameSociale.objects.create(nucleo=caso.nucleo, chi="Prima, la zia", contatto="0000123456")
    text = "Pia Prima 0000 123456, Joakim Iota 0000 654321, Jota"
    assert cover(caso, lei)(text) == f"Pia Prima 0000 123456, {COPERTO} {COPERTO} {COPERTO}, {COPERTO}"
