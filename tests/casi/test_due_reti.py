"""Two networks on one server: who coordinates one works inside no body of the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions import accredito
from casi.actions.accredito import Firma, Persona
from casi.actions.ripristino import propose_reset
from casi.errori import Impossibile, Vietato
from casi.models import Ripristino
from casi.selectors import accredito as selectors
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
PUPAZZO = Persona("pupazzo@esempio.it", "Elio", "Ombra")
PERCHE = {"motivo": "perso", "riconosciuta": "presenza"}


@pytest.fixture
def a():
    return AccordoFactory(capofila__nome="Comune A")


@pytest.fixture
def b():
    return AccordoFactory(capofila__nome="Comune B")


def coordinatore(accordo):
    return attore_for(OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False))


def works_inside(by, ente):
    """Whether `by` may make up a person for `ente`, and send one of its people away."""
    sua = OperatoreFactory(ente=ente, in_rete=False)
    acts = (
        lambda: accredito.accredit(by=by, ente=ente, persona=PUPAZZO, ruolo="referente", dal=OGGI()),
        lambda: accredito.end_tie(by=by, legame=sua),
    )
    done = []
    for act in acts:
        try:
            act()
            done.append(True)
        except Vietato:
            done.append(False)
    assert len(set(done)) == 1
    return done[0]


@pytest.mark.parametrize(
    "before",
    [
        {"stato": "receduta"},
        {"stato": "revocata"},
        {"valida_al": timezone.localdate() - timedelta(days=1)},
    ],
)
def test_body_that_left_for_another_network_is_run_by_that_one_alone(a, b, before):
    ente = AdesioneFactory(accordo=a, **before).ente
    AdesioneFactory(accordo=b, ente=ente)
    by = coordinatore(a)
    assert not works_inside(by, ente)
    (row,) = selectors.rete(by).aderenti[1:]
    assert (row.governato, row.operatori) == (False, [])
    assert works_inside(coordinatore(b), ente)


@pytest.mark.parametrize("now", [{}, {"stato": "sospesa"}, {"privacy_firmata_il": None}])
def test_body_whose_adhesion_is_open_is_run_by_who_coordinates(a, now):
    assert works_inside(coordinatore(a), AdesioneFactory(accordo=a, **now).ente)


def test_lead_body_of_a_network_adheres_to_no_other(a, b):
    by = coordinatore(a)
    with pytest.raises(Impossibile, match="altra rete"):
        accredito.register_adhesion(by=by, accordo=a, ente=b.capofila, firma=Firma(OGGI()))
    AdesioneFactory(accordo=a, ente=b.capofila)  # written before this rule
    assert not works_inside(by, b.capofila)
    assert works_inside(coordinatore(b), b.capofila)


def test_lead_body_whose_agreement_is_over_adheres_as_any_other(a, b):
    type(b).objects.filter(pk=b.pk).update(valida_al=OGGI() - timedelta(days=1))
    assert accredito.register_adhesion(by=coordinatore(a), accordo=a, ente=b.capofila, firma=Firma(OGGI()))


def test_body_of_two_networks_is_run_by_both_and_its_accounts_by_neither(a, b):
    ente = AdesioneFactory(accordo=a).ente
    lei = OperatoreFactory(ente=ente)
    by, _altra = coordinatore(a), coordinatore(a)
    AdesioneFactory(accordo=b, ente=ente, stato="receduta")
    assert propose_reset(by=by, legame=lei, **PERCHE)
    Ripristino.objects.all().delete()
    AdesioneFactory(accordo=b, ente=ente)
    with pytest.raises(Impossibile, match="altra rete"):
        propose_reset(by=by, legame=lei, **PERCHE)
    assert works_inside(by, ente)


def test_who_works_for_the_lead_body_is_helped_though_it_had_signed_another_agreement(a, b):
    """Written before the rule: the other network does not run it, so this one does."""
    by, altra, _terza = coordinatore(a), coordinatore(a), coordinatore(a)
    AdesioneFactory(accordo=b, ente=a.capofila)
    assert propose_reset(by=by, legame=altra.operatore, **PERCHE)
