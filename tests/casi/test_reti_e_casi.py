"""Two networks on one server: an emergency, a sharing, a question about a household stay within one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casi import policies
from casi.actions import emergenza, scadenze
from casi.actions.interventi import settle
from casi.errori import Impossibile
from casi.forms.limiti import ConflittoModulo
from casi.models import Avviso, Registro
from casi.ruoli import Azione
from casi.selectors.casi import elenco_casi, open_caso
from casi.selectors.condivisione import condivisione
from casi.selectors.doppioni import somiglianti
from casi.selectors.identita import Identita
from casi.selectors.ricerca import cerca
from casi.selectors.scadenze import in_scadenza
from casi.selectors.sintesi import sintesi
from casi.selectors.sovrapposizione import Domanda, verifica
from tests.factories.casi import AmmissioneFactory, CasoFactory, InterventoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory, TipoServizioFactory
from tests.factories.famiglie import FITTIZIO, caso_di, persona
from tests.support.attori import attore_for
from tests.support.incaricati import incarica, on_case, responsabile

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
MOTIVO = "Una persona rischia di restare senza un tetto."
LEI = Identita(codice_fiscale=FITTIZIO.format("A"))


@pytest.fixture
def a():
    return AccordoFactory(capofila__nome="Comune A")


@pytest.fixture
def b():
    return AccordoFactory(capofila__nome="Comune B")


@pytest.fixture
def suo(b):
    """Of a household that the other network follows."""
    return caso_di(persona(codice_fiscale=LEI.codice_fiscale), ente_titolare=b.capofila)


def di(ente, ruolo="assistente_sociale"):
    return attore_for(OperatoreFactory(ente=ente, ruolo=ruolo, in_rete=False))


def apri(chi, **dove):
    return emergenza.open_case(by=chi, codice_motivo="notte", motivo=MOTIVO, **dove)


def over(adesione):
    """From today on the body has left that network."""
    type(adesione).objects.filter(pk=adesione.pk).update(valida_al=OGGI() - timedelta(days=1))


@pytest.mark.parametrize("ruolo", ["assistente_sociale", "coordinatore"])
def test_emergency_opens_no_case_of_another_network(a, b, suo, ruolo):
    by = di(a.capofila, ruolo)
    assert apri(by, numero=suo.numero) is None
    assert apri(by, identita=LEI) is None
    refused = Registro.objects.filter(azione="aprire_in_emergenza").order_by("pk")
    assert [(line.esito, line.casi) for line in refused] == [("negato", [suo.pk]), ("negato", [])]
    assert apri(di(b.capofila, ruolo), numero=suo.numero)


def test_emergency_finds_the_case_of_ones_network_though_another_knows_the_person_too(a, suo):
    mio = caso_di(persona(codice_fiscale=LEI.codice_fiscale), ente_titolare=AdesioneFactory(accordo=a).ente)
    assert apri(di(a.capofila), identita=LEI).caso == mio


def test_emergency_reaches_the_body_that_left_until_another_network_takes_it(a, b):
    left = AdesioneFactory(accordo=a, stato="receduta").ente
    caso = caso_di(persona(), ente_titolare=left)
    chi = OperatoreFactory(ente=a.capofila, ruolo="assistente_sociale", in_rete=False)
    assert apri(attore_for(chi), numero=caso.numero)
    assert policies.may(attore_for(chi), Azione.VEDERE_PERSONE, caso)
    AdesioneFactory(accordo=b, ente=left)
    assert not policies.may(attore_for(chi), Azione.VEDERE_PERSONE, caso)
    assert not policies.azioni_su(attore_for(chi), caso.pk)


def test_lead_body_that_has_signed_the_agreement_of_another_shares_its_cases(a, b):
    """As neighbouring municipalities do: each runs its own network, and they have a protocol together."""
    protocollo = AdesioneFactory(accordo=a, ente=b.capofila)
    caso = caso_di(persona(), ente_titolare=a.capofila)
    assert apri(di(b.capofila), numero=caso.numero)
    chi, admitted = OperatoreFactory(ruolo="referente", ente=AdesioneFactory(accordo=a).ente), b.capofila
    suo = caso_di(persona(), ente_titolare=admitted)
    AmmissioneFactory(caso=suo, ente=chi.ente)
    incarica(suo, chi, "collaboratore")
    assert elenco_casi(attore_for(chi)).casi == [suo]
    over(protocollo)
    assert elenco_casi(attore_for(chi)).casi == []
    assert apri(di(b.capofila), numero=caso.numero) is None


@pytest.fixture
def due(a, b):
    """A case of a body of one network; a body of both, admitted to it; and how it had joined the first one."""
    adesione = AdesioneFactory(accordo=a)
    AdesioneFactory(accordo=b, ente=adesione.ente)
    caso = caso_di(persona(), ente_titolare=a.capofila)
    AmmissioneFactory(caso=caso, ente=adesione.ente, ambiti=["sintesi", "contatti", "interventi"])
    return caso, adesione


def test_body_that_has_left_the_network_sees_nothing_of_its_cases_though_it_is_in_another(due):
    caso, adesione = due
    chi = on_case(caso, "collaboratore", ente=adesione.ente, in_rete=False).operatore
    assert elenco_casi(attore_for(chi)).casi == [caso]
    over(adesione)
    assert policies.may(attore_for(chi), Azione.ENTRARE), "it works on in the other network"
    assert elenco_casi(attore_for(chi)).casi == []
    assert not policies.azioni_su(attore_for(chi), caso.pk)


def test_who_answers_for_the_case_is_told_that_such_a_body_sees_it_no_more(due):
    caso, adesione = due
    chi, capo = on_case(caso, "collaboratore", ente=adesione.ente), responsabile(caso, in_rete=False)
    assert (scadenze.tell_ended(), in_scadenza(attore_for(capo.operatore), OGGI())) == (0, [])
    over(adesione)
    again = attore_for(capo.operatore)
    aperto = open_caso(again, caso.pk, Azione.VEDERE_CASO)
    people = [each for ente in condivisione(again, aperto).enti for each in ente.persone]
    said = {each.incarico.operatore: each.non_vede for each in people}
    assert (said[capo.operatore], "adesione" in said[chi.operatore]) == ("", True)
    assert any("adesione" in each.non_vede for each in sintesi(again, aperto).presenze if each.genere == "ammissione")
    assert [each.ente for each in in_scadenza(again, OGGI())] == [adesione.ente]
    assert (scadenze.tell_ended(), scadenze.tell_back()) == (1, 0)
    assert Avviso.objects.filter(destinatario=capo.operatore, tipo="ammissione_finita").count() == 1
    type(adesione).objects.update(valida_al=None)
    assert scadenze.tell_back() == 1


def test_help_of_such_a_body_is_ended_by_who_answers_for_the_case(due):
    caso, adesione = due
    chi, capo = on_case(caso, "collaboratore", ente=adesione.ente), responsabile(caso, in_rete=False)
    riga = InterventoFactory(caso=caso, ente=adesione.ente, autore=chi.operatore, stato="in_corso")
    ended = {"caso": caso.pk, "intervento": riga.pk, "stato": "concluso", "al": OGGI(), "motivo": "L'ente è uscito."}
    with pytest.raises(Impossibile, match="l'ente che l'ha scritto"):
        settle(by=attore_for(capo.operatore), **ended)
    over(adesione)
    settle(by=attore_for(capo.operatore), **ended)


def test_questions_about_a_household_are_asked_of_ones_own_network(a, suo):
    """That somebody is known elsewhere is neither said nor looked for: the other network has no line of it."""
    tipo = TipoServizioFactory()
    InterventoFactory(caso=suo, ente=suo.ente_titolare, tipo=tipo, stato="in_corso", condiviso=True)
    domanda = Domanda(LEI, tipo, date(2024, 1, 1), OGGI())
    theirs, mine = (di(each) for each in (suo.ente_titolare, a.capofila))
    assert (verifica(theirs, domanda), verifica(mine, domanda)) == ("si", "no")
    assert (somiglianti(theirs, LEI).ce, somiglianti(mine, LEI).ce) == (True, False)
    cerca(mine, LEI, "nuovo_arrivo")
    left = Registro.objects.filter(operatore_id=mine.operatore.pk).values_list("casi", flat=True)
    assert list(left) == [[], [], []]
    mio = caso_di(persona(codice_fiscale=LEI.codice_fiscale), ente_titolare=a.capofila)
    InterventoFactory(caso=mio, ente=mio.ente_titolare, tipo=tipo, stato="in_corso", condiviso=True)
    assert verifica(mine, domanda) == "si", "the other record makes her nobody doubtful"
    CasoFactory(nucleo=mio.nucleo, ente_titolare=suo.ente_titolare)
    assert somiglianti(mine, LEI).ce
    cerca(mine, LEI, "nuovo_arrivo")
    left = Registro.objects.filter(operatore_id=mine.operatore.pk, azione="cercare").order_by("-pk")
    assert [line.casi for line in left[:2]] == [[mio.pk], [mio.pk]]


def test_conflict_is_written_of_nobody_in_another_network(a, b):
    caso = caso_di(persona(), ente_titolare=a.capofila)
    capo, collega, altrove = responsabile(caso, in_rete=False), di(a.capofila), di(b.capofila)
    offered = ConflittoModulo(caso=caso, attore=capo).fields["operatore"].queryset
    assert collega.operatore in offered
    assert altrove.operatore not in offered


def test_within_one_network_nothing_is_asked_and_nobody_is_apart(django_assert_num_queries):
    chi = OperatoreFactory()
    (tie,) = policies.ties_of(chi.utente_id)
    with django_assert_num_queries(0):
        assert attore_for(tie).altre_reti == frozenset()
    AccordoFactory()
    (tie,) = policies.ties_of(chi.utente_id)
    assert attore_for(tie).altre_reti
