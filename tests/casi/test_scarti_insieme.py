"""Disposal by more than one person at once: nobody's hold is lost, nothing is erased that was just taken up."""

import uuid

import pytest
from django.utils import timezone

from casi.actions import conservazione
from casi.actions.conservazione import execute, propose
from casi.errori import Impossibile, Superato
from casi.models import Caso, NominatoAlSigillo, Registro, Richiesta, Scarto, VoceScarto
from casi.ruoli import Azione
from casi.selectors.conservazione import segni
from tests.casi.test_conservazione import richiesta
from tests.factories.casi import INIZIO, CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attese import while_waiting
from tests.support.attori import attore_for
from tests.support.scarti import approved, hold, years_ago

pytestmark = pytest.mark.django_db


def test_page_opened_before_a_colleagues_hold_does_not_take_it_off(assistente, chiuso):
    scarto, line = propose(by=attore_for(assistente)), VoceScarto.objects.get()
    read = segni(attore_for(assistente), scarto, Azione.PROPORRE_SCARTO).versione
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[line.pk])
    with pytest.raises(Superato) as raised:
        conservazione.hold(by=attore_for(assistente), scarto=scarto.pk, voci=[], letta=read)
    assert raised.value.attuale.voci == f"Caso {chiuso.numero}"
    assert VoceScarto.objects.get().sospesa


def test_what_a_colleague_holds_of_a_sealed_case_is_not_told_to_an_old_page(assistente, chiuso):
    """He does not see that line: it is neither among what is on hold for him, nor taken off by what he sends."""
    free = CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    other = attore_for(OperatoreFactory(ente=assistente.ente, ruolo="assistente_sociale"))
    scarto = propose(by=attore_for(assistente))
    line = scarto.voci.get(oggetto_id=chiuso.pk)
    Caso.objects.filter(pk=chiuso.pk).update(sigillato=True)
    NominatoAlSigillo.objects.create(caso=chiuso, operatore=assistente, dal=INIZIO)
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[line.pk])
    now = segni(other, scarto, Azione.PROPORRE_SCARTO)
    assert now.voci == "niente"
    conservazione.hold(by=other, scarto=scarto.pk, voci=[scarto.voci.get(oggetto_id=free.pk).pk], letta=now.versione)
    assert scarto.voci.filter(sospesa=True).count() == 2


@pytest.mark.usefixtures("chiuso")
def test_old_page_is_shown_again_with_what_was_marked_and_what_is_on_hold_now(riservato, assistente):
    CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    scarto = propose(by=attore_for(assistente))
    mine, hers = scarto.voci.values_list("pk", flat=True)
    riservato.force_login(assistente.utente)
    address = f"/conservazione/{scarto.pk}/"
    modulo = riservato.get(address).context["modulo"]
    sent = {name: modulo[name].value() for name in ("chiave", "versione")} | {"voci": [mine]}
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[hers])
    refused = riservato.post(address, sent)
    assert (refused.status_code, scarto.voci.get(sospesa=True).pk) == (409, hers)
    again = refused.context["modulo"]
    assert again["voci"].value() == [str(mine)]
    assert "È stato salvato qualcosa" in refused.content.decode()
    unread = {"chiave": str(uuid.uuid4()), "voci": [mine]}  # no version at all
    assert riservato.post(address, unread).status_code == 409
    sent = {name: again[name].value() for name in ("chiave", "versione", "voci")}
    assert riservato.post(address, sent).status_code == 302
    assert scarto.voci.get(sospesa=True).pk == mine


def test_what_is_let_go_is_on_the_register(assistente, chiuso):
    scarto, line = propose(by=attore_for(assistente)), VoceScarto.objects.get()
    for voci in ([line.pk], []):
        hold(by=attore_for(assistente), scarto=scarto.pk, voci=voci)
    told = Registro.objects.get(finalita="toglie la sospensione")
    assert (told.azione, told.casi, told.risultati) == ("proporre_scarto", [chiuso.pk], 1)


@pytest.mark.parametrize("older", [True, False])
def test_hold_on_one_list_stops_every_other_list_of_the_same_thing(assistente, coordinatrice, chiuso, older):
    """Two lists with the same thing on: of when lists did not wait for each other, or from a restored database."""
    first = approved(assistente, coordinatrice)
    second = Scarto.objects.create(proposto_da=assistente)
    line = first.voci.get()
    VoceScarto.objects.create(scarto=second, oggetto="caso", oggetto_id=chiuso.pk, classe=line.classe)
    held, run = (second, first) if older else (first, second)
    hold(by=attore_for(assistente), scarto=held.pk, voci=[held.voci.get().pk])
    if not older:
        conservazione.approve(by=attore_for(coordinatrice), scarto=run.pk, atto="det. 2/2026")
    assert execute(by=attore_for(coordinatrice), scarto=run.pk) == 0
    assert Caso.objects.filter(pk=chiuso.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_do_not_put_the_same_things_on_two_lists(assistente, chiuso):
    by = attore_for(assistente)
    raised = while_waiting(lambda: propose(by=by), lambda: propose(by=by))
    assert isinstance(raised, Impossibile)
    assert VoceScarto.objects.get().oggetto_id == chiuso.pk


@pytest.mark.django_db(transaction=True)
def test_hold_being_put_is_waited_for_by_who_carries_another_list_out(assistente, coordinatrice, chiuso):
    first = approved(assistente, coordinatrice)
    second = Scarto.objects.create(proposto_da=assistente)
    line = VoceScarto.objects.create(
        scarto=second, oggetto="caso", oggetto_id=chiuso.pk, classe=first.voci.get().classe
    )
    by, who = attore_for(assistente), attore_for(coordinatrice)
    raised = while_waiting(
        lambda: hold(by=by, scarto=second.pk, voci=[line.pk]), lambda: execute(by=who, scarto=first.pk)
    )
    assert raised is None
    assert Caso.objects.filter(pk=chiuso.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_request_taken_up_at_that_moment_is_not_erased(assistente, coordinatrice):
    arrived = richiesta(assistente)
    scarto, caso = approved(assistente, coordinatrice), CasoFactory(ente_titolare=assistente.ente)
    who = attore_for(coordinatrice)
    raised = while_waiting(
        lambda: Richiesta.objects.filter(pk=arrived.pk).update(caso=caso), lambda: execute(by=who, scarto=scarto.pk)
    )
    assert raised is None
    assert Richiesta.objects.filter(pk=arrived.pk).exists()
    assert Scarto.objects.get().eseguito_il <= timezone.now()
