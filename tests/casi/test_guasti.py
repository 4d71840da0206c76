"""When the database cannot keep a form, or nothing works at all: what was typed is there for who typed it."""

import re
import uuid

import pytest
from django.db import connection

from casi.models import PrimoAscolto, Richiesta
from tests.casi.canarini import heard
from tests.factories.catalogo import AccordoFactory, BisognoFactory, OperatoreFactory

pytestmark = pytest.mark.django_db
DA_NOI = {"Origin": "http://testserver"}
PIENO, ROTTO = "53100", "P0001"  # PostgreSQL's codes: no room on the disk, anything else
CAMPO = r'<textarea name="racconto"[^>]*>\s*Canarino &lt;b&gt;mio&lt;/b&gt;</textarea>'


@pytest.fixture
def scritto() -> dict[str, object]:
    BisognoFactory(codice="mangiare")
    heard_of = {"quando": "2026-03-01T10:00", "modalita": "telefono", "interlocutore": "persona"}
    told = {"racconto": "Canarino <b>mio</b>", "bisogni": ["mangiare"], "risorse": "La sorella"}
    return {"chiave": str(uuid.uuid4()), **heard_of, **told, "esito": "orientamento"}


@pytest.fixture
def operatore(riservato):
    riservato.force_login(OperatoreFactory(ruolo="volontario_ascolto").utente)
    return riservato


def break_inserts(table: str, code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE FUNCTION guasto() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" RAISE 'Canarino %', NEW USING ERRCODE = '{code}'; END $$;"
            f"CREATE TRIGGER guasto BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION guasto()"
        )


def mend(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER guasto ON {table}")


def test_full_disk_leaves_the_form_as_it_was_and_the_same_form_is_kept_later(operatore, scritto, caplog):
    break_inserts("casi_primoascolto", PIENO)
    answer = operatore.post("/ascolti/nuovo/", scritto, headers=DA_NOI)
    page = answer.content.decode()
    assert (answer.status_code, "Non siamo riusciti a salvare" in page) == (503, True)
    assert re.search(CAMPO, page)
    assert scritto["chiave"] in page
    assert not PrimoAscolto.objects.exists()
    assert not heard(caplog.text)
    mend("casi_primoascolto")
    assert operatore.post("/ascolti/nuovo/", scritto, headers=DA_NOI).status_code == 302
    assert PrimoAscolto.objects.get().racconto == "Canarino <b>mio</b>"


@pytest.mark.parametrize(
    ("lingua", "parole"), [("it", "Non hai sbagliato tu"), ("en", "It is not your fault"), ("ar", "لم ترتكب أي خطأ")]
)
@pytest.mark.parametrize(("code", "status"), [(PIENO, 503), (ROTTO, 500)])
def test_request_of_anybody_is_not_lost_either_in_the_language_it_was_read_in(riservato, lingua, parole, code, status):
    OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    typed = {"nome": "Canarino", "canale": "telefono", "contatto": "0000 123456", "lingua": lingua}
    break_inserts("casi_richiesta", code)
    riservato.raise_request_exception = False
    address = f"/chiedi-aiuto/?lingua={lingua}&servizio={uuid.uuid4()}"
    answer = riservato.post(address, {"chiave": str(uuid.uuid4()), **typed}, headers=DA_NOI)
    page = answer.content.decode()
    assert (answer.status_code, f'lang="{lingua}"' in page, parole in page) == (status, True, True)
    assert re.search(r'name="nome" value="Canarino"', page)
    assert f'action="{address}"' in page.replace("&amp;", "&")
    assert not Richiesta.objects.exists()


def test_words_go_back_also_when_not_even_the_session_can_be_read(operatore, scritto):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE utenti_sessioneriservata RENAME TO altrove")
    operatore.raise_request_exception = False
    for headers, given_back in ((DA_NOI, True), ({"Origin": "null"}, False)):
        page = operatore.post("/ascolti/nuovo/", scritto, headers=headers).content.decode()
        assert ("Canarino &lt;b&gt;mio&lt;/b&gt;" in page, "Riprendi" in page) == (given_back, given_back)
    page = operatore.post("/accesso/login/", {"login": "x", "password": "Canarino"}, headers=DA_NOI).content.decode()
    assert ("Qualcosa non ha funzionato" in page, "Canarino" in page) == (True, False)


def test_search_on_a_full_disk_is_asked_to_wait_and_gives_its_words_back(riservato):
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    typed = {
        "chiave": str(uuid.uuid4()),
        "scopo": "caso_mio",
        "cognome": "Canarino",
        "nome": "Ada",
        "data_nascita": "1950-01-01",
    }
    break_inserts("casi_registro", PIENO)
    answer = riservato.post("/cerca/", typed, headers=DA_NOI)
    page = answer.content.decode()
    assert (answer.status_code, "riprova fra qualche minuto" in page) == (503, True)
    assert re.search(r'name="cognome" value="Canarino"', page)


@pytest.mark.parametrize(("headers", "given_back"), [(DA_NOI, True), ({"Origin": "https://altrove.esempio"}, False)])
def test_when_nothing_works_the_words_go_back_to_who_typed_them_here(operatore, scritto, headers, given_back):
    break_inserts("casi_primoascolto", ROTTO)
    operatore.raise_request_exception = False
    answer = operatore.post("/ascolti/nuovo/", scritto, headers=headers)
    page = answer.content.decode()
    assert (answer.status_code, "Qualcosa non ha funzionato" in page) == (500, True)
    assert ("Canarino &lt;b&gt;mio&lt;/b&gt;" in page) is given_back
    assert ("Riprendi il modulo" in page) is given_back
    assert scritto["chiave"] not in page
