"""No way from the admin to a case: who manages accounts, groups or everything, through the admin's own pages."""

from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.urls import reverse

from catalogo.models import Operatore
from home.demo.persone import group
from portal.utenti.models import Utente
from tests.factories.casi import CasoFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD, UtenteFactory
from tests.support.codici import SEED, code

pytestmark = pytest.mark.django_db
ALTRA = "una parola scelta da altri"


@pytest.fixture
def caso():
    return IncaricoFactory(operatore__utente__email="marisa@esempio.it").caso


@pytest.fixture
def vittima(caso):
    return Operatore.objects.get(ruolo="assistente_sociale").utente


@pytest.fixture
def gestore(client):
    """Who manages accounts and groups, and passes the fence as the central desk: puts anybody in any group."""
    utente = UtenteFactory(username="gestore")
    group = Group.objects.create(name="Gestori")
    codes = ["access_admin", "publish_page", "add_utente", "change_utente", "view_utente", "add_group", "change_group"]
    group.permissions.set(Permission.objects.filter(codename__in=codes))
    utente.groups.add(group)
    client.force_login(utente)
    return utente


def edit(client, utente, **changes):
    """As the form of the admin sends it."""
    names = ("username", "email", "first_name", "last_name")
    data = {**{name: getattr(utente, name) for name in names}, "is_active": "on", **changes}
    return client.post(reverse("wagtailusers_users:edit", args=[utente.pk]), data)


def assert_sees_no_case(request, utente, caso) -> None:
    """In the reserved process, with both factors: not the area, not the case, not its number."""
    riservato = request.getfixturevalue("riservato")
    riservato.force_login(Utente.objects.get(pk=utente.pk))
    for address in ("/", "/casi/", f"/casi/{caso.pk}/", "/rete/"):
        response = riservato.get(address)
        assert response.status_code in (403, 404), address
        assert caso.numero not in response.content.decode()


def test_manager_of_accounts_in_every_group_with_every_right_sees_no_case(request, client, gestore, caso):
    everything = Group.objects.create(name="Tutto")
    everything.permissions.set(Permission.objects.all())
    assert edit(client, gestore, groups=[str(group.pk) for group in Group.objects.all()]).status_code == 302
    gestore.refresh_from_db()
    assert gestore.groups.count() == Group.objects.count()
    assert Utente.objects.get(pk=gestore.pk).has_perm("casi.view_caso")
    assert_sees_no_case(request, gestore, caso)


def test_superuser_made_in_the_admin_sees_no_case_not_even_with_a_tie(request, client, gestore, caso):
    complice = OperatoreFactory(ente=caso.ente_titolare, ruolo="assistente_sociale", in_rete=False).utente
    assert edit(client, complice, is_superuser="on").status_code == 302
    assert Utente.objects.get(pk=complice.pk).is_superuser
    assert_sees_no_case(request, complice, caso)


def test_superuser_who_drops_the_flag_is_still_nobody(request, client, caso):
    client.force_login(UtenteFactory(amministratore=True))
    altro = UtenteFactory(is_superuser=True)
    assert edit(client, altro).status_code == 302
    assert not Utente.objects.get(pk=altro.pk).is_superuser
    assert_sees_no_case(request, altro, caso)


def test_account_made_in_the_admin_has_no_password_of_anybody_and_no_tie(request, client, gestore, caso):
    data = {"username": "nuovo", "email": "n@esempio.it", "first_name": "Nuovo", "last_name": "Nome"}
    passwords = {"password1": ALTRA, "password2": ALTRA}
    assert (
        client.post(reverse("wagtailusers_users:add"), {**data, **passwords, "ruolo": "referente"}).status_code == 302
    )
    nuovo = Utente.objects.get(username="nuovo")
    assert not nuovo.check_password(ALTRA)
    assert_sees_no_case(request, nuovo, caso)


def test_manager_of_accounts_sets_no_password_of_another(client, gestore, vittima):
    assert edit(client, vittima, password1=ALTRA, password2=ALTRA, first_name="Mara").status_code == 302
    vittima.refresh_from_db()
    assert vittima.first_name == "Mara"
    assert vittima.check_password(PASSWORD)
    assert "password" not in client.get(reverse("wagtailusers_users:edit", args=[vittima.pk])).content.decode()


@pytest.mark.parametrize("address", ["gestore@esempio.it", "Marisa@esempio.it", ""])
@pytest.mark.parametrize("who", ["gestore", "superutente"])
def test_nobody_in_the_admin_moves_the_address_of_who_is_accredited(client, gestore, vittima, who, address):
    """A new password would be sent there."""
    if who == "superutente":
        client.force_login(UtenteFactory(amministratore=True))
    assert edit(client, vittima, email=address).status_code in (200, 302)
    Operatore.objects.update(al="2024-12-31")
    edit(client, vittima, email=address)
    vittima.refresh_from_db()
    assert vittima.email == "marisa@esempio.it"


def test_address_of_who_is_not_accredited_may_be_corrected(client, gestore):
    altro = UtenteFactory()
    assert edit(client, altro, email="giusto@esempio.it").status_code == 302
    altro.refresh_from_db()
    assert altro.email == "giusto@esempio.it"


def test_manager_of_accounts_reaches_no_factor_of_another(client, gestore, vittima):
    TOTP.activate(vittima, SEED)
    client.post("/accesso/reauthenticate/", {"password": PASSWORD})
    for name in ("mfa_deactivate_totp", "mfa_index", "mfa_generate_recovery_codes"):
        client.post(reverse(name), {"user": vittima.pk})
    assert vittima.authenticator_set.count() == 1


def test_who_gets_hold_of_the_mailbox_still_stops_at_the_second_factor(request, caso, vittima):
    TOTP.activate(vittima, SEED)
    riservato = request.getfixturevalue("riservato")
    riservato.post("/accesso/password/reset/", {"email": vittima.email})
    link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
    form = riservato.get(urlsplit(link).path)
    riservato.post(form["Location"], {"password1": ALTRA, "password2": ALTRA})
    riservato.post("/accesso/login/", {"login": vittima.username, "password": ALTRA})
    assert urlsplit(riservato.get(f"/casi/{caso.pk}/")["Location"]).path == "/accesso/login/"
    riservato.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert riservato.get("/").status_code == 302
    riservato.post(reverse("mfa_authenticate"), {"code": code()})
    assert riservato.get(f"/casi/{caso.pk}/").status_code == 200


def test_account_switched_off_and_on_again_has_no_session(request, client, gestore, vittima):
    address = reverse("wagtail_bulk_action", args=["utenti", "utente", "set_active_state"])
    client.post(f"{address}?id={vittima.pk}", {"mark_as_active": "False"})
    assert not Utente.objects.get(pk=vittima.pk).is_active


def test_who_keeps_accounts_and_nothing_else_finds_them_and_nothing_else(client, vittima):
    tecnica = UtenteFactory()
    tecnica.groups.add(group("amministrazione"))
    client.force_login(tecnica)
    assert reverse("wagtailusers_users:index") in client.get("/amministrazione/").content.decode()
    assert vittima.username in client.get(reverse("wagtailusers_users:index")).content.decode()
    assert edit(client, vittima, first_name="Mara").status_code == 302
    assert Utente.objects.get(pk=vittima.pk).first_name == "Mara"
    for closed in ("wagtailusers_groups:index", "wagtailadmin_reports:site_history"):
        assert client.get(reverse(closed)).status_code == 404


def test_who_writes_for_a_body_finds_no_account(client, vittima):
    OperatoreFactory(utente=(referente := UtenteFactory()), ruolo="referente")
    client.force_login(referente)
    for address in (reverse("wagtailusers_users:index"), reverse("wagtailusers_users:edit", args=[vittima.pk])):
        assert client.get(address).status_code in (302, 403, 404)


def test_admin_has_no_page_about_cases(client):
    client.force_login(UtenteFactory(amministratore=True))
    caso = CasoFactory()
    pages = (
        "/amministrazione/",
        "/amministrazione/users/",
        "/amministrazione/groups/new/",
        "/amministrazione/reports/",
    )
    for address in (*pages, "/amministrazione/reports/site-history/", "/amministrazione/snippets/"):
        answer = client.get(address, follow=True)
        assert caso.numero not in answer.content.decode()
        assert "casi_caso" not in answer.content.decode()
    assert client.get("/admin/").status_code == 404
