"""The numbers and lists of docs/sicurezza.md are those of the code (ASVS 2.1.3, 5.1.1, 6.1, 7.1, 14.1)."""

import re

import pytest

from casi import dati_personali
from casi.actions import allegati, bozze, freno, una_volta
from casi.caricamento import LARGEST, TIPI, documenti, immagini
from casi.selectors import doppioni, emergenza, ricerca, ricevute, sovrapposizione
from portal import violazioni
from portal.settings import base
from portal.utenti import conferma, password, sessioni, tentativi
from tests.portal.test_settings_avvio import settings_of
from tests.support.sources import ROOT

DOCUMENTO = (ROOT / "docs" / "sicurezza.md").read_text()
PAROLE = " ".join(DOCUMENTO.split())

LIMITI = [
    ("moduli pubblici: richieste, segnalazioni, ritiri", f"{freno.OGNI_ORA} all'ora"),
    ("ricerche di un caso", f"{ricerca.QUOTA} al giorno"),
    ("ricevute cercate", f"{ricevute.QUOTA} al giorno"),
    ("sovrapposizioni chieste", f"{sovrapposizione.QUOTA} al giorno"),
    ("confronti con chi è già conosciuto", f"{doppioni.QUOTA} al giorno"),
    ("file allegati a un caso", f"{allegati.PER_DAY} al giorno"),
    ("file allegati a un caso", f"{allegati.PER_DAY_OF_ALL} al giorno"),
    ("file allegati, su tutti i casi", f"{allegati.PER_PERSON} al giorno"),
    ("accessi in emergenza prima dell'avviso", f"{emergenza.SOGLIA_MENSILE} al mese"),
    ("bozze conservate", f"{bozze.MOST}, le più vecchie se ne vanno"),
    ("ripetizioni dopo un conflitto nella banca dati", f"{una_volta.RIPROVE}"),
    ("segnalazioni dei browser nel log", f"{violazioni.MOST} al minuto"),
    ("un modulo senza file", f"{base.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} MB"),
]
FRASI = [
    f"{emergenza.DURATA.seconds // 60} minuti, uno alla volta, con un motivo di {emergenza.MOTIVO_MINIMO} lettere",
    f"{LARGEST // 1024**2} MB; aperto, {documenti.UNPACKED // 1024**2} MB e {documenti.ENTRIES} parti; "
    f"un'immagine, {immagini.PIXELS // 10**6} milioni di punti",
    f"Una password sbagliata {base.AXES_FAILURE_LIMIT} volte chiude per {int(base.AXES_COOLOFF_TIME * 60)} minuti",
    f"{tentativi.PASSWORD_SBAGLIATE} volte, da tutti gli indirizzi insieme",
    f"un codice sbagliato {tentativi.QUANTI} volte",
    f"Da un indirizzo, {base.ACCOUNT_RATE_LIMITS['login'].split('/')[0]} ingressi al minuto",
    f"finisce dopo {sessioni.LONGEST.seconds // 3600} ore",
    f"vale {conferma.LASTS.seconds // 60} minuti",
    "Almeno 12 caratteri, 14 per chi amministra",
    f"una bozza, {bozze.LONGEST // 1000}.000 lettere",
]


@pytest.mark.parametrize(("what", "much"), LIMITI)
def test_limits_are_those_of_the_code(what, much):
    assert re.search(rf"^\| {re.escape(what)} \| {re.escape(much)} \|", DOCUMENTO, re.M)


@pytest.mark.parametrize("sentence", FRASI)
def test_sentences_say_the_numbers_of_the_code(sentence):
    assert sentence in PAROLE


def test_sessions_end_when_it_is_told():
    (idle,) = settings_of("riservato", "SESSION_COOKIE_AGE")
    assert f"finisce dopo {int(idle) // 60} minuti" in PAROLE
    (public,) = settings_of("pubblico", "SESSION_COOKIE_AGE")
    assert int(public) == sessioni.LONGEST.seconds


def test_words_of_ours_are_told():
    said = PAROLE[PAROLE.index("cifre al posto delle lettere:") : PAROLE.index("Si conservano con PBKDF2")]
    assert set(re.findall(r"[a-z]+", said.partition(":")[2])) == password.DI_CASA


def test_fifth_wrong_password_is_the_one_that_is_told():
    assert (tentativi.AVVISO, tentativi.QUANTI) == (5, 10)
    assert "Alla quinta password sbagliata, e al decimo codice" in PAROLE


def test_files_that_come_in_are_told():
    said = (ROOT / "docs" / "esercizio.md").read_text()
    kinds = {each.upper() for each in TIPI} - {"JPEG"}
    assert kinds == {"PDF", "JPG", "PNG", "ODT", "DOCX"}
    assert "Entrano PDF, JPG, PNG, ODT e DOCX fino a 10 MB" in said


def test_classes_of_data_are_those_of_the_code():
    for each in dati_personali.Categoria:
        assert re.search(rf"^\| {each.value} \|", DOCUMENTO, re.M)


def test_every_way_out_of_the_processes_is_told():
    from tests.asvs.test_codice import PARLANO

    told = DOCUMENTO[DOCUMENTO.index("## Con chi parlano") : DOCUMENTO.index("## Ciò che costa caro")]
    for file in PARLANO:
        assert f"`{file.removesuffix('.py').replace('/', '.')}`" in told
