"""T3: no word of a case is heard anywhere but in its own tables and on its own pages, to those who may."""

import logging
import re
import uuid
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page

from casi.models import Allegato, Persona
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from home.models import HomePage
from portal.utenti.models import Utente
from portal.utenti.sessioni import SessionStore as SessionStoreRiservata
from search.indice import ricostruisci
from tests.casi import campioni
from tests.factories.casi import CasoFactory, IncaricoFactory
from tests.factories.catalogo import (
    AccordoFactory,
    AdesioneFactory,
    EntePageFactory,
    OperatoreFactory,
    ServizioPageFactory,
)
from tests.support.attori import attore_for
from tests.support.incaricati import responsabile

from .canarini import SPECIE, Voliera, heard, leaks, private_files, remembered, unpacked
from .indirizzi import indirizzi

pytestmark = [pytest.mark.django_db, pytest.mark.matrice]
FUORI_DA_UN_CASO = ("Richiesta", "Segnalazione", "PrimoAscolto", "AccessoEmergenza", "Scarto")
PUBBLICI = ("/", "/servizi/", "/enti/", "/cerca/?q=%s", "/servizi/?q=%s", "/sitemap.xml", "/robots.txt", "/non-esiste/",
            "/casi/", "/salute/pronta", "/cerca/suggerimenti/?q=%s", "/en/", "/uk/", "/ar/servizi/")  # fmt: skip


@pytest.fixture(autouse=True)
def cartella(tmp_path, settings):
    """Where the files of cases lie, of this test alone."""
    settings.RISERVATI = tmp_path / "riservati"
    return settings.RISERVATI


@pytest.fixture
def memoria_delle_pagine(settings):
    """As in production; the other tests keep no page."""
    settings.PAGINE_ANONIME = {**settings.PAGINE_ANONIME, "byte": 10_000_000}


@pytest.fixture
def voliera():
    return Voliera()


def test_every_text_that_people_write_has_its_canary(voliera):
    assert len(voliera.tokens) >= 35
    assert len(voliera.secret) >= 30
    for where in (
        "Persona.cognome",
        "Persona.codice_fiscale",
        "VoceDiario.testo",
        "Allegato.nome",
        "Segnalazione.segnalante",
    ):
        assert where in voliera.tokens.values()
    persona = Persona.objects.get(pk=voliera.rows["Persona"].pk)
    assert heard(persona.cognome)


def test_no_place_outside_the_area_hears_a_canary(voliera):
    assert leaks() == []


def test_row_says_nothing_of_itself(voliera):
    for row in voliera.rows.values():
        assert not heard(f"{row} {row!r} {type(row)._meta.verbose_name}")


def crawl(client) -> list[str]:
    """Public addresses, those of the sitemap included, on which a canary is heard."""
    found = []
    sitemap = ElementTree.fromstring(body(client.get("/sitemap.xml")))  # noqa: S314 - our own
    listed = [re.sub(r"^https?://[^/]+", "", node.text or "") for node in sitemap.iter() if node.tag.endswith("loc")]
    for address in {*PUBBLICI, *listed}:
        word = "persona"  # what a visitor might look for: a page repeats it, so it is no canary
        text = body(client.get(address % word if "%s" in address else address))
        found += [address] if heard(text) else []
    return found


def body(response) -> str:
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def test_public_site_says_no_word_of_a_case(client, voliera):
    EntePageFactory()
    ServizioPageFactory()
    ricostruisci()  # what search and its suggestions answer from
    assert crawl(client) == []


@pytest.mark.usefixtures("memoria_delle_pagine")
def test_memory_of_public_pages_keeps_no_word_of_a_case(client, voliera):
    ServizioPageFactory()
    assert crawl(client) == []
    kept = list(remembered(client))
    assert len(kept) >= 5
    assert not any(heard(text) for _where, text in kept)


CARICATI = {
    "foto.jpg": campioni.picture(canary=SPECIE),
    "foto.png": campioni.picture("PNG", canary=SPECIE),
    "lettera.docx": campioni.docx(word__media__foto=campioni.picture(canary=SPECIE)),
    "lettera.odt": campioni.odt(Pictures__foto=campioni.picture("PNG", canary=SPECIE)),
}


@pytest.mark.parametrize("name", CARICATI)
def test_uploaded_picture_loses_what_hid_in_it_and_lies_encrypted_under_no_name(riservato, name):
    """Where and when it was taken is in no file that is kept, nor in the one that is given back; nor is its name."""
    caso = CasoFactory(stato="preso_in_carico")
    riservato.force_login(responsabile(caso).operatore.utente)
    sent = SimpleUploadedFile(f"{SPECIE}-{name}", CARICATI[name])
    form = {"chiave": uuid.uuid4(), "livello": "3", "file": sent}
    assert heard(" ".join(unpacked(CARICATI[name])))
    assert riservato.post(reverse("casi:allegati_aggiungi", args=[caso.pk]), form).status_code == 302
    row = Allegato.objects.get()
    served = riservato.get(reverse("casi:allegato", args=[caso.pk, row.pk]))
    given = b"".join(served.streaming_content)
    assert len(given) == row.dimensione > 0
    assert not heard(" ".join(unpacked(given)))
    assert list(private_files())
    assert given[:8] not in b"".join(each.read_bytes() for each in settings.RISERVATI.rglob("*") if each.is_file())
    assert leaks() == []


RUOLI = ("coordinatore", "responsabile_privacy", "referente", "operatore_sportello", "assistente_sociale",
         "volontario_ascolto")  # fmt: skip


@pytest.mark.parametrize("ruolo", RUOLI)
def test_pages_of_the_area_say_no_word_of_a_case_to_who_may_not(riservato, voliera, orecchio, confirmed, ruolo):
    """Nor of what has reached another body of his network, or happened in another; nor do the error pages, the logs at
    every level and the mails that such requests leave behind."""
    accordo = AccordoFactory()
    for each in ("Richiesta", "Segnalazione", "PrimoAscolto"):
        AdesioneFactory(accordo=accordo, ente=voliera.rows[each].ente)
    riservato.force_login(OperatoreFactory(ente=accordo.capofila, ruolo=ruolo, in_rete=False).utente)
    confirmed()
    for indirizzo in indirizzi():
        for url in addresses(indirizzo, voliera):
            for answer in (riservato.get(url), riservato.post(url, {})):
                assert not heard(body(answer)), url
    assert not heard(orecchio.text, voliera.secret)
    assert leaks() == []


def addresses(indirizzo, voliera) -> list[str]:
    """Of the canaries' case, its parts aside (`test_canarini_pezzi`); and, where something else is asked for by its
    key, of each thing of theirs.
    """
    name = f"casi:{indirizzo.nome}"
    if not indirizzo.argomenti:
        return [reverse(name)]
    if indirizzo.di_un_caso:
        return [] if indirizzo.pezzi else [reverse(name, kwargs={"pk": voliera.rows["Caso"].pk})]
    keys = [argument for argument in indirizzo.argomenti if f"<uuid:{argument}>" in indirizzo.rotta]
    free = {argument: "diario" for argument in indirizzo.argomenti if argument not in keys}
    if not keys:
        return []
    return [reverse(name, kwargs=free | {keys[0]: voliera.rows[each].pk}) for each in FUORI_DA_UN_CASO]


def test_broken_page_says_no_word_of_the_case_it_was_about(riservato, voliera, orecchio, monkeypatch):
    """A fault in the middle of a page, with the person's record in hand: neither the answer nor the log tells."""
    incarico = IncaricoFactory(caso__stato="preso_in_carico")

    def fail(*args, **kwargs):
        persona = Persona.objects.get(pk=voliera.rows["Persona"].pk)
        raise ValueError(f"{persona} {persona!r} {len(persona.cognome)}")

    monkeypatch.setattr("casi.selectors.casi.record", fail)
    riservato.force_login(incarico.operatore.utente)
    answer = riservato.get(reverse("casi:scheda", args=[incarico.caso.pk]))
    assert answer.status_code == 500
    assert not heard(body(answer))
    assert not heard(orecchio.text, voliera.secret)


# --- the listeners themselves: twenty leaks planted, twenty found

FUGA = f"{SPECIE}999"


def planted_session(store) -> None:
    session = store()
    session["nome"] = FUGA * 40  # long enough to be compressed
    session.save()


def in_raw_column() -> None:
    row = Persona.objects.create(nome="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casi_persona SET nome = %s WHERE id = %s", [FUGA.encode(), row.pk])


def in_task() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE compiti_di_prova (argomenti jsonb); INSERT INTO compiti_di_prova VALUES (%s)",
                       [f'{{"nome": "{FUGA}"}}'])  # fmt: skip


def in_binary_column() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE cassetto (roba bytea); INSERT INTO cassetto VALUES (%s)", [FUGA.encode()])


def in_revision() -> None:
    page = EntePageFactory()
    page.missione = FUGA
    page.save_revision()


def in_log_entry() -> None:
    ModelLogEntry.objects.create(
        label=FUGA, action="wagtail.edit", timestamp="2026-01-01T00:00Z", object_id="1", data={}, content_type_id=1
    )


def in_register() -> None:
    record(attore_for(OperatoreFactory()), Azione.CERCARE, dettaglio=Dettaglio(finalita=FUGA))


def in_page() -> None:
    HomePage.objects.filter(locale__language_code="it").update(testo_ascolto=FUGA)


def on_the_disk(name: str, content: bytes = b"-") -> None:
    settings.RISERVATI.mkdir()
    (settings.RISERVATI / name).write_bytes(content)


FUGHE = {
    "riga di un utente": (lambda: Utente.objects.create(username="x", last_name=FUGA), "tabelle"),
    "nome di un gruppo": (lambda: Group.objects.create(name=FUGA), "tabelle"),
    "MAIUSCOLE": (lambda: Group.objects.create(name=FUGA.upper()), "tabelle"),
    "titolo di una pagina": (lambda: ServizioPageFactory(title=FUGA), "tabelle"),
    "indirizzo di una pagina": (lambda: Page.objects.update(url_path=f"/{FUGA}/"), "tabelle"),
    "ente": (lambda: EntePageFactory(ente__nome=FUGA), "tabelle"),
    "revisione": (in_revision, "tabelle"),
    "diario delle modifiche": (in_log_entry, "tabelle"),
    "compito": (in_task, "tabelle"),
    "colonna binaria": (in_binary_column, "tabelle"),
    "testo di una pagina": (in_page, "tabelle"),
    "registro": (in_register, "registro"),
    "colonna cifrata in chiaro": (in_raw_column, "colonne cifrate"),
    "sessione pubblica": (lambda: planted_session(SessionStore), "sessioni"),
    "sessione riservata": (lambda: planted_session(SessionStoreRiservata), "sessioni"),
    "corpo di un messaggio": (lambda: mail.send_mail("Avviso", FUGA, "da@esempio.it", ["a@esempio.it"]), "posta"),
    "oggetto di un messaggio": (lambda: mail.send_mail(FUGA, "Avviso", "da@esempio.it", ["a@esempio.it"]), "posta"),
    "destinatario": (lambda: mail.send_mail("Avviso", "Avviso", "da@esempio.it", [f"{FUGA}@esempio.it"]), "posta"),
    "memoria": (lambda: cache.set("elenco", [FUGA]), "memoria"),
    "chiave della memoria": (lambda: cache.set(FUGA, 1), "memoria"),
    "nome di un file": (lambda: default_storage.save(f"documenti/{FUGA}.txt", ContentFile(b"-")), "file"),
    "byte di un file": (
        lambda: default_storage.save("immagini/x.jpg", ContentFile(b"\xff\xd8Exif" + FUGA.encode())),
        "file",
    ),
    "nome di un file di un caso": (lambda: on_the_disk(f"{FUGA}.pdf"), "file dei casi"),
    "file di un caso in chiaro": (lambda: on_the_disk("ab", f"%PDF {FUGA}".encode()), "file dei casi"),
    "EXIF di una foto": (lambda: on_the_disk("ab", campioni.picture(canary=FUGA)), "file dei casi"),
    "foto in un documento": (
        lambda: on_the_disk("ab", campioni.docx(word__media__foto=campioni.picture(canary=FUGA))),
        "file dei casi",
    ),
}


@pytest.fixture
def magazzino():
    """What a test stores is gone after it: the tests' storage lives as long as the process."""
    yield
    for folder in ("documenti", "immagini"):
        if default_storage.exists(folder):
            for name in default_storage.listdir(folder)[1]:
                default_storage.delete(f"{folder}/{name}")


@pytest.mark.usefixtures("magazzino")
@pytest.mark.parametrize("fuga", FUGHE)
def test_planted_leak_is_heard(fuga):
    plant, place = FUGHE[fuga]
    assert leaks(place) == []
    plant()
    assert leaks(place), fuga


def test_planted_leak_on_a_public_page_is_heard(client):
    assert crawl(client) == []
    ServizioPageFactory(title=f"Emporio {FUGA}")
    assert crawl(client)


def test_planted_leak_in_the_suggestions_is_heard(client):
    ServizioPageFactory(title=f"Persona {FUGA}")
    ricostruisci()
    assert heard(body(client.get("/cerca/suggerimenti/?q=persona")))


@pytest.mark.usefixtures("memoria_delle_pagine")
def test_planted_leak_in_the_memory_of_pages_is_heard(client):
    page = ServizioPageFactory(title=f"Emporio {FUGA}")
    assert client.get(page.url).status_code == 200
    assert any(heard(text) for _where, text in remembered(client))


def test_twenty_leaks_are_planted_or_more():
    assert len(FUGHE) >= 20


def test_planted_leak_in_a_log_is_heard(orecchio, voliera):
    logging.getLogger("django.db.backends").debug("INSERT … %s", next(iter(voliera.secret)))
    assert heard(orecchio.text, voliera.secret)


def test_statements_of_the_database_are_listened_to(orecchio):
    Utente.objects.filter(username=FUGA).first()
    assert heard(orecchio.text)
