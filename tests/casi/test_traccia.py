"""The register tells what happened: a refusal as a refusal, on the case it was about, and never twice.

And a list by number tells of no case that a seal or a conflict keeps away.
"""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.actions.conservazione import hold, propose
from casi.models import NominatoAlSigillo, Registro
from casi.ruoli import Azione
from casi.selectors.accredito import rete
from casi.selectors.conservazione import lists
from tests.factories.casi import (
    AmmissioneFactory,
    CasoFactory,
    IncaricoFactory,
    IncompatibilitaFactory,
    PersonaFactory,
    PrimoAscoltoFactory,
)
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sociale():
    """A social worker of a lead body."""
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)


def lines() -> list[tuple[str, str, list]]:
    found = Registro.objects.exclude(finalita="accesso").order_by("pk")
    return [(line.azione, line.esito, line.casi) for line in found]


@pytest.mark.parametrize("tail", ["persone/{}/", "persone/{}/uscita/", "legami/{}/"])
def test_part_of_somebody_elses_case_is_on_the_register_as_refused(riservato, sociale, tail):
    caso, altra = followed(sociale, PersonaFactory()), PersonaFactory()
    followed(OperatoreFactory(ruolo="assistente_sociale"), altra)
    riservato.force_login(sociale.utente)
    assert riservato.get(f"/casi/{caso.pk}/{tail.format(altra.pk)}").status_code == 404
    assert lines() == [("modificare_persone", "negato", [caso.pk])]
    assert Registro.objects.get(azione="modificare_persone").oggetto_id == altra.pk


@pytest.mark.parametrize(
    "nome", ["cambia_ammissione", "revoca", "togli_persona", "rispondi_proposta", "ritira_opposizione"]
)
def test_forged_part_of_the_sharing_is_on_the_register_as_refused(riservato, confirmed, sociale, nome):
    caso, altro = followed(sociale), AmmissioneFactory()
    confirmed()
    riservato.force_login(sociale.utente)
    url = reverse(f"casi:{nome}", args=[caso.pk, altro.pk])
    for answer in (riservato.get(url), riservato.post(url, {"chiave": str(uuid.uuid4())})):
        assert answer.status_code == 404
    assert lines() == [("condividere", "negato", [caso.pk])] * 2


def test_correcting_what_another_body_wrote_is_on_the_register_as_refused(riservato, sociale):
    altrui = PrimoAscoltoFactory(esito="proposta")
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=altrui.ente)
    riservato.force_login(sociale.utente)
    assert riservato.get(f"/ascolti/{altrui.pk}/").status_code == 200
    assert riservato.get(f"/ascolti/{altrui.pk}/correggi/").status_code == 404
    assert [line[1] for line in lines()] == ["consentito", "negato"]


# --- lists by number


def over(ente, **values):
    return CasoFactory(ente_titolare=ente, stato="chiuso", chiuso_il=timezone.now() - timedelta(days=4000), **values)


@pytest.fixture
def keeper(sociale):
    """She is named on the seals of her body."""
    return OperatoreFactory(ente=sociale.ente, ruolo="assistente_sociale", in_rete=False)


def test_disposal_is_proposed_without_what_a_seal_or_a_conflict_keeps_away(riservato, sociale, keeper):
    seen, sealed, mine = over(sociale.ente), over(sociale.ente, sigillato=True), over(sociale.ente)
    NominatoAlSigillo.objects.create(caso=sealed, operatore=keeper, dal=timezone.localdate())
    IncompatibilitaFactory(caso=mine, utente=sociale.utente)
    riservato.force_login(sociale.utente)
    page = riservato.get("/conservazione/").content.decode()
    assert [each.numero in page for each in (seen, sealed, mine)] == [True, False, False]
    assert Registro.objects.get(azione="proporre_scarto").casi == [seen.pk]
    assert {each.oggetto_id for each in propose(by=attore_for(sociale)).voci.all()} == {seen.pk}
    assert {each.oggetto_id for each in propose(by=attore_for(keeper)).voci.all()} == {sealed.pk, mine.pk}


def test_line_of_a_list_one_may_not_learn_of_is_not_shown_and_stays_on_hold(riservato, sociale, keeper):
    seen, sealed = over(sociale.ente), over(sociale.ente, sigillato=True)
    NominatoAlSigillo.objects.create(caso=sealed, operatore=keeper, dal=timezone.localdate())
    scarto = propose(by=attore_for(keeper))
    held = scarto.voci.get(oggetto_id=sealed.pk)
    hold(by=attore_for(keeper), scarto=scarto.pk, voci=[held.pk])
    hold(by=attore_for(sociale), scarto=scarto.pk, voci=[])
    held.refresh_from_db()
    assert held.sospesa
    riservato.force_login(sociale.utente)
    page = riservato.get(reverse("casi:scarto", args=[scarto.pk])).content.decode()
    assert [each.numero in page for each in (seen, sealed)] == [True, False]
    assert [each.quante for each in lists(attore_for(sociale), Azione.PROPORRE_SCARTO)] == [1]
    dpo = attore_for(OperatoreFactory(ruolo="responsabile_privacy"))
    assert [each.quante for each in lists(dpo, Azione.APPROVARE_SCARTO)] == [2]


@pytest.mark.parametrize("named", [True, False])
def test_sealed_case_without_responsible_is_counted_for_who_is_on_its_seal(named):
    desk = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False)
    left = IncaricoFactory(caso__ente_titolare=desk.ente, caso__sigillato=True, parte="responsabile").caso
    left.incarichi.update(al=timezone.localdate() - timedelta(days=1))
    if named:
        NominatoAlSigillo.objects.create(caso=left, operatore=desk, dal=timezone.localdate())
    assert bool(rete(attore_for(desk)).da_riassegnare) is named
