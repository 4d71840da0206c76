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
    "?scelta": RAPPORTI,
    "?in_which(per.persona.lingua)": RAPPORTI,
    "?lingua_della_famiglia(members)": RAPPORTI,
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
