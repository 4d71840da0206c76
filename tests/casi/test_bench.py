"""The network of the benchmarks is written by SQL of its own: each new column has to be told to it too."""

import pytest
from guardian.models import GroupObjectPermission, UserObjectPermission

from bench import casi_rete
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
