"""The household: dated members, doubts told and not imposed, doubles told without telling whose."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casi.actions import persone
from casi.codice_fiscale import check_letter, plausible, written
from casi.errori import Assente, Superato, Vietato
from casi.forms.persone import SOMIGLIA
from casi.models import Componente, LegameSociale, Persona, Registro, Residenza
from casi.selectors import doppioni, ricerca
from casi.selectors.doppioni import somiglianti
from casi.selectors.identita import Identita
from casi.selectors.persone import open_famiglia
from tests.factories.casi import (
    AmmissioneFactory,
    ComponenteFactory,
    IncaricoFactory,
    NucleoFactory,
    PersonaFactory,
)
from tests.factories.catalogo import ComuneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def ada():
    return PersonaFactory(cognome="Canarini", nome="Ada", contatto_sicuro="Canarino di mattina", telefono="0000 1")


@pytest.fixture
def caso(sociale, ada):
    return followed(sociale, ada)


def sent(**campi) -> dict:
    return {"chiave": str(uuid.uuid4()), **campi}


def test_page_says_first_how_to_contact_and_shows_members_over_time(riservato, sociale, ada, caso):
    gone = PersonaFactory(cognome="Partiti")
    ComponenteFactory(nucleo=caso.nucleo, persona=gone, al=timezone.localdate() - timedelta(days=1))
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/casi/{caso.pk}/persone/").content.decode()
    assert page.index("Canarino di mattina") < page.index("0000")
    assert page.index("Il nucleo oggi") < page.rindex("Canarini Ada")
    assert page.index("Non più, o non ancora") < page.index("Partiti")
    assert "Canarini" not in page[: page.index("</title>")]


def test_people_are_seen_by_an_admitted_body_with_contacts_in_its_scope(ada, caso):
    referente = OperatoreFactory(ruolo="referente")
    caso.stato = "preso_in_carico"
    caso.save()
    ammissione = AmmissioneFactory(caso=caso, ente=referente.ente, ambiti=["sintesi"])
    IncaricoFactory(caso=caso, operatore=referente)
    with pytest.raises(Assente):
        open_famiglia(attore_for(referente), caso.pk)
    ammissione.ambiti = ["sintesi", "contatti"]
    ammissione.save()
    assert [each.persona for each in open_famiglia(attore_for(referente), caso.pk)[1].presenti] == [ada]
    with pytest.raises(Vietato):
        persone.correggi(by=attore_for(referente), caso=caso.pk, persona=ada.pk, versione=1, nome="X")


@pytest.mark.parametrize("tail", ["", "uscita/", "residenza/", "unisci/", "separa/"])
def test_person_of_another_household_is_not_there(riservato, sociale, caso, tail):
    other = PersonaFactory()
    followed(sociale, other)
    riservato.force_login(sociale.utente)
    for persona in (other.pk, uuid.uuid4()):
        assert riservato.get(f"/casi/{caso.pk}/persone/{persona}/{tail}").status_code == 404
    with pytest.raises(Assente):
        persone.correggi(by=attore_for(sociale), caso=caso.pk, persona=other.pk, versione=1, nome="X")


def test_person_is_added_corrected_and_leaves(riservato, sociale, ada, caso):
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/"
    campi = {
        "cognome": "Canarini",
        "nome": "Bice",
        "data_nascita": "2015-04-03",
        "ruolo": "figlio",
        "dal": "2024-01-01",
    }
    assert riservato.post(f"{here}nuova/", sent(**campi)).status_code == 302
    bice = caso.nucleo.componenti.get(ruolo="figlio").persona
    assert (bice.nome, bice.data_nascita) == ("Bice", date(2015, 4, 3))
    changed = sent(cognome="Canarini", nome="Bianca", versione=1)
    assert riservato.post(f"{here}{bice.pk}/", changed).status_code == 302
    late = riservato.post(f"{here}{bice.pk}/", sent(cognome="Canarini", nome="Berta", versione=1, somiglia="on"))
    assert late.status_code == 409
    assert all(word in late.content.decode() for word in ("Bianca", "Berta"))
    assert riservato.post(f"{here}{bice.pk}/uscita/", sent(al="2026-01-31")).status_code == 302
    assert Componente.objects.get(persona=bice).al == date(2026, 1, 31)
    assert riservato.post(f"{here}{bice.pk}/uscita/", sent(ruolo="figlio", dal="2026-02-10")).status_code == 302
    assert Componente.objects.filter(persona=bice).count() == 2
    with pytest.raises(Superato):
        persone.correggi(by=attore_for(sociale), caso=caso.pk, persona=bice.pk, versione=1, nome="X")


def test_draft_older_than_what_a_colleague_saved_does_not_undo_it(riservato, sociale, ada, caso):
    """Kept with the version it was typed on: sending it shows both, and the box left empty stays empty."""
    Persona.objects.filter(pk=ada.pk).update(interprete=True)
    riservato.force_login(sociale.utente)
    address = f"/casi/{caso.pk}/persone/{ada.pk}/"
    riservato.post(f"/bozze/persona/{ada.pk}/", {"cognome": "Canarini", "telefono": "0000 9", "versione": "1"})
    persone.correggi(by=attore_for(sociale), caso=caso.pk, persona=ada.pk, versione=1, telefono="0000 8")
    page = riservato.get(address).content.decode()
    assert "Abbiamo ritrovato" in page
    assert 'name="versione" value="1"' in page
    assert not re.search(r'name="interprete"[^>]* checked', page)
    response = riservato.post(address, sent(cognome="Canarini", nome="Ada", telefono="0000 9", versione=1))
    assert response.status_code == 409
    assert "0000 8" in response.content.decode()
    assert 'value="0000 9"' in response.content.decode()


def test_new_home_ends_the_one_before(riservato, sociale, ada, caso):
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/residenza/"
    riservato.post(here, sent(tipo="ospite", indirizzo="Da una zia", dal="2024-01-01", comune=sociale.ente.comune_id))
    riservato.post(here, sent(tipo="ospite", indirizzo="Da un'amica", dal="2025-01-01"))
    riservato.post(here, sent(tipo="strada", indirizzo="", dal="2025-06-01"))
    spans = Residenza.objects.order_by("dal").values_list("tipo", "al")
    assert list(spans) == [("ospite", date(2024, 12, 31)), ("ospite", None), ("strada", None)]


def test_ties_are_written_and_corrected_in_their_own_household_alone(riservato, sociale, caso):
    riservato.force_login(sociale.utente)
    riservato.post(f"/casi/{caso.pk}/legami/nuovo/", sent(chi="La nonna"))
    legame = LegameSociale.objects.get()
    address = f"/casi/{caso.pk}/legami/{legame.pk}/"
    assert 'name="versione" value="1"' in riservato.get(address).content.decode()
    assert riservato.post(address, sent(chi="La zia", versione=1)).status_code == 302
    second = riservato.post(address, sent(chi="La cugina", versione=1))
    assert second.status_code == 409
    assert all(word in second.content.decode() for word in ("La zia", "La cugina"))
    legame.refresh_from_db()
    assert (legame.chi, legame.nucleo) == ("La zia", caso.nucleo)
    other = LegameSociale.objects.create(nucleo=NucleoFactory(), chi="Altrui")
    assert riservato.get(f"/casi/{caso.pk}/legami/{other.pk}/").status_code == 404
    with pytest.raises(Assente):
        persone.scrivi_legame(by=attore_for(sociale), caso=caso.pk, legame=other.pk, chi="X")


@pytest.mark.parametrize(
    ("identita", "alike"),
    [
        (Identita(codice_fiscale="prv ada 80a41 f205x"), True),
        (Identita("Canarìni", "ADA", date(1980, 1, 1)), True),
        (Identita("Kanarini", "Ada"), True),
        (Identita("Canarini", "Bice", date(1980, 1, 1)), False),
        (Identita("Canarini"), False),
        (Identita(), False),
    ],
)
def test_double_is_found_by_code_by_name_and_birth_or_by_sound(sociale, identita, alike):
    PersonaFactory(cognome="Canarini", nome="Ada", data_nascita=date(1980, 1, 1), codice_fiscale="PRVADA80A41F205X")
    PersonaFactory(cognome="", nome="")
    assert somiglianti(attore_for(sociale), identita).ce is alike


def test_double_is_told_in_the_same_words_and_with_the_same_work_whoever_may_see_it(riservato, sociale, ada, caso):
    hidden = PersonaFactory(cognome="Nascosti", nome="Elio")
    altrui = followed(OperatoreFactory(ruolo="assistente_sociale"), hidden)
    riservato.force_login(sociale.utente)
    address, rest = f"/casi/{caso.pk}/persone/nuova/", {"ruolo": "altro", "dal": "2024-01-01"}
    pages, counts = [], []
    for cognome, nome in (("Canarini", "Ada"), ("Nascosti", "Elio")):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = riservato.post(address, sent(cognome=cognome, nome=nome, **rest))
        assert response.status_code == 422
        pages.append(response.content.decode())
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert all(str(SOMIGLIA).replace("'", "&#x27;") in page for page in pages)
    assert caso.numero in pages[0].split("La segui già qui")[1]
    assert "La segui già qui" not in pages[1]
    assert altrui.numero not in pages[1]
    lines = Registro.objects.filter(azione="cercare", finalita="doppioni").order_by("pk")
    assert list(lines.values_list("risultati", "casi")) == [(1, [caso.pk]), (0, [altrui.pk])]
    assert riservato.post(address, sent(cognome="Nascosti", nome="Elio", somiglia="on", **rest)).status_code == 302


def test_search_for_doubles_is_registered_also_when_nobody_is_like_it(sociale):
    assert somiglianti(attore_for(sociale), Identita("Nessuno", "Mai")).ce is False
    assert Registro.objects.get().risultati == 0


def test_search_for_doubles_has_a_quota_of_its_own_and_past_it_tells_nothing(
    riservato, sociale, ada, caso, monkeypatch
):
    """Else the form for a new person would be a search without a limit, by the sound of a name too."""
    monkeypatch.setattr(doppioni, "QUOTA", 1)
    assert somiglianti(attore_for(sociale), Identita("Canarini", "Ada")).ce
    riservato.force_login(sociale.utente)
    typed = sent(cognome="Canarini", nome="Ada", ruolo="altro", dal="2024-01-01")
    answer = riservato.post(f"/casi/{caso.pk}/persone/nuova/", typed)
    assert answer.status_code == 422
    assert "riprova domani" in answer.content.decode()
    assert "somiglia" not in answer.context["modulo"].errors
    refused = Registro.objects.get(azione="cercare", esito="negato")
    assert (refused.casi, refused.finalita) == ([], "doppioni")
    assert Registro.objects.filter(azione="cercare", esito="consentito").count() == 1
    monkeypatch.setattr(ricerca, "QUOTA", 1)
    assert ricerca.cerca(attore_for(sociale), Identita(codice_fiscale="A" * 16), "caso_mio") == []


def test_correcting_a_person_does_not_find_herself(riservato, sociale, ada, caso):
    riservato.force_login(sociale.utente)
    form = sent(cognome="Canarini", nome="Ada", telefono="0000 2", versione=1)
    assert riservato.post(f"/casi/{caso.pk}/persone/{ada.pk}/", form).status_code == 302
    assert not Registro.objects.filter(azione="cercare").exists()
    form = sent(cognome="Canarini", nome="Adda", versione=2)
    assert riservato.post(f"/casi/{caso.pk}/persone/{ada.pk}/", form).status_code == 302


def test_doubtful_tax_code_is_kept_after_a_tick_and_never_lost(riservato, sociale, ada, caso):
    riservato.force_login(sociale.utente)
    address = f"/casi/{caso.pk}/persone/{ada.pk}/"
    form = {"cognome": "Canarini", "nome": "Ada", "codice_fiscale": "prvada80a41f205a", "versione": 1}
    response = riservato.post(address, sent(**form))
    page = response.content.decode()
    assert response.status_code == 422
    assert "PRVADA80A41F205A" in page.upper()
    assert 'type="checkbox" name="codice_comunque"' in page
    assert 'type="hidden" name="somiglia"' in page
    assert riservato.post(address, sent(**form, codice_comunque="on")).status_code == 302
    assert Persona.objects.get(pk=ada.pk).codice_fiscale == "PRVADA80A41F205A"


@pytest.mark.parametrize(
    ("codice", "answer"),
    [
        ("RSSMRA85T10A562S", True),  # the example that every form prints
        ("RSSMRA85T10A562X", False),
        ("RSSMRA85T10A56NH", True),
        ("12345678901", True),
        ("STP1234567890123", True),
        ("ENI1234567890123", True),
        ("CIAO", False),
    ],
)
def test_tax_code_is_plausible_by_shape_and_check_letter(codice, answer):
    assert plausible(written(f" {codice.lower()} ")) is answer
    assert check_letter("RSSMRA85T10A562") == "S"


@pytest.mark.matrice
def test_page_asks_the_same_number_of_questions_with_one_member_and_with_twenty(
    riservato, sociale, caso, django_assert_max_num_queries
):
    riservato.force_login(sociale.utente)
    Residenza.objects.create(persona=caso.nucleo.componenti.get().persona, tipo="ospite", dal=date(2024, 1, 1))
    with django_assert_max_num_queries(12) as few:
        riservato.get(f"/casi/{caso.pk}/persone/")
    for componente in ComponenteFactory.create_batch(19, nucleo=caso.nucleo):
        Residenza.objects.create(
            persona=componente.persona, tipo="ospite", dal=date(2024, 1, 1), comune=ComuneFactory()
        )
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert riservato.get(f"/casi/{caso.pk}/persone/").content.decode().count('class="componente"') == 20


# --- out of the household and back


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


def links(page) -> list[str]:
    return re.findall(r"Rientra nel nucleo|Esce dal nucleo|Cambia il giorno di uscita", page.content.decode())


@pytest.mark.parametrize(
    "expected",
    [
        ([(-9, None)], ["Esce dal nucleo"], "al"),
        ([(-9, 5)], ["Cambia il giorno di uscita"], "al"),
        ([(-9, -5)], ["Rientra nel nucleo"], "ruolo"),
        ([(-9, -5), (-3, None)], ["Esce dal nucleo"], "al"),
        ([(-9, -5), (-3, -1)], ["Rientra nel nucleo"] * 2, "ruolo"),
        ([(-9, -5), (3, None)], [], "al"),
    ],
)
def test_link_of_a_member_says_what_its_form_does(riservato, sociale, ada, caso, expected):
    periods, shown, field = expected
    Componente.objects.all().delete()
    for dal, al in periods:
        end = days(al) if al is not None else None
        ComponenteFactory(nucleo=caso.nucleo, persona=ada, dal=days(dal), al=end)
    riservato.force_login(sociale.utente)
    assert links(riservato.get(f"/casi/{caso.pk}/persone/")) == shown
    form = riservato.get(f"/casi/{caso.pk}/persone/{ada.pk}/uscita/").context["modulo"]
    assert field in form.fields


def test_who_leaves_later_does_not_come_back_before(riservato, sociale, ada, caso):
    by, here = attore_for(sociale), {"caso": caso.pk, "persona": ada.pk}
    persone.esce(by=by, al=days(5), **here)
    for dal in (days(0), days(5)):
        with pytest.raises(ValidationError, match="già nel nucleo"):
            persone.rientra(by=by, ruolo="figlio", dal=dal, **here)
    persone.esce(by=by, al=days(2), letto=days(5), **here)
    assert Componente.objects.get(persona=ada).al == days(2)
    persone.rientra(by=by, ruolo="figlio", dal=days(3), **here)
    assert Componente.objects.filter(persona=ada).count() == 2


def test_day_that_cannot_be_is_told_beside_its_field(riservato, sociale, ada, caso):
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/"
    first = Componente.objects.get(persona=ada).dal
    left = riservato.post(f"{here}uscita/", sent(al=first - timedelta(days=1)))
    assert left.context["modulo"].errors["al"]
    assert f"{ada.nominativo} esce dal nucleo" in left.content.decode()
    born = riservato.post(here, sent(cognome="Canarini", nome="Ada", data_nascita=days(1), versione=1))
    assert born.context["modulo"].errors["data_nascita"] == ["Questa data non è ancora arrivata."]
    assert (left.status_code, born.status_code) == (422, 422)


def test_part_and_first_day_of_a_member_are_corrected(riservato, sociale, ada, caso):
    Componente.objects.filter(persona=ada, al=None).update(dal=days(-9), ruolo="altro")
    ComponenteFactory(nucleo=caso.nucleo, persona=ada, dal=days(-90), al=days(-50))
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/"
    form = riservato.get(here).context["modulo"]
    assert (form["ruolo"].value(), form["dal"].value()) == ("altro", days(-9))
    rest = {"cognome": "Canarini", "nome": "Ada"}
    assert riservato.post(here, sent(versione=1, ruolo="genitore", dal=days(-50), **rest)).status_code == 422
    assert riservato.post(here, sent(versione=1, ruolo="genitore", dal=days(-49), **rest)).status_code == 302
    now = Componente.objects.get(persona=ada, al=None)
    assert (now.ruolo, now.dal) == ("genitore", days(-49))
    late = riservato.post(here, sent(versione=1, ruolo="figlio", dal=days(-49), **rest))
    assert late.status_code == 409
    assert "Genitore" in late.content.decode()
    persone.esce(by=attore_for(sociale), caso=caso.pk, persona=ada.pk, al=days(-1))
    assert riservato.get(here).status_code == 404


# --- where somebody has lived


def test_home_is_ended_corrected_and_written_for_the_past(riservato, sociale, ada, caso):
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{ada.pk}/residenza/"
    now = {"tipo": "domicilio", "indirizzo": "Via dei Canarini 1", "dal": days(-9)}
    assert riservato.post(here, sent(**now)).status_code == 302
    past = {"tipo": "domicilio", "indirizzo": "Via Vecchia 2", "dal": days(-5), "al": days(-3)}
    assert riservato.post(here, sent(**past)).status_code == 302
    assert list(ada.residenze.order_by("dal").values_list("al", flat=True)) == [None, days(-3)]
    home = ada.residenze.get(al=None)
    address = f"{here}{home.pk}/"
    assert address in riservato.get(f"/casi/{caso.pk}/persone/").content.decode()
    form = riservato.get(address).context["modulo"]
    assert (form["indirizzo"].value(), form["versione"].value()) == ("Via dei Canarini 1", 1)
    wrong = {**now, "al": days(-10), "versione": 1}
    assert "al" in riservato.post(address, sent(**wrong)).context["modulo"].errors, "beside its field"
    right = {**now, "indirizzo": "Via dei Canarini 11", "al": days(-1), "versione": 1}
    assert riservato.post(address, sent(**right)).status_code == 302
    home.refresh_from_db()
    assert (home.indirizzo, home.al, home.versione) == ("Via dei Canarini 11", days(-1), 2)
    assert Registro.objects.filter(azione="modificare_persone", oggetto_id=home.pk, finalita="").exists()
    late = riservato.post(address, sent(**now, versione=1))
    assert late.status_code == 409
    assert "Canarini 11" in late.content.decode()


def test_home_of_somebody_else_is_not_there(riservato, sociale, ada, caso):
    other = PersonaFactory()
    followed(OperatoreFactory(ruolo="assistente_sociale"), other)
    home = Residenza.objects.create(persona=other, tipo="strada", dal=days(-1))
    riservato.force_login(sociale.utente)
    for persona in (ada, other):
        assert riservato.get(f"/casi/{caso.pk}/persone/{persona.pk}/residenza/{home.pk}/").status_code == 404
        with pytest.raises(Assente):
            persone.correggi_residenza(
                by=attore_for(sociale), caso=caso.pk, persona=persona.pk, residenza=home.pk, versione=1
            )
