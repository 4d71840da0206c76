"""What was written of an alert about minors at risk is read by who may read the alert, and by nobody else."""

import pytest

from casi import policies
from casi.actions import ascolti
from casi.errori import Assente
from casi.selectors.arrivi import scrivania
from casi.selectors.ascolti import ascolti_del_caso, elenco_ascolti, open_ascolto
from tests.factories.casi import (
    AmmissioneFactory,
    CasoFactory,
    IncaricoFactory,
    PrimoAscoltoFactory,
    SegnalazioneFactory,
)
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db


def heard(operatore, *, minori, **more):
    alert = SegnalazioneFactory(ente=operatore.ente, minori_a_rischio=minori)
    return PrimoAscoltoFactory(operatore=operatore, segnalazione=alert, **more)


def test_who_does_not_read_such_alerts_does_not_read_their_conversations(riservato):
    sociale = OperatoreFactory(ruolo="assistente_sociale")
    attore = attore_for(OperatoreFactory(ente=sociale.ente, ruolo="volontario_ascolto", in_rete=False))
    hidden, adults = heard(sociale, minori=True), heard(sociale, minori=False)
    plain = PrimoAscoltoFactory(operatore=sociale)
    assert set(elenco_ascolti(attore).righe) == {adults, plain}
    assert set(elenco_ascolti(attore_for(sociale)).righe) == {hidden, adults, plain}
    assert open_ascolto(attore_for(sociale), hidden.pk) == hidden
    with pytest.raises(Assente):
        open_ascolto(attore, hidden.pk)
    with pytest.raises(Assente):
        ascolti.correggi(by=attore, ascolto=hidden.pk, versione=1, sigla="X")
    riservato.force_login(attore.operatore.utente)
    assert riservato.get(f"/ascolti/{hidden.pk}/").status_code == 404
    assert riservato.get(f"/ascolti/{hidden.pk}/correggi/").status_code == 404


@pytest.mark.parametrize("ruolo", ["volontario_ascolto", "referente"])
def test_nor_those_that_have_gone_to_a_case(ruolo):
    caso = CasoFactory(stato="preso_in_carico")
    sociale = OperatoreFactory(ente=caso.ente_titolare, ruolo="assistente_sociale")
    altrui = OperatoreFactory(ruolo=ruolo)
    AmmissioneFactory(caso=caso, ente=altrui.ente)
    for each in (sociale, altrui):
        IncaricoFactory(caso=caso, operatore=each)
    rows = {minori: heard(altrui, minori=minori, caso=caso) for minori in (True, False)}
    seen = ascolti_del_caso(attore_for(altrui), caso.pk)[1]
    assert seen == [rows[False]]
    attore, ours = attore_for(sociale), heard(sociale, minori=True, caso=caso)
    assert ours in policies.ascolti_visibili(attore, caso, policies.azioni_su(attore, caso.pk))


def test_proposals_from_them_reach_the_social_workers_of_the_lead_body():
    accordo = AccordoFactory()
    sociale = OperatoreFactory(ente=accordo.capofila, ruolo="assistente_sociale", in_rete=False)
    collega = OperatoreFactory(ente=accordo.capofila, ruolo="volontario_ascolto", in_rete=False)
    altrui = OperatoreFactory(ruolo="assistente_sociale", in_rete=False)
    AdesioneFactory(accordo=accordo, ente=altrui.ente)
    proposta = heard(altrui, minori=True, esito="proposta")
    assert scrivania(attore_for(sociale)).proposte == [proposta]
    assert scrivania(attore_for(collega)).proposte == []
