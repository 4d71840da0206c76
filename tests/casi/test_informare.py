"""The person an alert is about is told within a month, or it is written why not: the duty is not lost on the way."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from casi.actions.informare import informa
from casi.errori import Assente, Vietato
from casi.models import Bozza, Registro, Segnalazione
from casi.percorso import FINITI
from casi.selectors.lavoro import lavoro
from tests.factories.casi import CasoFactory, SegnalazioneFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, responsabile

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def alert(ente, days, **more) -> Segnalazione:
    return SegnalazioneFactory(ente=ente, avvisare_entro=OGGI() + timedelta(days=days), **more)


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


def test_what_is_due_shows_to_who_sees_the_alert_or_assesses_its_case_oldest_first(volontario):
    ente = volontario.ente
    soon, late, alerts = alert(ente, 5), alert(ente, -2), alert(ente, -1, minori_a_rischio=True)
    alert(ente, 8)
    alert(ente, -3, avvisata_il=OGGI())
    alert(ente, -3, non_avvisata_perche="Sapeva già tutto.")
    alert(ente, -3, stato="ritirata")
    caso = CasoFactory(ente_titolare=ente)
    taken = alert(ente, -9, caso=caso)
    assert [each.pk for each in lavoro(attore_for(volontario)).da_informare] == [late.pk, soon.pk]
    mine = lavoro(responsabile(caso)).da_informare
    assert [(each.pk, each.caso) for each in mine] == [
        (taken.pk, caso.pk), (late.pk, None), (alerts.pk, None), (soon.pk, None),
    ]  # fmt: skip
    assert lavoro(ammesso(caso)).da_informare == []


def test_case_that_has_somebody_to_inform_is_in_the_register_of_who_was_told(volontario):
    """Also when it is over, and no more among the cases of the page."""
    caso = CasoFactory(ente_titolare=volontario.ente, stato="chiuso")
    alert(volontario.ente, -1, caso=caso)
    found = lavoro(responsabile(caso))
    assert ([each.caso for each in found.da_informare], found.miei) == ([caso.pk], [])
    assert Registro.objects.get(azione="entrare").casi == [caso.pk]


@pytest.mark.parametrize("caso", [False, True])
def test_it_is_marked_from_the_desk_and_from_the_case(riservato, volontario, caso):
    attore = attore_for(volontario)
    riga = alert(volontario.ente, -2)
    start = address = f"/arrivi/segnalazioni/{riga.pk}/"
    if caso:
        taken = riga.caso = CasoFactory(ente_titolare=volontario.ente)
        riga.save()
        attore = responsabile(taken)
        start, address = f"/casi/{taken.pk}/ascolti/", f"/casi/{taken.pk}/ascolti/{riga.pk}/"
    riservato.force_login(attore.operatore.utente)
    assert f'href="{address}informata/"' in riservato.get(start).content.decode()
    assert f"La persona della segnalazione {riga.codice}" in riservato.get("/").content.decode()
    sent = {"chiave": str(uuid.uuid4()), "versione": 1, "avvisata_il": OGGI().isoformat()}
    response = riservato.post(f"{address}informata/", sent)
    assert (response.status_code, response["Location"]) == (302, start)
    riga.refresh_from_db()
    assert riga.avvisata_il == OGGI()
    assert "informata il" in riservato.get(start).content.decode()
    assert riga.codice not in riservato.get("/").content.decode()
    line = Registro.objects.filter(finalita="informa").get()
    assert (line.oggetto_id, bool(line.casi)) == (riga.pk, caso)


@pytest.mark.parametrize("stato", sorted(FINITI))
def test_it_is_marked_also_when_the_case_is_over(stato):
    """It stays among what is to be done: it can be done."""
    caso = CasoFactory(stato=stato)
    riga, attore = alert(caso.ente_titolare, -2, caso=caso), responsabile(caso)
    assert [each.pk for each in lavoro(attore).da_informare] == [riga.pk]
    informa(by=attore, segnalazione=riga.pk, caso=caso.pk, versione=1, avvisata_il=OGGI())
    assert lavoro(attore).da_informare == []


def test_it_may_be_written_why_not_and_one_of_the_two_is_asked(riservato, volontario):
    riga = alert(volontario.ente, 1)
    riservato.force_login(volontario.utente)
    address = f"/arrivi/segnalazioni/{riga.pk}/informata/"
    for both in ({}, {"avvisata_il": OGGI().isoformat(), "non_avvisata_perche": "Canarino"}):
        assert riservato.post(address, {"chiave": str(uuid.uuid4()), **both}).status_code == 422
    sent = {"chiave": str(uuid.uuid4()), "versione": 1, "non_avvisata_perche": "Canarino"}
    assert riservato.post(address, sent).status_code == 302
    assert "Canarino" in riservato.get(f"/arrivi/segnalazioni/{riga.pk}/").content.decode()


@pytest.mark.parametrize("caso", [False, True])
def test_second_of_two_people_is_shown_what_the_first_wrote_and_loses_nothing(riservato, volontario, caso):
    riga, attore = alert(volontario.ente, -2), attore_for(volontario)
    address = f"/arrivi/segnalazioni/{riga.pk}/informata/"
    if caso:
        riga.caso = CasoFactory(ente_titolare=volontario.ente)
        riga.save()
        attore = responsabile(riga.caso)
        address = f"/casi/{riga.caso_id}/ascolti/{riga.pk}/informata/"
    riservato.force_login(attore.operatore.utente)
    read = riservato.get(address).context["modulo"]["versione"].value()
    informa(by=attore, segnalazione=riga.pk, caso=riga.caso_id, versione=read, avvisata_il=OGGI())
    sent = {"chiave": str(uuid.uuid4()), "versione": read, "non_avvisata_perche": "Canarino"}
    response = riservato.post(address, sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Canarino" in page
    assert date_format(OGGI(), "j F Y").lower() in page
    riga.refresh_from_db()
    assert riga.avvisata_il == OGGI()
    again = {name: response.context["modulo"][name].value() for name in ("chiave", "versione")}
    assert riservato.post(address, sent | again).status_code == 302
    riga.refresh_from_db()
    assert (riga.avvisata_il, riga.non_avvisata_perche) == (None, "Canarino")


@pytest.mark.parametrize("days", [-3, 1])
def test_day_is_between_the_alert_and_today(volontario, days):
    riga = alert(volontario.ente, 1)
    with pytest.raises(ValidationError):
        informa(by=attore_for(volontario), segnalazione=riga.pk, versione=1, avvisata_il=OGGI() + timedelta(days=days))


def test_who_may_not_read_the_alert_marks_nothing(volontario):
    taken = alert(volontario.ente, 1, caso=CasoFactory(ente_titolare=volontario.ente))
    say = {"by": attore_for(volontario), "versione": 1, "non_avvisata_perche": "No."}
    for riga in (alert(OperatoreFactory().ente, 1), alert(volontario.ente, 1, minori_a_rischio=True), taken):
        with pytest.raises(Assente):
            informa(segnalazione=riga.pk, **say)
    with pytest.raises(Vietato):
        informa(segnalazione=taken.pk, caso=taken.caso_id, **say)
    elsewhere = CasoFactory(ente_titolare=volontario.ente)
    with pytest.raises(Assente):
        informa(**say | {"by": responsabile(elsewhere)}, segnalazione=taken.pk, caso=elsewhere.pk)


@pytest.mark.parametrize("caso", [False, True])
def test_reason_half_typed_is_kept_for_its_own_alert_until_it_is_saved(riservato, volontario, caso):
    where = {"caso": CasoFactory(ente_titolare=volontario.ente)} if caso else {}
    mine, other = (alert(volontario.ente, 1, **where) for _each in range(2))
    attore = responsabile(where["caso"]) if caso else attore_for(volontario)
    riservato.force_login(attore.operatore.utente)
    start = f"/casi/{where['caso'].pk}/ascolti/" if caso else "/arrivi/segnalazioni/"
    page, draft = f"{start}{mine.pk}/informata/", f"/bozze/informata/{mine.pk}/"
    assert f'data-bozza="{draft}"' in riservato.get(page).content.decode()
    typed = {"non_avvisata_perche": "Canarino a metà", "versione": "1"}
    assert riservato.post(draft, typed).status_code == 204
    assert "Canarino a metà" in riservato.get(page).content.decode()
    assert "Canarino a metà" not in riservato.get(f"{start}{other.pk}/informata/").content.decode()
    assert riservato.post(page, {"chiave": str(uuid.uuid4()), **typed}).status_code == 302
    assert not Bozza.objects.exists()
