"""Upgrading a network where somebody follows cases and watches who reads them: it is stopped in words."""

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


@pytest.fixture
def prima():
    """Before the rule was."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE catalogo_operatore DROP CONSTRAINT operatore_vigila_o_segue_casi")


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
