"""The page of a case: who it is about, how to reach them safely, what comes next, and why the reader sees it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.actions.diario import NuovaVoce, write
from casi.mesi import months_before
from casi.models import AccessoEmergenza, Intervento, NominatoAlSigillo, Oscuramento, PresaInCarico, Valutazione
from casi.ruoli import Azione
from casi.selectors import testata
from casi.selectors.casi import elenco_casi, open_caso
from tests.factories.casi import AmmissioneFactory, ComponenteFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory, TipoServizioFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.domande import questions
from tests.support.incaricati import incarica
from tests.support.percorso import Scena, voce

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture
def scena():
    scena = Scena(stato="preso_in_carico")
    famiglia(scena.caso, altri=2, cognome="Rossini", contatto_sicuro="Solo di mattina", interprete=True, lingua="Urdu")
    return scena


def page_of(riservato, scena, operatore) -> str:
    riservato.force_login(operatore.utente)
    return riservato.get(reverse("casi:scheda", args=[scena.caso.pk])).content.decode()


def admitted(scena, *ambiti):
    ospite = OperatoreFactory(ruolo="referente")
    AmmissioneFactory(caso=scena.caso, ente=ospite.ente, ambiti=["sintesi", *ambiti], al=OGGI() + timedelta(days=9))
    incarica(scena.caso, ospite, "collaboratore")
    return ospite


def intervento(scena, operatore, nome, **values):
    tipo = TipoServizioFactory(nome=nome)
    return Intervento.objects.create(
        caso=scena.caso, ente=operatore.ente, autore=operatore, tipo=tipo, dal=OGGI(), stato="in_corso", **values
    )


def test_head_tells_who_how_to_reach_them_and_that_an_interpreter_is_needed(riservato, scena):
    page = page_of(riservato, scena, scena.assistente)
    for words in ("Rossini Ada", "Solo di mattina", "Serve un interprete", "Urdu", "3 persone"):
        assert words in page


@pytest.mark.parametrize(("days", "told"), [(32, False), (29, True), (-89, True), (-92, False)])
def test_coming_of_age_is_told_about_then_to_who_conducts(riservato, scena, days, told):
    """What was chosen for her is gone over with her (domain.md §5.5)."""
    birthday = OGGI() + timedelta(days=days)
    lina = PersonaFactory(nome="Lina", data_nascita=months_before(birthday, 18 * 12))
    ComponenteFactory(nucleo=scena.caso.nucleo, persona=lina, ruolo="figlio")
    assert ("è maggiorenne dal" in page_of(riservato, scena, scena.assistente)) is told
    assert "è maggiorenne dal" not in page_of(riservato, scena, admitted(scena, "contatti"))


@pytest.mark.parametrize(
    ("years", "extra", "said"), [(18, 1, ", 1 minorenne"), (18, 0, ""), (18, -1, ""), (3, 0, ", 1")]
)
def test_head_counts_one_by_one_for_who_sees_the_persons_and_minors_apart(scena, years, extra, said):
    born = months_before(OGGI(), years * 12) + timedelta(days=extra)
    ComponenteFactory(nucleo=scena.caso.nucleo, persona__data_nascita=born, ruolo="figlio")
    head = testata.testata_caso(open_caso(attore_for(scena.assistente), scena.caso.pk, Azione.VEDERE_CASO))
    assert head.persone.startswith(f"4 persone{said}")
    assert ("minor" in head.persone) is bool(said)


def test_head_and_list_call_a_household_of_two_by_the_same_name(scena):
    nucleo, by = scena.caso.nucleo, attore_for(scena.assistente)
    for cognome, days in (("Ultimi", 0), ("Primi", 3000)):
        persona = PersonaFactory(cognome=cognome, nome="Ada")
        ComponenteFactory(nucleo=nucleo, persona=persona, ruolo="riferimento", dal=OGGI() - timedelta(days=days))
    head = testata.testata_caso(open_caso(by, scena.caso.pk, Azione.VEDERE_CASO))
    assert (elenco_casi(by).righe[0].nome, head.nome) == ("Primi Ada", "Primi Ada")


def test_head_for_who_sees_the_summary_alone_names_nobody(riservato, scena):
    page = page_of(riservato, scena, admitted(scena))
    for words in ("Rossini", "Solo di mattina", "Urdu", "interprete"):
        assert words not in page
    assert "3 o 4 persone" in page


def test_title_of_the_window_never_names_anybody(riservato, scena):
    page = page_of(riservato, scena, scena.assistente)
    title = page.split("<title>")[1].split("</title>")[0]
    assert scena.caso.numero in title
    assert "Rossini" not in title


def test_next_step_is_the_first_button_and_only_for_who_may_take_it(riservato, scena):
    page = page_of(riservato, scena, scena.assistente)
    assert page.index("btn-chiamata") < page.index("passi__altri")
    assert page.count("btn-chiamata") == 1
    assert page.index(reverse("casi:passo_fissa_verifica", args=[scena.caso.pk])) < page.index("passi__altri")
    scena.fa("fissa_verifica")
    page = page_of(riservato, scena, scena.assistente)
    assert page.index(reverse("casi:passo_fissa_verifica", args=[scena.caso.pk])) > page.index("passi__altri")
    assert "/passi/" not in page_of(riservato, scena, admitted(scena))


def test_assessed_case_says_whose_turn_it_is_and_offers_it_to_who_was_asked(riservato):
    """`scena.altra` is not at work on it; the one responsible is asked too, and needs not go back to his list."""
    scena = Scena(stato="in_valutazione")
    accept = reverse("casi:accetta", args=[scena.caso.pk])

    def says(words: str) -> bool:
        return words in page_of(riservato, scena, scena.assistente)

    assert not says("ora lo assegna chi coordina")
    Valutazione.objects.create(caso=scena.caso, autore=scena.assistente, conclusa_il=timezone.now())
    assert says("ora lo assegna chi coordina")
    scena.fa("assegna", assistente=scena.altra)
    assert says("si aspetta la sua risposta")
    assert not says(accept)
    PresaInCarico.objects.update(assegnata_a=scena.assistente)
    page = page_of(riservato, scena, scena.assistente)
    assert page.count("btn-chiamata") == 1
    assert f'class="btn btn-chiamata" href="{accept}"' in page
    assert "si aspetta la sua risposta" not in page
    PresaInCarico.objects.update(rifiutata_il=timezone.now())
    assert not says(accept)


def test_alerts_for_urgent_and_sealed(riservato, scena):
    scena.caso.sigillato = True
    scena.caso.urgente_fino_al = OGGI() + timedelta(days=2)
    scena.caso.save()
    NominatoAlSigillo.objects.create(caso=scena.caso, operatore=scena.assistente, dal=OGGI())
    page = page_of(riservato, scena, scena.assistente)
    assert "Caso sigillato" in page
    assert "Aiuto urgente fino al" in page


def test_why_is_answered_from_what_the_decision_asked(riservato, scena):
    ospite = admitted(scena, "contatti")
    adesione = ospite.ente.adesioni.get()
    adesione.valida_al = OGGI() + timedelta(days=40)
    adesione.save()
    ours = page_of(riservato, scena, scena.assistente)
    assert f"Il titolare del caso è {scena.ente.nome}" in ours
    assert "come responsabile del caso dal" in ours
    theirs = page_of(riservato, scena, ospite)
    assert "Il titolare del caso è" not in theirs
    assert f"{ospite.ente.nome} è ammesso al caso dal" in theirs
    assert "Persone e contatti" in theirs
    assert f"L&#x27;adesione di {ospite.ente.nome} alla rete è in vigore" in theirs.replace("L'", "L&#x27;")
    assert "compreso" in theirs


def test_why_in_an_emergency_says_so_and_offers_no_step(riservato, scena):
    now = timezone.now()
    AccessoEmergenza.objects.create(
        caso=scena.caso, operatore=scena.altra, motivo="Serve.", codice_motivo="notte", inizio=now,
        fine=now + timedelta(hours=1), esaminare_entro=OGGI(),
    )  # fmt: skip
    page = page_of(riservato, scena, scena.altra)
    assert "Hai dichiarato un" in page
    assert "/passi/" not in page


def test_who_is_on_it_tells_a_guest_the_responsible_and_its_own_people_alone(riservato, scena):
    ospite = admitted(scena)
    altro = admitted(scena)
    collega = incarica(scena.caso, scena.altra, "collega").operatore
    names = {each: str(each.utente) for each in (scena.assistente, collega, ospite, altro)}
    theirs = page_of(riservato, scena, ospite)
    assert names[scena.assistente] in theirs
    assert names[ospite] in theirs
    assert names[collega] not in theirs
    assert names[altro] not in theirs
    assert altro.ente.nome not in theirs
    ours = page_of(riservato, scena, scena.assistente)
    assert all(name in ours for name in names.values())


def test_who_is_on_it_knows_a_body_from_another_of_the_same_name(riservato, scena):
    ospite, altro = admitted(scena), admitted(scena)
    type(altro.ente).objects.filter(pk=altro.ente_id).update(nome=ospite.ente.nome)
    assert str(altro.utente) not in page_of(riservato, scena, ospite)


def test_history_holds_what_the_reader_may_see(riservato, scena):
    ospite = admitted(scena, "interventi")
    voce(scena.caso, scena.assistente, tipo="visita")
    intervento(scena, scena.assistente, "Lavanderia")
    intervento(scena, scena.assistente, "Alloggio", condiviso=False)
    scena.fa("sospende", motivo="Canarino")
    ours = page_of(riservato, scena, scena.assistente)
    for words in ("Visita a casa", "Lavanderia", "Alloggio", "(in corso)", "Sospeso"):
        assert words in ours
    theirs = page_of(riservato, scena, ospite)
    assert "Lavanderia" in theirs
    assert "(in corso)" not in theirs
    for words in ("Visita a casa", "Alloggio", "Canarino"):
        assert words not in theirs


def test_summary_tells_everybody_what_kind_of_help_is_running_and_of_the_others_no_more(riservato, scena):
    """domain.md §5.1: also a body that was given the summary alone."""
    ospite, altro = admitted(scena), admitted(scena)
    intervento(scena, ospite, "Doposcuola", condiviso=False)
    lavanderia = intervento(scena, altro, "Lavanderia")
    intervento(scena, altro, "Alloggio", condiviso=False)
    Intervento.objects.filter(pk=intervento(scena, altro, "Emporio").pk).update(stato="concluso")
    theirs = page_of(riservato, scena, ospite)
    assert "<dt>Aiuti in corso</dt><dd>Doposcuola, Lavanderia</dd>" in theirs
    assert theirs.count("Lavanderia") == 1
    for words in ("Alloggio", "Emporio", altro.ente.nome):
        assert words not in theirs
    assert "<dd>Alloggio, Doposcuola, Lavanderia</dd>" in page_of(riservato, scena, scena.assistente)
    Oscuramento.objects.create(caso=scena.caso, intervento=lavanderia, fatto_da=scena.assistente)
    assert "Lavanderia" not in page_of(riservato, scena, ospite)


def test_countersignature_is_in_the_history_of_who_conducts_the_case_alone(riservato, scena):
    """To anybody else it would say that there are entries of level 5."""
    voce(scena.caso, scena.assistente, livello=5)
    scena.fa("avvia_chiusura")
    scena.fa("controfirma")
    assert "Chiusura controfirmata" in page_of(riservato, scena, scena.assistente)
    for ambiti in ((), ("contatti", "obiettivi", "interventi")):
        page = page_of(riservato, scena, admitted(scena, *ambiti))
        assert "Avviata la chiusura" in page
        assert "ontrofirm" not in page
    write(by=attore_for(scena.assistente), caso=scena.caso.pk, voce=NuovaVoce("Altro.", OGGI(), livello=5))
    assert page_of(riservato, scena, scena.assistente).count("Avviata la chiusura") == 2  # it begins anew
    assert page_of(riservato, scena, admitted(scena)).count("Avviata la chiusura") == 1


def test_history_leads_to_the_words_and_folds_what_is_old(riservato, scena):
    written = [voce(scena.caso, scena.assistente) for _each in range(8)]
    page = page_of(riservato, scena, scena.assistente)
    for each in written:
        assert f'href="/casi/{scena.caso.pk}/diario/#voce-{each.pk}"' in page
    folded = "Che cosa è successo prima" in page
    voce(scena.caso, scena.assistente)
    assert (folded, "Che cosa è successo prima" in page_of(riservato, scena, scena.assistente)) == (False, True)
    assert "#voce-" not in page_of(riservato, scena, admitted(scena))


def test_case_page_says_that_a_review_is_late_and_since_when(riservato, scena):
    for days, words in ((1, "Prossima verifica"), (-1, "La verifica era per")):
        scena.caso.prossima_verifica = OGGI() + timedelta(days=days)
        scena.caso.save()
        assert words in page_of(riservato, scena, scena.assistente)


@pytest.mark.matrice
def test_case_page_asks_few_questions_the_same_with_one_row_and_with_twenty(riservato, scena):
    def fill(n: int) -> None:
        for _each in range(n):
            voce(scena.caso, scena.assistente)
            intervento(scena, admitted(scena), "Emporio")

    fill(1)
    riservato.force_login(scena.assistente.utente)
    address = reverse("casi:scheda", args=[scena.caso.pk])
    few = questions(riservato, address)
    fill(19)
    assert questions(riservato, address) == few <= 12
    page = riservato.get(address).content.decode()
    assert page.count('class="storia__evento') == 20
    assert "i 20 fatti più recenti" in page


def test_every_page_of_the_path_opens_in_the_reserved_role(riservato, scena, act_as):
    riservato.force_login(scena.assistente.utente)
    act_as("riservato")
    names = ("scheda", "passo_fissa_verifica", "passo_sospende", "passo_avvia_chiusura", "passo_chiude")
    for name in names:
        assert riservato.get(reverse(f"casi:{name}", args=[scena.caso.pk])).status_code == 200
    assert riservato.get("/").status_code == 200


def test_closing_page_lists_what_is_missing(riservato, scena):
    intervento(scena, scena.assistente, "Emporio")
    voce(scena.caso, scena.assistente, livello=5)
    scena.fa("avvia_chiusura")
    riservato.force_login(scena.assistente.utente)
    page = riservato.get(reverse("casi:passo_chiude", args=[scena.caso.pk])).content.decode()
    assert "vanno conclusi o annullati" in page
    assert "controfirma del coordinatore" in page


@pytest.mark.parametrize(
    ("address", "under"),
    [("diario_scrivi", "diario"), ("nascosti", "diario"), ("persona_nuova", "persone"), ("scheda", "scheda")],
)
def test_tab_of_a_page_is_marked_on_those_under_it(riservato, scena, address, under):
    riservato.force_login(scena.assistente.utente)
    page = riservato.get(reverse(f"casi:{address}", args=[scena.caso.pk])).content.decode()
    nav = page.partition('class="caso-schede fila"')[2].partition("</nav>")[0]
    marked = "page" if address == under else "true"
    assert nav.count("aria-current") == 1
    assert f'href="{reverse(f"casi:{under}", args=[scena.caso.pk])}" aria-current="{marked}"' in nav


def test_diary_offers_the_same_button_once(riservato, scena):
    riservato.force_login(scena.assistente.utente)
    scena.caso.prossima_verifica = OGGI() + timedelta(days=30)
    scena.caso.save()
    page = riservato.get(reverse("casi:diario", args=[scena.caso.pk])).content.decode()
    assert page.count(reverse("casi:diario_scrivi", args=[scena.caso.pk])) == 1


def test_history_tells_why_to_who_conducts_the_case_and_to_nobody_else(riservato, scena):
    collega = incarica(scena.caso, scena.altra, "collega").operatore
    ospite, volontario = admitted(scena), OperatoreFactory(ente=scena.ente, ruolo="volontario_ascolto")
    incarica(scena.caso, volontario, "collaboratore")
    scena.fa("sospende", motivo="Canarino-7731")
    for who, told in ((scena.assistente, True), (collega, True), (ospite, False), (volontario, False)):
        page = page_of(riservato, scena, who)
        assert ("Sospeso" in page, "Canarino-7731" in page) == (True, told)


def test_history_never_tells_why_somebody_declined(riservato, scena):
    scena.fa("riassegna")
    scena.fa("rifiuta", motivo="Canarino-7731")
    scena.fa("riassegna")
    scena.fa("accetta")
    page = page_of(riservato, scena, scena.altra)
    assert ("Non accettato" in page, "Canarino-7731" in page) == (True, False)
