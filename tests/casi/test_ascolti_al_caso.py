"""Conversations that go to a case: all that belongs with them, once, and to the case one follows already."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions import ascolti
from casi.actions.aggiunta import aggiungi
from casi.actions.apertura import apri
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Caso, PrimoAscolto, Registro
from casi.selectors.aggiunta import A_PORTATA, TROVATI, aggiungibili
from tests.factories.casi import (
    AmmissioneFactory,
    CasoFactory,
    ComponenteFactory,
    InformativaFactory,
    PersonaFactory,
    PrimoAscoltoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
)
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, BisognoFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.domande import at_most
from tests.support.incaricati import followed, incarica

from .test_ascolti import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def sociale():
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


@pytest.fixture
def bisogno():
    return BisognoFactory(codice="mangiare", nome="Mangiare")


def case_of(row) -> Caso | None:
    row.refresh_from_db()
    return row.caso


# --- all that belongs together


@pytest.mark.parametrize("tipo", ["richiesta", "segnalazione"])
def test_other_conversations_on_the_same_arrival_come_along(sociale, tipo):
    arrivo = (RichiestaFactory if tipo == "richiesta" else SegnalazioneFactory)(ente=sociale.ente)
    first, second = (PrimoAscoltoFactory(operatore=sociale, **{tipo: arrivo}) for _time in range(2))
    alone = PrimoAscoltoFactory(operatore=sociale)
    caso = apri(by=attore_for(sociale), tipo="ascolto", fonte=first.pk)
    assert [case_of(each) for each in (first, second, arrivo, alone)] == [caso, caso, caso, None]


@pytest.mark.parametrize("which", [0, 1, 2])
def test_whole_chain_comes_along_from_any_of_it(sociale, which):
    richiesta = RichiestaFactory(ente=sociale.ente)
    chain = [PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta)]
    for _next in range(2):
        chain.append(PrimoAscoltoFactory(operatore=sociale, seguito_di=chain[-1]))
    caso = apri(by=attore_for(sociale), tipo="ascolto", fonte=chain[which].pk)
    assert {case_of(each) for each in chain} == {caso}


def test_arrival_takes_along_what_followed_its_conversations(sociale):
    richiesta = RichiestaFactory(ente=sociale.ente)
    first = PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta)
    then = PrimoAscoltoFactory(operatore=sociale, seguito_di=first)
    caso = apri(by=attore_for(sociale), tipo="richiesta", fonte=richiesta.pk)
    assert case_of(first) == case_of(then) == caso


def test_second_case_does_not_steal_the_request_of_the_first(sociale):
    other = CasoFactory()
    richiesta = RichiestaFactory(ente=sociale.ente, caso=other)
    late = PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta)
    with pytest.raises(Impossibile) as refused:
        apri(by=attore_for(sociale), tipo="ascolto", fonte=late.pk)
    assert other.numero not in str(refused.value)
    assert case_of(richiesta) == other
    assert Caso.objects.count() == 1


def test_no_case_for_who_has_withdrawn_the_request(riservato, sociale):
    richiesta = RichiestaFactory(ente=sociale.ente, stato="ritirata")
    ascolto = PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta)
    with pytest.raises(Impossibile):
        apri(by=attore_for(sociale), tipo="ascolto", fonte=ascolto.pk)
    riservato.force_login(sociale.utente)
    sent = {"chiave": str(uuid.uuid4()), "nome": "Ada"}
    response = riservato.post(f"/ascolti/{ascolto.pk}/apri/", sent)
    assert response.status_code == 422
    assert "ha ritirato la richiesta" in response.content.decode()
    assert not Caso.objects.exists()


# --- to a case that is there already


def test_conversation_is_added_to_a_case_one_follows(riservato, sociale):
    caso, richiesta = followed(sociale), RichiestaFactory(ente=sociale.ente)
    ascolto, sibling = (PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta) for _time in range(2))
    riservato.force_login(sociale.utente)
    address = f"/ascolti/{ascolto.pk}/aggiungi/"
    assert address in riservato.get(f"/ascolti/{ascolto.pk}/").content.decode()
    assert f'value="{caso.pk}" ' in riservato.get(f"{address}?caso={caso.pk}").content.decode()
    response = riservato.post(address, {"chiave": str(uuid.uuid4()), "caso": str(caso.pk)})
    assert response["Location"] == f"/casi/{caso.pk}/ascolti/"
    assert case_of(ascolto) == case_of(sibling) == case_of(richiesta) == caso
    line = Registro.objects.filter(azione="scrivere_ascolto", finalita="aggiunge").get()
    assert (line.casi, line.oggetto_id) == ([caso.pk], ascolto.pk)
    with pytest.raises(Assente):
        aggiungi(by=attore_for(sociale), ascolto=ascolto.pk, caso=caso.pk)


def offered(by, ascolto, **asked) -> list[Caso]:
    return [riga.caso for riga in aggiungibili(by, ascolto, **asked).righe]


def test_only_open_cases_one_writes_on_are_offered_and_taken(sociale):
    by, ascolto = attore_for(sociale), PrimoAscoltoFactory(operatore=sociale)
    mine, over, foreign = followed(sociale), followed(sociale), CasoFactory(ente_titolare=sociale.ente)
    over.stato, over.chiuso_il = "non_preso_in_carico", over.aperto_il
    over.save()
    assert offered(by, ascolto) == [mine]
    assert Registro.objects.filter(azione="elencare_casi", casi=[mine.pk]).count() == 1
    with pytest.raises(Impossibile):
        aggiungi(by=by, ascolto=ascolto.pk, caso=over.pk)
    with pytest.raises(Vietato):
        aggiungi(by=by, ascolto=ascolto.pk, caso=foreign.pk)
    assert case_of(ascolto) is None


def shown(page) -> set[str]:
    return set(re.findall(r'type="radio" name="caso" value="([^"]+)"', page))


def test_who_follows_many_cases_sees_the_latest_and_looks_for_the_others(riservato, sociale):
    old = followed(sociale, PersonaFactory(cognome="D'Élia", nome="Ada"), PersonaFactory(cognome="Conte", nome="Ugo"))
    Caso.objects.filter(pk=old.pk).update(aperto_il=timezone.now() - timedelta(days=900))
    gone = {"persona": PersonaFactory(cognome="Partito"), "al": timezone.localdate() - timedelta(days=1)}
    ComponenteFactory(nucleo=old.nucleo, **gone)
    latest = {str(followed(sociale).pk) for _each in range(A_PORTATA)}
    riservato.force_login(sociale.utente)
    address = f"/ascolti/{PrimoAscoltoFactory(operatore=sociale).pk}/aggiungi/"
    first = riservato.get(address).content.decode()
    assert (shown(first), 'name="cerca"' in first) == (latest, True)
    assert shown(riservato.get(f"{address}?caso={old.pk}").content.decode()) == {*latest, str(old.pk)}
    for cerca in ("delia", "ada D'EL", "ugo", old.numero.lower(), old.numero.removeprefix("C-")[:5]):
        assert shown(riservato.post(address, {"cerca": cerca}).content.decode()) == {str(old.pk)}, cerca
    assert Registro.objects.filter(azione="elencare_casi").latest("pk").casi == [old.pk]
    for cerca in ("lia", "delia ugone", "partito"):
        nothing = riservato.post(address, {"cerca": cerca}).content.decode()
        assert (shown(nothing), "nessuno corrisponde" in nothing) == (set(), True)
    sent = {"chiave": str(uuid.uuid4()), "caso": str(old.pk)}
    assert riservato.post(address, sent)["Location"] == f"/casi/{old.pk}/ascolti/"


def test_search_finds_open_cases_one_writes_on_by_names_one_may_see(sociale):
    by, ascolto = attore_for(sociale), PrimoAscoltoFactory(operatore=sociale)

    def conte() -> list:
        return [PersonaFactory(cognome="Conte", nome="Ugo")]

    mine, over, sealed = followed(sociale, *conte()), followed(sociale, *conte()), followed(sociale, *conte())
    Caso.objects.filter(pk=over.pk).update(stato="non_preso_in_carico", chiuso_il=over.aperto_il)
    Caso.objects.filter(pk=sealed.pk).update(sigillato=True)
    followed(OperatoreFactory(ente=sociale.ente, ruolo="assistente_sociale"), *conte())
    nameless = followed(OperatoreFactory(ruolo="assistente_sociale"), *conte())
    Caso.objects.filter(pk=nameless.pk).update(stato="preso_in_carico")
    AmmissioneFactory(caso=nameless, ente=sociale.ente, ambiti=["sintesi"])
    incarica(nameless, sociale, "collaboratore")
    assert nameless in offered(by, ascolto)
    assert offered(by, ascolto, cercato="conte") == [mine]
    assert offered(by, ascolto, cercato=nameless.numero) == [nameless]
    assert offered(by, ascolto, cercato=sealed.numero) == []


def test_search_that_finds_very_many_says_so_and_asks_no_more_for_it(sociale):
    by, ascolto = attore_for(sociale), PrimoAscoltoFactory(operatore=sociale)
    conte = PersonaFactory(cognome="Conte", nome="Ugo")
    for _each in range(TROVATI + 1):
        followed(sociale, conte)
    with at_most(8):
        found = aggiungibili(by, ascolto, cercato="conte")
    assert (len(found.righe), found.altri) == (TROVATI, True)


def test_volunteer_adds_his_body_s_own_once_the_person_knows_who_reads_it(volontario):
    caso = CasoFactory(stato="preso_in_carico")
    AmmissioneFactory(caso=caso, ente=volontario.ente)
    incarica(caso, volontario, "collaboratore")
    by, ascolto = attore_for(volontario), PrimoAscoltoFactory(operatore=volontario)
    with pytest.raises(Impossibile):
        aggiungi(by=by, ascolto=ascolto.pk, caso=caso.pk)
    PrimoAscolto.objects.update(informativa=InformativaFactory())
    aggiungi(by=by, ascolto=ascolto.pk, caso=caso.pk)
    assert case_of(ascolto) == caso
    with pytest.raises(Assente):
        aggiungi(by=by, ascolto=PrimoAscoltoFactory().pk, caso=caso.pk)


def test_proposal_goes_to_a_case_of_the_body_it_was_made_to(sociale):
    by, altrui = attore_for(sociale), OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=altrui.ente)
    proposta = PrimoAscoltoFactory(operatore=altrui, esito="proposta", informativa=InformativaFactory())
    foreign, ours = CasoFactory(stato="preso_in_carico"), followed(sociale)
    AmmissioneFactory(caso=foreign, ente=sociale.ente)
    incarica(foreign, sociale, "collaboratore")
    assert offered(by, proposta) == [ours]
    with pytest.raises(Impossibile):
        aggiungi(by=by, ascolto=proposta.pk, caso=foreign.pk)
    aggiungi(by=by, ascolto=proposta.pk, caso=ours.pk)
    assert case_of(proposta) == ours


def test_form_that_opens_a_case_offers_the_one_that_is_followed(riservato, sociale):
    caso = followed(sociale)
    nota = PersonaFactory(cognome="Canarini", nome="Ada")
    caso.nucleo.componenti.create(persona=nota, ruolo="altro_parente", dal="2024-01-01")
    ascolto = PrimoAscoltoFactory(operatore=sociale)
    riservato.force_login(sociale.utente)
    sent = {"chiave": str(uuid.uuid4()), "nome": "Ada", "cognome": "Canarini"}
    page = riservato.post(f"/ascolti/{ascolto.pk}/apri/", sent).content.decode()
    assert f"/ascolti/{ascolto.pk}/aggiungi/?caso={caso.pk}" in page


# --- a case opened before there was one


def test_case_opened_from_a_request_receives_its_first_conversation(riservato, sociale, bisogno):
    richiesta = RichiestaFactory(ente=sociale.ente)
    caso = apri(by=attore_for(sociale), tipo="richiesta", fonte=richiesta.pk)
    riservato.force_login(sociale.utente)
    address = f"/casi/{caso.pk}/ascolti/nuovo/"
    assert address in riservato.get(f"/casi/{caso.pk}/ascolti/").content.decode()
    page = riservato.get(address).content.decode()
    assert 'name="racconto"' in page
    assert 'value="proposta"' not in page
    response = riservato.post(address, told(luogo="Al mercato"))
    assert response["Location"] == f"/casi/{caso.pk}/ascolti/"
    ascolto = PrimoAscolto.objects.get()
    assert (ascolto.caso, ascolto.operatore, ascolto.luogo) == (caso, sociale, "Al mercato")
    line = Registro.objects.filter(azione="ascoltare", finalita="ascolto").get()
    assert line.casi == [caso.pk]
    assert "Canarino" in riservato.get(f"/casi/{caso.pk}/ascolti/").content.decode()


@pytest.mark.parametrize(
    ("stato", "taken"), [("segnalato", True), ("in_valutazione", True), ("preso_in_carico", False)]
)
def test_first_conversation_is_at_the_beginning(riservato, sociale, bisogno, stato, taken):
    caso = followed(sociale)
    caso.stato = stato
    caso.save()
    riservato.force_login(sociale.utente)
    address = f"/casi/{caso.pk}/ascolti/nuovo/"
    assert riservato.get(address).status_code == (200 if taken else 302)
    assert (address in riservato.get(f"/casi/{caso.pk}/ascolti/").content.decode()) is taken
    campi = {name: value for name, value in told().items() if name not in ("chiave", "quando")}
    if not taken:
        with pytest.raises(Impossibile):
            ascolti.scrivi_sul_caso(by=attore_for(sociale), caso=caso.pk, **campi)
    with pytest.raises(Vietato):
        ascolti.scrivi_sul_caso(by=attore_for(OperatoreFactory(ruolo="referente")), caso=caso.pk, **campi)
