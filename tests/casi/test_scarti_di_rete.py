"""Whose disposal lists one approves, carries out, watches over: those of one's own network, and nobody his own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions.conservazione import approve, execute, propose, reject
from casi.actions.conservazione import hold as hold_as
from casi.errori import Assente, Impossibile, Superato, Vietato
from casi.models import Caso, Scarto
from casi.ruoli import Azione
from casi.selectors.conservazione import lists, open_scarto, segni
from casi.selectors.lavoro import lavoro
from catalogo.models import Accordo, Operatore
from tests.casi.test_conservazione import names
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.scarti import USCITE, approved, hold, lead, leave, years_ago

pytestmark = pytest.mark.django_db
APPROVA, CONTROLLA = Azione.APPROVARE_SCARTO, Azione.CONTROLLARE_SCARTI


@pytest.fixture
def sorveglia(assistente):
    """Who watches over data protection for the body that leads the network."""
    return lead(assistente, "responsabile_privacy")


@pytest.fixture
def scarto(assistente, chiuso) -> Scarto:
    return propose(by=attore_for(assistente))


def elsewhere(ruolo: str) -> Operatore:
    """Somebody of a body in another network."""
    who = OperatoreFactory(ruolo=ruolo, in_rete=False)
    AdesioneFactory(ente=who.ente, accordo=AccordoFactory())
    return who


def test_list_of_another_network_is_not_there(assistente, scarto):
    """Nor for who coordinates a body that leads nothing."""
    other = elsewhere("assistente_sociale")
    own = OperatoreFactory(ente=assistente.ente, ruolo="coordinatore")
    for who in (lead(other, "coordinatore"), own):
        assert list(lists(attore_for(who), APPROVA)) == []
        for attempt in (
            lambda by: open_scarto(by, scarto.pk, APPROVA),
            lambda by: approve(by=by, scarto=scarto.pk, atto="det. 1/2026"),
            lambda by: reject(by=by, scarto=scarto.pk, motivo="no"),
            lambda by: execute(by=by, scarto=scarto.pk),
        ):
            with pytest.raises(Assente):
                attempt(attore_for(who))
        assert lavoro(attore_for(who)).scarti is None
    mine = lead(assistente, "coordinatore")
    assert lavoro(attore_for(mine)).scarti.quanti == 1


@pytest.mark.parametrize("uscita", USCITE)
def test_list_of_a_body_that_has_left_is_still_for_who_led_it(assistente, coordinatrice, sorveglia, scarto, uscita):
    """Nobody of that body may enter any more. As for who watches over the register (decision 0018)."""
    leave(assistente.ente, uscita)
    far = elsewhere("referente")
    for ruolo, azione in (("coordinatore", APPROVA), ("responsabile_privacy", CONTROLLA)):
        assert list(lists(attore_for(lead(far, ruolo)), azione)) == []
    assert list(lists(attore_for(sorveglia), CONTROLLA)) == [scarto]
    assert lavoro(attore_for(coordinatrice)).scarti.quanti == 1
    approve(by=attore_for(coordinatrice), scarto=scarto.pk, atto="det. 1/2026")
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 1


def test_list_of_a_body_that_another_network_has_taken_is_for_that_one(assistente, coordinatrice, scarto):
    leave(assistente.ente, "receduta")
    taken = AdesioneFactory(ente=assistente.ente, accordo=AccordoFactory())
    other = OperatoreFactory(ente=taken.accordo.capofila, ruolo="coordinatore", in_rete=False)
    assert [list(lists(attore_for(each), APPROVA)) for each in (coordinatrice, other)] == [[], [scarto]]
    taken.delete()
    AccordoFactory(capofila=assistente.ente)  # or it leads one now
    assert list(lists(attore_for(coordinatrice), APPROVA)) == []


def test_who_led_it_once_and_leads_nothing_now_has_no_list(assistente, coordinatrice, scarto):
    leave(assistente.ente, "receduta")
    led = Accordo.objects.filter(capofila=coordinatrice.ente)
    led.update(valida_al=timezone.localdate() - timedelta(days=1))
    AdesioneFactory(ente=coordinatrice.ente, accordo=AccordoFactory())
    assert list(lists(attore_for(coordinatrice), APPROVA)) == []


def test_who_proposed_does_not_approve_later_as_coordinator(assistente, coordinatrice, scarto):
    """One person cannot be both at once (operatore_accredita_o_segue_casi), but can become the other."""
    Operatore.objects.filter(pk=assistente.pk).update(al=timezone.localdate() - timedelta(days=1))
    same = OperatoreFactory(
        utente=assistente.utente, ente=coordinatrice.ente, ruolo="coordinatore", dal=timezone.localdate(), in_rete=False
    )
    assert lavoro(attore_for(same)).scarti is None
    with pytest.raises(Impossibile, match="non può approvarlo"):
        approve(by=attore_for(same), scarto=scarto.pk, atto="det. 1/2026")


def test_who_watches_over_data_protection_decides_nothing(sorveglia, scarto):
    """GDPR art. 38(6): he looks at every list of the network, and holds no task that decides."""
    by = attore_for(sorveglia)
    assert list(lists(by, CONTROLLA)) == [scarto]
    assert lavoro(by).scarti.da_controllare
    for attempt in (
        lambda: approve(by=by, scarto=scarto.pk, atto="det. 1/2026"),
        lambda: reject(by=by, scarto=scarto.pk, motivo="no"),
        lambda: execute(by=by, scarto=scarto.pk),
        lambda: hold(by=by, scarto=scarto.pk, voci=[]),
        lambda: propose(by=by),
    ):
        with pytest.raises(Vietato):
            attempt()
    with pytest.raises(Assente):
        lists(by, APPROVA)


def test_who_watches_sees_no_other_network(scarto):
    far = attore_for(lead(elsewhere("referente"), "responsabile_privacy"))
    assert list(lists(far, CONTROLLA)) == []
    with pytest.raises(Assente):
        hold(by=far, scarto=scarto.pk, voci=[scarto.voci.get().pk], azione=CONTROLLA)


def test_his_hold_stops_the_execution_and_only_he_takes_it_off(assistente, coordinatrice, sorveglia, chiuso):
    free = CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(11))
    scarto = approved(assistente, coordinatrice)
    line = scarto.voci.get(oggetto_id=chiuso.pk)
    hold(by=attore_for(sorveglia), scarto=scarto.pk, voci=[line.pk], azione=CONTROLLA)
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[])
    line.refresh_from_db()
    assert (line.sospesa, line.fermata) == (False, True)
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 1
    assert list(Caso.objects.filter(pk__in=[chiuso.pk, free.pk])) == [chiuso]
    assert names(assistente.ente) == []
    hold(by=attore_for(sorveglia), scarto=scarto.pk, voci=[], azione=CONTROLLA)
    assert names(assistente.ente) == ["caso"]


def test_he_does_not_take_off_the_bodys_hold_nor_a_colleagues_unread(assistente, sorveglia, scarto):
    line = scarto.voci.get()
    hold(by=attore_for(assistente), scarto=scarto.pk, voci=[line.pk])
    hold(by=attore_for(sorveglia), scarto=scarto.pk, voci=[], azione=CONTROLLA)
    line.refresh_from_db()
    assert (line.sospesa, line.fermata) == (True, False)
    read = segni(attore_for(sorveglia), scarto, CONTROLLA).versione
    hold(by=attore_for(sorveglia), scarto=scarto.pk, voci=[line.pk], azione=CONTROLLA)
    with pytest.raises(Superato):
        hold_as(by=attore_for(sorveglia), scarto=scarto.pk, voci=[], letta=read, azione=CONTROLLA)


def test_body_of_two_networks_is_approved_by_either(assistente, coordinatrice, scarto):
    second = AdesioneFactory(ente=assistente.ente).accordo.capofila
    other = OperatoreFactory(ente=second, ruolo="coordinatore", in_rete=False)
    assert [list(lists(attore_for(each), APPROVA)) for each in (coordinatrice, other)] == [[scarto], [scarto]]


def test_pages_of_who_watches(riservato, act_as, assistente, sorveglia, scarto, chiuso):
    act_as("riservato")
    riservato.force_login(sorveglia.utente)
    assert "1 elenco di scarto da controllare" in riservato.get("/").content.decode()
    page = riservato.get("/registro/scarti/").content.decode()
    assert assistente.ente.nome in page
    address = f"/registro/scarti/{scarto.pk}/"
    modulo = riservato.get(address).context["modulo"]
    sent = {name: modulo[name].value() for name in ("chiave", "versione")} | {"voci": [scarto.voci.get().pk]}
    assert riservato.post(address, sent).status_code == 302
    page = riservato.get(address).content.decode()
    assert "fermata dal responsabile della protezione dei dati" in page
    assert "Approva" not in page
    assert chiuso.numero in page
    for forbidden in ("/scarti/", f"/scarti/{scarto.pk}/", f"/scarti/{scarto.pk}/respingi/", "/conservazione/"):
        assert riservato.get(forbidden).status_code == 404
