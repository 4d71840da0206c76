"""Who coordinates neither learns of a case she may not know from a disposal list, nor decides on it."""

import pytest
from django.utils import timezone

from casi.actions.conservazione import approve, execute, propose, reject, withdraw
from casi.actions.limiti import write_conflict
from casi.errori import Assente
from casi.models import Caso, Incompatibilita, Scarto
from casi.ruoli import Azione
from casi.selectors.approvazione import nobody_approves
from casi.selectors.conservazione import lists
from casi.selectors.lavoro import lavoro
from tests.casi.test_cancellazione_chiesta import chiede
from tests.casi.test_conservazione import richiesta
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attese import while_waiting
from tests.support.attori import attore_for
from tests.support.incaricati import incarica
from tests.support.scarti import approved, hold, lead, years_ago

pytestmark = pytest.mark.django_db
APPROVA = Azione.APPROVARE_SCARTO


def in_conflict(caso: Caso, coordinatrice, assistente) -> None:
    who = {"utente": coordinatrice.utente, "scritta_da": assistente}
    Incompatibilita.objects.create(caso=caso, **who, motivo="parente", origine="dichiarata", dal=timezone.localdate())


def sealed(caso: Caso, *_who) -> None:
    """Without her: a seal of another body names its own coordinators."""
    Caso.objects.filter(pk=caso.pk).update(sigillato=True)


@pytest.mark.parametrize("how", [(in_conflict, False), (in_conflict, True), (sealed, False), (sealed, True)])
def test_list_with_a_case_she_may_not_know_is_not_there(riservato, confirmed, assistente, coordinatrice, chiuso, how):
    """Proposed only, or already approved."""
    kept_away, already = how
    richiesta(assistente, ricevuta_il=years_ago(2))
    scarto = approved(assistente, coordinatrice) if already else propose(by=attore_for(assistente))
    kept_away(chiuso, coordinatrice, assistente)
    by = attore_for(coordinatrice)
    for attempt in (
        lambda: approve(by=by, scarto=scarto.pk, atto="det. 2/2026"),
        lambda: execute(by=by, scarto=scarto.pk),
        lambda: reject(by=by, scarto=scarto.pk, motivo="no"),
    ):
        with pytest.raises(Assente):
            attempt()
    assert list(lists(by, APPROVA)) == []
    assert lavoro(by).scarti is None
    confirmed()
    riservato.force_login(coordinatrice.utente)
    assert chiuso.numero not in riservato.get("/scarti/").content.decode()
    for address in (f"/scarti/{scarto.pk}/", f"/scarti/{scarto.pk}/respingi/"):
        assert riservato.get(address).status_code == 404
    assert Caso.objects.filter(pk=chiuso.pk).exists()


def test_another_coordinator_approves_it_and_once_carried_out_it_is_history(assistente, coordinatrice, chiuso):
    other = OperatoreFactory(ente=coordinatrice.ente, ruolo="coordinatore", in_rete=False)
    in_conflict(chiuso, coordinatrice, assistente)
    scarto = approved(assistente, other)
    assert not nobody_approves(scarto)
    assert execute(by=attore_for(other), scarto=scarto.pk) == 1
    assert list(lists(attore_for(coordinatrice), APPROVA)) == [scarto]


def test_what_a_person_asked_for_is_not_decided_by_who_is_in_conflict(assistente, coordinatrice):
    caso = CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(1))
    incarica(caso, assistente)
    scarto = chiede(assistente, "caso", caso)
    write_conflict(by=attore_for(assistente), caso=caso.pk, operatore=coordinatrice, motivo="parente")
    with pytest.raises(Assente):
        approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="det. 1/2026")
    assert nobody_approves(scarto)


@pytest.mark.django_db(transaction=True)
def test_conflict_written_while_she_carries_it_out_stops_her(assistente, coordinatrice, chiuso):
    incarica(chiuso, assistente)
    scarto, by, who = approved(assistente, coordinatrice), attore_for(assistente), attore_for(coordinatrice)
    raised = while_waiting(
        lambda: write_conflict(by=by, caso=chiuso.pk, operatore=coordinatrice, motivo="parente"),
        lambda: execute(by=who, scarto=scarto.pk),
    )
    assert isinstance(raised, Assente)
    assert Caso.objects.filter(pk=chiuso.pk).exists()


def test_who_proposed_is_told_that_nobody_can_approve_and_how_the_rest_goes(
    riservato, assistente, coordinatrice, chiuso
):
    arrived = richiesta(assistente, ricevuta_il=years_ago(2))
    scarto = propose(by=attore_for(assistente))
    riservato.force_login(assistente.utente)
    address, told = f"/conservazione/{scarto.pk}/", "nessuno può approvare questo elenco"
    assert told not in riservato.get(address).content.decode()
    in_conflict(chiuso, coordinatrice, assistente)
    page = riservato.get(address).content.decode()
    assert told in page
    assert str(coordinatrice.utente) not in page
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[scarto.voci.get(oggetto_id=chiuso.pk).pk])
    withdraw(by=attore_for(assistente), scarto=scarto.pk)
    assert told not in riservato.get(address).content.decode()
    rest = propose(by=attore_for(assistente))
    assert list(rest.voci.values_list("oggetto_id", flat=True)) == [arrived.pk]
    assert execute(by=attore_for(coordinatrice), scarto=approve_of(rest, coordinatrice).pk) == 1


def approve_of(scarto: Scarto, coordinatrice) -> Scarto:
    return approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="det. 3/2026")


def test_who_proposed_cannot_be_the_only_one_to_approve(assistente, coordinatrice, chiuso):
    scarto = propose(by=attore_for(assistente))
    Scarto.objects.filter(pk=scarto.pk).update(proposto_da=coordinatrice)
    scarto.refresh_from_db()
    assert nobody_approves(scarto)
    lead(assistente, "coordinatore")
    assert nobody_approves(scarto) is False
