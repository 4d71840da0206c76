"""The coordinator's desk: no case that nobody answers for is off it, none is cut off, closed ones by their number."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casi import policies
from casi.errori import Impossibile
from casi.models import Caso, Incompatibilita, Oscuramento, PresaInCarico, Registro, Valutazione
from casi.percorso import FINITI, SENZA_PRESA
from casi.ruoli import Azione
from casi.selectors import assegnazioni as banco
from casi.selectors.accredito import rete
from casi.selectors.lavoro import lavoro
from tests.factories.casi import CasoFactory, InterventoFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.html import without_token
from tests.support.incaricati import incarica
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def by(scena):
    return attore_for(scena.coordinatore)


def sections(scena) -> list[str]:
    """Where the case of the scene is."""
    found = banco.assegnazioni(by(scena)).sezioni
    return [nome for nome, sezione in found.items() if scena.caso.pk in [caso.pk for caso in sezione.casi]]


def gone(scena) -> None:
    scena.assistente.al = OGGI() - timedelta(days=1)
    scena.assistente.save()


def switched_off(scena) -> None:
    scena.assistente.utente.is_active = False
    scena.assistente.utente.save()


def in_conflict(scena) -> None:
    Incompatibilita.objects.create(
        caso=scena.caso, utente=scena.assistente.utente, origine="rilevata", motivo="parente", dal=OGGI()
    )


def taken_off(scena) -> None:
    scena.caso.incarichi.update(tolta_il=timezone.now())


def counted(scena) -> tuple[int, str]:
    found = lavoro(by(scena)).ufficio
    return found.senza_responsabile, rete(by(scena)).da_riassegnare


@pytest.mark.parametrize("away", [gone, switched_off, in_conflict, taken_off])
def test_case_nobody_answers_for_is_on_the_desk(away):
    scena = Scena(stato="preso_in_carico")
    assert (sections(scena), counted(scena)) == (["in_carico"], (0, ""))
    away(scena)
    assert (sections(scena), counted(scena)) == (["senza_responsabile"], (1, "meno di 5"))
    scena.fa("riassegna")
    assert (sections(scena), counted(scena)) == (["in_attesa"], (0, "")), "it waits for an answer"
    scena.fa("rifiuta")
    assert (sections(scena), counted(scena)) == (["senza_responsabile"], (1, "meno di 5"))


def test_closing_handed_over_and_declined_stays_on_the_desk():
    scena = Scena(stato="in_chiusura")
    scena.fa("riassegna")
    scena.fa("rifiuta")
    assert sections(scena) == ["senza_responsabile"]


@pytest.mark.parametrize("stato", sorted(SENZA_PRESA))
def test_case_that_is_over_or_only_begins_is_handed_over_as_it_is(stato):
    scena = Scena(stato=stato)
    assert sections(scena) == []
    gone(scena)
    assert sections(scena) == ["senza_responsabile"]
    assert counted(scena)[0] == (0 if stato in FINITI else 1), "what is over presses nobody"
    scena.fa("riassegna", prossima_verifica=None)
    scena.fa("accetta", prossima_verifica=None)
    assert (scena.caso.stato, scena.caso.prossima_verifica, sections(scena)) == (stato, None, [])
    assert policies.may(attore_for(scena.altra), Azione.CONDURRE, scena.caso)
    with pytest.raises(Impossibile):
        scena.fa("riassegna")


def test_case_handed_over_before_its_assessment_is_assigned_after_it():
    scena = Scena(stato="primo_ascolto")
    scena.fa("riassegna")
    scena.fa("accetta")
    assert not PresaInCarico.objects.filter(conclusa_il__isnull=True).exists(), "nobody has taken it in charge yet"
    scena.fa("valuta", by=attore_for(scena.altra))
    assert sections(scena) == ["da_assegnare"]
    scena.fa("assegna")
    assert sections(scena) == ["in_attesa"]


def test_no_section_cuts_off_another_and_each_has_its_pages(riservato, monkeypatch):
    monkeypatch.setattr(banco, "PER_PAGINA", 2)
    monkeypatch.setattr(banco, "PRIMI", 1)
    scena = Scena(stato="in_valutazione")
    for stato, how_many in (("preso_in_carico", 5), ("in_valutazione", 2)):
        for caso in CasoFactory.create_batch(how_many, ente_titolare=scena.ente, stato=stato):
            incarica(caso, scena.altra)
    found = banco.assegnazioni(by(scena)).sezioni
    assert [len(found[each].casi) for each in ("da_assegnare", "in_carico")] == [1, 1]
    assert [found[each].altri for each in ("da_assegnare", "in_carico")] == [2, 4]
    pages = [banco.assegnazioni(by(scena), "in_carico", page).sezioni for page in (1, 2, 3, 4)]
    assert [len(each["in_carico"].casi) for each in pages] == [2, 2, 1, 0]
    assert len({caso.pk for each in pages for caso in each["in_carico"].casi}) == 5
    assert all(list(each) == ["in_carico"] for each in pages)
    riservato.force_login(scena.coordinatore.utente)
    page = riservato.get("/assegnazioni/").content.decode()
    assert ("E altri 2<" in page, "E altri 4<" in page) == (True, True)
    assert "?sezione=in_carico&amp;pagina=1" in page, "all of a section from its first"
    page = riservato.get("/assegnazioni/?sezione=in_carico&pagina=2").content.decode()
    assert ("E altri 1<" in page, "Quelli prima" in page, "Da assegnare" in page) == (True, True, False)
    for odd in ("?sezione=x&pagina=0", "?pagina=x"):
        assert riservato.get(f"/assegnazioni/{odd}").status_code == 200


def test_desk_says_who_answers_whether_it_is_assessed_and_who_declined(riservato):
    scena = Scena(stato="in_valutazione")
    riservato.force_login(scena.coordinatore.utente)
    page = riservato.get("/assegnazioni/").content.decode()
    assert (f"ne risponde {scena.assistente.utente}" in page, "valutazione ancora aperta" in page) == (True, True)
    Valutazione.objects.create(caso=scena.caso, autore=scena.assistente, conclusa_il=timezone.now())
    scena.fa("assegna")
    scena.fa("rifiuta", motivo="Canarino")
    page = riservato.get("/assegnazioni/").content.decode()
    assert ("valutazione conclusa" in page, f"rifiutato da {scena.altra.utente} il" in page) == (True, True)
    assert "Canarino" not in page


def test_assessment_of_before_a_reopening_is_not_that_of_now():
    scena = Scena(stato="chiuso")
    Valutazione.objects.create(caso=scena.caso, autore=scena.assistente, conclusa_il=timezone.now())
    scena.fa("riapre")
    scena.fa("valuta")
    assert [caso.valutata for caso in banco.assegnazioni(by(scena)).di("da_assegnare")] == [False]


def test_social_worker_waits_for_the_coordinator_only_when_she_has_assessed(riservato):
    scena = Scena(stato="in_valutazione")
    assert lavoro(attore_for(scena.assistente)).in_attesa == []
    riservato.force_login(scena.assistente.utente)
    scheda = reverse("casi:scheda", args=[scena.caso.pk])
    assert first_button(riservato.get(scheda)) == "Scrivi la valutazione"
    Valutazione.objects.create(caso=scena.caso, autore=scena.assistente, conclusa_il=timezone.now())
    assert [riga.caso.pk for riga in lavoro(attore_for(scena.assistente)).in_attesa] == [scena.caso.pk]
    assert first_button(riservato.get(scheda)) == "Scrivi nel diario"
    assert first_button(riservato.get(reverse("casi:interventi", args=[scena.caso.pk]))) == "Scrivi nel diario"


def test_who_was_asked_is_late_on_the_same_day_on_every_page(riservato):
    """Counting days, not hours: who was asked in the afternoon has until midnight."""
    scena = Scena(stato="in_valutazione")
    presa = scena.propone()
    for asked, late in (
        ("2026-03-05 23:30+01:00", False),
        ("2026-03-04 23:30+01:00", True),
        ("2026-03-05 00:30+01:00", False),
    ):
        PresaInCarico.objects.filter(pk=presa.pk).update(assegnata_il=datetime.fromisoformat(asked))
        with time_machine.travel("2026-03-10 23:45+01:00", tick=False):
            found = lavoro(by(scena)).ufficio
            assert (found.in_attesa, found.in_attesa_da_troppo) == (1, int(late))
            assert [each.in_ritardo for each in lavoro(attore_for(scena.altra)).proposte] == [late]
            riservato.force_login(scena.coordinatore.utente)
            assert ("Da troppo<" in riservato.get("/assegnazioni/").content.decode()) is late


def first_button(answer) -> str:
    prossimo = answer.context["prossimo"]
    return str(prossimo["titolo"]) if prossimo else ""


@pytest.mark.parametrize("stato", ["chiuso", "orientato", "in_valutazione"])
def test_case_is_found_by_its_number_by_its_own_body_alone(riservato, stato):
    scena = Scena(stato=stato)
    famiglia(scena.caso, cognome="Canarino")
    riservato.force_login(scena.coordinatore.utente)
    page = riservato.post("/assegnazioni/", {"numero": scena.caso.numero.lower()}).content.decode()
    assert reverse("casi:assegna", args=[scena.caso.pk]) in page
    assert ("Canarino" in page, f'"/casi/{scena.caso.pk}/"' in page) == (False, False)
    line = Registro.objects.order_by("pk").last()
    assert (line.azione, line.casi, line.finalita) == ("elencare_da_assegnare", [scena.caso.pk], "numero")
    riservato.force_login(scena.altrove.utente)
    others = [riservato.post("/assegnazioni/", {"numero": each}) for each in (scena.caso.numero, "C-999999")]
    assert len({without_token(each.content.decode()) for each in others}) == 1
    assert "non c'è un caso" in others[0].content.decode()
    line = Registro.objects.order_by("pk").last()
    assert (line.casi, line.risultati) == ([], 0)
    assert riservato.post("/assegnazioni/", {"numero": ""}).status_code == 422


@pytest.mark.parametrize("stato", ["orientato", "non_preso_in_carico"])
def test_family_that_comes_back_after_an_orientation_is_taken_up_again(stato):
    scena = Scena(stato=stato)
    with pytest.raises(Impossibile):
        scena.fa("riapre", motivo=" ")
    collega = incarica(scena.caso, scena.altra, "collega").operatore
    scena.fa("riapre")
    assert (scena.caso.stato, scena.caso.chiuso_il) == ("riaperto", None)
    assert not policies.may(attore_for(collega), Azione.VEDERE_CASO, scena.caso), "grants start from zero"
    scena.fa("valuta")


@pytest.mark.parametrize("numero", [False, True])
def test_desk_tells_how_many_they_are_how_much_help_runs_and_the_next_review(riservato, confirmed, numero):
    """The summary of domain.md §5.1 as a coordinator has it (§5.2): no name, no kind of help, no body."""
    review = OGGI() + timedelta(days=9)
    scena = Scena(stato="preso_in_carico")
    famiglia(scena.caso, altri=2, cognome="Canarino")
    Caso.objects.filter(pk=scena.caso.pk).update(prossima_verifica=review)
    running, hidden = (InterventoFactory(caso=scena.caso, stato="in_corso") for _each in range(2))
    InterventoFactory(caso=scena.caso, stato="concluso", al=OGGI())
    Oscuramento.objects.create(caso=scena.caso, intervento=hidden, fatto_da=scena.assistente)
    riservato.force_login(scena.coordinatore.utente)
    confirmed()
    address = reverse("casi:assegnazioni")
    answer = riservato.post(address, {"numero": scena.caso.numero}) if numero else riservato.get(address)
    shown = answer.content.decode()
    assert "3 o 4 persone · 1 aiuto in corso · verifica " + date_format(review, "j F Y").lower() in shown
    assert not [word for word in ("Canarino", str(running.tipo), str(running.ente)) if word in shown]
