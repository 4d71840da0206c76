"""How a session of the reserved process ends: at once, whoever changes what it rests on, in whichever process."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.backends.db import SessionStore as SessionePubblica
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casi.views import lavoro
from catalogo.models import Operatore
from portal.utenti.models import SessioneRiservata, Utente
from portal.utenti.ripristino import forget_second_factor
from portal.utenti.sessioni import STEP, SessionStore
from tests.factories.catalogo import EnteFactory, OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.codici import SEED, code
from tests.support.html import StrictClient

pytestmark = pytest.mark.django_db
ALTRA = "un'altra parola d'ordine"


@pytest.fixture
def operatore():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def dentro(riservato, operatore) -> StrictClient:
    """Signed in with both factors, beside a colleague who must notice nothing."""
    TOTP.activate(operatore.utente, SEED)
    riservato.force_login(operatore.utente)
    collega = StrictClient()
    collega.force_login(OperatoreFactory(ruolo="referente").utente)
    assert riservato.get("/").status_code == 200
    return riservato


def sessions_of(operatore) -> int:
    return SessioneRiservata.objects.filter(utente_id=operatore.utente_id).count()


def assert_out(client, operatore) -> None:
    """His rows are gone, the colleague's is not, and the next request signs in."""
    assert sessions_of(operatore) == 0
    assert SessioneRiservata.objects.count() == 1
    response = client.get("/")
    assert (response.status_code, urlsplit(response["Location"]).path) == (302, "/accesso/login/")


def deactivate(utente):
    utente.is_active = False
    utente.save()


def make_superuser(utente):
    Utente.objects.filter(pk=utente.pk).update(is_superuser=True)


def change_password(utente):
    utente.set_password(ALTRA)
    utente.save()


def change_password_by_sql(utente):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE utenti_utente SET password = 'x' WHERE id = %s", [utente.pk])


def remove_factor(utente):
    Authenticator.objects.filter(user=utente).delete()


PUBLIC_CHANGES = [deactivate, make_superuser, change_password, change_password_by_sql, remove_factor]


@pytest.mark.parametrize("change", PUBLIC_CHANGES)
def test_change_of_the_account_in_the_public_process_ends_the_session(dentro, operatore, act_as, change):
    """The role `pubblico` may not even see the sessions: the database ends them."""
    act_as("pubblico")
    change(operatore.utente)
    act_as("tessere_owner")
    assert_out(dentro, operatore)


def change_role(operatore):
    operatore.ruolo = "referente"
    operatore.save()


def close(operatore):
    operatore.chiuso_il = timezone.now()
    operatore.save()


def end(operatore):
    Operatore.objects.filter(pk=operatore.pk).update(al=timezone.localdate() - timedelta(days=1))


def delete(operatore):
    operatore.delete()


def give_another(operatore):
    OperatoreFactory(utente=operatore.utente, ente=EnteFactory(), ruolo="referente")


@pytest.mark.parametrize("change", [change_role, close, end, delete, give_another])
def test_change_of_a_tie_ends_the_session(dentro, operatore, change):
    change(operatore)
    assert SessioneRiservata.objects.count() == 1
    assert urlsplit(dentro.get("/")["Location"]).path == "/accesso/login/"


def test_harmless_changes_end_nothing(dentro, operatore):
    utente = operatore.utente
    utente.first_name, utente.last_login = "Altra", timezone.now()
    utente.save()
    operatore.save()
    Authenticator.objects.filter(user=utente).update(last_used_at=timezone.now())
    RecoveryCodes.activate(utente)
    Authenticator.objects.filter(user=utente, type="recovery_codes").delete()
    assert dentro.get("/").status_code == 200


def test_role_pubblico_ends_sessions_without_a_right_on_them(act_as):
    act_as("pubblico")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('utenti_sessioneriservata', 'DELETE')")
        assert cursor.fetchone() == (False,)


def test_who_changes_his_password_signs_in_again_everywhere(dentro, operatore):
    elsewhere = StrictClient()
    elsewhere.force_login(operatore.utente)
    form = {"oldpassword": PASSWORD, "password1": ALTRA, "password2": ALTRA}
    assert dentro.post(reverse("account_change_password"), form).status_code == 302
    assert urlsplit(dentro.get("/")["Location"]).path == "/accesso/login/"
    assert urlsplit(elsewhere.get("/")["Location"]).path == "/accesso/login/"


def test_who_gives_up_a_factor_is_led_to_sign_in_and_not_to_an_error(dentro, operatore):
    dentro.post(reverse("mfa_reauthenticate"), {"code": code()})
    response = dentro.post(reverse("mfa_deactivate_totp"))
    assert response.status_code == 302
    assert sessions_of(operatore) == 0
    assert dentro.get(response["Location"])["Location"].startswith("/accesso/login/")


def test_page_asked_while_the_session_ends_answers_and_is_the_last(dentro, operatore, monkeypatch):
    def render_meanwhile(*args, **kwargs):
        change_password(operatore.utente)
        return HttpResponse("Fatto")

    monkeypatch.setattr(lavoro, "mostra", render_meanwhile)
    assert dentro.get("/").content == b"Fatto"
    assert_out(dentro, operatore)


def test_leaving_the_area_empties_the_browser(dentro, operatore):
    assert "Clear-Site-Data" not in dentro.get("/accesso/logout/")
    response = dentro.post("/accesso/logout/")
    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert_out(dentro, operatore)


def test_leaving_the_public_site_leaves_its_browser_alone(client, operatore):
    client.force_login(operatore.utente)
    assert "Clear-Site-Data" not in client.post("/accesso/logout/")


def test_public_session_of_a_deactivated_account_is_useless(client, operatore):
    operatore.ente.gruppo_editori = None
    client.force_login(operatore.utente)
    assert client.get("/accesso/2fa/").status_code == 200
    deactivate(operatore.utente)
    assert urlsplit(client.get("/accesso/2fa/")["Location"]).path == "/accesso/login/"


def session_of(operatore) -> SessioneRiservata:
    return SessioneRiservata.objects.get(utente_id=operatore.utente_id)


def test_use_is_written_down_at_most_once_a_minute(dentro, operatore, time_machine):
    """And so late that the session ends at most a minute early, never late."""
    time_machine.move_to(timezone.now() + STEP, tick=False)
    dentro.get("/")
    end = session_of(operatore).expire_date
    assert end == timezone.now() + timedelta(minutes=15)
    time_machine.shift(STEP - timedelta(seconds=1))
    with CaptureQueriesContext(connection) as asked:
        dentro.get("/")
    assert not [query for query in asked if 'UPDATE "utenti_sessioneriservata"' in query["sql"]]
    assert session_of(operatore).expire_date == end
    time_machine.shift(timedelta(seconds=1))
    dentro.get("/")
    assert session_of(operatore).expire_date == end + STEP


def test_what_a_session_holds_is_written_at_once(dentro, operatore):
    """The confirmation of who one is, the message for the next page."""
    dentro.get("/")
    store = SessionStore(session_of(operatore).session_key)
    store["detto"] = "ora"
    store.save()
    assert SessionStore(store.session_key)["detto"] == "ora"


@pytest.mark.parametrize("said", [None, "detto"], ids=["che ha solo letto", "che scrive altro"])
def test_slow_page_does_not_undo_what_another_wrote_meanwhile(dentro, operatore, time_machine, said):
    """The body one acts for, chosen in another tab while a form was on its way."""
    time_machine.move_to(timezone.now(), tick=False)
    key = session_of(operatore).session_key
    before = SessionStore(key)
    before["tolto"], before["ente"] = "c'era", 1
    before.save()
    time_machine.shift(STEP)
    slow, quick = SessionStore(key), SessionStore(key)
    assert slow["ente"] == 1
    quick["ente"] = 2
    del quick["tolto"]
    quick.save()
    if said:
        slow[said] = "ora"
    time_machine.shift(STEP)
    slow.save()
    now = SessionStore(key)
    assert (now["ente"], now.get("tolto"), now.get("detto")) == (2, None, "ora" if said else None)
    assert session_of(operatore).expire_date == timezone.now() + timedelta(minutes=15)
    assert session_of(operatore).utente_id == operatore.utente_id


def test_what_one_page_takes_away_goes_though_another_wrote_meanwhile(dentro, operatore):
    key = session_of(operatore).session_key
    before = SessionStore(key)
    before["tolto"] = "c'era"
    before.save()
    slow, quick = SessionStore(key), SessionStore(key)
    slow.pop("tolto")
    quick["detto"] = "ora"
    quick.save()
    slow.save()
    quick["detto"] = "poi"
    quick.save()
    slow["ancora"] = "una volta"
    slow.save()
    now = SessionStore(key)
    assert ("tolto" in now, now["detto"], now["ancora"]) == (False, "poi", "una volta")


def move_address(utente):
    Utente.objects.filter(pk=utente.pk).update(email="altrove@esempio.it")


@pytest.mark.parametrize("change", [remove_factor, forget_second_factor, move_address, change_password])
@pytest.mark.parametrize("site", ["pubblico", "riservato"])
def test_session_of_either_site_ends_with_what_the_account_rests_on(client, operatore, change, site, request):
    """A colleague notices nothing."""
    TOTP.activate(operatore.utente, SEED)
    other = OperatoreFactory(ruolo="referente")
    browser = client if site == "pubblico" else request.getfixturevalue("riservato")
    elsewhere = type(browser)()
    browser.force_login(operatore.utente)
    elsewhere.force_login(other.utente)
    assert browser.get("/accesso/2fa/").status_code == 200
    change(operatore.utente)
    assert urlsplit(browser.get("/accesso/2fa/")["Location"]).path == "/accesso/login/"
    assert elsewhere.get("/accesso/2fa/").status_code == 200


def test_account_read_before_brings_no_old_session_back(client, operatore):
    TOTP.activate(operatore.utente, SEED)
    client.force_login(operatore.utente)
    before = Utente.objects.get(pk=operatore.utente_id)
    remove_factor(operatore.utente)
    before.first_name = "Altra"
    before.save()
    assert urlsplit(client.get("/accesso/2fa/")["Location"]).path == "/accesso/login/"


def test_what_has_ended_by_itself_is_swept_away_on_both_sites(dentro, operatore, time_machine):
    SessionePubblica().create()
    time_machine.move_to(timezone.now() + timedelta(hours=11))
    dentro.force_login(operatore.utente)
    assert Session.objects.count() == 1
    assert SessioneRiservata.objects.count() > 1
    call_command("scarto")
    assert not Session.objects.exists()
    assert [each.utente_id for each in SessioneRiservata.objects.all()] == [operatore.utente_id]
    assert dentro.get("/").status_code == 200
