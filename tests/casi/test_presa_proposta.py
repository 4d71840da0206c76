"""A proposal to take somebody on: told at once, counted, answered, and known to who made it."""

import uuid

import pytest
from django.core import mail

from casi.actions import ascolti
from casi.actions.apertura import apri
from casi.actions.presa_proposta import non_prendere
from casi.actions.pubblico import ritira
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Avviso, PrimoAscolto, Registro
from casi.selectors.arrivi import scrivania
from casi.selectors.ascolti import elenco_ascolti, open_ascolto
from casi.selectors.lavoro import Scadenza, lavoro
from tests.factories.casi import InformativaFactory, PrimoAscoltoFactory, RichiestaFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, BisognoFactory, OperatoreFactory
from tests.support.attori import attore_for

from .test_ascolti import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sociale():
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)


@pytest.fixture
def volontario(sociale):
    BisognoFactory(codice="mangiare", nome="Mangiare")
    found = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=found.ente)
    return found


@pytest.fixture
def proposta(volontario):
    given = InformativaFactory()
    return PrimoAscoltoFactory(operatore=volontario, esito="proposta", informativa=given, sigla="A3")


def told_of() -> list[tuple]:
    return list(Avviso.objects.order_by("pk").values_list("destinatario", "tipo", "caso"))


def write(volontario, **changes) -> PrimoAscolto:
    sent = told(**changes)
    campi = {name: value for name, value in sent.items() if name not in ("chiave", "quando")}
    return ascolti.scrivi(by=attore_for(volontario), **campi)


@pytest.mark.parametrize("urgente", [True, False])
def test_proposal_is_told_to_the_social_workers_it_is_made_to(
    volontario, sociale, urgente, django_capture_on_commit_callbacks
):
    OperatoreFactory(ente=sociale.ente, ruolo="coordinatore", in_rete=False)
    OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False)
    OperatoreFactory(ruolo="assistente_sociale")
    write(volontario)
    assert told_of() == []
    with django_capture_on_commit_callbacks(execute=True):
        write(volontario, esito="proposta", urgente=urgente, racconto="Canarino", nome="Canarina")
    assert told_of() == [(sociale.pk, "presa_proposta", None)]
    assert [each.to for each in mail.outbox] == ([[sociale.utente.email]] if urgente else [])
    assert not any("anarin" in each.subject + each.body for each in mail.outbox)


def test_proposal_is_told_also_when_the_outcome_becomes_one_and_only_then(volontario, sociale):
    riga, by = write(volontario), attore_for(volontario)
    ascolti.correggi(by=by, ascolto=riga.pk, versione=1, esito="proposta")
    ascolti.correggi(by=by, ascolto=riga.pk, versione=2, sigla="B2")
    assert told_of() == [(sociale.pk, "presa_proposta", None)]


def test_volunteer_of_the_lead_body_tells_its_own_social_workers(sociale):
    BisognoFactory(codice="mangiare", nome="Mangiare")
    write(OperatoreFactory(ente=sociale.ente, ruolo="volontario_ascolto", in_rete=False), esito="proposta")
    assert told_of() == [(sociale.pk, "presa_proposta", None)]


def test_what_waits_is_counted_on_the_first_page(riservato, sociale, volontario, proposta):
    counted = [each for each in lavoro(attore_for(sociale)).arrivi if each.genere == "proposta"]
    assert counted == [Scadenza("proposta", counted[0].giorno, 1)]
    assert not any(each.genere == "proposta" for each in lavoro(attore_for(volontario)).arrivi)
    riservato.force_login(sociale.utente)
    assert "1 proposta di presa in carico" in riservato.get("/").content.decode()
    non_prendere(by=attore_for(sociale), ascolto=proposta.pk, motivo="No")
    assert lavoro(attore_for(sociale)).arrivi == []


def test_no_leaves_the_desk_and_its_reason_is_read_by_who_proposed(riservato, sociale, volontario, proposta):
    riservato.force_login(sociale.utente)
    address = f"/ascolti/{proposta.pk}/non-prendere/"
    assert address in riservato.get(f"/ascolti/{proposta.pk}/").content.decode()
    assert riservato.post(address, {"chiave": str(uuid.uuid4()), "motivo": " "}).status_code == 422
    response = riservato.post(address, {"chiave": str(uuid.uuid4()), "motivo": "Canarino: la segue già un altro"})
    assert response["Location"] == "/arrivi/"
    assert told_of() == [(volontario.pk, "presa_rifiutata", None)]
    assert scrivania(attore_for(sociale)).proposte == []
    assert riservato.get(f"/ascolti/{proposta.pk}/").status_code == 404
    assert Registro.objects.filter(azione="aprire_caso", finalita="non_prende", oggetto_id=proposta.pk).count() == 1
    riservato.force_login(volontario.utente)
    page = riservato.get(f"/ascolti/{proposta.pk}/").content.decode()
    assert "Canarino: la segue già un altro" in page
    assert "non accolta" in riservato.get("/ascolti/").content.decode()
    with pytest.raises(Assente):
        apri(by=attore_for(sociale), tipo="ascolto", fonte=proposta.pk)


def test_proposed_anew_it_is_back_on_the_desk(sociale, volontario, proposta):
    non_prendere(by=attore_for(sociale), ascolto=proposta.pk, motivo="No")
    for versione, esito in ((1, "proposta"), (2, "da_risentire")):
        ascolti.correggi(by=attore_for(volontario), ascolto=proposta.pk, versione=versione, esito=esito)
        assert scrivania(attore_for(sociale)).proposte == []
    ascolti.correggi(by=attore_for(volontario), ascolto=proposta.pk, versione=3, esito="proposta")
    assert scrivania(attore_for(sociale)).proposte == [proposta]
    proposta.refresh_from_db()
    assert (proposta.non_presa_il, proposta.non_presa_da, proposta.non_presa_motivo) == (None, None, "")


def test_only_the_one_it_is_made_to_says_no(riservato, sociale, volontario, proposta):
    ours = PrimoAscoltoFactory(operatore=sociale, esito="proposta")
    with pytest.raises(Impossibile):
        non_prendere(by=attore_for(sociale), ascolto=ours.pk, motivo="No")
    with pytest.raises(Impossibile):
        non_prendere(by=attore_for(sociale), ascolto=proposta.pk, motivo=" ")
    with pytest.raises(Vietato):
        non_prendere(by=attore_for(volontario), ascolto=proposta.pk, motivo="No")
    with pytest.raises(Assente):
        non_prendere(by=attore_for(OperatoreFactory(ruolo="assistente_sociale")), ascolto=proposta.pk, motivo="No")
    riservato.force_login(sociale.utente)
    assert "Non la prendiamo" not in riservato.get(f"/ascolti/{ours.pk}/").content.decode()
    assert riservato.get(f"/ascolti/{ours.pk}/non-prendere/").status_code == 302


def test_author_knows_that_it_was_taken_on_and_nothing_of_the_case(riservato, sociale, volontario, proposta):
    collega = OperatoreFactory(ente=volontario.ente, ruolo="volontario_ascolto", in_rete=False)
    caso = apri(by=attore_for(sociale), tipo="ascolto", fonte=proposta.pk, nome="Canarina")
    assert elenco_ascolti(attore_for(volontario)).passati == [proposta]
    assert elenco_ascolti(attore_for(collega)).passati == []
    riservato.force_login(volontario.utente)
    page = riservato.get("/ascolti/").content.decode()
    assert "se ne occupa il servizio sociale dal" in page
    assert not any(text in page for text in (caso.numero, str(caso.pk), str(proposta.pk), "Canarina"))
    assert riservato.get(f"/ascolti/{proposta.pk}/").status_code == 404
    volontario.ruolo = "operatore_sportello"
    assert not elenco_ascolti(attore_for(volontario)).passati


def test_who_withdraws_is_proposed_to_nobody_and_who_was_asked_is_told(riservato, sociale, volontario):
    """Else it would wait for an answer that nobody can give any more."""
    asked = RichiestaFactory(ente=volontario.ente)
    proposta = write(volontario, tipo="richiesta", arrivo=asked.pk, esito="proposta")
    assert scrivania(attore_for(sociale)).proposte == [proposta]
    Avviso.objects.all().delete()
    ritira(codice=asked.codice)
    assert set(told_of()) == {(volontario.pk, "ritirata", None), (sociale.pk, "ritirata", None)}
    assert scrivania(attore_for(sociale)).proposte == []
    assert lavoro(attore_for(sociale)).arrivi == []
    with pytest.raises(Assente):
        open_ascolto(attore_for(sociale), proposta.pk)
    riservato.force_login(volontario.utente)
    page = riservato.get(f"/ascolti/{proposta.pk}/").content.decode()
    assert "Ritirata: non cercarla" in page
    assert not any(words in page for words in ("fra i suoi arrivi", "Scrivi il seguito", "Aggiungi a un caso"))
    assert "Correggi" in page


def test_withdrawal_of_what_was_answered_already_is_told_to_who_listened_alone(sociale, volontario):
    asked = RichiestaFactory(ente=volontario.ente)
    proposta = write(volontario, tipo="richiesta", arrivo=asked.pk, esito="proposta")
    non_prendere(by=attore_for(sociale), ascolto=proposta.pk, motivo="Non qui")
    Avviso.objects.all().delete()
    ritira(codice=asked.codice)
    assert told_of() == [(volontario.pk, "ritirata", None)]


def test_withdrawal_reaches_who_was_asked_also_when_the_body_has_left(sociale, volontario):
    asked = RichiestaFactory(ente=volontario.ente)
    write(volontario, tipo="richiesta", arrivo=asked.pk, esito="proposta")
    volontario.ente.adesioni.update(stato="receduta")
    Avviso.objects.all().delete()
    ritira(codice=asked.codice)
    assert (sociale.pk, "ritirata", None) in told_of()
    assert scrivania(attore_for(sociale)).proposte == []
