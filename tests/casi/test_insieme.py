"""Two who write of the same person at once, each from a case of his own: what both wrote stays."""

from datetime import date

import pytest

from casi.actions import fusione, persone
from casi.actions.serratura import claim
from casi.models import Avviso, Residenza
from casi.ruoli import Azione
from tests.factories.casi import PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attese import beside, while_waiting
from tests.support.attori import attore_for
from tests.support.fusioni import separa
from tests.support.incaricati import followed, on_case

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def due(sociale):
    """Two records, each in a case of its own; on the second's there is somebody who is called as the first."""
    ada, doppia = PersonaFactory(nome="Ada", cognome="Canarini"), PersonaFactory(cognome="Kanarini")
    caso, altro = followed(sociale, ada), followed(sociale, doppia)
    named = {"utente__first_name": "Ada", "utente__last_name": "Canarini"}
    on_case(altro, "collega", ruolo="assistente_sociale", ente=sociale.ente, **named)
    return caso, ada, altro, doppia


def told() -> set[tuple]:
    return set(Avviso.objects.filter(tipo="incompatibilita").values_list("caso", "destinatario"))


def test_home_written_from_two_cases_at_once_ends_the_other(sociale):
    ada, by = PersonaFactory(), attore_for(sociale)
    caso, altro = followed(sociale, ada), followed(sociale, ada)
    lived = {"persona": ada.pk, "tipo": "domicilio", "indirizzo": "VIA"}
    failed = while_waiting(
        lambda: persone.abita(by=by, caso=caso.pk, dal=date(2026, 1, 1), **lived),
        lambda: persone.abita(by=by, caso=altro.pk, dal=date(2026, 2, 1), **lived),
    )
    assert failed is None
    homes = Residenza.objects.filter(persona=ada).order_by("dal").values_list("dal", "al")
    assert list(homes) == [(date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), None)]


def test_merge_points_out_who_turns_out_to_be_of_the_other_household_and_so_does_its_undoing(sociale, due):
    caso, ada, altro, doppia = due
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk)
    assert told() == {(altro.pk, sociale.pk)}
    Avviso.objects.all().delete()
    named = {"utente__first_name": doppia.nome, "utente__last_name": "Kanarini"}
    on_case(altro, "collega", ruolo="assistente_sociale", ente=sociale.ente, **named)
    separa(by, caso.pk, ada.pk)
    assert told() == {(altro.pk, sociale.pk)}


def test_merge_stops_nobody_who_writes_in_the_other_case(sociale, due):
    """Who writes there may want her record next, which the merge has."""
    caso, ada, altro, doppia = due
    by = attore_for(sociale)
    beside(
        lambda: claim(by, Azione.MODIFICARE_PERSONE, altro.pk),
        lambda: fusione.unisci(by=by, caso=caso.pk, tenuta=ada.pk, fusa=doppia.pk),
    )
    assert told() == {(altro.pk, sociale.pk)}
