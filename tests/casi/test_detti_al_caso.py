"""What the report tells the person of acts on her case by who could not open it, or that would tell what is hidden."""

import pytest
from django.utils import timezone

from casi import policies
from casi.models import Oscuramento, Registro
from casi.registro import NASCOSTO
from casi.ruoli import Azione
from casi.selectors.fusione import candidate
from casi.selectors.rapporto import accesses
from casi.selectors.registro_parole import scopo_detto
from tests.factories.casi import CasoFactory, ComponenteFactory, InterventoFactory, NucleoFactory, PersonaFactory
from tests.support.attori import attore_for
from tests.support.incaricati import collega, followed
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db


def told(caso) -> list[str]:
    return [str(each.fatto) for each in accesses(caso.pk)]


def test_who_looks_for_records_alike_has_opened_no_case(assistente):
    resta, fusa = PersonaFactory(), PersonaFactory()
    caso = followed(assistente, resta, fusa)
    altro = CasoFactory(ente_titolare=assistente.ente, nucleo=NucleoFactory())
    ComponenteFactory(nucleo=altro.nucleo, persona=fusa)
    by = attore_for(assistente)
    candidate(by, resta)
    assert not policies.may(by, Azione.VEDERE_CASO, altro)
    assert told(altro) == told(caso) == ["Ha cercato schede uguali"]


def chiuso(nascosti: int):
    """A case that was closed with so much open help that a colleague had hidden."""
    scena = Scena(stato="in_chiusura")
    altra = collega(scena.caso)
    for _each in range(nascosti):
        riga = InterventoFactory(caso=scena.caso, autore=altra.operatore, stato="in_corso", dal=timezone.localdate())
        Oscuramento.objects.create(caso=scena.caso, intervento=riga, fatto_da=altra.operatore)
    scena.fa("chiude")
    return scena.caso


def test_closing_does_not_tell_how_much_help_was_hidden():
    """The register has each: for who watches over it."""
    caso = chiuso(2)
    assert told(caso) == told(chiuso(0))
    assert Registro.objects.filter(casi=[caso.pk], azione=Azione.CONDURRE, finalita=NASCOSTO).count() == 2
    assert scopo_detto(Azione.CONDURRE, NASCOSTO) == "aiuto nascosto finito con il caso"
