"""What must never happen (domain.md §5.7), each by its name. Palermo: Garante, provvedimento 140/2021."""

import re
import uuid
from base64 import b64encode
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from casi import policies, storage
from casi.actions.incarichi import project
from casi.models import PresaInCarico, Registro
from casi.parole import pochi
from casi.ruoli import Azione
from portal.utenti.models import Utente
from tests.factories.casi import AllegatoFactory, AmmissioneFactory, CasoFactory, EmergenzaFactory, IncaricoFactory
from tests.factories.catalogo import EnteFactory, LuogoPageFactory, OperatoreFactory
from tests.factories.famiglie import caso_di, persona
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db


def change(row, **values):
    type(row)._default_manager.filter(pk=row.pk).update(**values)
    row.refresh_from_db()


@pytest.fixture
def seguito():
    """A case that the referent of an admitted association follows."""
    incarico = IncaricoFactory(
        operatore=OperatoreFactory(ruolo="referente"), caso__stato="preso_in_carico", permesso=False
    )
    project(incarico.caso, incarico.operatore.utente_id)
    AmmissioneFactory(caso=incarico.caso, ente=incarico.operatore.ente)
    return incarico


def answers(client, operatore, caso) -> tuple[bool, int]:
    """Whether the list names the case, and the status of its page."""
    client.force_login(operatore.utente)
    listed = client.get("/casi/")
    page = client.get(reverse("casi:scheda", args=[caso.pk]))
    return listed.status_code == 200 and caso.numero in listed.content.decode(), page.status_code


def test_shared_account_is_impossible(riservato, seguito):
    """One account is one named person: no two with one name or address, and a line in the register names one."""
    utente = seguito.operatore.utente
    for field in ("username", "email"):
        assert Utente._meta.get_field(field).unique
    assert answers(riservato, seguito.operatore, seguito.caso) == (True, 200)
    assert set(Registro.objects.values_list("utente_id", "operatore_id")) == {(utente.pk, seguito.operatore.pk)}
    riservato.session.flush()
    assert riservato.get("/casi/").status_code == 302


def test_referent_of_one_association_finds_nothing_of_a_case_of_another(riservato, seguito):
    altrui = IncaricoFactory(operatore=OperatoreFactory(ruolo="referente"), caso__stato="preso_in_carico")
    AmmissioneFactory(caso=altrui.caso, ente=altrui.operatore.ente)
    attore = attore_for(seguito.operatore)
    assert answers(riservato, altrui.operatore, altrui.caso) == (True, 200)
    assert answers(riservato, seguito.operatore, altrui.caso) == (False, 404)
    assert policies.visible_to(attore).count() == 1
    assert all(not policies.may(attore, azione, altrui.caso) for azione in Azione)


PUBBLICI = ("/cerca/?q={numero}", "/cerca/suggerimenti/?q={numero}")
REDAZIONE = (
    "/amministrazione/",
    "/amministrazione/reports/site-history/",
    "/amministrazione/pages/search/?q={numero}",
    "/amministrazione/choose-page/",
    "/amministrazione/choose-page/search/?q={numero}",
    "/amministrazione/documents/chooser/results/?q={numero}",
    "/amministrazione/images/chooser/results/?q={numero}",
)


@pytest.mark.parametrize(("chi", "entra"), [("referente", 403), ("tecnico", 200)])
def test_referent_finds_no_case_in_the_public_site_nor_in_the_admin_of_pages(client, seguito, chi, entra):
    """No search, list, autocomplete or chooser there knows what a case is, not even for who may do everything."""
    caso = seguito.caso
    client.force_login(seguito.operatore.utente if chi == "referente" else UtenteFactory(amministratore=True))
    expected = dict.fromkeys(PUBBLICI, 200) | dict.fromkeys(REDAZIONE, entra)
    expected |= dict.fromkeys(("/casi/{pk}/", "/casi/"), 404)
    for route, status in expected.items():
        address = route.format(numero=caso.numero, pk=caso.pk)
        response = client.get(address)
        assert response.status_code == status, address
        echoed = response.content.decode().replace(address, "")  # a page may name its own address
        assert str(caso.pk) not in echoed
        assert 'href="/casi/' not in echoed


def test_closed_case_is_unreadable_to_who_took_part_in_it(riservato, seguito):
    assert answers(riservato, seguito.operatore, seguito.caso) == (True, 200)
    change(seguito.caso, stato="chiuso")
    assert answers(riservato, seguito.operatore, seguito.caso) == (False, 404)


def test_adhesion_that_expired_yesterday_opens_nothing(riservato, seguito):
    adesione = seguito.operatore.ente.adesioni.get()
    change(adesione, valida_al=timezone.localdate() - timedelta(days=1))
    assert answers(riservato, seguito.operatore, seguito.caso) == (False, 403)


def test_adhesion_that_expires_today_still_opens(riservato, seguito):
    adesione = seguito.operatore.ente.adesioni.get()
    change(adesione, valida_al=timezone.localdate())
    assert answers(riservato, seguito.operatore, seguito.caso) == (True, 200)


def test_adhesion_ends_with_the_last_second_of_its_last_day(seguito, time_machine):
    """Europe/Rome: 23:59:59 is still that day, a second later is not."""
    attore = attore_for(seguito.operatore)
    change(seguito.operatore.ente.adesioni.get(), valida_al="2026-03-02")
    time_machine.move_to("2026-03-02T23:59:59+01:00")
    assert policies.may(attore, Azione.VEDERE_CASO, seguito.caso)
    assert Azione.VEDERE_CASO in policies.azioni_su(attore, seguito.caso.pk)
    time_machine.move_to("2026-03-03T00:00:00+01:00")
    assert not policies.may(attore, Azione.VEDERE_CASO, seguito.caso)
    assert not policies.azioni_su(attore, seguito.caso.pk)


@pytest.mark.parametrize("che_cosa", ["ammissioni", "incarichi"])
def test_grant_ends_with_the_last_second_of_its_last_day(seguito, time_machine, che_cosa):
    """In hand as in a list: the page of a case is no day behind."""
    attore = attore_for(seguito.operatore)
    getattr(seguito.caso, che_cosa).update(al="2026-03-02")
    time_machine.move_to("2026-03-02T23:59:59+01:00")
    assert Azione.VEDERE_CASO in policies.azioni_su(attore, seguito.caso.pk)
    assert policies.may(attore, Azione.VEDERE_CASO, seguito.caso)
    time_machine.move_to("2026-03-03T00:00:00+01:00")
    assert not policies.azioni_su(attore, seguito.caso.pk)
    assert not policies.may(attore, Azione.VEDERE_CASO, seguito.caso)


def test_withdrawn_authorisation_closes_the_case_at_the_next_request(riservato, seguito):
    assert answers(riservato, seguito.operatore, seguito.caso) == (True, 200)
    change(seguito.caso.ammissioni.get(), tolta_il=timezone.now())
    assert answers(riservato, seguito.operatore, seguito.caso) == (False, 404)


def test_superuser_is_no_reader(riservato, seguito):
    change(seguito.operatore.utente, is_superuser=True, is_staff=True)
    assert answers(riservato, seguito.operatore, seguito.caso) == (False, 403)


def test_coordinator_opens_no_record_and_reads_no_name_without_an_emergency(riservato, seguito):
    coordinatore = OperatoreFactory(ente=seguito.caso.ente_titolare, ruolo="coordinatore")
    attore, caso = attore_for(coordinatore), seguito.caso
    assert answers(riservato, coordinatore, caso) == (False, 404)
    reading = {Azione.VEDERE_CASO, Azione.VEDERE_PERSONE, Azione.DIARIO_ENTE, Azione.NOTE_PROFESSIONALI}
    assert not policies.azioni_su(attore, caso.pk) & reading
    EmergenzaFactory(caso=caso, operatore=coordinatore)
    assert answers(riservato, coordinatore, caso) == (False, 200)
    assert not policies.azioni_su(attore, caso.pk) & {Azione.DIARIO_ENTE, Azione.NOTE_PROFESSIONALI}


def test_referent_of_one_association_gets_no_file_count_or_export_of_a_case_of_another(
    riservato, seguito, settings, tmp_path
):
    settings.RISERVATI = tmp_path
    altrui = IncaricoFactory(operatore=OperatoreFactory(ruolo="referente"), caso__stato="preso_in_carico")
    AmmissioneFactory(caso=altrui.caso, ente=altrui.operatore.ente)
    key = storage.new_key()
    files = {}
    for incarico in (seguito, altrui):
        row = AllegatoFactory(
            caso=incarico.caso, autore=incarico.operatore, dimensione=3, chiave=b64encode(key).decode()
        )
        storage.write(row.pk, key, b"tre")
        files[incarico] = reverse("casi:allegato", args=[incarico.caso.pk, row.pk])
    riservato.force_login(seguito.operatore.utente)
    assert b"".join(riservato.get(files[seguito]).streaming_content) == b"tre"
    stolen = files[altrui].replace(str(altrui.caso.pk), str(seguito.caso.pk))  # his own case, the other's file
    for address in (files[altrui], stolen, "/registro/esporta/", f"/casi/{altrui.caso.pk}/estratto/"):
        assert riservato.get(address).status_code == 404, address
    for address in ("/", "/casi/", "/casi/?stato=preso_in_carico"):
        assert altrui.caso.numero not in riservato.get(address).content.decode()
    assert Registro.objects.filter(azione="elencare_casi").values_list("risultati", flat=True).distinct().get() == 1


@pytest.mark.parametrize(
    ("broken", "page"),
    [
        ("ties_of", "casi:elenco"),
        ("ties_of", "casi:scheda"),
        ("visible_to", "casi:elenco"),
        ("facts_on", "casi:scheda"),
    ],
)
def test_exception_in_the_gate_denies(riservato, seguito, monkeypatch, broken, page):
    def fail(*args, **kwargs):
        raise RuntimeError("guasto")

    riservato.force_login(seguito.operatore.utente)  # the sign-in asks the gate too
    monkeypatch.setattr(f"casi.policies.{broken}", fail)
    response = riservato.get(reverse(page, args=[seguito.caso.pk] if page == "casi:scheda" else []))
    assert response.status_code == 500
    assert seguito.caso.numero not in response.content.decode()


def test_register_that_cannot_be_written_denies(riservato, seguito):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casi_registro ADD CONSTRAINT guasto CHECK (false) NOT VALID")
    riservato.force_login(seguito.operatore.utente)
    for address in ("/casi/", reverse("casi:scheda", args=[seguito.caso.pk])):
        response = riservato.get(address)
        assert response.status_code == 500
        assert seguito.caso.numero not in response.content.decode()


SEGRETO = "Via del Rifugio 99"


def test_confidential_address_is_in_no_page_search_sitemap_or_translation(client, italiano, inglese):
    """A shelter's address is not even stored: what is typed there is refused, and no output has a place for it."""
    luogo = LuogoPageFactory(riservato=True, parent__ente=EnteFactory())
    luogo.indirizzo = SEGRETO
    with pytest.raises(ValidationError):
        luogo.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(luogo).objects.filter(pk=luogo.pk).update(indirizzo=SEGRETO)
    luogo.refresh_from_db()
    english = luogo.copy_for_translation(inglese, copy_parents=True)
    english.save_revision().publish()
    places = (luogo.url, luogo.get_parent().url, english.url, english.get_parent().url)
    assert english.url.startswith("/en/")
    asked = (
        "/servizi/",
        "/cerca/?q=rifugio",
        "/cerca/suggerimenti/?q=rif",
        "/sitemap.xml",
        "/enti/",
        "/en/cerca/?q=rifugio",
    )
    for address in (*places, *asked):
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        assert SEGRETO not in body.decode(), address
        assert "streetAddress" not in body.decode(), address


def test_public_site_has_no_path_to_a_person(client, act_as, seguito):
    """Its process has no grant on any table of the area, and its addresses lead nowhere near it."""
    act_as("pubblico")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relname LIKE 'casi\\_%%' AND c.relkind IN ('r', 'v', 'm', 'p')"
            " AND has_table_privilege('pubblico', c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES')"
        )
        assert cursor.fetchall() == []


def test_case_that_was_never_shared_is_not_even_counted(riservato, seguito):
    """What one may not open is in no number: neither of the list nor of the page it stands on."""
    for _each in range(3):
        CasoFactory(stato="preso_in_carico", ente_titolare=seguito.caso.ente_titolare)
    riservato.force_login(seguito.operatore.utente)
    assert riservato.get("/casi/").content.decode().count('class="caso"') == 1
    assert Registro.objects.latest("pk").risultati == 1


def test_search_by_the_beginning_of_a_name_returns_nothing(riservato):
    """Nor by its end, a joker, or the name alone: only the whole finds, and each try is in the register."""
    ada = persona(cognome="Dell'Onda", nome="Ada")
    caso = caso_di(ada)
    riservato.force_login(responsabile(caso).operatore.utente)
    born = ada.data_nascita.isoformat()

    def found(**typed) -> bool:
        whole = {"cognome": "Dell'Onda", "nome": "Ada", "data_nascita": born, "scopo": "caso_mio", **typed}
        form = {"chiave": uuid.uuid4(), **{name: text for name, text in whole.items() if text}}
        return caso.numero in riservato.post("/cerca/", form).content.decode()

    assert found()
    before = Registro.objects.filter(azione="cercare").count()
    parts = ({"cognome": "Dell"}, {"cognome": "Onda"}, {"cognome": "Dell%"}, {"nome": "A"}, {"nome": "Ad_"})
    assert not any(found(**part) for part in parts)
    assert not any(found(**{missing: ""}) for missing in ("cognome", "nome", "data_nascita"))
    assert Registro.objects.filter(azione="cercare").count() == before + len(parts)
    for address in (f"/cerca/?cognome=Dell&nome=Ada&data_nascita={born}", "/cerca/?q=Ada"):
        assert caso.numero not in riservato.get(address).content.decode()


QUATTRO, SETTE = 4, 7


@pytest.fixture
def conti(riservato):
    """Four cases at work and four emergencies of one person in a body, seven in another: (coordinator, DPO) of each."""
    found = []
    for quanti in (QUATTRO, SETTE):
        ente = EnteFactory()
        capo = OperatoreFactory(ente=ente, ruolo="assistente_sociale")
        for _each in range(quanti):
            caso = CasoFactory(ente_titolare=ente, stato="preso_in_carico", prossima_verifica="2020-01-01")
            PresaInCarico.objects.create(caso=caso, assegnata_a=capo, assegnata_da=capo, accettata_il=timezone.now())
            EmergenzaFactory(caso=caso, operatore=capo)
        found.append([OperatoreFactory(ente=ente, ruolo=ruolo) for ruolo in ("coordinatore", "responsabile_privacy")])
    return found


def numbers(client, operatore, address: str) -> list[str]:
    """What the page tells as a count of cases."""
    client.force_login(operatore.utente)
    page = client.get(address).content.decode()
    told = re.findall(r"(?:ritardo nei casi del tuo ente|presi in carico): ([^<]*)\.<", page)
    return told + re.findall(r'registro__numero">([^<]*?)\s*<', page)


def test_indicator_with_four_households_shows_fewer_than_five_and_no_total_reveals_it(riservato, conti):
    (coordinatore, dpo), (altro, _altro_dpo) = conti
    assert numbers(riservato, coordinatore, "/") == ["meno di 5", "meno di 5"]
    assert numbers(riservato, altro, "/") == ["7", "7"]
    assert sorted(numbers(riservato, dpo, "/registro/emergenze/")) == ["4", "7"]  # of accesses, not of households
    assert "11" not in numbers(riservato, dpo, "/registro/emergenze/")


@pytest.mark.parametrize(("quanti", "detto"), [(0, "meno di 5"), (1, "meno di 5"), (4, "meno di 5"), (5, "5")])
def test_small_numbers_are_all_told_alike(quanti, detto):
    assert pochi(quanti) == detto
