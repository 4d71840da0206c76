"""The cluster's indexes on a real server: made beside the one in use, gone on with, compared, repaired."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from search import indice
from search.models import VoceIndice
from search.motori import allineamento
from search.motori.cluster import Cluster, alias
from search.motori.collegamento import SCRITTURA, collegamento
from search.query import cerca
from tests.factories.catalogo import ServizioPageFactory

pytestmark = pytest.mark.servizi


@pytest.fixture
def tre(server: str) -> list[VoceIndice]:
    """Three rows, in both the table and the cluster."""
    for name in ("Alfa", "Beta", "Gamma"):
        ServizioPageFactory(title=f"Sportello {name}")
    indice.ricostruisci()
    allineamento.ripara("it")
    return list(VoceIndice.objects.filter(lingua="it", titolo__startswith="Sportello").order_by("titolo"))


def found() -> list[str]:
    result = cerca("sportello", lingua="it")
    assert not result.ripiego
    return sorted(riga.titolo for riga in result.righe)


def in_use() -> str:
    (name,) = collegamento(SCRITTURA).es.indices.get_alias(name=alias("it"))
    return name


def test_rebuild_fills_a_new_index_and_then_lets_the_alias_point_to_it(tre):
    before, seen = in_use(), []

    def progress(done: int, total: int) -> None:
        seen.append((done, total, in_use()))

    count = VoceIndice.objects.filter(lingua="it").count()
    assert allineamento.ricostruisci("it", progress) == count
    assert seen == [(count, count, before)]
    assert in_use() != before
    assert not collegamento(SCRITTURA).es.indices.exists(index=before)
    assert len(found()) == 3


def test_rebuild_that_breaks_leaves_the_old_index_and_is_gone_on_with(tre, monkeypatch: pytest.MonkeyPatch):
    before = in_use()
    monkeypatch.setattr(allineamento, "LOTTO", 1)

    def breaks(done: int, total: int) -> None:
        if done == 2:
            raise ConnectionError("giù")

    with pytest.raises(ConnectionError):
        allineamento.ricostruisci("it", breaks)
    assert in_use() == before
    assert len(found()) == 3
    count = VoceIndice.objects.filter(lingua="it").count()
    assert allineamento.ricostruisci("it") == count - 2
    assert not allineamento.confronta("it")
    assert len(found()) == 3


def test_repair_writes_what_is_missing_or_old_and_removes_what_is_gone(tre):
    alfa, beta, gamma = tre
    Cluster().togli_da([str(alfa.gruppo)], ["it"])
    VoceIndice.objects.filter(pk=beta.pk).update(titolo="Sportello Nuovo", scritta_il=F("scritta_il") + timedelta(1))
    VoceIndice.objects.filter(pk=gamma.pk).delete()
    collegamento(SCRITTURA).es.indices.refresh(index=alias("it"))
    assert allineamento.confronta("it") == allineamento.Scarti(mancanti=1, vecchi=1, di_troppo=1)
    assert allineamento.ripara("it") == allineamento.Scarti(mancanti=1, vecchi=1, di_troppo=1)
    assert not allineamento.confronta("it")
    assert found() == ["Sportello Alfa", "Sportello Nuovo"]


def test_row_that_is_gone_is_never_shown_even_before_the_repair(tre):
    VoceIndice.objects.filter(pk=tre[0].pk).delete()
    assert found() == ["Sportello Beta", "Sportello Gamma"]


def test_command_tells_the_difference_and_mends_it(tre):
    Cluster().togli([str(tre[0].gruppo)])
    collegamento(SCRITTURA).es.indices.refresh(index=alias("it"))
    with pytest.raises(CommandError, match="1 mancanti, 0 vecchie, 0 di troppo"):
        call_command("verifica_indice", stdout=StringIO())
    told = StringIO()
    call_command("verifica_indice", "--ripara", stdout=told)
    assert "(it): corretto: erano 1 mancanti" in told.getvalue()
    call_command("verifica_indice", stdout=StringIO())


def test_rebuild_command_fills_every_language(tre):
    told = StringIO()
    call_command("ricostruisci_indice", stdout=told)
    assert [f"motore di ricerca, {lingua}:" in told.getvalue() for lingua in allineamento.lingue()] == [True] * 4


def test_index_of_another_make_is_made_anew(tre):
    before, link = in_use(), collegamento(SCRITTURA)
    link.es.indices.put_mapping(index=before, **link.with_body({"_meta": {"impronta": "di una volta"}}))
    assert allineamento.ripara("it").mancanti == VoceIndice.objects.filter(lingua="it").count()
    assert in_use() != before
    assert len(found()) == 3


def test_writing_never_makes_an_index_by_mistake(tre, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("search.motori.cluster.PREFISSO", "prove_mai_fatto")
    with pytest.raises(Exception, match=r"require_alias|no such index|index_not_found|document"):
        Cluster().scrivi(tre)
    assert not collegamento(SCRITTURA).es.indices.exists(index="prove_mai_fatto_it")
