"""Upgrading a network where somebody follows cases and watches who reads them, or has one role twice: it is stopped in
words."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import CommandError
from django.db import connection
from django.urls import reverse

from tests.factories.catalogo import OperatoreFactory

pytestmark = pytest.mark.django_db
SEPARA = import_module("catalogo.migrations.0008_vigila_o_segue_casi")
UNO_ALLA_VOLTA = import_module("catalogo.migrations.0010_un_ruolo_alla_volta")


def drop(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE catalogo_operatore DROP CONSTRAINT {name}")


@pytest.fixture
def prima():
    """Before the rule was."""
    drop("operatore_vigila_o_segue_casi")


def test_upgrade_stops_and_says_whose_two_roles_and_where_to_see_who_it_is(prima):
    watches = OperatoreFactory(ruolo="responsabile_privacy", utente__last_name="Cognomesegreto", ente__nome="Comune")
    OperatoreFactory(ruolo="referente", utente=watches.utente, ente__nome="Emporio")
    both = f"account {watches.utente_id}: responsabile_privacy di Comune, referente di Emporio"
    with pytest.raises(CommandError, match=both) as told:
        SEPARA.nobody_does_both(apps, None)
    assert "Cognomesegreto" not in str(told.value)
    where = reverse("wagtailusers_users:edit", args=[watches.utente_id], urlconf="portal.urls.pubblico")
    assert where.replace(str(watches.utente_id), "NUMERO") in str(told.value)


def test_upgrade_goes_on_where_the_two_were_never_together(prima):
    watches = OperatoreFactory(ruolo="responsabile_privacy", dal=date(2024, 6, 1), al=date(2024, 12, 31))
    for when in ({"al": date(2024, 5, 31)}, {"dal": date(2025, 1, 1)}, {"chiuso_il": "2024-07-01T10:00:00Z"}):
        OperatoreFactory(ruolo="assistente_sociale", utente=watches.utente, **when)
    OperatoreFactory(ruolo="operatore_sportello", utente=watches.utente)
    OperatoreFactory(ruolo="referente")
    SEPARA.nobody_does_both(apps, None)


def test_upgrade_stops_and_says_whose_role_is_there_twice_and_on_which_days():
    drop("operatore_un_ruolo_alla_volta")
    one = OperatoreFactory(ruolo="referente", utente__last_name="Cognomesegreto", ente__nome="Emporio",
                           dal=date(2024, 1, 1), al=date(2024, 6, 30))  # fmt: skip
    OperatoreFactory(ruolo="referente", utente=one.utente, ente=one.ente, in_rete=False, dal=date(2024, 6, 30))
    days = r"dal 01/01/2024 al 30/06/2024 e dal 30/06/2024 senza fine"
    twice = f"account {one.utente_id}: referente di Emporio, {days}"
    with pytest.raises(CommandError, match=twice) as told:
        UNO_ALLA_VOLTA.nobody_has_it_twice(apps, None)
    assert str(told.value).count("account") == 1
    assert "Cognomesegreto" not in str(told.value)


def test_upgrade_goes_on_where_a_role_ended_before_it_began_again():
    drop("operatore_un_ruolo_alla_volta")
    one = OperatoreFactory(ruolo="referente", dal=date(2024, 1, 1), al=date(2024, 6, 30))
    same = {"utente": one.utente, "in_rete": False}
    OperatoreFactory(ruolo="referente", ente=one.ente, dal=date(2024, 7, 1), **same)
    OperatoreFactory(ruolo="referente", ente=one.ente, dal=date(2024, 3, 1), chiuso_il="2024-04-01T10:00:00Z", **same)
    OperatoreFactory(ruolo="assistente_sociale", ente=one.ente, dal=date(2024, 3, 1), **same)
    OperatoreFactory(ruolo="referente", utente=one.utente, dal=date(2024, 3, 1))
    UNO_ALLA_VOLTA.nobody_has_it_twice(apps, None)
