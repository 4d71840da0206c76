"""Bodies, and people of theirs, stand in the order of the names they are shown by, not of the official ones."""

import pytest
from django.urls import reverse

from casi.forms.condivisione import AmmissioneModulo, AssegnaModulo, OpposizioneModulo
from casi.forms.limiti import SigilloModulo
from casi.selectors.interventi import quadro
from casi.selectors.lettori import destinatari, nominabili
from tests.factories.casi import AmmissioneFactory, InterventoFactory, VoceFactory
from tests.factories.catalogo import AdesioneFactory, OperatoreFactory, la_rete
from tests.support.incaricati import incarica

pytestmark = pytest.mark.django_db

# By the official names, where there are two, they would stand the other way round.
ENTI = [("Alba", "Comune di Alba"), ("Borgo", ""), ("Crocevia", "Associazione Crocevia")]
NOMI = [shown for shown, _official in ENTI]


@pytest.fixture
def enti():
    """In the network, none on the case yet."""
    names = ((official or shown, shown if official else "") for shown, official in ENTI)
    return [AdesioneFactory(ente__nome=nome, ente__nome_breve=breve).ente for nome, breve in names]


@pytest.fixture
def persone(caso, enti):
    """One of each body, all admitted to the case."""
    for ente in enti:
        AmmissioneFactory(caso=caso, ente=ente)
    return [OperatoreFactory(ente=ente, ruolo="referente") for ente in enti]


def named(words) -> list[str]:
    """Which of the bodies each of `words` ends with, in their order."""
    return [nome for each in words for nome in NOMI if str(each).endswith(nome)]


@pytest.mark.parametrize("form", [AmmissioneModulo, OpposizioneModulo])
def test_bodies_of_the_network_to_choose_among(caso, capo, enti, form):
    assert named(label for _key, label in form(caso=caso, attore=capo).fields["ente"].choices) == NOMI


@pytest.mark.parametrize(("form", "field"), [(AssegnaModulo, "operatore"), (SigilloModulo, "nominati")])
def test_people_to_choose_among(caso, capo, persone, form, field):
    assert named(label for _key, label in form(caso=caso, attore=capo).fields[field].choices) == NOMI


def test_people_to_name_on_an_entry_and_those_named(caso, capo, persone):
    voce = VoceFactory(caso=caso, autore=capo.operatore, livello=5)
    for each in persone:
        incarica(caso, each, "collaboratore")
        voce.destinatari.create(operatore=each, motivo="Perché.")
    assert named(each.ente for each in nominabili(capo, caso.pk)) == NOMI
    assert named(each.operatore.ente for each in destinatari(voce)) == NOMI


def test_bodies_on_the_whole_view(caso, capo, enti):
    for ente in enti:
        InterventoFactory(caso=caso, ente=ente)
    assert named(ente for ente, _rows in quadro(capo, caso.pk)[1].enti) == NOMI


def test_bodies_that_may_sign(riservato, confirmed, enti):
    confirmed()
    riservato.force_login(OperatoreFactory(ente=la_rete().capofila, ruolo="coordinatore", in_rete=False).utente)
    choices = riservato.get(reverse("casi:adesione_nuova")).context["modulo"].fields["ente"].choices
    assert named(label for _key, label in choices) == NOMI
