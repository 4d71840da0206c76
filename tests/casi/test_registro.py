"""The register: every read is in it, nothing leaves it, and what it cannot take is not shown."""

from importlib import import_module

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from casi.errori import Assente
from casi.models import Registro
from casi.models.registro import AppendOnlyError
from casi.ruoli import Azione
from casi.selectors.casi import open_caso
from tests.factories.casi import CasoFactory, IncaricoFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
ASSENTE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def incarico(riservato):
    incarico = IncaricoFactory()
    riservato.force_login(incarico.operatore.utente)
    return incarico


def voce(**kwargs) -> Registro:
    values = {
        "utente_id": 1,
        "operatore_id": 1,
        "ente_id": 1,
        "indirizzo": "127.0.0.1",
        "richiesta": ASSENTE,
        "esito": "consentito",
    }
    return Registro.objects.create(**values | kwargs)


def test_list_read_writes_who_for_whom_and_which_cases(riservato, incarico):
    assert riservato.get("/casi/").status_code == 200
    riga = Registro.objects.get()
    operatore = incarico.operatore
    assert (riga.utente_id, riga.operatore_id, riga.ente_id) == (operatore.utente_id, operatore.pk, operatore.ente_id)
    assert (riga.ruolo, riga.azione, riga.esito) == ("assistente_sociale", "elencare_casi", "consentito")
    assert riga.casi == [incarico.caso.pk]
    assert riga.indirizzo == "127.0.0.1"
    assert riservato.session.session_key not in riga.sessione


def test_case_opened_and_case_refused_are_both_written(riservato, incarico):
    altrui = CasoFactory()
    for caso in (incarico.caso, altrui):
        riservato.get(reverse("casi:scheda", args=[caso.pk]))
    righe = Registro.objects.order_by("pk").values_list("azione", "esito", "casi")
    assert list(righe) == [
        ("vedere_caso", "consentito", [incarico.caso.pk]),
        ("vedere_caso", "negato", [altrui.pk]),
    ]


def test_case_is_not_opened_for_an_action_one_lacks_by_who_has_another_and_the_refusal_is_written(incarico):
    attore = attore_for(incarico.operatore)
    assert open_caso(attore, incarico.caso.pk, Azione.VEDERE_CASO).azioni
    with pytest.raises(Assente):
        open_caso(attore, incarico.caso.pk, Azione.CONDIVIDERE)
    assert Registro.objects.latest("pk").esito == "negato"


@pytest.mark.parametrize("address", ["/casi/", None])
def test_read_that_cannot_be_written_is_not_shown(riservato, incarico, address):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casi_registro ADD CONSTRAINT guasto CHECK (false) NOT VALID")
    response = riservato.get(address or reverse("casi:scheda", args=[incarico.caso.pk]))
    assert response.status_code == 500
    assert incarico.caso.numero not in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("address", ["/casi/", None])
def test_read_is_not_shown_when_a_trigger_of_the_register_fails(riservato, incarico, address):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION guasto() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disco pieno'; END $$;"
            "CREATE TRIGGER guasto BEFORE INSERT ON casi_registro FOR EACH ROW EXECUTE FUNCTION guasto()"
        )
    response = riservato.get(address or reverse("casi:scheda", args=[incarico.caso.pk]))
    page = response.content.decode()
    assert response.status_code == 500
    assert "Qualcosa non ha funzionato" in page
    assert incarico.caso.numero not in page
    assert "disco" not in page


@pytest.mark.django_db(transaction=True)
def test_read_is_not_shown_while_the_register_is_locked(riservato):
    """The reserved process waits five seconds for a lock (its settings); here less."""
    incarico = IncaricoFactory()
    riservato.force_login(incarico.operatore.utente)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("LOCK TABLE casi_registro IN SHARE MODE")
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '50ms'")
        response = riservato.get(reverse("casi:scheda", args=[incarico.caso.pk]))
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    assert response.status_code == 503
    assert incarico.caso.numero not in response.content.decode()
    assert "lock_timeout=5s" in import_module("portal.settings.riservato").DATABASES["default"]["OPTIONS"]["options"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE casi_registro SET ruolo = 'altro'",
        "DELETE FROM casi_registro",
        "TRUNCATE casi_registro",
        "UPDATE casi_registro SET ruolo = 'altro' WHERE false",
    ],
)
def test_register_refuses_changes_even_to_its_owner(statement):
    voce()
    with pytest.raises(DatabaseError, match="non si modifica"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Registro.objects.count() == 1


def test_register_refuses_changes_from_python_before_the_database_does():
    riga = voce()
    attempts = (
        riga.save,
        riga.delete,
        Registro.objects.all().delete,
        lambda: Registro.objects.update(ruolo="altro"),
    )
    for attempt in attempts:
        with pytest.raises(AppendOnlyError):
            attempt()


def test_role_riservato_may_add_to_the_register_and_read_it_only(act_as):
    act_as("riservato")
    voce()
    assert Registro.objects.count() == 1
    for statement in ("UPDATE casi_registro SET ruolo = ''", "DELETE FROM casi_registro", "TRUNCATE casi_registro"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_lines_are_numbered_without_gaps_and_each_seals_the_one_before():
    first, second, third = voce(), voce(), voce()
    rows = list(Registro.objects.order_by("pk"))
    assert [row.pk for row in rows] == [first.pk, first.pk + 1, first.pk + 2] == [first.pk, second.pk, third.pk]
    assert rows[1].precedente == rows[0].impronta
    assert rows[2].precedente == rows[1].impronta
    assert len({row.impronta for row in rows}) == 3


def test_line_keeps_the_number_and_the_seal_of_the_database_whatever_the_process_says():
    last = voce()
    forged = voce(pk=900, precedente="f" * 64, impronta="f" * 64)
    row = Registro.objects.latest("pk")
    assert row.pk == last.pk + 1
    assert row.precedente == last_seal(last)
    assert forged.impronta != row.impronta


def last_seal(row) -> str:
    return Registro.objects.get(pk=row.pk).impronta
