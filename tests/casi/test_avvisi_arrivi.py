"""Who learns of an arrival: children in danger by name and by mail, a withdrawal by who was looking for her."""

import uuid

import pytest
from django.core import mail

from casi.actions.arrivi import passa_ai_minori
from casi.actions.avvisi_arrivi import announce
from casi.actions.pubblico import ritira
from casi.errori import Assente, Impossibile
from casi.models import Avviso, Registro, Segnalazione
from portal.utenti.models import Utente
from tests.factories.casi import PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


def colleague(volontario, ruolo, **more):
    return OperatoreFactory(ente=volontario.ente, ruolo=ruolo, in_rete=False, **more)


def told() -> set[tuple[int, str]]:
    return set(Avviso.objects.values_list("destinatario", "tipo"))


def test_children_in_danger_are_announced_by_name_and_mail_to_who_may_read_of_them(
    riservato, volontario, django_capture_on_commit_callbacks
):
    sociale, _capo = colleague(volontario, "assistente_sociale"), colleague(volontario, "coordinatore")
    OperatoreFactory(ruolo="assistente_sociale")
    alert = SegnalazioneFactory(ente=volontario.ente, minori_a_rischio=True, persona="Canarino")
    with django_capture_on_commit_callbacks(execute=True):
        announce(alert)
    assert told() == {(sociale.pk, "minori")}
    assert [message.to for message in mail.outbox] == [[sociale.utente.email]]
    assert alert.codice not in mail.outbox[0].body
    riservato.force_login(sociale.utente)
    page = riservato.get("/").content.decode()
    assert "È arrivata una segnalazione su bambini o ragazzi in pericolo" in page
    assert "1 segnalazione su bambini o ragazzi in pericolo" in page
    riservato.force_login(volontario.utente)
    assert "bambini" not in riservato.get("/").content.decode()


@pytest.mark.parametrize("spento", [{"utente__is_active": False}, {"utente__is_superuser": True}])
def test_when_nobody_may_read_it_today_the_coordinators_are_told_so(
    volontario, django_capture_on_commit_callbacks, spento
):
    capo = colleague(volontario, "coordinatore")
    colleague(volontario, "assistente_sociale", **spento)
    with django_capture_on_commit_callbacks(execute=True):
        announce(SegnalazioneFactory(ente=volontario.ente, minori_a_rischio=True))
    assert told() == {(capo.pk, "minori_nessuno")}
    assert [message.to for message in mail.outbox] == [[capo.utente.email]]


def test_alert_is_handed_to_who_looks_after_children_and_the_usual_rule_holds(riservato, volontario):
    sociale = colleague(volontario, "assistente_sociale")
    alert = SegnalazioneFactory(ente=volontario.ente, stato="vista", vista_da=volontario)
    riservato.force_login(volontario.utente)
    address = f"/arrivi/segnalazioni/{alert.pk}/"
    assert f'href="{address}minori/"' in riservato.get(address).content.decode()
    sent = {"chiave": str(uuid.uuid4())}
    assert riservato.post(f"{address}minori/", sent)["Location"] == "/arrivi/"
    alert.refresh_from_db()
    assert (alert.minori_a_rischio, alert.stato, alert.vista_da) == (True, "nuova", None)
    assert told() == {(sociale.pk, "minori")}
    assert Registro.objects.get(finalita="minori").oggetto_id == alert.pk
    assert riservato.get(address).status_code == 404
    with pytest.raises(Assente):
        passa_ai_minori(by=attore_for(volontario), segnalazione=alert.pk)
    with pytest.raises(Impossibile):
        passa_ai_minori(by=attore_for(sociale), segnalazione=alert.pk)
    assert Segnalazione.objects.get().minori_a_rischio


def test_withdrawal_is_told_once_to_who_took_the_request_and_to_who_listened(volontario):
    collega, _altri = colleague(volontario, "volontario_ascolto"), colleague(volontario, "referente")
    richiesta = RichiestaFactory(ente=volontario.ente, stato="vista", vista_da=volontario)
    PrimoAscoltoFactory(operatore=collega, richiesta=richiesta)
    ritira(codice=richiesta.codice)
    ritira(codice=richiesta.codice)
    assert told() == {(volontario.pk, "ritirata"), (collega.pk, "ritirata")}
    assert Avviso.objects.count() == 2


def test_withdrawal_of_what_nobody_has_taken_yet_is_told_to_who_reads_what_arrives(volontario):
    collega, _altri = colleague(volontario, "referente"), colleague(volontario, "operatore_sportello")
    OperatoreFactory(ruolo="volontario_ascolto")
    ritira(codice=RichiestaFactory(ente=volontario.ente).codice)
    assert told() == {(each.pk, "ritirata_subito") for each in (volontario, collega)}


@pytest.mark.parametrize("spento", [{"is_active": False}, {"is_superuser": True}])
def test_withdrawal_of_what_somebody_now_away_had_taken_is_told_to_who_reads_what_arrives(volontario, spento):
    collega = colleague(volontario, "referente")
    richiesta = RichiestaFactory(ente=volontario.ente, stato="vista", vista_da=volontario)
    PrimoAscoltoFactory(operatore=volontario, richiesta=richiesta)
    Utente.objects.filter(pk=volontario.utente_id).update(**spento)
    ritira(codice=richiesta.codice)
    assert told() == {(collega.pk, "ritirata_subito")}
