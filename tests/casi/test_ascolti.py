"""The first conversation: needs and resources together, its body's own, a case from it without typing twice."""

import re
import uuid

import pytest

from casi.actions import ascolti
from casi.actions.apertura import apri
from casi.errori import Assente, Impossibile, Superato, Vietato
from casi.models import Caso, PrimoAscolto, Registro, Storico
from casi.policies import ascolti_visibili, azioni_su
from casi.selectors.ascolti import ascolti_del_caso, elenco_ascolti, open_ascolto
from tests.factories.casi import (
    AmmissioneFactory,
    IncaricoFactory,
    InformativaFactory,
    PrimoAscoltoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
)
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, BisognoFactory, ComuneFactory, OperatoreFactory
from tests.support.attese import while_waiting
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


@pytest.fixture
def sociale():
    """A social worker of a lead body."""
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)


@pytest.fixture
def bisogno():
    return BisognoFactory(codice="mangiare", nome="Mangiare")


def told(**changes) -> dict:
    sent = {
        "chiave": str(uuid.uuid4()),
        "quando": "2026-03-02T10:30",
        "modalita": "di_persona",
        "bisogni": ["mangiare"],
    }
    sent |= {"interlocutore": "persona", "racconto": "Canarino", "risorse": "Una sorella", "esito": "da_risentire"}
    return {**sent, **changes}


def test_conversation_may_stay_without_a_name(riservato, volontario, bisogno):
    riservato.force_login(volontario.utente)
    response = riservato.post("/ascolti/nuovo/", told(sigla="A3"))
    ascolto = PrimoAscolto.objects.get()
    assert response["Location"] == f"/ascolti/{ascolto.pk}/"
    assert (ascolto.ente, ascolto.operatore, ascolto.sigla) == (volontario.ente, volontario, "A3")
    assert "Canarino" in riservato.get(f"/ascolti/{ascolto.pk}/").content.decode()


def test_how_they_came_to_speak_is_kept_shown_and_may_be_unsaid(riservato, volontario, bisogno):
    riservato.force_login(volontario.utente)
    assert "Non si sa" in riservato.get("/ascolti/nuovo/").content.decode()
    address = riservato.post("/ascolti/nuovo/", told(motivo="inviato"))["Location"]
    assert "L&#x27;ha mandata qualcuno" in riservato.get(address).content.decode()
    assert riservato.post(f"{address}correggi/", told(motivo="", versione="1")).status_code == 302
    assert PrimoAscolto.objects.get().motivo == ""
    page = riservato.get(address).content.decode()
    assert (page.count("Come mai"), "Com'era prima" in page) == (1, True), "only where it is told how it was"
    assert riservato.post("/ascolti/nuovo/", told(motivo="boh")).status_code == 422


def test_place_of_a_conversation_is_kept_shown_and_given_back_to_be_corrected(riservato, volontario, bisogno):
    riservato.force_login(volontario.utente)
    place = riservato.post("/ascolti/nuovo/", told(luogo="Canarino al mercato"))["Location"]
    assert "Di persona · Canarino al mercato · La persona stessa" in riservato.get(place).content.decode()
    page = riservato.get(f"{place}correggi/").content.decode()
    assert re.search(r'name="luogo" value="Canarino al mercato"', page)


@pytest.mark.parametrize("missing", ["bisogni", "risorse", "racconto", "esito"])
def test_conversation_wants_needs_and_resources_together(riservato, volontario, bisogno, missing):
    riservato.force_login(volontario.utente)
    sent = told()
    sent.pop(missing)
    response = riservato.post("/ascolti/nuovo/", sent)
    assert response.status_code == 422
    page = response.content.decode()
    assert missing == "racconto" or "Canarino" in page
    summary = page.partition('class="riepilogo-errori"')[2].partition("</div>")[0]
    assert f'href="#id_{missing}"' in summary
    assert f'id="id_{missing}"' in page
    assert not PrimoAscolto.objects.exists()


@pytest.mark.parametrize("quando", ["0001-01-01T00:00", "0026-03-01T10:00", "9999-12-31T23:59"])
def test_conversation_of_an_impossible_day_is_refused_and_breaks_no_page(riservato, volontario, bisogno, quando):
    """A year typed short once made the list of the whole body unreadable."""
    riservato.force_login(volontario.utente)
    response = riservato.post("/ascolti/nuovo/", told(quando=quando))
    assert response.status_code == 422
    assert "Controlla il giorno e l&#x27;anno" in response.content.decode()
    ascolto = PrimoAscoltoFactory(operatore=volontario)
    response = riservato.post(f"/ascolti/{ascolto.pk}/correggi/", told(quando=quando, versione=1))
    assert response.status_code == 422
    assert riservato.get("/ascolti/").status_code == 200


def test_proposal_wants_the_privacy_notice_given(riservato, volontario, bisogno):
    riservato.force_login(volontario.utente)
    assert riservato.post("/ascolti/nuovo/", told(esito="proposta")).status_code == 422
    given = InformativaFactory()
    assert riservato.post("/ascolti/nuovo/", told(esito="proposta", informativa=given.pk)).status_code == 302
    assert PrimoAscolto.objects.get().informativa == given


def test_draft_of_a_conversation_comes_back_after_the_session_has_ended(riservato, volontario, bisogno):
    riservato.force_login(volontario.utente)
    riservato.post("/bozze/ascolto/", told(racconto="Canarino in bozza"))
    riservato.logout()
    lost = riservato.post("/ascolti/nuovo/", told(racconto="Canarino <b>scritto</b>"))
    page = lost.content.decode()
    assert lost.status_code == 401
    assert lost["Cache-Control"] == "no-store, private"
    assert "Canarino &lt;b&gt;scritto&lt;/b&gt;" in page
    assert "<textarea readonly" in page
    assert not PrimoAscolto.objects.exists()
    riservato.force_login(volontario.utente)
    assert "Canarino in bozza" in riservato.get("/ascolti/nuovo/").content.decode()


def test_words_of_an_ended_session_are_logged_nowhere(riservato, volontario, caplog):
    riservato.post("/ascolti/nuovo/", told())
    assert "Canarino" not in caplog.text
    assert riservato.post("/accesso/uscita-che-non-c-e/", told()).status_code == 404
    assert riservato.get("/ascolti/nuovo/").status_code == 302


def test_conversation_after_a_request_starts_from_what_it_says(riservato, volontario, bisogno):
    richiesta = RichiestaFactory(ente=volontario.ente, bisogni=["mangiare"])
    riservato.force_login(volontario.utente)
    address = f"/arrivi/richieste/{richiesta.pk}/ascolto/"
    assert 'value="mangiare" id="id_bisogni_0" checked' in riservato.get(address).content.decode()
    riservato.post(address, told())
    richiesta.refresh_from_db()
    assert PrimoAscolto.objects.get().richiesta == richiesta
    assert (richiesta.stato, richiesta.vista_da) == ("ascolto_fissato", volontario)


def test_conversation_after_an_arrival_of_another_body_is_refused(volontario, bisogno):
    for tipo, riga in (("richiesta", RichiestaFactory()), ("segnalazione", SegnalazioneFactory())):
        with pytest.raises(Assente):
            ascolti.scrivi(by=attore_for(volontario), tipo=tipo, arrivo=riga.pk)


def test_conversations_are_those_of_the_own_body(volontario):
    collega = OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False)
    ours, theirs = PrimoAscoltoFactory(operatore=collega), PrimoAscoltoFactory()
    assert elenco_ascolti(attore_for(volontario)).righe == [ours]
    assert open_ascolto(attore_for(volontario), ours.pk) == ours
    with pytest.raises(Assente):
        open_ascolto(attore_for(volontario), theirs.pk)
    assert Registro.objects.filter(esito="negato", oggetto_id=theirs.pk).count() == 1
    with pytest.raises(Assente):
        ascolti.correggi(by=attore_for(volontario), ascolto=theirs.pk, versione=1, sigla="X")
    with pytest.raises(Vietato):
        ascolti.scrivi(by=attore_for(OperatoreFactory(ruolo="coordinatore")))


def test_correcting_tells_who_saves_second(volontario):
    ascolto = PrimoAscoltoFactory(operatore=volontario)
    by = attore_for(volontario)
    ascolti.correggi(by=by, ascolto=ascolto.pk, versione=1, sigla="B")
    with pytest.raises(Superato):
        ascolti.correggi(by=by, ascolto=ascolto.pk, versione=1, sigla="C")


@pytest.mark.parametrize("sends_version", [True, False])
def test_page_shows_both_texts_to_who_corrects_second_and_overwrites_nothing(
    riservato, volontario, bisogno, sends_version
):
    ascolto = PrimoAscoltoFactory(operatore=volontario)
    riservato.force_login(volontario.utente)
    address = f"/ascolti/{ascolto.pk}/correggi/"
    read = {"versione": riservato.get(address).context["modulo"]["versione"].value()}
    assert riservato.post(address, told(racconto="Canarino primo", **read)).status_code == 302
    late = riservato.post(address, told(racconto="Canarino secondo", **(read if sends_version else {})))
    page = late.content.decode()
    assert late.status_code == 409
    assert "<dd>Canarino primo</dd>" in page
    assert re.search(r"<textarea[^>]*>\s*Canarino secondo</textarea>", page)
    ascolto.refresh_from_db()
    assert (ascolto.racconto, ascolto.versione) == ("Canarino primo", 2)
    assert Storico.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_correcting_while_a_case_takes_it_along_does_not_take_it_back(sociale):
    ascolto, by = PrimoAscoltoFactory(operatore=sociale), attore_for(sociale)
    refused = while_waiting(
        lambda: apri(by=by, tipo="ascolto", fonte=ascolto.pk),
        lambda: ascolti.correggi(by=by, ascolto=ascolto.pk, versione=1, sigla="B"),
    )
    assert isinstance(refused, Assente)
    ascolto.refresh_from_db()
    assert ascolto.caso == Caso.objects.get()


def test_proposal_is_read_by_the_lead_body_and_corrected_by_its_own_alone(riservato, sociale):
    volontario = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=volontario.ente)
    proposta = PrimoAscoltoFactory(operatore=volontario, esito="proposta")
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/ascolti/{proposta.pk}/").content.decode()
    assert "Apri un caso" in page
    assert "Correggi" not in page
    assert riservato.get(f"/ascolti/{proposta.pk}/correggi/").status_code == 404
    with pytest.raises(Assente):
        ascolti.correggi(by=attore_for(sociale), ascolto=proposta.pk, versione=1, sigla="X")


def test_case_opens_from_a_conversation_with_all_that_led_to_it(sociale):
    richiesta = RichiestaFactory(ente=sociale.ente)
    ascolto = PrimoAscoltoFactory(operatore=sociale, richiesta=richiesta)
    caso = apri(by=attore_for(sociale), tipo="ascolto", fonte=ascolto.pk, nome="Ada", comune=ComuneFactory())
    richiesta.refresh_from_db()
    ascolto.refresh_from_db()
    assert (caso.stato, caso.ente_titolare) == ("in_valutazione", sociale.ente)
    assert richiesta.caso == ascolto.caso == caso
    assert caso.nucleo.componenti.get().persona.nome == "Ada"
    assert caso.incarichi.get().parte == "responsabile"
    assert caso.passaggi.get().a == "in_valutazione"
    assert {"condurre", "modificare_persone"} <= azioni_su(attore_for(sociale), caso.pk)
    assert Registro.objects.filter(azione="aprire_caso", casi=[caso.pk]).count() == 1


def test_case_opens_from_a_request_before_the_conversation_and_only_once(sociale):
    richiesta = RichiestaFactory(ente=sociale.ente)
    by = attore_for(sociale)
    assert apri(by=by, tipo="richiesta", fonte=richiesta.pk).stato == "primo_ascolto"
    with pytest.raises(Assente):
        apri(by=by, tipo="richiesta", fonte=richiesta.pk)
    assert Caso.objects.count() == 1


def test_case_is_opened_by_the_lead_body_alone(volontario):
    sociale = OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False)
    ascolto = PrimoAscoltoFactory(operatore=volontario)
    with pytest.raises(Impossibile):
        apri(by=attore_for(sociale), tipo="ascolto", fonte=ascolto.pk)
    with pytest.raises(Vietato):
        apri(by=attore_for(volontario), tipo="ascolto", fonte=ascolto.pk)


def test_form_that_opens_a_case_knows_what_the_request_said(riservato, sociale):
    richiesta = RichiestaFactory(ente=sociale.ente, nome="Canarina", contatto_sicuro="Di mattina", lingua="uk")
    riservato.force_login(sociale.utente)
    address = f"/arrivi/richieste/{richiesta.pk}/apri/"
    page = riservato.get(address).content.decode()
    assert all(word in page for word in ("Canarina", "0000 123456", "Di mattina", "ucraino"))
    sent = {"chiave": str(uuid.uuid4()), "nome": "Canarina", "telefono": "0000 123456"}
    response = riservato.post(address, sent)
    assert response["Location"] == f"/casi/{Caso.objects.get().pk}/"
    richiesta.per_conto, richiesta.caso = True, None
    richiesta.save()
    assert "Canarina" not in riservato.get(address).content.decode()


def test_conversations_of_a_case_are_shown_to_who_the_decision_lets(riservato, sociale):
    caso = followed(sociale)
    network = AdesioneFactory(accordo=sociale.ente.accordi_guidati.get())
    volontario = OperatoreFactory(ruolo="referente", ente=network.ente, in_rete=False)
    ours = PrimoAscoltoFactory(operatore=volontario, caso=caso, racconto="Canarino nostro")
    other = PrimoAscoltoFactory(caso=caso)
    assert set(ascolti_del_caso(attore_for(sociale), caso.pk)[1]) == {ours, other}
    caso.stato = "preso_in_carico"
    caso.save()
    AmmissioneFactory(caso=caso, ente=volontario.ente)
    IncaricoFactory(caso=caso, operatore=volontario)
    assert ascolti_del_caso(attore_for(volontario), caso.pk)[1] == [ours]
    assert not ascolti_visibili(attore_for(volontario), caso, frozenset()).exists()
    riservato.force_login(volontario.utente)
    assert "Canarino nostro" in riservato.get(f"/casi/{caso.pk}/ascolti/").content.decode()
    with pytest.raises(Assente):
        ascolti_del_caso(attore_for(OperatoreFactory(ruolo="referente")), caso.pk)
