"""What waits for an answer at a body that is out of the network: who leads it takes it over, once, and it is told."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from casi.actions.apertura import apri
from casi.actions.cancellazione_chiesta import Domanda, ask_for
from casi.actions.conservazione import reject
from casi.models import Avviso, Registro
from casi.selectors.arrivi import provenienze, scrivania
from casi.selectors.ricevute import ricevuta
from catalogo.models import Accordo
from tests.factories.casi import CasoFactory, PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.scarti import USCITE, lead, leave

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
CHI_SCRIVE = {"segnalante": "Canarino vicino", "segnalante_contatto": "Canarino recapito"}


@pytest.fixture
def volontaria():
    """Of the association that is going to leave."""
    return OperatoreFactory(ruolo="volontario_ascolto")


@pytest.fixture
def ente(volontaria):
    return volontaria.ente


@pytest.fixture
def chi_ascolta(volontaria):
    """A volunteer of the body that leads the network."""
    return lead(volontaria, "volontario_ascolto")


@pytest.fixture
def sociale(volontaria):
    return lead(volontaria, "assistente_sociale")


def every_hour() -> None:
    call_command("chiudi_emergenze")
    call_command("chiudi_emergenze")


def told() -> list[tuple]:
    return sorted(Avviso.objects.values_list("destinatario", "tipo"))


def at_the_desk(operatore) -> list:
    return scrivania(attore_for(operatore)).aperti


@pytest.mark.parametrize("uscita", USCITE)
def test_request_passes_to_who_leads_once_and_is_new_again(volontaria, ente, chi_ascolta, uscita):
    due = OGGI() - timedelta(days=2)
    row = RichiestaFactory(
        ente=ente, stato="ascolto_fissato", vista_da=volontaria, esito_nota="Lunedì alle 10.", rispondere_entro=due
    )
    every_hour()
    assert (at_the_desk(chi_ascolta), told()) == ([], [])
    leave(ente, uscita)
    every_hour()
    (passed,) = at_the_desk(chi_ascolta)
    assert (passed, passed.stato, passed.vista_da, passed.rispondere_entro) == (row, "nuova", None, due)
    assert passed.esito_nota.startswith("Lunedì alle 10.\n")
    assert f"passata da {ente.nome}, che oggi non è nella rete. Lì era «Ascolto fissato»." in passed.esito_nota
    assert told() == [(chi_ascolta.pk, "richiesta")]
    line = Registro.objects.get(finalita="subentra")
    assert (line.oggetto_id, line.ente_id, line.sessione) == (row.pk, chi_ascolta.ente_id, "")
    ente.adesioni.update(stato="sottoscritta", valida_al=None)
    assert at_the_desk(volontaria) == []


def test_receipt_and_paper_know_that_it_has_passed(riservato, act_as, ente, chi_ascolta):
    row = RichiestaFactory(ente=ente)
    leave(ente, "receduta")
    every_hour()
    assert ricevuta(attore_for(chi_ascolta), row.codice).mia == row
    riservato.force_login(chi_ascolta.utente)
    address = f"/arrivi/richieste/{row.pk}/copia/"
    page = riservato.get(address).content.decode()
    assert f"<td>{chi_ascolta.ente.nome}</td>" in page
    assert "È passata a questo ente: quello di prima oggi non è nella rete" in page
    assert "It came to this body" in riservato.post(address, {"lingua": "en"}).content.decode()
    dpo = OperatoreFactory(ente=chi_ascolta.ente, ruolo="responsabile_privacy", in_rete=False)
    riservato.force_login(dpo.utente)
    act_as("riservato")
    page = riservato.get("/registro/").content.decode()
    assert f'Il server<br><span class="minuto">{chi_ascolta.ente.nome}</span>' in page
    assert "un arrivo è passato a chi guida la rete" in page


def test_only_what_nobody_has_heard_nor_closed_passes(volontaria, ente, chi_ascolta):
    heard = RichiestaFactory(ente=ente, stato="vista")
    PrimoAscoltoFactory(operatore=volontaria, richiesta=heard, esito="da_risentire")
    for stato in ("reindirizzata", "non_competente", "duplicata", "ritirata"):
        RichiestaFactory(ente=ente, stato=stato)
    RichiestaFactory(ente=ente, caso=CasoFactory())
    leave(ente, "receduta")
    every_hour()
    assert at_the_desk(chi_ascolta) == []
    assert not Registro.objects.filter(finalita="subentra").exists()


def test_what_a_person_wants_erased_waits_for_that_answer(volontaria, ente, chi_ascolta):
    referente = OperatoreFactory(ente=ente, in_rete=False)
    row = RichiestaFactory(ente=ente)
    asked = Domanda(chiesta_il=OGGI(), ragione="consenso", perche="Non voglio più.")
    wish = ask_for(by=attore_for(referente), cosa="richiesta", pk=row.pk, domanda=asked)
    leave(ente, "receduta")
    every_hour()
    assert at_the_desk(chi_ascolta) == []
    reject(by=attore_for(lead(volontaria, "coordinatore")), scarto=wish.pk, motivo="Serve ancora.")
    every_hour()
    assert at_the_desk(chi_ascolta) == [row]


@pytest.mark.parametrize("ferma", [{"stato": "sospesa"}, {"privacy_firmata_il": None}])
def test_body_kept_out_for_a_while_keeps_what_is_in_time_but_children_in_danger(ente, sociale, ferma):
    today = RichiestaFactory(ente=ente, rispondere_entro=OGGI())
    late = RichiestaFactory(ente=ente, rispondere_entro=OGGI() - timedelta(days=1))
    child, alert = SegnalazioneFactory(ente=ente, minori_a_rischio=True), SegnalazioneFactory(ente=ente)
    ente.adesioni.update(**ferma)
    every_hour()
    assert set(at_the_desk(sociale)) == {late, child}
    leave(ente, "receduta")
    every_hour()
    assert set(at_the_desk(sociale)) == {today, late, child, alert}


def test_children_in_danger_are_told_by_mail_to_who_may_read_of_them(
    ente, sociale, chi_ascolta, django_capture_on_commit_callbacks
):
    SegnalazioneFactory(ente=ente, minori_a_rischio=True)
    leave(ente, "receduta")
    with django_capture_on_commit_callbacks(execute=True):
        every_hour()
    assert told() == [(sociale.pk, "minori")]
    assert [message.to for message in mail.outbox] == [[sociale.utente.email]]
    assert at_the_desk(chi_ascolta) == []


def test_who_wrote_an_alert_is_told_to_nobody_else(riservato, ente, sociale):
    done = "Richiamata la sig.ra Canarino, vicina."
    row, own = (SegnalazioneFactory(ente=each, esito_nota=done, **CHI_SCRIVE) for each in (ente, sociale.ente))
    leave(ente, "receduta")
    every_hour()
    row.refresh_from_db()
    assert row.esito_nota.partition(": ")[2].startswith(f"passata da {ente.nome}")
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/arrivi/segnalazioni/{row.pk}/").content.decode()
    assert f"lo sa solo l'ente a cui era scritta, {ente.nome}" in page
    assert "Canarino" not in page
    assert "Canarino recapito" in riservato.get(f"/arrivi/segnalazioni/{own.pk}/").content.decode()
    by = attore_for(sociale)
    known = [provenienze(by, apri(by=by, tipo="segnalazione", fonte=each.pk))[0] for each in (row, own)]
    assert [each.chi_segnala for each in known] == [False, True]
    assert ["Canarino" in each.nota for each in known] == [False, True]


def test_alert_of_a_body_that_led_a_network_passes_to_who_leads_one_today(sociale):
    before = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    row = SegnalazioneFactory(ente=before.ente, minori_a_rischio=True)
    Accordo.objects.filter(capofila=before.ente).update(valida_al=OGGI() - timedelta(days=1))
    every_hour()
    assert at_the_desk(sociale) == [row]


def test_of_two_networks_it_passes_to_the_one_the_body_was_in(ente, chi_ascolta):
    near = AccordoFactory(capofila__comune=ente.comune).capofila
    other = OperatoreFactory(ente=near, ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=near.accordi_guidati.get(), ente=ente, stato="richiesta")
    row = RichiestaFactory(ente=ente, rispondere_entro=OGGI() - timedelta(days=1))
    ente.adesioni.filter(stato="sottoscritta").update(stato="receduta")
    every_hour()
    assert (at_the_desk(chi_ascolta), at_the_desk(other)) == ([row], [])


def test_where_nobody_leads_it_stays_where_it_is(ente, volontaria):
    row = RichiestaFactory(ente=ente)
    Accordo.objects.update(valida_al=OGGI() - timedelta(days=1))
    every_hour()
    Accordo.objects.update(valida_al=None)
    assert at_the_desk(volontaria) == [row]
