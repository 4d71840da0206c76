"""The network of the benchmarks is written by SQL of its own: each new column has to be told to it too."""

import json

import pytest
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
    def tables(rows):
        return list(scanned(json.loads(rows.explain(format="json"))[0]["Plan"]))

    assert tables(Caso.objects.filter(incarichi__parte="responsabile").distinct().order_by("numero")) == [
        "casi_incarico"
    ]
    assert tables(Incarico.objects.filter(pk="00000000-0000-0000-0000-000000000000")) == []
    assert tables(Caso.objects.all()) == [], "a case is no grant"
