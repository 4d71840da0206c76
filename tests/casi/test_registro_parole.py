"""The register in words: no code of the program is left for who watches over it to guess."""

import re

import pytest

from casi.actions.accredito import PASSAGGI
from casi.models import EsitoEmergenza, MotivoEmergenza, StatoIntervento, StatoRichiesta
from casi.models.ripristino import MotivoRipristino, Riconosciuta
from casi.percorso import Passo
from casi.ruoli import REGOLE, Azione
from casi.selectors.rapporto import LINGUE
from casi.selectors.registro_parole import SCOPI, azione_detta, scopo_detto
from casi.selectors.ricerca import Scopo
from casi.selectors.sovrapposizione import Risposta
from tests.casi.test_registro import voce
from tests.factories.casi import CasoFactory, RichiestaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.finalita import written

CHOICE = re.compile(r"\?\S+")
RAPPORTI = ("accessi_al_caso", [f"rapporto_{lingua}" for lingua in LINGUE])
# What a purpose may be where it is somebody's choice: the expression that holds it, the action, the choices.
SCELTE = {
    "?passaggio": ("accreditare", PASSAGGI),
    "?campi['stato']": ("gestire_arrivi", StatoRichiesta.values),
    "?codice_motivo": ("aprire_in_emergenza", MotivoEmergenza.values),
    "?esito": ("esaminare_emergenze", EsitoEmergenza.values),
    "?riga.stato": ("scrivere_interventi", StatoIntervento.values),
    "?passo": ("condurre", [*Passo, *StatoIntervento.values]),
    "?motivo": ("ripristinare_accesso", MotivoRipristino.values),
    "?row.motivo": ("confermare_ripristino", MotivoRipristino.values),
    "?riconosciuta": ("ripristinare_accesso", Riconosciuta.values),
    "?read[0].azione": ("stampare", Azione),
    "?scopo": ("cercare", Scopo.values),
    "?Risposta.PARLA": ("verificare_sovrapposizione", Risposta.values),
    "?dettaglio.finalita": ("vedere_caso", ["titolare"]),  # of a line that says more
    "?lingua": RAPPORTI,
    "?found.lingua": RAPPORTI,
    "?spoken(row)": RAPPORTI,
}


@pytest.mark.parametrize(
    ("azione", "finalita", "said"),
    [
        ("condurre", "avvia_chiusura", "Avviata la chiusura"),
        ("accettare", "accetta", "Accettato"),
        ("accettare", "rifiuta", "Non accettato: torna da assegnare"),
        ("accessi_al_caso", "rapporto_it", "rapporto per la persona in italiano"),
        ("accreditare", "firma privacy 12", "ha registrato l'accordo privacy, n. 12"),
        ("sigillare", "nomina 12", "ha nominato chi può aprirlo, n. 12"),
        ("sigillare", "toglie_nome 12", "ha tolto chi poteva aprirlo, n. 12"),
        ("accreditare", "corregge privacy 12", "ha corretto l'accordo privacy, n. 12"),
        ("condividere", "assegna", "ha fatto entrare una persona"),
        ("fondere_persone", "candidate", "schede che potrebbero essere della stessa persona"),
        ("accreditare", "nomina al sigillo", "ha nominato chi può aprirlo"),
        ("condurre", "annullato", "Annullato"),
        ("condurre", "sospende", "Sospeso"),
        ("gestire_arrivi", "ascolto_fissato", "Ascolto fissato"),
        ("di_una_volta", "cosa_di_una_volta", "cosa di una volta"),
    ],
)
def test_purpose_is_said_in_words(azione, finalita, said):
    assert scopo_detto(azione, finalita) == said


def codes(azione, finalita) -> list[str]:
    """What of a purpose is left as the program writes it."""
    raw = {each.replace("_", " ") for each in (finalita, *finalita.split(" "))} - {str(each) for each in SCOPI.values()}
    return [part for part in scopo_detto(azione, finalita).split(", ") if part in raw]


def test_every_purpose_the_code_writes_has_words():
    purposes = {each for found in written().values() for each in found if each}
    fixed = {each for each in purposes if "?" not in each}
    assert {"termina spento 12", "uscita", "ricevuta", "chiede la cancellazione"} <= fixed
    assert [each for each in sorted(fixed) if codes("", each)] == []
    assert {choice for each in purposes - fixed for choice in CHOICE.findall(each)} == set(SCELTE)
    for azione, values in SCELTE.values():
        assert [each for each in values if codes(azione, each)] == []


@pytest.mark.django_db
def test_filter_lists_actions_as_people_read_them_and_says_what_is_wrong(riservato, act_as):
    assert {azione_detta(each) for each in Azione} == {str(each.descrizione).rstrip(".") for each in REGOLE.values()}
    assert azione_detta("di_una_volta") == "di una volta"
    riservato.force_login(OperatoreFactory(ruolo="responsabile_privacy").utente)
    act_as("riservato")
    page = riservato.get("/registro/").content.decode()
    assert "Unisce due schede della stessa persona" in page
    assert "Fondere persone" not in page
    wrong = riservato.post("/registro/", {"dal": "ieri"})
    assert wrong.status_code == 422
    assert "riepilogo-errori" in wrong.content.decode()
    assert "campo--errore" in wrong.content.decode()


@pytest.mark.django_db
def test_what_was_refused_is_told_as_refused_and_never_as_done(riservato):
    """Why it was asked stays where whoever asks must say it."""
    dpo = OperatoreFactory(ruolo="responsabile_privacy")
    for azione, finalita in (("vedere_persone", "corregge"), ("vedere_caso", "legge"), ("cercare", "nuovo_arrivo")):
        voce(azione=azione, finalita=finalita, esito="negato", ente_id=dpo.ente_id)
    riservato.force_login(dpo.utente)
    page = riservato.get("/registro/").content.decode().partition("<tbody>")[2]
    assert "Negato:</strong> " + azione_detta("vedere_persone") in page
    for word in ("Ha letto nomi", "ha corretto", "ha letto", "Ha aperto il caso", "Ha cercato"):
        assert word not in page
    assert scopo_detto("cercare", "nuovo_arrivo") in page


def test_period_that_ends_before_it_begins_is_told_beside_the_field(db, riservato):
    riservato.force_login(OperatoreFactory(ruolo="responsabile_privacy").utente)
    for al, status in (("2026-03-01", 422), ("2026-03-02", 200)):
        answer = riservato.post("/registro/", {"dal": "2026-03-02", "al": al})
        assert (answer.status_code, "al" in answer.context["modulo"].errors) == (status, status == 422)


def test_numbers_of_cases_and_receipts_of_a_line_are_apart_and_whole(riservato, dpo):
    caso, richiesta = CasoFactory(ente_titolare=dpo.ente), RichiestaFactory(ente=dpo.ente)
    voce(azione="aprire_caso", casi=[caso.pk], oggetto="richiesta", oggetto_id=richiesta.pk, ente_id=dpo.ente_id)
    riservato.force_login(dpo.utente)
    page = " ".join(riservato.get("/registro/").content.decode().split())
    whole = '<span class="registro__caso registro__caso--intero">'
    assert f"{whole}{caso.numero}</span> · {whole}{richiesta.codice}</span>" in page
