"""Looking back at an emergency: by somebody else, once, with a reason, with all that was opened in that hour."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casi.actions.emergenze_esame import review
from casi.errori import Assente, Impossibile, Vietato
from casi.models import AccessoEmergenza, Avviso, Caso, Registro
from tests.casi.test_registro_viste import NOTA, written_at
from tests.factories.casi import AccessoEmergenzaFactory, CasoFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db


def test_emergency_is_reviewed_once_by_somebody_else_with_a_reason(dpo):
    emergenza = AccessoEmergenzaFactory()
    review(by=attore_for(dpo), emergenza=emergenza.pk, esito="giustificato", nota=NOTA)
    emergenza.refresh_from_db()
    assert (emergenza.esito, emergenza.nota_esame, emergenza.esaminato_da) == ("giustificato", NOTA, dpo)
    line = Registro.objects.get(azione="esaminare_emergenze")
    assert (line.casi, line.oggetto_id, line.finalita) == ([emergenza.caso_id], emergenza.pk, "giustificato")
    with pytest.raises(Impossibile, match="già"):
        review(by=attore_for(dpo), emergenza=emergenza.pk, esito="abuso", nota=NOTA)


def test_emergency_is_not_reviewed_by_who_opened_it_nor_by_another_role_nor_with_another_outcome(dpo):
    before = {"operatore__dal": date(2020, 1, 1), "operatore__al": date(2023, 12, 31)}  # as a social worker
    own = AccessoEmergenzaFactory(operatore__utente=dpo.utente, **before)
    with pytest.raises(Impossibile, match="tuo"):
        review(by=attore_for(dpo), emergenza=own.pk, esito="giustificato", nota=NOTA)
    other = AccessoEmergenzaFactory()
    with pytest.raises(Vietato):
        review(by=attore_for(other.operatore), emergenza=own.pk, esito="giustificato", nota=NOTA)
    with pytest.raises(ValidationError):
        review(by=attore_for(dpo), emergenza=other.pk, esito="boh", nota=NOTA)
    with pytest.raises(Assente):
        review(by=attore_for(dpo), emergenza=uuid4(), esito="abuso", nota=NOTA)
    assert not AccessoEmergenza.objects.filter(esaminato_il__isnull=False).exists()


def test_review_shows_what_was_opened_in_that_hour_and_nothing_else(riservato, act_as, dpo, altro):
    now = timezone.now()
    accesso = AccessoEmergenzaFactory(operatore=altro, chiuso_il=now - timedelta(minutes=10))
    wanted = {"operatore": altro, "casi": [accesso.caso_id]}
    written_at(now - timedelta(minutes=20), **wanted)
    written_at(now - timedelta(minutes=15), **wanted, azione="vedere_persone", esito="negato")
    written_at(now - timedelta(minutes=5), **wanted)  # after its end
    written_at(accesso.inizio - timedelta(minutes=5), **wanted)
    written_at(now - timedelta(minutes=20), altro, casi=[CasoFactory().pk])
    written_at(now - timedelta(minutes=20), OperatoreFactory(), casi=[accesso.caso_id])
    riservato.force_login(dpo.utente)
    act_as("riservato")
    page = riservato.get(f"/registro/emergenze/{accesso.pk}/")
    shown = [(riga.fatto, riga.voce.esito) for riga in page.context["intanto"].righe]
    assert shown == [("Ha aperto il caso", "consentito"), ("Vede nomi e contatti delle persone", "negato")]
    assert "Negato:</strong> Vede nomi e contatti" in page.content.decode()


@pytest.mark.parametrize(("esito", "told"), [("abuso", True), ("giustificato", False)])
def test_abuse_is_told_to_who_coordinates_and_who_answers(
    dpo, mailoutbox, django_capture_on_commit_callbacks, esito, told
):
    """Not to who opened it, and with no word of the case."""
    caso = CasoFactory()
    coordinatore, opener = (OperatoreFactory(ente=caso.ente_titolare, ruolo="coordinatore") for _each in "ab")
    accesso = AccessoEmergenzaFactory(caso=caso, operatore=opener)
    OperatoreFactory(ruolo="coordinatore")
    responsabile = IncaricoFactory(caso=accesso.caso, parte="responsabile").operatore
    with django_capture_on_commit_callbacks(execute=True):
        review(by=attore_for(dpo), emergenza=accesso.pk, esito=esito, nota=NOTA)
    notices = Avviso.objects.filter(tipo="abuso")
    assert {each.destinatario for each in notices} == ({coordinatore, responsabile} if told else set())
    assert len(mailoutbox) == (2 if told else 0)
    assert not [each for each in mailoutbox if accesso.caso.numero in each.body]


def test_review_from_the_list_to_its_outcome(riservato, act_as, dpo):
    late = AccessoEmergenzaFactory(esaminare_entro=timezone.localdate() - timedelta(days=1))
    riservato.force_login(dpo.utente)
    act_as("riservato")
    page = riservato.get("/registro/emergenze/").content.decode()
    assert "In ritardo" in page
    assert "gridare" not in page
    address = f"/registro/emergenze/{late.pk}/"
    opened = riservato.get(address)
    assert "gridare" in opened.content.decode()
    key = opened.context["modulo"]["chiave"].value()
    assert riservato.post(address, {"chiave": key, "esito": "abuso", "nota": "corta"}).status_code == 422
    done = riservato.post(address, {"chiave": key, "esito": "abuso", "nota": NOTA})
    assert (done.status_code, done["Location"]) == (302, "/registro/emergenze/")
    page = riservato.get("/registro/emergenze/").content.decode()
    assert "Nessun accesso da esaminare" in page
    assert "Abuso" in page
    assert riservato.get(f"/registro/emergenze/{uuid4()}/").status_code == 404
    assert Caso.objects.count() == 1


def test_review_shows_every_line_of_the_emergency_page_after_page(riservato, dpo, monkeypatch):
    monkeypatch.setattr("casi.selectors.emergenze_esame.RIGHE", 3)
    emergenza = AccessoEmergenzaFactory()
    inside = emergenza.inizio + timedelta(minutes=5)
    for _each in range(7):
        written_at(inside, emergenza.operatore, casi=[emergenza.caso_id])
    riservato.force_login(dpo.utente)
    address, pages, shown = f"/registro/emergenze/{emergenza.pk}/", [], []
    while address:
        response = riservato.get(address)
        intanto = response.context["intanto"]
        pages.append(response.content.decode())
        shown += [each.voce.pk for each in intanto.righe]
        address = f"/registro/emergenze/{emergenza.pk}/?dopo={intanto.dopo}" if intanto.dopo else ""
    assert (len(pages), len(shown), len(set(shown))) == (3, 7, 7)
    assert all("in più pagine" in page for page in pages)
    assert ["Voci seguenti" in page for page in pages] == [True, True, False]
    for spoilt in ("x", "-1", "9" * 30, "²"):
        assert riservato.get(f"/registro/emergenze/{emergenza.pk}/", {"dopo": spoilt}).context["intanto"].inizio
