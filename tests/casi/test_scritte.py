"""Conditions written once: they take one column from the question around, no other table's, and end with the day."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from casi.reti import in_network
from casi.scritte import pointing
from catalogo.models import Adesione, Ente, Operatore
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, EnteFactory, OperatoreFactory

pytestmark = pytest.mark.django_db


def inside():
    return set(Ente.objects.filter(in_network()))


def test_network_is_who_leads_and_who_adheres_while_they_are_active():
    accordo = AccordoFactory()
    adesione, elsewhere = AdesioneFactory(accordo=accordo), EnteFactory()
    assert inside() == {accordo.capofila, adesione.ente}
    people = [OperatoreFactory(ente=ente, in_rete=False) for ente in (adesione.ente, elsewhere)]
    assert list(Operatore.objects.filter(in_network("ente"))) == people[:1], "the same asked of who works there"
    Ente.objects.filter(pk=adesione.ente_id).update(attivo=False)
    assert inside() == {accordo.capofila}


def test_words_kept_for_the_day_end_with_it_in_italy():
    today = timezone.localdate()
    adesione = AdesioneFactory(valida_al=today)
    assert adesione.ente in inside()
    with time_machine.travel(f"{today}T23:59:59+01:00", tick=False):
        assert adesione.ente in inside()
    with time_machine.travel(f"{today + timedelta(days=1)}T00:00:00+01:00", tick=False):
        assert adesione.ente not in inside()


def test_column_of_a_table_that_the_statement_uses_is_refused():
    """The statement would take it for its own, and everybody would be in."""
    AdesioneFactory()
    with pytest.raises(ValueError, match="of the statement itself"):
        list(Adesione.objects.filter(in_network("ente")))
    with pytest.raises(ValueError, match="of the statement itself"):
        list(Ente.objects.filter(pointing(Ente.objects.filter(attivo=True), "pk", "pk")))
