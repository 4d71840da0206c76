"""The register tells what happened: a refusal as a refusal, on the case it was about, and never twice.

And a list by number tells of no case that a seal or a conflict keeps away.
"""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from casi.actions.conservazione import propose
from casi.frasi import phrase
from casi.models import Avviso, NominatoAlSigillo, PresaInCarico, Registro
from casi.ruoli import Azione
from casi.selectors.accredito import rete
from casi.selectors.allerte import alerts
from casi.selectors.conservazione import lists
from casi.selectors.rapporto import accesses
from casi.selectors.registro import rubrica
from tests.factories.casi import (
    AmmissioneFactory,
    CasoFactory,
    EmergenzaFactory,
    IncaricoFactory,
    IncompatibilitaFactory,
    PersonaFactory,
    PrimoAscoltoFactory,
)
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed, incarica
from tests.support.percorso import Scena
from tests.support.scarti import hold

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


def test_refusal_by_role_names_the_case_of_the_address(riservato, sociale):
    caso, sportello = followed(sociale), OperatoreFactory(ruolo="operatore_sportello")
    riservato.force_login(sportello.utente)
    assert riservato.get(f"/casi/{caso.pk}/").status_code == 404
    assert lines() == [("vedere_caso", "negato", [caso.pk])]


def change(row, **values) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


FUORI = {
    "superutente": lambda tie: change(tie.utente, is_superuser=True),
    "legame finito": lambda tie: change(tie, al=timezone.localdate() - timedelta(days=1)),
    "ente uscito": lambda tie: change(tie.ente, attivo=False),
}


@pytest.mark.parametrize("esce", FUORI.values(), ids=FUORI)
def test_who_is_turned_away_at_the_door_leaves_a_line_under_the_last_tie(riservato, sociale, esce):
    caso = followed(sociale)
    esce(sociale)
    riservato.force_login(sociale.utente)
    assert riservato.get(f"/casi/{caso.pk}/").status_code == 403
    assert lines() == [("vedere_caso", "negato", [caso.pk])]
    assert Registro.objects.get(azione="vedere_caso").operatore_id == sociale.pk


def test_who_never_had_a_tie_leaves_no_line(riservato):
    riservato.force_login(UtenteFactory())
    assert riservato.get("/casi/").status_code == 403
    assert lines() == []


@pytest.mark.parametrize(
    ("ruolo", "nome", "azione"),
    [
        ("responsabile_privacy", "emergenza_esame", "esaminare_emergenze"),
        ("coordinatore", "scarto_approvazione", "approvare_scarto"),
        ("responsabile_privacy", "scarto_controllo", "controllare_scarti"),
        ("assistente_sociale", "scarto", "proporre_scarto"),
        ("coordinatore", "conferma", "confermare_ripristino"),
        ("coordinatore", "legame_ruolo", "accreditare"),
    ],
)
def test_forged_key_is_refused_once_on_the_register(riservato, confirmed, ruolo, nome, azione):
    me = OperatoreFactory(ente=AccordoFactory().capofila, ruolo=ruolo, in_rete=False)
    confirmed()
    riservato.force_login(me.utente)
    key = 999_999 if azione == "accreditare" else uuid.uuid4()
    assert riservato.get(reverse(f"casi:{nome}", args=[key])).status_code == 404
    assert lines() == [(azione, "negato", [])]


# --- lists, with what was in them


def test_first_page_names_on_the_register_every_case_whose_number_it_shows(riservato, sociale):
    mine, offered, noticed, unseen = (
        followed(sociale),
        CasoFactory(ente_titolare=sociale.ente),
        *CasoFactory.create_batch(2),
    )
    PresaInCarico.objects.create(caso=offered, assegnata_a=sociale, assegnata_da=sociale)
    AmmissioneFactory(caso=noticed, ente=sociale.ente)
    change(noticed, stato="preso_in_carico")
    incarica(noticed, sociale, "collega")
    for caso in (noticed, unseen):
        Avviso.objects.create(destinatario=sociale, tipo="incarico", caso=caso)
    change(noticed, stato="chiuso", chiuso_il=timezone.now(), ente_titolare=sociale.ente)  # in no list, but in a notice
    riservato.force_login(sociale.utente)
    page = riservato.get("/").content.decode()
    line = Registro.objects.get(azione="entrare", finalita="")
    assert set(line.casi) == {mine.pk, offered.pk, noticed.pk}
    assert [caso.numero in page for caso in (mine, offered, noticed, unseen)] == [True, True, True, False]


def test_first_page_names_a_case_whose_sharing_ends_also_past_those_it_looks_at(riservato, sociale, monkeypatch):
    caso = followed(sociale)
    change(caso, stato="preso_in_carico")
    AmmissioneFactory(caso=caso, al=timezone.localdate() + timedelta(days=7))
    monkeypatch.setattr("casi.selectors.lavoro.MOST", 0)
    riservato.force_login(sociale.utente)
    assert caso.numero in riservato.get("/").content.decode()
    assert Registro.objects.get(azione="entrare", finalita="").casi == [caso.pk]


@pytest.mark.parametrize(
    ("ruolo", "azione", "pages"),
    [
        ("coordinatore", "approvare_scarto", "/scarti/"),
        ("responsabile_privacy", "controllare_scarti", "/registro/scarti/"),
    ],
)
def test_disposal_lists_are_on_the_register_with_their_cases(riservato, confirmed, sociale, ruolo, azione, pages):
    caso = over(sociale.ente)
    scarto = propose(by=attore_for(sociale))
    confirmed()
    riservato.force_login(OperatoreFactory(ente=sociale.ente, ruolo=ruolo, in_rete=False).utente)
    riservato.get(pages)
    riservato.get(f"{pages}{scarto.pk}/")
    told = Registro.objects.filter(azione=azione).order_by("pk").values_list("finalita", "casi")
    assert list(told) == [("elenchi", []), ("elenco", [caso.pk])]


# --- the end of an emergency


def test_end_of_an_emergency_is_told_as_an_end_and_raises_no_alert(sociale):
    caso, chi = followed(sociale), OperatoreFactory(ruolo="assistente_sociale")
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=UTC), tick=False):  # a Sunday
        for minutes in (1, 2, 3):
            start = timezone.now() - timedelta(hours=1, minutes=minutes)
            EmergenzaFactory(caso=caso, operatore=chi, inizio=start, fine=start + timedelta(hours=1))
        call_command("chiudi_emergenze")
    line = Registro.objects.first()
    assert (line.azione, line.finalita) == ("aprire_in_emergenza", "fine")
    for lingua, detto in (("it", "È finito l'accesso in emergenza"), ("en", "The emergency access ended")):
        with override(lingua):
            assert {str(each.fatto) for each in accesses(caso.pk)} == {detto}
    assert phrase(line.azione, line.finalita) == "È finito l'accesso in emergenza"
    dpo = attore_for(OperatoreFactory(ruolo="responsabile_privacy"))
    assert alerts(dpo, rubrica(), date(2026, 11, 1)) == []


def test_closing_a_case_writes_the_end_of_each_emergency_it_ends():
    scena = Scena(stato="in_chiusura")
    running = EmergenzaFactory(caso=scena.caso, inizio=timezone.now(), fine=timezone.now() + timedelta(hours=1))
    scena.fa("chiude")
    line = Registro.objects.get(finalita="fine")
    assert (line.oggetto_id, line.casi, line.operatore_id) == (running.pk, [scena.caso.pk], scena.assistente.pk)
    call_command("chiudi_emergenze")
    assert Registro.objects.filter(finalita="fine").count() == 1


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
    desk = OperatoreFactory(ente=sociale.ente, ruolo="coordinatore", in_rete=False)
    assert list(lists(attore_for(desk), Azione.APPROVARE_SCARTO)) == []
    NominatoAlSigillo.objects.create(caso=sealed, operatore=desk, dal=timezone.localdate())
    assert [each.quante for each in lists(attore_for(desk), Azione.APPROVARE_SCARTO)] == [2]


@pytest.mark.parametrize("named", [True, False])
def test_sealed_case_without_responsible_is_counted_for_who_is_on_its_seal(named):
    desk = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False)
    left = IncaricoFactory(caso__ente_titolare=desk.ente, caso__sigillato=True, parte="responsabile").caso
    left.incarichi.update(al=timezone.localdate() - timedelta(days=1))
    if named:
        NominatoAlSigillo.objects.create(caso=left, operatore=desk, dal=timezone.localdate())
    assert bool(rete(attore_for(desk)).da_riassegnare) is named
