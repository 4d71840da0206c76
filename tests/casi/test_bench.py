"""The network of the benchmarks is written by SQL of its own: each new column has to be told to it too."""

import json

import pytest
from django.db import connection, transaction
from guardian.models import GroupObjectPermission, UserObjectPermission

from bench import casi_rete
from bench.casi_piani import scanned
from casi.models import Ammissione, Caso, Incarico, PermessoUtenteSuCaso


@pytest.mark.django_db
def test_network_of_the_benchmarks_is_written_as_the_tables_are_today(monkeypatch):
    monkeypatch.setattr(casi_rete, "PERMESSI", rows := 20_000)
    monkeypatch.setattr(casi_rete, "MOLTI", casi := 600)
    casi_rete.fill(casi)
    assert Caso.objects.count() == casi
    assert Incarico.objects.count() * casi_rete.PER_INCARICO == PermessoUtenteSuCaso.objects.count() == rows
    assert UserObjectPermission.objects.count() == rows
    assert Ammissione.objects.exists()
    assert GroupObjectPermission.objects.exists()


@pytest.mark.django_db
def test_plan_that_goes_through_a_table_of_grants_is_noticed():
    one = Incarico.objects.filter(pk="00000000-0000-0000-0000-000000000000")
    assert tables_read_whole(one, without=("indexscan", "indexonlyscan", "bitmapscan")) == ["casi_incarico"]
    assert tables_read_whole(one, without=("seqscan",)) == []
    assert tables_read_whole(Caso.objects.all(), without=()) == [], "a case is no grant"


def tables_read_whole(rows, without):
    """Of tables as small as a test's PostgreSQL chooses as it pleases: it is told which ways are closed."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in without:
            cursor.execute(f"SET LOCAL enable_{way} = off")
        plan = json.loads(rows.explain(format="json"))[0]["Plan"]
        transaction.set_rollback(True)
    return list(scanned(plan))
