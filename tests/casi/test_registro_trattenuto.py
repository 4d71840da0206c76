"""The register keeps past their months the lines that a lawsuit needs."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from casi.integrita import verify
from casi.models import AncoraRegistro, ClasseConservazione, Registro, Scarto, VoceScarto
from tests.casi.test_registro import voce
from tests.factories.casi import CasoFactory, PrimoAscoltoFactory, RichiestaFactory
from tests.factories.catalogo import OperatoreFactory

pytestmark = pytest.mark.django_db
OGGI = datetime(2026, 6, 1, 12, tzinfo=UTC)


def written(time_machine, *lines) -> list[int]:
    """A line a month from January 2024, then one of today."""
    found = []
    for month, line in enumerate(lines, 1):
        time_machine.move_to(datetime(2024, month, 10, 12, tzinfo=UTC), tick=False)
        found.append(voce(**line).pk)
    time_machine.move_to(OGGI, tick=False)
    return [*found, voce().pk]


def hold(oggetto: str, pk, **segni) -> VoceScarto:
    classe = ClasseConservazione.objects.get(codice="come_il_caso")
    scarto = Scarto.objects.create(proposto_da=OperatoreFactory(ruolo="assistente_sociale"))
    return VoceScarto.objects.create(scarto=scarto, oggetto=oggetto, oggetto_id=pk, classe=classe, **segni)


def left() -> list[int]:
    return list(Registro.objects.order_by("pk").values_list("pk", flat=True))


def of_the_case(caso, arrivo, ascolto):
    return "caso", caso.pk, {"casi": [uuid4(), caso.pk]}


def what_it_came_from(caso, arrivo, ascolto):
    return "caso", caso.pk, {"oggetto": "richiesta", "oggetto_id": arrivo.pk}


def in_a_list(caso, arrivo, ascolto):
    return "caso", caso.pk, {"oggetti": [uuid4(), arrivo.pk]}


def of_the_arrival(caso, arrivo, ascolto):
    return "richiesta", arrivo.pk, {"oggetto": "richiesta", "oggetto_id": arrivo.pk}


def heard_of_the_arrival(caso, arrivo, ascolto):
    return "richiesta", arrivo.pk, {"oggetto": "primoascolto", "oggetto_id": ascolto.pk}


@pytest.mark.parametrize("segno", ["sospesa", "fermata"])
@pytest.mark.parametrize("about", [of_the_case, what_it_came_from, in_a_list, of_the_arrival, heard_of_the_arrival])
def test_lines_from_the_first_about_what_is_on_hold_stay(time_machine, capsys, about, segno):
    caso = CasoFactory()
    arrivo = RichiestaFactory(caso=caso)
    ascolto = PrimoAscoltoFactory(richiesta=arrivo)
    oggetto, pk, line = about(caso, arrivo, ascolto)
    before, first, after, today = written(time_machine, {"casi": [uuid4()]}, line, {})
    held = hold(oggetto, pk, **{segno: True})
    call_command("scarto", registro=True)
    assert left() == [first, after, today]
    assert (
        "Restano 2 voci oltre il loro tempo, dalla 2 del 10/02/2024: è la prima su qualcosa" in capsys.readouterr().out
    )
    assert verify().ultima == today
    assert (AncoraRegistro.objects.get().ultima, str(AncoraRegistro.objects.get().prima_del)) == (before, "2024-02-10")
    setattr(held, segno, False)
    held.save()
    call_command("scarto", registro=True)
    assert left() == [first, after, today], "one anchor a day: the rest tomorrow"
    time_machine.move_to(OGGI + timedelta(days=1), tick=False)
    call_command("scarto", registro=True)
    assert left() == [today]
    assert "Restano" not in capsys.readouterr().out
    assert verify().ultima == today


def test_what_is_proposed_and_not_on_hold_keeps_nothing_and_a_hold_on_the_first_line_keeps_all(time_machine, capsys):
    caso = CasoFactory()
    first, second, today = written(time_machine, {"casi": [caso.pk]}, {})
    hold("caso", uuid4(), sospesa=True)
    held = hold("caso", caso.pk)
    held.sospesa = True
    held.save()
    call_command("scarto", registro=True)
    assert left() == [first, second, today]
    assert "Nessuna voce" not in capsys.readouterr().out
    held.sospesa = False
    held.save()
    call_command("scarto", registro=True)
    assert left() == [today]
