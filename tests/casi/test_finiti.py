"""A path that is over: the case is read, reopened and given its rights, nothing else. And when help may begin."""

import ast
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from casi.actions import allegati, ammissioni, diario, incarichi, interventi, limiti, oscuramenti, persone, valutazione
from casi.actions.serratura import SCRIVONO
from casi.errori import Impossibile, Vietato
from casi.models import Caso, Incompatibilita, Proposta, StatoCaso
from casi.percorso import AIUTO_URGENTE, FINITI
from casi.ruoli import Azione
from catalogo.models import TipoServizio
from tests.casi import campioni
from tests.factories.casi import AmmissioneFactory, InterventoFactory
from tests.factories.catalogo import EnteFactory, OperatoreFactory, TipoServizioFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.incaricati import incarica
from tests.support.percorso import Scena, voce
from tests.support.sources import code

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture(params=sorted(FINITI))
def scena(request):
    return Scena(stato=request.param)


@pytest.fixture
def by(scena):
    return attore_for(scena.assistente, confermato=True)


def aiuto() -> interventi.Aiuto:
    tipo = TipoServizio.objects.first() or TipoServizioFactory()
    return interventi.Aiuto(tipo=tipo.pk, dal=OGGI())


def nota(scena) -> diario.NuovaVoce:
    return diario.NuovaVoce(testo="Una nota.", avvenuto_il=OGGI())


def changed(scena, by):
    riga = InterventoFactory(caso=scena.caso, autore=scena.assistente, stato="in_corso")
    return interventi.change(by=by, caso=scena.caso.pk, intervento=riga.pk, aiuto=aiuto(), letta=1)


def settled(scena, by):
    riga = InterventoFactory(caso=scena.caso, autore=OperatoreFactory(), stato="in_corso")
    return interventi.settle(by=by, caso=scena.caso.pk, intervento=riga.pk, stato="annullato", al=None, motivo="Sì.")


def corrected(scena, by, *, chiesta: bool = False):
    written = voce(scena.caso, scena.assistente)
    return diario.correct(by=by, caso=scena.caso.pk, voce=written.pk, testo="No.", chiesta_dalla_persona=chiesta)


SCRITTURE = {
    "diario": lambda scena, by: diario.write(by=by, caso=scena.caso.pk, voce=nota(scena)),
    "correzione": corrected,
    "allegato": lambda scena, by: allegati.attach(by=by, caso=scena.caso.pk, nome="a.pdf", contenuto=campioni.PDF),
    "intervento": lambda scena, by: interventi.begin(by=by, caso=scena.caso.pk, aiuto=aiuto()),
    "intervento cambiato": changed,
    "intervento fermo": settled,
    "persona assegnata": lambda scena, by: incarichi.assign(by=by, caso=scena.caso.pk, operatore=scena.altra),
    "valutazione": lambda scena, by: valutazione.save_valutazione(
        by=by, caso=scena.caso.pk, letta=None, scritta=valutazione.Scritta(), concludi=False
    ),
    "legame": lambda scena, by: persone.scrivi_legame(by=by, caso=scena.caso.pk, chi="Una zia."),
}


@pytest.mark.parametrize("cosa", SCRITTURE)
def test_nothing_is_written_where_the_path_is_over(scena, by, cosa):
    with pytest.raises(Impossibile, match="riaprilo per scrivere"):
        SCRITTURE[cosa](scena, by)
    stranger = attore_for(OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale"), confermato=True)
    with pytest.raises(Vietato):
        SCRITTURE[cosa](scena, stranger)


def test_rights_and_taking_away_go_on_where_the_path_is_over(scena, by):
    caso = scena.caso.pk
    collega = incarica(scena.caso, scena.altra, "collega")
    assert corrected(scena, by, chiesta=True).tipo == "rettifica"
    hidden = voce(scena.caso, scena.assistente)
    oscuramenti.hide(by=by, caso=caso, cosa="voce", pk=hidden.pk, chiesto_dalla_persona=True)
    oscuramenti.unhide(by=by, caso=caso, oscuramento=scena.caso.oscuramenti.get().pk)
    ente = EnteFactory()
    ammissione = AmmissioneFactory(caso=scena.caso, ente=ente)
    ammissioni.withdraw(by=by, caso=caso, ammissione=ammissione.pk)
    objection = ammissioni.oppose(by=by, caso=caso, ente=ente)
    ammissioni.accept_again(by=by, caso=caso, opposizione=objection.pk)
    incarichi.dismiss(by=by, caso=caso, incarico=collega.pk)
    limiti.write_conflict(by=by, caso=caso, operatore=scena.altra, motivo="parente")
    limiti.seal(by=by, caso=caso)
    limiti.declare(by=by, caso=caso, motivo="vicino")
    assert Incompatibilita.objects.count() == 2


def test_pages_offer_no_writing_where_the_path_is_over(riservato, scena, by):
    famiglia(scena.caso)
    InterventoFactory(caso=scena.caso, autore=scena.assistente, stato="in_corso")
    riservato.force_login(scena.assistente.utente)
    away = ("diario_scrivi", "allegati_aggiungi", "intervento_nuovo", "valutazione_scrivi", "persona_nuova", "ammetti")
    links = [reverse(f"casi:{name}", args=[scena.caso.pk]) for name in (*away, "assegna_persona")]
    for name in ("scheda", "diario", "allegati", "interventi", "valutazione", "persone", "condivisione", "quadro"):
        page = riservato.get(reverse(f"casi:{name}", args=[scena.caso.pk])).content.decode()
        assert "per scrivere si riapre" in page
        assert not [link for link in links if link in page], name
        assert reverse("casi:passo_riapre", args=[scena.caso.pk]) in page


def test_no_page_has_a_button_for_what_is_refused_where_the_path_is_over(riservato, confirmed, scena):
    secret = voce(scena.caso, scena.assistente, livello=5)
    lost = voce(scena.caso, OperatoreFactory(ente=scena.ente), livello=5)
    offer = Proposta.objects.create(caso=scena.caso, operatore=scena.altra, fatta_da=scena.assistente)
    pages = {
        ("diario_voce", secret.pk): ("diario_nomina", secret.pk),
        ("senza_lettori",): ("diario_affida", lost.pk),
        ("condivisione",): ("rispondi_proposta", offer.pk),
    }
    riservato.force_login(scena.assistente.utente)
    confirmed()
    for stato, there in ((scena.caso.stato, False), ("preso_in_carico", True)):
        Caso.objects.filter(pk=scena.caso.pk).update(stato=stato)
        for (name, *key), (link, what) in pages.items():
            page = riservato.get(reverse(f"casi:{name}", args=[scena.caso.pk, *key])).content.decode()
            assert (reverse(f"casi:{link}", args=[scena.caso.pk, what]) in page) is there, link


def test_every_action_that_is_always_refused_there_has_no_button_there():
    """As the code claims the case: an action nobody claims with `anche_finito`. Where it is a variable, it assesses or
    writes in the diary."""
    always, sometimes, variable = set(), set(), []
    for file in code("casi/actions"):
        for call in (each for each in ast.walk(ast.parse(file.read_text())) if isinstance(each, ast.Call)):
            if ast.unparse(call.func) == "claim":
                what = ast.unparse(call.args[1]).partition("Azione.")[2]
                (sometimes if call.keywords else always).update({Azione[what]} if what else ())
                variable += [] if what or call.keywords else [file.stem]
    assert sorted(variable) == ["allegati", "diario"]
    assert {Azione.VALUTARE, Azione.NOMINARE_LETTORI, Azione.AFFIDARE_VOCI} <= always - sometimes <= SCRIVONO


# --- help before the case is taken in charge


@pytest.mark.parametrize("stato", ["primo_ascolto", "in_valutazione"])
def test_help_begins_before_the_case_is_taken_in_charge_only_if_urgent(stato):
    scena = Scena(stato=stato)
    by = attore_for(scena.assistente)
    with pytest.raises(Impossibile, match="solo se è urgente"):
        interventi.begin(by=by, caso=scena.caso.pk, aiuto=aiuto())
    scena.fa("aiuta_subito")
    assert interventi.begin(by=by, caso=scena.caso.pk, aiuto=aiuto()).pk
    scena.caso.urgente_fino_al = OGGI() - timedelta(days=1)
    scena.caso.save()
    with pytest.raises(Impossibile):
        interventi.begin(by=by, caso=scena.caso.pk, aiuto=aiuto())


def test_help_begins_in_every_state_of_a_case_in_charge():
    for stato in ("preso_in_carico", "sospeso", "in_chiusura"):
        scena = Scena(stato=stato)
        assert interventi.begin(by=attore_for(scena.assistente), caso=scena.caso.pk, aiuto=aiuto()).pk
    assert set(FINITI) == {StatoCaso.CHIUSO, StatoCaso.ORIENTATO, StatoCaso.NON_PRESO_IN_CARICO}


def test_urgent_help_lasts_thirty_days_from_the_first_one():
    first = timezone.now() - timedelta(days=20)
    with time_machine.travel(first, tick=False):
        scena = Scena(stato="primo_ascolto")
        scena.fa("aiuta_subito", urgente_fino_al=timedelta(days=5))
    left = AIUTO_URGENTE - 20
    with pytest.raises(Impossibile, match="dal primo"):
        scena.fa("aiuta_subito", urgente_fino_al=timedelta(days=left + 1))
    scena.fa("aiuta_subito", urgente_fino_al=timedelta(days=left))
    with (
        time_machine.travel(first + timedelta(days=AIUTO_URGENTE + 1), tick=False),
        pytest.raises(Impossibile, match="già durato"),
    ):
        scena.fa("aiuta_subito", urgente_fino_al=timedelta(days=0))
