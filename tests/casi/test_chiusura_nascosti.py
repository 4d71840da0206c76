"""Help that somebody has hidden does not stay open in a case that is closed, and the closing does not give it away."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.errori import Impossibile
from casi.models import Caso, Oscuramento, Registro, VoceDiario
from casi.registro import NASCOSTO
from casi.selectors.registro_proprio import own
from tests.factories.casi import InterventoFactory
from tests.support.attori import attore_for
from tests.support.incaricati import collega
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture
def scena():
    return Scena(stato="in_chiusura")


@pytest.fixture
def altra(scena):
    return collega(scena.caso)


def hidden(scena, by, autore, **more):
    riga = InterventoFactory(caso=scena.caso, autore=autore.operatore, **{"stato": "in_corso", "dal": OGGI(), **more})
    Oscuramento.objects.create(caso=scena.caso, intervento=riga, fatto_da=by.operatore)
    return riga


def page(riservato, scena) -> str:
    riservato.force_login(scena.assistente.utente)
    return riservato.get(f"/casi/{scena.caso.pk}/passi/chiude/").content.decode()


def test_who_hid_it_is_told_that_it_is_open_and_does_not_close(riservato, scena, altra):
    riga = hidden(scena, attore_for(scena.assistente), altra)
    with pytest.raises(Impossibile, match=str(riga.tipo)):
        scena.fa("chiude")
    shown = page(riservato, scena)
    assert f"/casi/{scena.caso.pk}/nascosti/" in shown
    assert "Nessun intervento è ancora aperto" not in shown


@pytest.mark.parametrize(
    ("stato", "days", "ended"),
    [
        ("in_corso", (-9, None), ("concluso", 0)),
        ("sospeso", (-9, 30), ("concluso", 0)),
        ("in_corso", (-9, -2), ("concluso", -2)),
        ("autorizzato", (5, None), ("annullato", 5)),
        ("annullato", (-9, -3), ("annullato", -3)),
    ],
)
def test_what_another_hid_ends_with_the_case_and_nothing_tells_who_closes(riservato, scena, altra, stato, days, ended):
    dal, al = (None if n is None else OGGI() + timedelta(days=n) for n in days)
    riga = hidden(scena, altra, altra, stato=stato, dal=dal, al=al)
    assert "Nessun intervento è ancora aperto" in page(riservato, scena)
    scena.fa("chiude")
    riga.refresh_from_db()
    assert (riga.stato, riga.al) == (ended[0], OGGI() + timedelta(days=ended[1]))
    assert Caso.objects.get().stato == "chiuso"
    written = Registro.objects.filter(oggetto="intervento", oggetto_id=riga.pk, azione="condurre")
    assert list(written.values_list("finalita", flat=True)) == ([] if stato == "annullato" else [NASCOSTO])
    mine = own(attore_for(scena.assistente)).righe  # what he reads of his own lines
    assert len(mine) == Registro.objects.exclude(finalita=NASCOSTO).exclude(azione="propri_accessi").filter(
        operatore_id=scena.assistente.pk).exclude(sessione="").count()  # fmt: skip
    assert not any(str(riga.tipo) in voce.testo for voce in VoceDiario.objects.all())
