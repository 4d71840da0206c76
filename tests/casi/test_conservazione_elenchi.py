"""Disposal lists: who may propose what, and how one is taken back or refused."""

import pytest
from django.utils import timezone

from casi.actions.conservazione import approve, execute, propose, reject, withdraw
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Caso, Registro, Scarto
from casi.ruoli import Azione
from casi.selectors.conservazione import open_scarto, to_propose
from catalogo.models import Operatore
from tests.casi.test_conservazione import approved, ascolto, names, richiesta, years_ago
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.scarti import hold

pytestmark = pytest.mark.django_db


@pytest.fixture
def assistente():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def dpo():
    return OperatoreFactory(ruolo="responsabile_privacy")


@pytest.fixture
def chiuso(assistente):
    return CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(10, -1))


def test_body_without_social_workers_proposes_all_but_cases(riservato, act_as, dpo):
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
    approve(by=attore_for(dpo), scarto=scarto.pk, atto="verbale 3/2026")
    assert execute(by=attore_for(dpo), scarto=scarto.pk) == 2


def test_who_proposed_does_not_approve_even_under_another_tie(assistente, dpo, chiuso):
    scarto = propose(by=attore_for(assistente))
    Operatore.objects.filter(pk=assistente.pk).update(chiuso_il=timezone.now())
    same = OperatoreFactory(utente=assistente.utente, ruolo="responsabile_privacy")
    with pytest.raises(Impossibile, match="non può approvarlo"):
        approve(by=attore_for(same), scarto=scarto.pk, atto="det. 1/2026")
    approve(by=attore_for(dpo), scarto=scarto.pk, atto="det. 1/2026")


def test_list_withdrawn_or_refused_frees_what_was_on_it(assistente, dpo, chiuso):
    colleague = OperatoreFactory(ente=assistente.ente, ruolo="assistente_sociale")
    scarto = approved(assistente, dpo)
    withdraw(by=attore_for(colleague), scarto=scarto.pk)
    with pytest.raises(Impossibile, match="ritirato"):
        execute(by=attore_for(dpo), scarto=scarto.pk)
    second = propose(by=attore_for(assistente))
    with pytest.raises(Impossibile, match="perché"):
        reject(by=attore_for(dpo), scarto=second.pk, motivo=" ")
    for attempt in (
        lambda: reject(by=attore_for(assistente), scarto=second.pk, motivo="no"),
        lambda: withdraw(by=attore_for(dpo), scarto=second.pk),
    ):
        with pytest.raises(Vietato):
            attempt()
    with pytest.raises(Assente):
        withdraw(by=attore_for(OperatoreFactory(ruolo="assistente_sociale")), scarto=second.pk)
    reject(by=attore_for(dpo), scarto=second.pk, motivo="manca il ricorso")
    for attempt in (
        lambda: approve(by=attore_for(dpo), scarto=second.pk, atto="det. 1/2026"),
        lambda: withdraw(by=attore_for(assistente), scarto=second.pk),
    ):
        with pytest.raises(Impossibile, match="respinto"):
            attempt()
    assert names(assistente.ente) == ["caso"]
    assert Caso.objects.filter(pk=chiuso.pk).exists()
    last = execute(by=attore_for(dpo), scarto=approved(assistente, dpo).pk)
    assert last == 1
    told = Registro.objects.filter(finalita__in=("ritira", "respinge")).order_by("pk")
    assert [(each.azione, each.oggetto_id) for each in told] == [
        ("proporre_scarto", scarto.pk), ("approvare_scarto", second.pk)
    ]  # fmt: skip
    with pytest.raises(Impossibile, match="eseguito"):
        withdraw(by=attore_for(assistente), scarto=Scarto.objects.get(eseguito_il__isnull=False).pk)


def test_hold_outlives_the_list_it_was_made_on(assistente, dpo, chiuso):
    scarto = approved(assistente, dpo)
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[scarto.voci.get().pk])
    withdraw(by=attore_for(assistente), scarto=scarto.pk)
    assert names(assistente.ente) == []
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[])
    assert names(assistente.ente) == ["caso"]


def test_pages_to_withdraw_and_to_refuse(riservato, act_as, assistente, dpo, chiuso, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    act_as("riservato")
    for who, there, fields, said in (
        (assistente, "/conservazione/{}/ritira/", {}, "Ritirato"),
        (dpo, "/registro/scarto/{}/respingi/", {"motivo": "manca il ricorso"}, "manca il ricorso"),
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
