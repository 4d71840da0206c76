"""The desk: whose arrivals, in which order, one step after the other, every reading on record."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from casi.actions import ascolti
from casi.actions.apertura import apri
from casi.actions.arrivi import PASSI, muovi, stands
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Bozza, Registro, Richiesta, StatoRichiesta
from casi.selectors.arrivi import open_arrivo, scrivania
from casi.selectors.lavoro import lavoro
from tests.factories.casi import CasoFactory, PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import (
    AccordoFactory,
    AdesioneFactory,
    BisognoFactory,
    OperatoreFactory,
    ServizioPageFactory,
)
from tests.support.attori import attore_for
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


def due(ente, days: int, tra: int | None = None, **more):
    """To be answered in so many days; `tra`: in how many its conversation is fixed, if it is."""
    fixed = None if tra is None else timezone.now() + timedelta(days=tra)
    answer_by = timezone.localdate() + timedelta(days=days)
    return RichiestaFactory(ente=ente, rispondere_entro=answer_by, ascolto_il=fixed, **more)


def test_desk_shows_the_own_body_late_ones_first_and_registers_which(volontario):
    ente = volontario.ente
    later, late, alert = due(ente, 2), due(ente, -4), SegnalazioneFactory(ente=ente)
    closed = due(ente, 0, stato="reindirizzata")
    RichiestaFactory()
    due(ente, 1, caso=CasoFactory())
    found = scrivania(attore_for(volontario))
    assert found.aperti == [late, later, alert]
    assert found.chiusi == [closed]
    line = Registro.objects.get()
    assert (line.azione, line.finalita, line.risultati) == ("gestire_arrivi", "elenco", 4)
    assert set(line.oggetti) == {later.pk, late.pk, alert.pk, closed.pk}


def test_children_in_danger_come_before_all_that_waits_and_before_all_that_does_not(volontario):
    sociale = OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False)
    late, heard = due(sociale.ente, -9), due(sociale.ente, -8, stato="ascolto_fissato")
    child, seen = (
        SegnalazioneFactory(ente=sociale.ente, minori_a_rischio=True, stato=each)
        for each in ("nuova", "ascolto_fissato")
    )
    PrimoAscoltoFactory(operatore=volontario, richiesta=heard)
    PrimoAscoltoFactory(operatore=sociale, segnalazione=seen)
    assert scrivania(attore_for(sociale)).aperti == [child, late, seen, heard]
    assert scrivania(attore_for(volontario)).aperti == [late, heard]


def test_what_was_listened_to_is_late_no_more_and_comes_after_what_waits(riservato, volontario):
    ente = volontario.ente
    heard, late, fixed = due(ente, -8, stato="vista"), due(ente, -1), due(ente, -9, stato="ascolto_fissato", tra=1)
    PrimoAscoltoFactory(operatore=volontario, richiesta=heard)
    assert scrivania(attore_for(volontario)).aperti == [late, fixed, heard]
    riservato.force_login(volontario.utente)
    assert riservato.get("/arrivi/").content.decode().count("In ritardo") == 1
    late.delete()
    assert "In ritardo" not in riservato.get("/arrivi/").content.decode()


def test_work_asks_for_an_answer_once_and_a_late_one_of_everybody(volontario):
    ente = volontario.ente
    collega = OperatoreFactory(ente=ente, ruolo="volontario_ascolto", in_rete=False)
    heard = due(ente, -8, stato="vista", vista_da=volontario)
    PrimoAscoltoFactory(operatore=volontario, richiesta=heard)
    late, soon = due(ente, -1, stato="vista", vista_da=collega), due(ente, 1, stato="vista", vista_da=collega)
    days = {"mine": [each.giorno for each in lavoro(attore_for(volontario)).arrivi]}
    days["his"] = [each.giorno for each in lavoro(attore_for(collega)).arrivi]
    assert days == {"mine": [late.rispondere_entro], "his": [late.rispondere_entro, soon.rispondere_entro]}


@pytest.mark.parametrize("ruolo", ["coordinatore", "operatore_sportello", "responsabile_privacy"])
def test_desk_is_closed_to_who_does_no_intake(riservato, ruolo):
    operatore = OperatoreFactory(ruolo=ruolo)
    richiesta = RichiestaFactory(ente=operatore.ente)
    riservato.force_login(operatore.utente)
    assert riservato.get("/arrivi/").status_code == 404
    assert riservato.get(f"/arrivi/richieste/{richiesta.pk}/").status_code == 404
    with pytest.raises(Vietato):
        muovi(by=attore_for(operatore), tipo="richiesta", arrivo=richiesta.pk, letto="nuova", stato="vista")


def test_minors_at_risk_are_read_by_the_social_worker_alone(volontario):
    sociale = OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False)
    alert = SegnalazioneFactory(ente=volontario.ente, minori_a_rischio=True)
    assert scrivania(attore_for(volontario)).aperti == []
    with pytest.raises(Assente):
        open_arrivo(attore_for(volontario), "segnalazione", alert.pk)
    with pytest.raises(Assente):
        muovi(by=attore_for(volontario), tipo="segnalazione", arrivo=alert.pk, letto="nuova", stato="vista")
    assert open_arrivo(attore_for(sociale), "segnalazione", alert.pk) == alert


def test_arrival_read_or_refused_is_registered_by_its_key(volontario):
    mine, other = RichiestaFactory(ente=volontario.ente), RichiestaFactory()
    open_arrivo(attore_for(volontario), "richiesta", mine.pk)
    with pytest.raises(Assente):
        open_arrivo(attore_for(volontario), "richiesta", other.pk)
    lines = Registro.objects.order_by("pk").values_list("oggetto", "oggetto_id", "esito")
    assert list(lines) == [("richiesta", mine.pk, "consentito"), ("richiesta", other.pk, "negato")]


def test_arrival_of_another_body_answers_as_one_that_is_not_there(riservato, volontario):
    other = SegnalazioneFactory()
    riservato.force_login(volontario.utente)
    forbidden = riservato.get(f"/arrivi/segnalazioni/{other.pk}/")
    absent = riservato.get(f"/arrivi/segnalazioni/{uuid.uuid4()}/")
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.content == absent.content


@pytest.mark.parametrize("start", StatoRichiesta.values)
@pytest.mark.parametrize("end", StatoRichiesta.values)
def test_only_the_drawn_steps_are_made(volontario, start, end):
    richiesta = RichiestaFactory(ente=volontario.ente, stato=start)
    step = {"by": attore_for(volontario), "tipo": "richiesta", "arrivo": richiesta.pk, "letto": stands(richiesta)}
    if end in PASSI[start]:
        muovi(**step, stato=end, nota="Fatto.", ascolto_il=timezone.now())
        assert Richiesta.objects.get().stato == end
    else:
        with pytest.raises(Impossibile):
            muovi(**step, stato=end, nota="Fatto.")
    assert start != "ritirata" or not PASSI[start]
    assert "ritirata" not in PASSI[start]  # the person's own word


def test_step_keeps_who_and_what_and_closing_wants_a_note(volontario):
    richiesta = RichiestaFactory(ente=volontario.ente)
    step = {"by": attore_for(volontario), "tipo": "richiesta", "arrivo": richiesta.pk, "letto": "nuova"}
    with refused("scrivi che cosa", "nota"):
        muovi(**step, stato="duplicata", nota=" ")
    muovi(**step, stato="duplicata", nota="Già seguita.")
    richiesta.refresh_from_db()
    assert richiesta.vista_da == volontario
    assert richiesta.esito_nota.endswith(f"{timezone.localdate().year}, {volontario.utente}: Già seguita.")
    with pytest.raises(Impossibile, match="qualcun altro"):
        muovi(**step, stato="vista")


def test_second_note_stands_under_the_first(volontario):
    richiesta = RichiestaFactory(ente=volontario.ente)
    step = {"by": attore_for(volontario), "tipo": "richiesta", "arrivo": richiesta.pk}
    muovi(**step, letto="nuova", stato="vista", nota="Chiamata, non risponde.")
    muovi(**step, letto="vista", stato="ascolto_fissato", nota=" ", ascolto_il=timezone.now())
    richiesta.refresh_from_db()
    muovi(**step, letto=stands(richiesta), stato="duplicata", nota="È la stessa di ieri.")
    richiesta.refresh_from_db()
    first, second = richiesta.esito_nota.splitlines()
    assert first.endswith("Chiamata, non risponde.")
    assert second.endswith("È la stessa di ieri.")


def test_fixed_conversation_comes_back_on_its_day_until_somebody_has_listened(riservato, volontario):
    """Asked for at the page, kept, moved, and forgotten when it is not fixed any more."""
    ente = volontario.ente
    richiesta, collega = due(ente, -1), OperatoreFactory(ente=ente, ruolo="volontario_ascolto", in_rete=False)
    riservato.force_login(volontario.utente)
    address = f"/arrivi/richieste/{richiesta.pk}/"

    def post(quando: str, stato: str = "ascolto_fissato"):
        read = stands(Richiesta.objects.get())
        sent = {"chiave": str(uuid.uuid4()), "letto": read, "stato": stato, "ascolto_il": quando, "nota": "Sentita."}
        return riservato.post(address, sent)

    def waits(operatore) -> list[tuple]:
        return [(each.genere, each.giorno) for each in lavoro(attore_for(operatore)).arrivi]

    refused = post("")
    assert (refused.status_code, "ascolto_il" in refused.context["modulo"].errors) == (422, True)
    day = timezone.localtime() + timedelta(days=2)
    assert post(f"{day:%Y-%m-%dT%H:%M}").status_code == 302
    assert waits(volontario) == [("ascolto", day.date())]
    assert waits(collega) == []
    assert (
        f"ascolto fissato per {date_format(day, 'l j F Y, G.i').lower()}" in riservato.get("/arrivi/").content.decode()
    )
    assert post(f"{day - timedelta(days=3):%Y-%m-%dT%H:%M}").status_code == 302
    assert waits(volontario) == waits(collega) == [("ascolto", day.date() - timedelta(days=3))]
    assert post("", "vista").status_code == 302
    richiesta.refresh_from_db()
    assert richiesta.ascolto_il is None
    Richiesta.objects.update(stato="ascolto_fissato", ascolto_il=day)
    PrimoAscoltoFactory(operatore=volontario, richiesta=richiesta)
    assert waits(volontario) == []


def test_day_that_somebody_else_has_just_fixed_is_not_written_over_unseen(riservato, volontario):
    day = timezone.localtime().replace(second=0, microsecond=0) + timedelta(days=2)
    richiesta = RichiestaFactory(ente=volontario.ente, stato="ascolto_fissato", ascolto_il=day)
    riservato.force_login(volontario.utente)
    address, moved = f"/arrivi/richieste/{richiesta.pk}/", day + timedelta(days=1)
    sent = {"chiave": str(uuid.uuid4()), "letto": stands(richiesta), "stato": "ascolto_fissato"}
    Richiesta.objects.update(ascolto_il=moved)
    response = riservato.post(address, {**sent, "ascolto_il": f"{day + timedelta(days=2):%Y-%m-%dT%H:%M}"})
    form = response.context["modulo"]
    assert (response.status_code, Richiesta.objects.get().ascolto_il) == (422, moved)
    assert date_format(moved, "l j F, G.i").lower() in form.non_field_errors()[0]
    again = {**sent, "letto": form["letto"].value(), "ascolto_il": form["ascolto_il"].value()}
    assert riservato.post(address, again).status_code == 302
    assert Richiesta.objects.get().ascolto_il == day + timedelta(days=2)


def test_step_after_somebody_elses_keeps_what_was_typed_and_is_sent_again(riservato, volontario):
    richiesta = RichiestaFactory(ente=volontario.ente, stato="vista")
    riservato.force_login(volontario.utente)
    address = f"/arrivi/richieste/{richiesta.pk}/"
    sent = {"chiave": str(uuid.uuid4()), "letto": "nuova", "stato": "duplicata", "nota": "Canarino"}
    response = riservato.post(address, sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "qualcun altro" in page
    assert "Canarino" in page
    again = re.search(r'name="letto"[^>]*value="(\w+)"', page)[1]
    assert riservato.post(address, {**sent, "letto": again}).status_code == 302
    assert Richiesta.objects.get().stato == "duplicata"


def test_note_typed_while_the_person_withdrew_is_shown(riservato, volontario):
    richiesta = RichiestaFactory(ente=volontario.ente, stato="ritirata")
    riservato.force_login(volontario.utente)
    sent = {"chiave": str(uuid.uuid4()), "letto": "nuova", "stato": "vista", "nota": "Canarino"}
    page = riservato.post(f"/arrivi/richieste/{richiesta.pk}/", sent).content.decode()
    assert "Canarino" in page
    assert "Ritirata: non cercarla" in page


def test_who_has_withdrawn_is_looked_for_by_nobody(riservato, volontario):
    riga = due(volontario.ente, 1, stato="ritirata")
    by = attore_for(volontario)
    with pytest.raises(Impossibile):
        ascolti.scrivi(by=by, tipo="richiesta", arrivo=riga.pk, racconto="x")
    sociale = OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False)
    AccordoFactory(capofila=volontario.ente)
    with pytest.raises(Impossibile):
        apri(by=attore_for(sociale), tipo="richiesta", fonte=riga.pk)
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/arrivi/richieste/{riga.pk}/").content.decode()
    assert "Apri un caso" not in page
    assert "Scrivi il primo ascolto" not in page
    assert "Ritirata: non cercarla" in page
    heard = PrimoAscoltoFactory(operatore=volontario, richiesta=riga)
    page = riservato.get(f"/ascolti/{heard.pk}/").content.decode()
    assert "Ritirata: non cercarla" in page
    assert "Apri un caso" not in page


def test_form_that_can_lead_nowhere_is_not_opened_and_says_why(riservato, volontario):
    """Who withdrew, and a body that opens no cases: back to the page, with the reason."""
    riga = due(volontario.ente, 1, stato="ritirata")
    heard = PrimoAscoltoFactory(operatore=volontario, richiesta=riga)
    free = due(volontario.ente, 1)
    sociale = OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False)
    riservato.force_login(sociale.utente)

    def sent_back(address: str, tail: str) -> str:
        response = riservato.get(f"{address}{tail}")
        assert (response.status_code, response["Location"]) == (302, address)
        return riservato.get(address).content.decode()

    assert "li apre l&#x27;ente capofila" in sent_back(f"/arrivi/richieste/{free.pk}/", "apri/")
    AccordoFactory(capofila=volontario.ente)
    at_the_desk = [(f"/arrivi/richieste/{riga.pk}/", tail) for tail in ("apri/", "ascolto/")]
    for address, tail in (*at_the_desk, (f"/ascolti/{heard.pk}/", "apri/"), (f"/ascolti/{heard.pk}/", "seguito/")):
        assert "ha ritirato la richiesta" in sent_back(address, tail)
    assert riservato.get(f"/arrivi/richieste/{free.pk}/apri/").status_code == 200


def test_page_of_a_request_shows_how_to_contact_first_and_makes_the_step(riservato, volontario):
    BisognoFactory(codice="mangiare", nome="Mangiare")
    dove = ServizioPageFactory(title="Emporio di prova").translation_key
    asked = {"contatto_sicuro": "Canarino di mattina", "bisogni": ["mangiare"], "servizio": dove}
    richiesta = RichiestaFactory(ente=volontario.ente, **asked)
    riservato.force_login(volontario.utente)
    address = f"/arrivi/richieste/{richiesta.pk}/"
    page = riservato.get(address).content.decode()
    assert page.index("Canarino di mattina") < page.index("0000 123456")
    assert "Mangiare" in page
    assert "Emporio di prova" in page
    assert "Apri un caso" not in page
    sent = {"chiave": str(uuid.uuid4()), "letto": "nuova", "stato": "vista"}
    assert riservato.post(address, sent).status_code == 302
    assert Richiesta.objects.get().stato == "vista"


def test_proposal_reaches_the_lead_body_of_the_network_it_was_made_in():
    accordo = AccordoFactory()
    sociale = OperatoreFactory(ente=accordo.capofila, ruolo="assistente_sociale", in_rete=False)
    collega = OperatoreFactory(ente=accordo.capofila, ruolo="volontario_ascolto", in_rete=False)
    volontario = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=accordo, ente=volontario.ente)
    proposta = PrimoAscoltoFactory(operatore=volontario, esito="proposta")
    PrimoAscoltoFactory(operatore=volontario, esito="orientamento")
    elsewhere = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    assert scrivania(attore_for(sociale)).proposte == [proposta]
    assert scrivania(attore_for(collega)).proposte == []
    assert scrivania(attore_for(elsewhere)).proposte == []
    for changes in (
        {"stato": "sospesa"},
        {"stato": "receduta"},
        {"valida_al": timezone.localdate() - timedelta(days=1)},
    ):
        accordo.adesioni.update(**changes)
        assert scrivania(attore_for(sociale)).proposte == [proposta]
        assert scrivania(attore_for(elsewhere)).proposte == []


def test_proposal_is_not_of_a_lead_body_that_was_only_asked_nor_of_one_left_for_another():
    accordo, other = AccordoFactory(), AccordoFactory()
    here, there = (
        OperatoreFactory(ente=each.capofila, ruolo="assistente_sociale", in_rete=False) for each in (accordo, other)
    )
    volontario = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    adesione = AdesioneFactory(accordo=accordo, ente=volontario.ente, stato="richiesta")
    proposta = PrimoAscoltoFactory(operatore=volontario, esito="proposta")
    assert scrivania(attore_for(here)).proposte == []
    adesione.stato = "receduta"
    adesione.save()
    assert scrivania(attore_for(here)).proposte == [proposta]
    AdesioneFactory(accordo=other, ente=volontario.ente)
    assert [scrivania(attore_for(each)).proposte for each in (here, there)] == [[], [proposta]]


@pytest.mark.matrice
def test_desk_asks_the_same_number_of_questions_with_one_row_and_with_twenty(
    riservato, volontario, django_assert_max_num_queries
):
    riservato.force_login(volontario.utente)
    RichiestaFactory(ente=volontario.ente)
    SegnalazioneFactory(ente=volontario.ente)
    with django_assert_max_num_queries(12) as few:
        riservato.get("/arrivi/")
    RichiestaFactory.create_batch(10, ente=volontario.ente)
    SegnalazioneFactory.create_batch(10, ente=volontario.ente)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert riservato.get("/arrivi/").content.decode().count('class="arrivo"') == 22


def test_what_is_typed_on_a_step_is_kept_for_its_own_arrival_until_it_is_saved(riservato, volontario):
    mine, other = due(volontario.ente, 1), due(volontario.ente, 2)
    riservato.force_login(volontario.utente)
    page, draft = f"/arrivi/richieste/{mine.pk}/", f"/bozze/passo_arrivo/{mine.pk}/"
    assert f'data-bozza="{draft}"' in riservato.get(page).content.decode()
    assert riservato.post(draft, {"nota": "Canarino a metà", "letto": stands(mine)}).status_code == 204
    assert "Canarino a metà" in riservato.get(page).content.decode()
    assert "Canarino a metà" not in riservato.get(f"/arrivi/richieste/{other.pk}/").content.decode()
    sent = {"chiave": str(uuid.uuid4()), "letto": stands(mine), "stato": "vista", "nota": "Canarino"}
    assert riservato.post(page, sent).status_code == 302
    assert not Bozza.objects.exists()


def test_what_is_typed_is_still_there_when_a_colleague_has_closed_it(riservato, volontario):
    mine = due(volontario.ente, 1)
    riservato.force_login(volontario.utente)
    riservato.post(f"/bozze/passo_arrivo/{mine.pk}/", {"nota": "Canarino a metà", "letto": stands(mine)})
    mine.stato = "reindirizzata"
    mine.save()
    assert "Canarino a metà" in riservato.get(f"/arrivi/richieste/{mine.pk}/").content.decode()
