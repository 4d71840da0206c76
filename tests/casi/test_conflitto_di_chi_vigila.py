"""A conflict of who watches over data protection: he comes near a case by its emergencies, its lines, its disposal."""

import csv
import io

import pytest

from casi.actions.conservazione import hold, propose
from casi.actions.emergenze_esame import review
from casi.actions.limiti import write_conflict
from casi.errori import Assente
from casi.models import Caso, VoceScarto
from casi.ruoli import Azione
from casi.selectors.conservazione import lists, open_scarto, segni
from casi.selectors.emergenze_esame import open_emergenza, overview
from casi.selectors.garanti import garanti
from casi.selectors.lavoro import lavoro
from casi.selectors.limiti import senza_conflitto
from casi.selectors.registro import Filtro, consult, export, rubrica
from tests.casi.test_registro import voce
from tests.factories.casi import AccessoEmergenzaFactory, CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import incarica
from tests.support.scarti import lead, years_ago

pytestmark = pytest.mark.django_db
CONTROLLA = Azione.CONTROLLARE_SCARTI


@pytest.fixture
def sorveglia(assistente):
    return lead(assistente, "responsabile_privacy")


@pytest.fixture
def suo(assistente, chiuso):
    """The case she answers for."""
    incarica(chiuso, assistente)
    return chiuso


def in_conflict(assistente, caso, chi) -> None:
    by = attore_for(assistente)
    assert chi in senza_conflitto(caso, by)
    write_conflict(by=by, caso=caso.pk, operatore=chi, motivo="parente")


def test_his_conflict_can_be_written_and_the_emergency_is_another_s_to_look_back_at(assistente, sorveglia, suo):
    other = OperatoreFactory(ente=sorveglia.ente, ruolo="responsabile_privacy", in_rete=False)
    opened = AccessoEmergenzaFactory(caso=suo, operatore__ente=assistente.ente)
    free = AccessoEmergenzaFactory(caso=CasoFactory(ente_titolare=assistente.ente), operatore__ente=assistente.ente)
    assert set(overview(attore_for(sorveglia)).da_esaminare) == {opened, free}
    in_conflict(assistente, suo, sorveglia)
    assert overview(attore_for(sorveglia)).da_esaminare == [free]
    assert lavoro(attore_for(sorveglia)).emergenze == 1
    for attempt in (
        lambda by: open_emergenza(by, opened.pk),
        lambda by: review(by=by, emergenza=opened.pk, esito="giustificato", nota=""),
    ):
        with pytest.raises(Assente):
            attempt(attore_for(sorveglia))
    assert garanti(suo) == [other]
    assert review(by=attore_for(other), emergenza=opened.pk, esito="giustificato", nota="").esaminato_da == other


def test_page_of_conflicts_says_that_nobody_else_watches(riservato, assistente, sorveglia, suo):
    riservato.force_login(assistente.utente)
    address, told = f"/casi/{suo.pk}/limiti/", "Nessun responsabile della protezione dei dati"
    assert told not in riservato.get(address).content.decode()
    in_conflict(assistente, suo, sorveglia)
    assert told in riservato.get(address).content.decode()
    OperatoreFactory(ente=sorveglia.ente, ruolo="responsabile_privacy", in_rete=False)
    assert told not in riservato.get(address).content.decode()


def test_lines_of_that_case_say_no_number_and_are_not_found_by_it(assistente, sorveglia, suo):
    other = CasoFactory(ente_titolare=assistente.ente)
    voce(casi=[suo.pk, other.pk], ente_id=assistente.ente_id)
    by = attore_for(sorveglia)
    assert sorted(consult(by, Filtro(numero=suo.numero), rubrica()).righe[0].casi) == sorted([suo.numero, other.numero])
    in_conflict(assistente, suo, sorveglia)
    assert consult(by, Filtro(numero=other.numero), rubrica()).righe[0].casi == [other.numero]
    for told in (suo.numero, str(suo.pk)):
        assert consult(by, Filtro(numero=told), rubrica()).righe == []
        assert list(export(by, Filtro(numero=told), rubrica()))[1:] == []
    told = io.StringIO()
    csv.writer(told).writerows(export(by, Filtro(), rubrica()))
    assert other.numero in told.getvalue()
    assert suo.numero not in told.getvalue()
    assert str(suo.pk) not in told.getvalue()


def test_disposal_of_that_case_is_not_his_to_read_or_hold(assistente, sorveglia, suo):
    alone = propose(by=attore_for(assistente))
    by = attore_for(sorveglia)
    assert list(lists(by, CONTROLLA)) == [alone]
    in_conflict(assistente, suo, sorveglia)
    assert list(lists(by, CONTROLLA)) == []
    with pytest.raises(Assente):
        open_scarto(by, alone.pk, CONTROLLA)
    free = CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    line = VoceScarto.objects.create(scarto=alone, oggetto="caso", oggetto_id=free.pk, classe=alone.voci.get().classe)
    assert [each.nome for each in open_scarto(by, alone.pk, CONTROLLA)[1]] == [free.numero]
    assert lists(by, CONTROLLA).get().quante == 1
    every = list(alone.voci.values_list("pk", flat=True))
    hold(by=by, scarto=alone.pk, voci=every, letta=segni(by, alone, CONTROLLA).versione, azione=CONTROLLA)
    assert alone.voci.get(fermata=True) == line


def test_seal_does_not_keep_away_who_watches(assistente, sorveglia, suo):
    scarto = propose(by=attore_for(assistente))
    opened = AccessoEmergenzaFactory(caso=suo, operatore__ente=assistente.ente)
    Caso.objects.filter(pk=suo.pk).update(sigillato=True)
    by = attore_for(sorveglia)
    assert [each.nome for each in open_scarto(by, scarto.pk, CONTROLLA)[1]] == [suo.numero]
    assert open_emergenza(by, opened.pk)[0] == opened
    assert garanti(suo) == [sorveglia]
