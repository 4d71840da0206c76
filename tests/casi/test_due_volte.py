"""Forms sent twice, or too late for the case they are about: done once, led to the same place, and no word lost."""

import uuid

import pytest

from casi.models import Avviso, Caso
from tests.factories.casi import PrimoAscoltoFactory, RichiestaFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db


def twice(client, address: str, **campi) -> list[str]:
    """Where each of the two leads."""
    sent = {"chiave": str(uuid.uuid4()), **campi}
    return [client.post(address, sent).headers.get("Location", "") for _time in range(2)]


def test_step_sent_twice_leads_to_the_case_both_times(riservato):
    scena = Scena(stato="primo_ascolto")
    riservato.force_login(scena.assistente.utente)
    assert twice(riservato, f"/casi/{scena.caso.pk}/passi/valuta/") == [f"/casi/{scena.caso.pk}/"] * 2
    assert scena.caso.passaggi.count() == 1


def test_case_declined_twice_is_declined_once_and_no_page_is_missing(riservato):
    scena = Scena(stato="in_valutazione")
    scena.propone()
    riservato.force_login(scena.altra.utente)
    assert twice(riservato, f"/casi/{scena.caso.pk}/rifiuta/", motivo="Troppi casi") == ["/"] * 2


def test_case_opened_twice_from_one_request_is_one(riservato):
    sociale = OperatoreFactory(ruolo="assistente_sociale")
    sociale.ente.accordi_guidati.create(titolo="Protocollo", valida_dal="2024-01-01")
    richiesta = RichiestaFactory(ente=sociale.ente)
    riservato.force_login(sociale.utente)
    led = twice(riservato, f"/arrivi/richieste/{richiesta.pk}/apri/", nome="Ada")
    assert led == [f"/casi/{Caso.objects.get().pk}/"] * 2


def test_conversation_added_twice_to_a_case_leads_there_both_times(riservato):
    scena = Scena(stato="primo_ascolto")
    ascolto = PrimoAscoltoFactory(operatore=scena.assistente)
    riservato.force_login(scena.assistente.utente)
    led = twice(riservato, f"/ascolti/{ascolto.pk}/aggiungi/", caso=str(scena.caso.pk))
    assert led == [f"/casi/{scena.caso.pk}/ascolti/"] * 2


def test_proposal_refused_twice_is_refused_once(riservato):
    sociale = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    altrui = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=altrui.ente)
    proposta = PrimoAscoltoFactory(operatore=altrui, esito="proposta")
    riservato.force_login(sociale.utente)
    assert twice(riservato, f"/ascolti/{proposta.pk}/non-prendere/", motivo="No") == ["/arrivi/"] * 2
    assert Avviso.objects.count() == 1


def test_form_of_somebody_else_leads_nobody_to_where_it_led(riservato):
    scena, key = Scena(stato="primo_ascolto"), str(uuid.uuid4())
    riservato.force_login(scena.assistente.utente)
    address = f"/casi/{scena.caso.pk}/passi/valuta/"
    assert riservato.post(address, {"chiave": key}).status_code == 302
    riservato.force_login(scena.altrove.utente)
    assert riservato.post(address, {"chiave": key}).status_code == 404
    assert riservato.post(address, {"chiave": "non-è-una-chiave"}).status_code == 404


def test_draft_that_arrives_after_its_form_is_not_kept(riservato):
    scena, key = Scena(stato="preso_in_carico"), str(uuid.uuid4())
    riservato.force_login(scena.assistente.utente)
    address = f"/casi/{scena.caso.pk}/diario/scrivi/"
    sent = {"chiave": key, "testo": "Canarino", "tipo": "nota", "avvenuto_il": "2026-01-01", "livello": "3"}
    assert riservato.post(address, sent).status_code == 302
    assert riservato.post(f"/bozze/diario/{scena.caso.pk}/", sent).status_code == 302
    assert "Canarino" not in riservato.get(address).content.decode()


def test_step_that_somebody_took_meanwhile_gives_the_words_back(riservato):
    scena = Scena(stato="chiuso")
    riservato.force_login(scena.assistente.utente)
    address = f"/casi/{scena.caso.pk}/passi/chiude/"
    answer = riservato.post(address, {"chiave": str(uuid.uuid4()), "valutazione_finale": "Parole lunghe"})
    assert answer.status_code == 409
    assert "Parole lunghe</textarea>" in answer.content.decode()
    assert riservato.get(address).status_code == 200
