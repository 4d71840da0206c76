"""A request said on the phone or at the desk: written down by who is there, without a limit, with its receipt."""

import re
import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext, override

from casi.actions.freno import OGNI_ORA
from casi.actions.raccolta import raccogli
from casi.errori import Assente, Vietato
from casi.forms.raccolta import RaccoltaForm
from casi.models import Avviso, Bozza, Freno, Registro, Richiesta
from casi.selectors.bozze import draft
from casi.selectors.raccolta import open_raccolta
from tests.factories.casi import InformativaFactory, RichiestaFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, BisognoFactory, OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
ROMA = ZoneInfo("Europe/Rome")
NUOVA = "/arrivi/nuova/"


@pytest.fixture
def sportello():
    return OperatoreFactory(ruolo="operatore_sportello")


@pytest.fixture
def volontario(sportello):
    return OperatoreFactory(ente=sportello.ente, ruolo="volontario_ascolto", in_rete=False)


def said(**changes) -> dict:
    sent = {"chiave": str(uuid.uuid4()), "canale": "telefono", "contatto": "0000 123456", "lingua": "uk"}
    return {**sent, "tramite": "sportello", "informata": "on", **changes}


def campi(**changes) -> dict:
    return {"canale": "telefono", "contatto": "0000 123456", "lingua": "it", "tramite": "telefono", **changes}


def test_front_desk_writes_a_request_for_its_body_and_hands_over_the_receipt(riservato, act_as, sportello, volontario):
    BisognoFactory(codice="mangiare", nome="Mangiare")
    given = InformativaFactory(lingua="uk", testo="Informativa in ucraino.")
    collega = OperatoreFactory(ente=sportello.ente, ruolo="referente", in_rete=False)
    riservato.force_login(sportello.utente)
    act_as("riservato")
    assert f'href="{NUOVA}"' in riservato.get("/").content.decode()
    assert riservato.get(NUOVA).status_code == 200
    sent = said(nome="Canarina", bisogni=["mangiare"], interprete="on", contatto_sicuro="Di mattina")
    response = riservato.post(NUOVA, sent)
    richiesta = Richiesta.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"{NUOVA}{richiesta.pk}/")
    assert (richiesta.ente, richiesta.nome, richiesta.bisogni) == (sportello.ente, "Canarina", ["mangiare"])
    assert (richiesta.tramite, richiesta.raccolta_da, richiesta.informativa) == ("sportello", sportello, given)
    assert set(Avviso.objects.values_list("destinatario", "tipo")) == {
        (volontario.pk, "richiesta"),
        (collega.pk, "richiesta"),
    }
    page = riservato.get(response["Location"]).content.decode()
    assert richiesta.codice in page
    assert 'lang="uk" dir="ltr"' in page
    assert "Informativa in ucraino." in page
    assert "Canarina" not in page
    lines = Registro.objects.filter(azione="registrare_richiesta").order_by("pk")
    assert list(lines.values_list("finalita", "oggetto_id", "esito")) == [
        ("scrive", richiesta.pk, "consentito"),
        ("legge", richiesta.pk, "consentito"),
    ]
    assert riservato.post(NUOVA, sent)["Location"] == response["Location"]
    assert Richiesta.objects.count() == 1


@pytest.mark.parametrize(("lingua", "verso"), [("it", "ltr"), ("en", "ltr"), ("uk", "ltr"), ("ar", "rtl")])
def test_receipt_is_read_in_the_language_asked_for(riservato, act_as, sportello, volontario, lingua, verso):
    richiesta = raccogli(by=attore_for(sportello), **campi(lingua="fr"))
    riservato.force_login(sportello.utente)
    act_as("riservato")
    address = f"{NUOVA}{richiesta.pk}/"
    assert 'lang="it" dir="ltr"' in riservato.get(address).content.decode().split('class="rapporto"')[1]
    page = riservato.post(address, {"lingua": lingua}).content.decode()
    assert f'lang="{lingua}" dir="{verso}"' in page
    with override(lingua):
        assert gettext("Abbiamo la tua richiesta") in page


def test_mistake_keeps_what_was_typed_and_the_notice_comes_first(riservato, sportello, volontario):
    riservato.force_login(sportello.utente)
    for wrong, word in (({"contatto": ""}, "Scrivi il numero"), ({"informata": ""}, "Diglielo prima di scrivere")):
        response = riservato.post(NUOVA, said(nome="Canarina", **wrong))
        page = response.content.decode()
        assert response.status_code == 422
        assert word in page
        assert 'value="Canarina"' in page
    assert riservato.post(NUOVA, said(tramite="modulo")).status_code == 422
    assert not Richiesta.objects.exists()


@pytest.mark.parametrize("ruolo", ["referente", "volontario_ascolto", "assistente_sociale"])
def test_who_listens_writes_requests_too_and_is_not_told_of_his_own(riservato, ruolo):
    operatore = OperatoreFactory(ruolo=ruolo)
    riservato.force_login(operatore.utente)
    assert f'href="{NUOVA}"' in riservato.get("/arrivi/").content.decode()
    assert f'href="{NUOVA}"' not in riservato.get("/").content.decode()
    assert riservato.post(NUOVA, said(tramite="telefono")).status_code == 302
    richiesta = Richiesta.objects.get()
    page = riservato.get(f"/arrivi/richieste/{richiesta.pk}/").content.decode()
    assert "Al telefono" in page
    assert str(operatore.utente) in page
    assert not Avviso.objects.exists()


@pytest.mark.parametrize("ruolo", ["coordinatore", "responsabile_privacy"])
def test_nobody_else_writes_requests(riservato, ruolo):
    operatore = OperatoreFactory(ruolo=ruolo)
    riservato.force_login(operatore.utente)
    assert riservato.get(NUOVA).status_code == riservato.post(NUOVA, said()).status_code == 404
    with pytest.raises(Vietato):
        raccogli(by=attore_for(operatore), **campi())


def test_front_desk_still_reads_nothing_that_arrives(riservato, sportello, volontario):
    richiesta = raccogli(by=attore_for(sportello), **campi())
    riservato.force_login(sportello.utente)
    for address in ("/arrivi/", f"/arrivi/richieste/{richiesta.pk}/", "/ascolti/", "/arrivi/ricevuta/"):
        assert riservato.get(address).status_code == 404


def test_receipt_opens_for_who_wrote_it_on_that_day_alone(sportello, volontario):
    mine = raccogli(by=attore_for(sportello), **campi())
    assert open_raccolta(attore_for(sportello), mine.pk) == mine
    from_the_site = RichiestaFactory(ente=sportello.ente)
    other = raccogli(by=attore_for(volontario), **campi())
    old = raccogli(by=attore_for(sportello), **campi())
    Richiesta.objects.filter(pk=old.pk).update(ricevuta_il=timezone.now() - timedelta(days=1))
    for pk in (from_the_site.pk, other.pk, old.pk, uuid.uuid4()):
        with pytest.raises(Assente):
            open_raccolta(attore_for(sportello), pk)
    assert Registro.objects.filter(azione="registrare_richiesta", esito="negato").count() == 4
    sportello.ruolo = "coordinatore"
    sportello.save()
    with pytest.raises(Assente):
        open_raccolta(attore_for(sportello), mine.pk)


def test_where_nobody_listens_it_goes_to_the_lead_body_and_the_receipt_says_so(riservato):
    accordo = AccordoFactory()
    sociale = OperatoreFactory(ente=accordo.capofila, ruolo="assistente_sociale", in_rete=False)
    sportello = OperatoreFactory(ruolo="operatore_sportello", in_rete=False)
    AdesioneFactory(accordo=accordo, ente=sportello.ente)
    riservato.force_login(sportello.utente)
    response = riservato.post(NUOVA, said(), follow=True)
    assert Richiesta.objects.get().ente == accordo.capofila
    assert accordo.capofila.nome in response.content.decode()
    assert list(Avviso.objects.values_list("destinatario", flat=True)) == [sociale.pk]


def test_desk_has_no_limit_and_who_is_signed_in_does_not_fill_that_of_his_office(riservato, sportello, volontario):
    OperatoreFactory(ente=sportello.ente.adesioni.get().accordo.capofila, ruolo="volontario_ascolto", in_rete=False)
    riservato.force_login(sportello.utente)
    for _each in range(OGNI_ORA + 1):
        assert riservato.post(NUOVA, said()).status_code == 302
        sent = {name: value for name, value in said().items() if name not in ("tramite", "informata")}
        assert riservato.post("/chiedi-aiuto/", sent).status_code == 200
    assert not Freno.objects.exists()
    riservato.logout()
    assert riservato.post("/chiedi-aiuto/", sent | {"chiave": str(uuid.uuid4())}).status_code == 200
    assert Freno.objects.get().quanti == 1


def test_request_from_the_site_is_written_by_nobody_and_says_which_notice_was_shown(riservato):
    OperatoreFactory(ente=AccordoFactory().capofila, ruolo="volontario_ascolto", in_rete=False)
    english, _italian = (InformativaFactory(lingua=lingua) for lingua in ("en", "it"))
    sent = {"chiave": str(uuid.uuid4()), "canale": "di_persona", "lingua": "en"}
    assert riservato.post("/chiedi-aiuto/?lingua=en", sent).status_code == 200
    richiesta = Richiesta.objects.get()
    assert (richiesta.tramite, richiesta.raccolta_da, richiesta.informativa) == ("modulo", None, english)


@pytest.mark.parametrize("wrong", [{"tramite": "telefono"}, {"raccolta": True}])
def test_database_knows_that_somebody_wrote_it_down(sportello, wrong):
    if wrong.pop("raccolta", False):
        wrong = {"raccolta_da": sportello}
    with pytest.raises(IntegrityError):
        RichiestaFactory(**wrong)


def test_half_a_request_is_there_until_midnight_and_may_be_thrown_away(riservato, sportello, time_machine):
    """Who is called away from the desk goes on where she was; tomorrow, or for who comes next, nothing is left."""
    time_machine.move_to(datetime(2026, 3, 10, 17, tzinfo=ROMA), tick=False)
    riservato.force_login(sportello.utente)
    half = {"nome": "Canarina", "contatto": "0000 123456", "informata": "on"}
    assert riservato.post("/bozze/raccolta/", half).status_code == 204
    page = riservato.get(NUOVA)
    assert (page.context["modulo"]["nome"].value(), page.context["modulo"]["informata"].value()) == ("Canarina", None)
    assert 'name="da_capo"' in page.content.decode()
    assert "None" not in page.content.decode()
    again = riservato.post(NUOVA, {"da_capo": "1"}, follow=True)
    assert "Bozza buttata" in again.content.decode()
    assert "Canarina" not in again.content.decode()
    assert not Bozza.objects.exists()
    assert not Richiesta.objects.exists()
    riservato.post("/bozze/raccolta/", half)
    riservato.post("/bozze/ascolto/", {"racconto": "Canarino"})
    time_machine.move_to(datetime(2026, 3, 10, 23, 59, 59, tzinfo=ROMA), tick=False)
    assert draft(attore_for(sportello), "raccolta", None)
    time_machine.move_to(datetime(2026, 3, 11, 0, 0, 1, tzinfo=ROMA), tick=False)
    assert not draft(attore_for(sportello), "raccolta", None)
    call_command("scarto")
    assert [each.modulo for each in Bozza.objects.all()] == ["ascolto"]


def test_desk_form_has_every_question_in_one_of_its_steps(db):
    form = RaccoltaForm()
    asked = [name for _title, names in form.PASSI for name in names]
    assert sorted(asked) == sorted(name for name in form.fields if name not in {"chiave", "versione"})


def test_what_is_wrong_is_summed_in_the_order_of_the_page(riservato, sportello):
    riservato.force_login(sportello.utente)
    page = riservato.post(NUOVA, said(tramite="", canale="", informata="")).content.decode()
    summed = page.partition('class="riepilogo-errori"')[2].partition("</ul>")[0]
    assert re.findall('href="#id_([a-z]+)', summed) == ["tramite", "canale", "informata"]
    assert "Manca: serve per andare avanti." in summed
    assert "Questo campo è obbligatorio" not in page
    assert "Non è ancora salvato" in page
