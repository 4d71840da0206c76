"""The first page of each role, and the list of cases: what to do, in few questions, nothing that is not one's own."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casi.giorni import start_of
from casi.models import AccessoEmergenza, Avviso, Caso, Passaggio, Registro, Richiesta, Segnalazione, Valutazione
from casi.selectors.casi import PAGE, Filtri, elenco_casi
from casi.selectors.lavoro import lavoro
from tests.factories.casi import AmmissioneFactory, CasoFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.domande import assert_flat, questions
from tests.support.incaricati import incarica
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
BUDGET = 12


def day(offset: int):
    return OGGI() + timedelta(days=offset)


@pytest.fixture
def assistente():
    return OperatoreFactory(ruolo="assistente_sociale")


def caso_di(operatore, **values) -> Caso:
    caso = CasoFactory(ente_titolare=operatore.ente, **{"stato": "preso_in_carico", **values})
    incarica(caso, operatore)
    return caso


def arrivo(modello, ente, **values):
    extra = {"avvisare_entro": OGGI(), "persona": "x"} if modello is Segnalazione else {"canale": "telefono"}
    return modello.objects.create(ente=ente, **{"rispondere_entro": day(1), **extra, **values})


def numbers(riservato, address: str) -> set[str]:
    return set(re.findall(r"C-\w{6}", riservato.get(address).content.decode()))


def test_work_of_a_social_worker_tells_late_waiting_and_next(assistente):
    late = caso_di(assistente, prossima_verifica=day(-1))
    urgent = caso_di(assistente, stato="in_valutazione", urgente_fino_al=day(-1))
    waiting = caso_di(assistente, stato="in_valutazione")
    Valutazione.objects.create(caso=waiting, autore=assistente, conclusa_il=timezone.now())
    soon = caso_di(assistente, prossima_verifica=day(10))
    caso_di(assistente, prossima_verifica=day(60))
    closed = caso_di(assistente, stato="chiuso", prossima_verifica=day(-9))
    CasoFactory(ente_titolare=assistente.ente, prossima_verifica=day(-1))
    found = lavoro(attore_for(assistente))
    assert {row.caso.pk for row in found.in_ritardo} == {late.pk, urgent.pk}
    assert [row.caso.pk for row in found.in_attesa] == [waiting.pk]
    assert [row.caso.pk for row in found.verifiche] == [soon.pk]
    assert closed.pk not in {mio.riga.caso.pk for mio in found.miei}
    assert len(found.miei) == 5
    assert [mio.riga.caso.pk for mio in found.miei][:2] == [late.pk, urgent.pk], "what presses comes first"


def test_work_puts_what_is_late_before_who_can_mend_it_and_tells_the_others_whom_it_waits_for(riservato, assistente):
    late = caso_di(assistente, prossima_verifica=day(-1))
    referente = OperatoreFactory(ruolo="referente", ente=assistente.ente)
    incarica(late, referente, "collaboratore")
    mine, theirs = lavoro(attore_for(assistente)), lavoro(attore_for(referente))
    assert ([row.caso for row in mine.in_ritardo], mine.in_attesa) == ([late], [])
    assert (theirs.in_ritardo, [row.caso for row in theirs.in_attesa]) == ([], [late])
    riservato.force_login(referente.utente)
    assert "tocca a chi è responsabile" in riservato.get("/").content.decode()


def test_work_offers_the_next_step_only_to_who_may_take_it(assistente):
    caso = caso_di(assistente, stato="segnalato")
    volontario = OperatoreFactory(ente=assistente.ente, ruolo="volontario_ascolto")
    incarica(caso, volontario, "collaboratore")
    assert lavoro(attore_for(volontario)).miei[0].passo == "ascolta"
    Caso.objects.filter(pk=caso.pk).update(stato="primo_ascolto")
    assert lavoro(attore_for(assistente)).miei[0].passo == "valuta"
    assert lavoro(attore_for(volontario)).miei[0].passo == ""


def test_work_counts_what_arrived_and_who_is_late(assistente):
    arrivo(Richiesta, assistente.ente, rispondere_entro=day(-2))
    arrivo(Richiesta, assistente.ente, rispondere_entro=day(-2))
    arrivo(Segnalazione, assistente.ente, minori_a_rischio=True)
    arrivo(Richiesta, assistente.ente, stato="vista", vista_da=assistente, rispondere_entro=day(-3))
    arrivo(Richiesta, assistente.ente, stato="vista", vista_da=OperatoreFactory(ente=assistente.ente))
    arrivo(Richiesta, assistente.ente, stato="ascolto_fissato", vista_da=assistente, ascolto_il=start_of(day(4)))
    arrivo(Richiesta, OperatoreFactory().ente)
    found = lavoro(attore_for(assistente)).arrivi
    assert [(each.genere, each.giorno, each.quante) for each in found] == [
        ("minori", day(1), 1), ("richiesta", day(-3), 1), ("richiesta", day(-2), 2), ("ascolto", day(4), 1),
    ]  # fmt: skip
    volontario = OperatoreFactory(ente=assistente.ente, ruolo="volontario_ascolto")
    assert {each.genere for each in lavoro(attore_for(volontario)).arrivi} == {"richiesta"}
    assert lavoro(attore_for(OperatoreFactory(ente=assistente.ente, ruolo="operatore_sportello"))).arrivi == []


def test_work_tells_when_the_adhesion_of_the_body_ends(assistente):
    adesione = assistente.ente.adesioni.get()
    adesione.valida_al = day(90)
    adesione.save()
    assert [each.giorno for each in lavoro(attore_for(assistente)).adesioni] == [day(90)]
    adesione.valida_al = day(91)
    adesione.save()
    assert lavoro(attore_for(assistente)).adesioni == []


def test_notice_names_the_case_only_while_it_may_be_seen_and_is_put_away_by_its_owner(riservato, assistente):
    caso = caso_di(assistente)
    avviso = Avviso.objects.create(destinatario=assistente, tipo="emergenza", caso=caso)
    altrui = Avviso.objects.create(destinatario=OperatoreFactory(), tipo="emergenza")
    riservato.force_login(assistente.utente)
    assert "accesso in emergenza" in riservato.get("/").content.decode()
    caso.incarichi.update(tolta_il=timezone.now())
    page = riservato.get("/").content.decode()
    assert "accesso in emergenza" in page
    assert caso.numero not in page
    for sent in (altrui.pk, "x", avviso.pk):
        assert riservato.post("/avvisi/letti/", {"avviso": sent}).status_code == 302
    assert Avviso.objects.get(pk=avviso.pk).letto_il is not None
    assert Avviso.objects.get(pk=altrui.pk).letto_il is None
    assert "accesso in emergenza" not in riservato.get("/").content.decode()


def test_notice_gives_the_coordinator_the_number_by_which_he_acts_and_no_way_in(riservato):
    """Who answers for a case has declared a conflict: he has to give it to somebody else, and must know which."""
    scena = Scena(stato="preso_in_carico")
    altrui = CasoFactory()
    for caso in (scena.caso, altrui):
        Avviso.objects.create(destinatario=scena.coordinatore, tipo="incompatibilita", caso=caso)
    riservato.force_login(scena.coordinatore.utente)
    page = riservato.get("/").content.decode()
    assert scena.caso.numero in page
    assert altrui.numero not in page
    assert f'href="/casi/{scena.caso.pk}/"' not in page


def test_work_of_the_privacy_officer_counts_the_emergencies_that_he_examines(riservato):
    """Those of every body: most have no officer of their own, and his page lists them all."""
    dpo = OperatoreFactory(ruolo="responsabile_privacy")
    now = timezone.now()
    for ente in (dpo.ente, OperatoreFactory().ente):
        caso = CasoFactory(ente_titolare=ente)
        AccessoEmergenza.objects.create(
            caso=caso, operatore=OperatoreFactory(), motivo="Serve.", codice_motivo="notte", inizio=now,
            fine=now + timedelta(hours=1), esaminare_entro=OGGI(),
        )  # fmt: skip
    riservato.force_login(dpo.utente)
    page = riservato.get("/").content.decode()
    assert "2 accessi in emergenza da esaminare" in page
    assert "C-" not in page


def test_work_of_who_follows_no_case_has_no_columns_of_cases(riservato, assistente):
    for ruolo, columns in (
        ("assistente_sociale", True),
        ("responsabile_privacy", False),
        ("operatore_sportello", False),
    ):
        riservato.force_login(OperatoreFactory(ruolo=ruolo, ente=assistente.ente).utente)
        page = riservato.get("/").content.decode()
        assert ("Prossime verifiche" in page, "In attesa di altri" in page) == (columns, columns), ruolo
    assert "non apre casi" in page


def test_work_says_today_of_what_is_due_today(riservato, assistente):
    arrivo(Richiesta, assistente.ente, rispondere_entro=day(0))
    riservato.force_login(assistente.utente)
    assert "entro oggi" in riservato.get("/").content.decode()


def test_work_of_the_coordinator_is_counts_alone(riservato):
    scena = Scena(stato="in_valutazione")
    riservato.force_login(scena.coordinatore.utente)
    page = riservato.get("/").content.decode()
    assert "1 caso da assegnare" in page
    assert scena.caso.numero not in page


def test_work_and_list_show_names_only_where_persons_may_be_seen(riservato):
    incarico = IncaricoFactory(operatore=OperatoreFactory(ruolo="referente"), caso__stato="preso_in_carico")
    caso, ente = incarico.caso, incarico.operatore.ente
    famiglia(caso, altri=3, cognome="Canarino")
    ammissione = AmmissioneFactory(caso=caso, ente=ente)
    riservato.force_login(incarico.operatore.utente)
    for address in ("/", "/casi/", f"/casi/{caso.pk}/"):
        page = riservato.get(address).content.decode()
        assert caso.numero in page
        assert "Canarino" not in page
    assert "3 o 4 persone" in riservato.get("/casi/").content.decode()
    ammissione.ambiti = ["sintesi", "contatti"]
    ammissione.save()
    for address in ("/", "/casi/", f"/casi/{caso.pk}/"):
        assert "Canarino" in riservato.get(address).content.decode()


def test_list_is_narrowed_by_state_urgency_and_delay(riservato, assistente):
    late = caso_di(assistente, prossima_verifica=day(-1))
    urgent = caso_di(assistente, stato="in_valutazione", urgente_fino_al=day(3))
    riservato.force_login(assistente.utente)
    assert numbers(riservato, "/casi/") == {late.numero, urgent.numero}
    assert numbers(riservato, "/casi/?stato=preso_in_carico") == {late.numero}
    assert numbers(riservato, "/casi/?urgenti=1") == {urgent.numero}
    assert numbers(riservato, "/casi/?in_ritardo=1") == {late.numero}
    assert numbers(riservato, "/casi/?in_ritardo=1&urgenti=1") == set()
    assert numbers(riservato, "/casi/?stato=boh&dopo=boh") == {late.numero, urgent.numero}


def test_list_goes_on_from_the_last_case_without_skipping_or_repeating(assistente):
    moment = timezone.now()
    mine = [caso_di(assistente, aperto_il=moment - timedelta(hours=n // 3)) for n in range(PAGE + 7)]
    by, seen, after = attore_for(assistente), [], None
    while True:
        page = elenco_casi(by, Filtri(dopo=after))
        seen += [row.caso.pk for row in page.righe]
        if not page.altri:
            break
        after = page.ultimo
    assert len(seen) == len(set(seen)) == len(mine)
    altrui = CasoFactory(aperto_il=moment)
    assert elenco_casi(by, Filtri(dopo=altrui.pk)).righe == []


def test_what_was_shown_is_in_the_register(assistente):
    caso = caso_di(assistente)
    lavoro(attore_for(assistente))
    elenco_casi(attore_for(assistente))
    assert [(line.azione, line.casi) for line in Registro.objects.order_by("pk")] == [
        ("entrare", [caso.pk]), ("elencare_casi", [caso.pk]),
    ]  # fmt: skip


@pytest.mark.matrice
@pytest.mark.parametrize("address", ["/", "/casi/"])
def test_page_asks_few_questions_the_same_for_one_case_and_for_twenty(riservato, assistente, address):
    def fill(n: int) -> None:
        for _each in range(n):
            famiglia(caso_di(assistente, prossima_verifica=day(-1)), altri=2)
            Avviso.objects.create(destinatario=assistente, tipo="incarico", caso=Caso.objects.last())
            scena = Scena(stato="in_valutazione", ente=assistente.ente)
            scena.fa("assegna", assistente=assistente)
            arrivo(Richiesta, assistente.ente)
            arrivo(Segnalazione, assistente.ente)

    riservato.force_login(assistente.utente)
    fill(1)
    few = questions(riservato, address)
    fill(19)
    assert questions(riservato, address) == few <= BUDGET


def test_page_of_a_case_asks_the_same_however_many_steps_it_has_taken(riservato, assistente):
    caso = caso_di(assistente)
    riservato.force_login(assistente.utente)

    def step() -> None:
        Passaggio.objects.create(caso=caso, da="sospeso", a="preso_in_carico", passo="riprende", operatore=assistente)

    assert_flat(riservato, [f"/casi/{caso.pk}/"], step)


@pytest.mark.matrice
def test_desk_asks_few_questions_the_same_for_one_case_and_for_twenty(riservato):
    scena = Scena(stato="in_valutazione")
    riservato.force_login(scena.coordinatore.utente)
    for address in ("/", "/assegnazioni/", f"/casi/{scena.caso.pk}/assegna/"):
        few = questions(riservato, address)
        for _each in range(5):
            Scena(stato="in_valutazione", ente=scena.ente)
        assert questions(riservato, address) == few <= BUDGET
