"""Days that a slip of the finger writes: a review in another century, a family told before there was a case."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casi.errori import Impossibile
from casi.forms.accredito import OperatoreModulo
from casi.forms.condivisione import AmmissioneModulo
from casi.forms.persone import NuovaPersonaForm, ResidenzaForm, RientroForm, SchedaForm, UscitaForm
from casi.mesi import months_after
from casi.percorso import VERIFICA_ENTRO
from tests.factories.casi import PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.support.attori import attore_for
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def last() -> date:
    return months_after(OGGI(), VERIFICA_ENTRO)


@pytest.mark.parametrize("passo", ["accetta", "fissa_verifica"])
def test_review_is_within_a_year_and_the_error_is_beside_the_day(passo):
    scena = Scena(stato="in_valutazione" if passo == "accetta" else "preso_in_carico")
    if passo == "accetta":
        scena.fa("assegna")
    with pytest.raises(Impossibile, match="entro un anno") as refused:
        scena.fa(passo, prossima_verifica=last() + timedelta(days=1))
    assert refused.value.campo == "prossima_verifica"
    scena.fa(passo, prossima_verifica=last())
    assert scena.caso.prossima_verifica == last()


@pytest.mark.parametrize("passo", ["accetta", "avvisa"])
def test_family_is_told_of_no_case_that_was_not_there(passo):
    scena = Scena(stato="in_valutazione")
    scena.caso.aperto_il = timezone.now() - timedelta(days=5)
    scena.caso.save()
    scena.fa("assegna")
    by = attore_for(scena.altra)
    if passo == "avvisa":
        scena.fa("accetta", avviso_alla_famiglia_il=None)
    with pytest.raises(Impossibile, match="non c'era ancora") as refused:
        scena.fa(passo, by=by, avviso_alla_famiglia_il=-timedelta(days=6))
    assert refused.value.campo == "avviso_alla_famiglia_il"
    scena.fa(passo, by=by, avviso_alla_famiglia_il=-timedelta(days=5))
    assert scena.caso.prese_in_carico.get().avviso_alla_famiglia_il == OGGI() - timedelta(days=5)


@pytest.mark.parametrize(
    ("factory", "quando"),
    [(RichiestaFactory, "ricevuta_il"), (SegnalazioneFactory, "ricevuta_il"), (PrimoAscoltoFactory, "quando")],
)
def test_what_a_case_comes_from_may_be_older(factory, quando):
    scena = Scena(stato="in_valutazione")
    arrivo = factory(caso=scena.caso)
    type(arrivo).objects.filter(pk=arrivo.pk).update(**{quando: timezone.now() - timedelta(days=9)})
    scena.fa("assegna")
    with pytest.raises(Impossibile, match="non c'era ancora"):
        scena.fa("accetta", avviso_alla_famiglia_il=-timedelta(days=10))
    scena.fa("accetta", avviso_alla_famiglia_il=-timedelta(days=9))


@pytest.mark.parametrize(
    ("form", "campo"),
    [
        (UscitaForm, "al"),
        (RientroForm, "dal"),
        (NuovaPersonaForm, "dal"),
        (SchedaForm, "dal"),
        (ResidenzaForm, "dal"),
        (ResidenzaForm, "al"),
        (AmmissioneModulo, "dal"),
        (OperatoreModulo, "dal"),
    ],
)
def test_what_begins_or_ends_does_so_within_a_year(form, campo):
    field = form.base_fields[campo]
    with pytest.raises(ValidationError, match="più di un anno"):
        field.clean((last() + timedelta(days=1)).isoformat())
    assert field.clean(last().isoformat()) == last()
