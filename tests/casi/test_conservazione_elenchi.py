"""Disposal lists: who may propose what, and how one is taken back or refused."""

import pytest

from casi.actions.conservazione import approve, execute, propose, reject, withdraw
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Avviso, Caso, Registro, Scarto
from casi.ruoli import Azione
from casi.selectors.conservazione import open_scarto, to_propose
from tests.casi.test_cancellazione_chiesta import chiede
from tests.casi.test_conservazione import ascolto, names, richiesta
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.scarti import approved, hold, lead, years_ago

pytestmark = pytest.mark.django_db


def test_body_without_social_workers_proposes_all_but_cases(riservato, act_as):
    """An association disposes of its requests and conversations by its referent, who sees no case's number."""
    referente = OperatoreFactory(ruolo="referente")
    caso = CasoFactory(ente_titolare=referente.ente, stato="chiuso", chiuso_il=years_ago(11))
    richiesta(referente, ricevuta_il=years_ago(2))
    ascolto(referente, quando=years_ago(3))
    assert [each.oggetto for each in to_propose(attore_for(referente))] == ["richiesta", "primoascolto"]
    scarto = propose(by=attore_for(referente))
    assert set(scarto.voci.values_list("oggetto", flat=True)) == {"richiesta", "primoascolto"}
    theirs = propose(by=attore_for(OperatoreFactory(ente=referente.ente, ruolo="assistente_sociale")))
    assert [each.oggetto_id for each in theirs.voci.all()] == [caso.pk]
    with pytest.raises(Assente):
        hold(by=attore_for(referente), scarto=theirs.pk, voci=[])
    with pytest.raises(Assente):
        open_scarto(attore_for(referente), theirs.pk, Azione.PROPORRE_SCARTO)
    with pytest.raises(Vietato):
        propose(by=attore_for(OperatoreFactory(ruolo="volontario_ascolto")))
    act_as("riservato")
    riservato.force_login(referente.utente)
    page = riservato.get("/conservazione/").content.decode()
    assert caso.numero not in page
    assert "Da approvare" in page
    who = attore_for(lead(referente, "coordinatore"))
    approve(by=who, scarto=scarto.pk, atto="verbale 3/2026")
    assert execute(by=who, scarto=scarto.pk) == 2


def test_list_withdrawn_or_refused_frees_what_was_on_it(assistente, coordinatrice, chiuso):
    colleague = OperatoreFactory(ente=assistente.ente, ruolo="assistente_sociale")
    scarto = approved(assistente, coordinatrice)
    withdraw(by=attore_for(colleague), scarto=scarto.pk)
    with pytest.raises(Impossibile, match="ritirato"):
        execute(by=attore_for(coordinatrice), scarto=scarto.pk)
    second = propose(by=attore_for(assistente))
    with pytest.raises(Impossibile, match="perché"):
        reject(by=attore_for(coordinatrice), scarto=second.pk, motivo=" ")
    for attempt in (
        lambda: reject(by=attore_for(assistente), scarto=second.pk, motivo="no"),
        lambda: withdraw(by=attore_for(coordinatrice), scarto=second.pk),
    ):
        with pytest.raises(Vietato):
            attempt()
    with pytest.raises(Assente):
        withdraw(by=attore_for(OperatoreFactory(ruolo="assistente_sociale")), scarto=second.pk)
    reject(by=attore_for(coordinatrice), scarto=second.pk, motivo="manca il ricorso")
    assert not Avviso.objects.exists(), "nobody waits to be told of an ordinary list"
    for attempt in (
        lambda: approve(by=attore_for(coordinatrice), scarto=second.pk, atto="det. 1/2026"),
        lambda: withdraw(by=attore_for(assistente), scarto=second.pk),
    ):
        with pytest.raises(Impossibile, match="respinto"):
            attempt()
    assert names(assistente.ente) == ["caso"]
    assert Caso.objects.filter(pk=chiuso.pk).exists()
    last = execute(by=attore_for(coordinatrice), scarto=approved(assistente, coordinatrice).pk)
    assert last == 1
    told = Registro.objects.filter(finalita__in=("ritira", "respinge")).order_by("pk")
    assert [(each.azione, each.oggetto_id) for each in told] == [
        ("proporre_scarto", scarto.pk), ("approvare_scarto", second.pk)
    ]  # fmt: skip
    with pytest.raises(Impossibile, match="eseguito"):
        withdraw(by=attore_for(assistente), scarto=Scarto.objects.get(eseguito_il__isnull=False).pk)


def test_hold_outlives_the_list_it_was_made_on(assistente, coordinatrice, chiuso):
    scarto = approved(assistente, coordinatrice)
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[scarto.voci.get().pk])
    withdraw(by=attore_for(assistente), scarto=scarto.pk)
    assert names(assistente.ente) == []
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[])
    assert names(assistente.ente) == ["caso"]


def test_pages_to_withdraw_and_to_refuse(riservato, act_as, assistente, coordinatrice, chiuso, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    act_as("riservato")
    for who, there, fields, said in (
        (assistente, "/conservazione/{}/ritira/", {}, "Ritirato"),
        (coordinatrice, "/scarti/{}/respingi/", {"motivo": "manca il ricorso"}, "manca il ricorso"),
    ):
        scarto = propose(by=attore_for(assistente))
        address = there.format(scarto.pk)
        riservato.force_login(who.utente)
        assert address in riservato.get(address.rsplit("/", 2)[0] + "/").content.decode()
        key = riservato.get(address).context["modulo"]["chiave"].value()
        assert riservato.post(address, {"chiave": key, **fields}).status_code == 302
        assert "elenco di scarto" not in riservato.get("/").content.decode()
        riservato.force_login(assistente.utente)
        page = riservato.get(f"/conservazione/{scarto.pk}/").content.decode()
        assert said in page
        assert "ritira/" not in page


def test_list_that_is_held_whole_offers_nothing_to_carry_out(
    riservato, act_as, assistente, coordinatrice, chiuso, monkeypatch
):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    free = CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    scarto = approved(assistente, coordinatrice)
    voce = {each.oggetto_id: each.pk for each in scarto.voci.all()}
    act_as("riservato")
    riservato.force_login(coordinatrice.utente)
    address, button = f"/scarti/{scarto.pk}/", "Elimina ciò che è in elenco"
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[voce[chiuso.pk]])
    page = riservato.get(address)
    assert button in page.content.decode()
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=voce.values())
    held = riservato.get(address).content.decode()
    assert button not in held
    assert "Adesso non c'è niente da eseguire" in held
    assert f"{address}respingi/" in held
    sent = riservato.post(address, {"chiave": page.context["modulo"]["chiave"].value(), "capito": "on"})
    assert sent.status_code == 422
    assert "Tutto ciò che è in elenco è sospeso" in sent.content.decode()
    assert Scarto.objects.get().eseguito_il is None
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[voce[chiuso.pk]])
    Caso.objects.filter(pk=free.pk).update(stato="riaperto", chiuso_il=None)
    assert button not in riservato.get(address).content.decode()


def test_approval_says_how_many_stay_out_before_after_and_once_carried_out(
    riservato, act_as, assistente, coordinatrice, chiuso, monkeypatch
):
    """An approval takes off no hold: who gives it knows what it does not reach."""
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    held, again, _goes = (
        CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11)) for _each in range(3)
    )
    scarto = propose(by=attore_for(assistente))
    act_as("riservato")
    riservato.force_login(coordinatrice.utente)
    address = f"/scarti/{scarto.pk}/"

    def send(**fields) -> str:
        key = riservato.get(address).context["modulo"]["chiave"].value()
        return riservato.post(address, {"chiave": key, **fields}, follow=True).content.decode()

    assert "fuori" not in riservato.get(address).content.decode()
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[scarto.voci.get(oggetto_id=held.pk).pk])
    assert "Resta fuori 1 cosa su 4:" in riservato.get(address).content.decode()
    Caso.objects.filter(pk=again.pk).update(stato="riaperto", chiuso_il=None)
    assert "Restano fuori 2 cose su 4:" in riservato.get(address).content.decode()
    page = send(atto="det. 1/2026")
    assert "Elenco approvato. Restano fuori 2 cose." in page
    assert "Restano fuori 2 cose su 4:" in page
    spared = "Sono rimaste fuori 2 cose, e ci sono ancora."
    assert spared in send(capito="on")
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[])
    assert spared in riservato.get(address).content.decode(), "let go afterwards, it is still there"
    assert set(Caso.objects.values_list("pk", flat=True)) == {held.pk, again.pk}


def test_approval_of_a_list_that_is_held_whole_says_so(riservato, assistente, coordinatrice, chiuso, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    scarto = propose(by=attore_for(assistente))
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[scarto.voci.get().pk])
    riservato.force_login(coordinatrice.utente)
    address = f"/scarti/{scarto.pk}/"
    page = riservato.get(address)
    assert "Adesso non c'è niente da eseguire" in page.content.decode()
    typed = {"chiave": page.context["modulo"]["chiave"].value(), "atto": "det. 1/2026"}
    done = riservato.post(address, typed, follow=True).content.decode()
    assert "Elenco approvato, ma adesso" in done


def test_what_a_person_wants_erased_is_offered_whole_or_not_at_all(riservato, assistente, coordinatrice, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    asked = richiesta(assistente)
    ascolto(assistente, richiesta=asked)
    scarto = chiede(assistente, "richiesta", asked)
    approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="det. 1/2026")
    riservato.force_login(coordinatrice.utente)
    address, button = f"/scarti/{scarto.pk}/", "Elimina ciò che è in elenco"
    assert button in riservato.get(address).content.decode()
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[scarto.voci.get(oggetto="richiesta").pk])
    assert button not in riservato.get(address).content.decode()
