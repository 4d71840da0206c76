"""The decision: each condition alone turns a yes into a no, for the list and for the single case alike."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.utils import timezone

from casi import policies
from casi.management.commands.stampa_permessi import lines
from casi.models import Caso, PermessoGruppoSuCaso, PermessoUtenteSuCaso
from casi.ruoli import RUOLI, Azione
from tests.factories.casi import AmmissioneFactory, CasoFactory, IncaricoFactory, IncompatibilitaFactory, give
from tests.factories.catalogo import EnteFactory, OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def IERI():  # noqa: N802 - reads as the constant it stands beside
    return OGGI() - timedelta(days=1)


def conflict(incarico):
    IncompatibilitaFactory(caso=incarico.caso, utente=incarico.operatore.utente)


ON_A_CASE = (Azione.ELENCARE_CASI, Azione.VEDERE_CASO)


def sees(operatore, caso) -> bool:
    """One answer for list, object and the set of actions; a difference between them fails here."""
    attore = attore_for(operatore)
    answers = set()
    for azione in ON_A_CASE:
        answers.add(policies.visible_to(attore, azione).filter(pk=caso.pk).exists())
        answers.add(policies.may(attore, azione, caso))
        answers.add(azione in policies.azioni_su(attore, caso.pk))
    assert len(answers) == 1
    return answers.pop()


@pytest.fixture
def incarico():
    return IncaricoFactory()


def change(row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def test_visible_to_with_every_condition_met_shows_the_case_and_no_other(incarico):
    CasoFactory(ente_titolare=incarico.caso.ente_titolare)
    assert list(policies.visible_to(attore_for(incarico.operatore))) == [incarico.caso]
    assert sees(incarico.operatore, incarico.caso)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda i: change(i.operatore.utente, is_active=False), id="account spento"),
        pytest.param(lambda i: change(i.operatore.utente, is_superuser=True), id="superutente"),
        pytest.param(lambda i: change(i.operatore, al=OGGI() - timedelta(days=1)), id="legame finito ieri"),
        pytest.param(lambda i: change(i.operatore, dal=OGGI() + timedelta(days=1)), id="legame da domani"),
        pytest.param(lambda i: change(i.operatore, ruolo="operatore_sportello"), id="ruolo che non apre casi"),
        pytest.param(lambda i: change(i.operatore.ente, attivo=False), id="ente spento"),
        pytest.param(lambda i: change(i.caso, ente_titolare=EnteFactory()), id="ente non ammesso"),
        pytest.param(lambda i: change(i, al=OGGI() - timedelta(days=1)), id="incarico finito ieri"),
        pytest.param(lambda i: change(i, dal=OGGI() + timedelta(days=1)), id="incarico da domani"),
        pytest.param(lambda i: change(i, operatore=OperatoreFactory(ente=i.operatore.ente)), id="incarico d'altri"),
        pytest.param(lambda i: change(i, tolta_il=timezone.now()), id="incarico tolto"),
        pytest.param(lambda i: i.caso.permessi.all().delete(), id="permesso tolto"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get(), valida_al=IERI()), id="adesione scaduta ieri"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get(), stato="sospesa"), id="adesione sospesa"),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get(), ruolo_privacy=""), id="ruolo privacy mancante"),
        pytest.param(
            lambda i: change(i.operatore.ente.adesioni.get(), privacy_firmata_il=None), id="privacy non firmata"
        ),
        pytest.param(lambda i: change(i.operatore.ente.adesioni.get().accordo, valida_al=IERI()), id="accordo scaduto"),
        pytest.param(lambda i: change(i.caso, sigillato=True), id="sigillato"),
        pytest.param(conflict, id="conflitto di interessi"),
    ],
)
def test_visible_to_with_one_condition_missing_hides_the_case(incarico, spoil):
    operatore, caso = incarico.operatore, incarico.caso
    assert sees(operatore, caso)
    spoil(incarico)
    assert not sees(operatore, caso)


def test_visible_to_on_the_last_day_still_shows_the_case(incarico):
    change(incarico, al=OGGI())
    change(incarico.operatore, al=OGGI())
    assert sees(incarico.operatore, incarico.caso)


def test_visible_to_admitted_body_shows_the_case_until_its_last_day():
    incarico = IncaricoFactory(operatore=OperatoreFactory(ruolo="referente"))
    ammissione = AmmissioneFactory(caso=incarico.caso, ente=incarico.operatore.ente, al=OGGI())
    change(incarico.caso, stato="preso_in_carico")
    assert sees(incarico.operatore, incarico.caso)
    change(ammissione, al=OGGI() - timedelta(days=1))
    assert not sees(incarico.operatore, incarico.caso)


def test_visible_to_acting_for_another_body_hides_the_case(incarico):
    altrove = OperatoreFactory(utente=incarico.operatore.utente, ruolo="assistente_sociale")
    assert not sees(altrove, incarico.caso)


def test_visible_to_ignores_global_permissions_groups_and_other_permissions():
    incarico = IncaricoFactory(permesso="change_caso")
    utente, caso = incarico.operatore.utente, incarico.caso
    view = Permission.objects.get(codename="view_caso")
    utente.user_permissions.add(view)
    group = Group.objects.create(name="Casi")
    group.permissions.add(view)
    utente.groups.add(group)
    assert not sees(incarico.operatore, caso)
    give(caso, utente, "view_caso")
    assert sees(incarico.operatore, caso)


def test_visible_to_with_the_permission_on_another_case_hides_this_one(incarico):
    altro = IncaricoFactory(operatore=incarico.operatore, caso__ente_titolare=incarico.operatore.ente, permesso=False)
    assert sees(incarico.operatore, incarico.caso)
    assert not sees(incarico.operatore, altro.caso)


def test_permission_of_a_group_on_a_case_is_refused_by_the_database(incarico):
    view = Permission.objects.get(codename="view_caso")
    with pytest.raises(IntegrityError, match="permessi_di_gruppo_mai"):
        PermessoGruppoSuCaso.objects.create(
            content_object=incarico.caso, permission=view, group=Group.objects.create(name="Tutti")
        )


def test_visible_to_nobody_or_an_action_without_permission_shows_nothing(incarico):
    assert not policies.visible_to(None).exists()
    assert not policies.may(None, Azione.ENTRARE)
    assert not policies.visible_to(attore_for(incarico.operatore), Azione.ENTRARE).exists()


@pytest.mark.parametrize("ruolo", sorted(RUOLI))
def test_may_follows_the_role_table(ruolo):
    attore = attore_for(OperatoreFactory(ruolo=ruolo))
    assert {azione for azione in Azione if policies.may(attore, azione)} == RUOLI[ruolo].azioni | RUOLI[
        ruolo
    ].in_emergenza


def test_deleting_a_case_takes_its_rows_along(incarico):
    Caso.objects.filter(pk=incarico.caso.pk).delete()
    assert not PermessoUtenteSuCaso.objects.exists()


def test_permissions_page_tells_what_the_code_applies():
    page = (settings.BASE_DIR / "docs" / "permessi.md").read_text().splitlines()
    assert page == list(lines()), "manage.py stampa_permessi > docs/permessi.md"
