"""What the database stopped only because of somebody else's act of that moment is done again, three times at most."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from casi.actions.una_volta import RIPROVE, once
from casi.models import Allegato, Caso, Operazione
from casi.views import allegati
from tests.casi import campioni
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import responsabile

SERIALIZZAZIONE, LUCCHETTO = "40001", "55P03"


def fail(code: str) -> None:
    """As PostgreSQL itself does."""
    with connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")


@pytest.mark.django_db(transaction=True)
def test_two_that_wait_for_each_other_are_both_done():
    by, pair = attore_for(OperatoreFactory()), [CasoFactory().pk, CasoFactory().pk]
    met, told, tried = Barrier(2), [], []

    def run(mine, hers) -> None:
        first = True

        def do() -> str:
            nonlocal first
            tried.append(mine)
            Caso.objects.select_for_update().get(pk=mine)
            if first:
                first = False
                met.wait(10)
            Caso.objects.select_for_update().get(pk=hers)
            return f"/casi/{mine}/"

        try:
            told.append(once(uuid4(), do, by=by))
        finally:
            connection.close()

    threads = [Thread(target=run, args=order) for order in (pair, pair[::-1])]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert sorted(told) == sorted(f"/casi/{pk}/" for pk in pair)
    assert len(tried) > 2


@pytest.mark.parametrize(("code", "times"), [(SERIALIZZAZIONE, 1 + RIPROVE), (LUCCHETTO, 1)])
@pytest.mark.django_db(transaction=True)
def test_it_is_given_up_after_three_times_and_a_lock_that_does_not_come_at_once(code, times):
    tried = []

    def do() -> str:
        tried.append(code)
        fail(code)
        return "/"

    with pytest.raises(OperationalError):
        once(uuid4(), do, by=attore_for(OperatoreFactory()))
    assert len(tried) == times
    assert not Operazione.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_second_time_that_goes_well_is_the_only_one_kept():
    tried = []

    def do() -> str:
        CasoFactory()
        tried.append(1)
        if len(tried) < 3:
            fail(SERIALIZZAZIONE)
        return "/casi/"

    assert once(uuid4(), do, by=attore_for(OperatoreFactory())) == "/casi/"
    assert (len(tried), Caso.objects.count(), Operazione.objects.count()) == (3, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_part_of_a_larger_transaction_is_not_done_again():
    tried = []

    def do() -> str:
        tried.append(1)
        fail(SERIALIZZAZIONE)
        return "/"

    with pytest.raises(OperationalError), transaction.atomic():
        once(uuid4(), do, by=attore_for(OperatoreFactory()))
    assert len(tried) == 1


@pytest.mark.django_db(transaction=True)
def test_file_is_whole_the_second_time_too(riservato, caso, monkeypatch, settings, tmp_path):
    settings.RISERVATI = tmp_path / "riservati"
    by, attach, tried = responsabile(caso), allegati.attach, []

    def stopped_once(*, contenuto, **rest):
        tried.append(contenuto)
        if len(tried) == 1:
            fail(SERIALIZZAZIONE)
        return attach(contenuto=contenuto, **rest)

    monkeypatch.setattr(allegati, "attach", stopped_once)
    riservato.force_login(by.operatore.utente)
    sent = {"chiave": str(uuid4()), "livello": "2", "file": SimpleUploadedFile("referto.pdf", campioni.PDF)}
    answer = riservato.post(reverse("casi:allegati_aggiungi", args=[caso.pk]), sent)
    assert (answer.status_code, tried) == (302, [campioni.PDF] * 2)
    assert Allegato.objects.get().dimensione == len(campioni.PDF)
