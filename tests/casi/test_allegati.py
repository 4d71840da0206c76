"""The files of a case: who adds them, who gets them back and how, what happens when the disk does not help."""

import errno
import os
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casi import storage
from casi.actions.allegati import PER_DAY, PER_DAY_OF_ALL, attach
from casi.actions.cancellazione import erase_case
from casi.actions.orfani import POCHI
from casi.actions.oscuramenti import hide
from casi.caricamento import admit
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Allegato, Registro
from casi.selectors import allegati as letture
from tests.casi import campioni
from tests.factories.casi import AllegatoFactory, CasoFactory, EmergenzaFactory
from tests.support.domande import assert_flat
from tests.support.incaricati import ammesso, collega, responsabile, volontario

pytestmark = pytest.mark.django_db
ASSENTE = uuid.UUID("00000000-0000-4000-8000-000000000000")
CANARINO = "Canarino-7731"
LOCKS = re.compile("FOR (NO KEY )?UPDATE")


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RISERVATI = tmp_path / "riservati"
    return settings.RISERVATI


@pytest.fixture
def titolare(caso):
    return responsabile(caso)


@pytest.fixture
def sito(riservato, titolare):
    riservato.force_login(titolare.operatore.utente)
    return riservato


def add(by, caso, nome="referto.pdf", contenuto=campioni.PDF, **more) -> Allegato:
    return attach(by=by, caso=caso.pk, nome=nome, contenuto=contenuto, **more)


def gets(attore, caso) -> set[uuid.UUID]:
    """Which files `attore` finds in the list; downloading each must say the same."""
    listed = {riga.pk for riga in letture.allegati(attore, caso.pk, "1")[1].object_list}
    for pk in Allegato.objects.order_by().values_list("pk", flat=True):
        try:
            assert b"".join(letture.scarica(attore, caso.pk, pk).contenuto) == campioni.PDF
            assert pk in listed
        except Assente:
            assert pk not in listed
    return listed


def test_files_are_read_by_level_and_body(caso, titolare):
    colleague, friend, stranger = collega(caso), ammesso(caso), ammesso(caso)
    helper = volontario(caso, friend.operatore.ente)
    own, shared = add(helper, caso), add(friend, caso, condiviso=True)
    closed, note, plain = add(friend, caso, livello=2), add(titolare, caso, livello=4), add(titolare, caso)
    assert gets(titolare, caso) == gets(colleague, caso) == {shared.pk, note.pk, plain.pk}
    assert gets(friend, caso) == {own.pk, shared.pk, closed.pk}
    assert gets(helper, caso) == {own.pk}
    assert gets(stranger, caso) == set()


def test_hidden_file_is_its_authors_alone(caso, titolare):
    friend = ammesso(caso)
    shared = add(friend, caso, condiviso=True)
    hide(by=titolare, caso=caso.pk, cosa="allegato", pk=shared.pk, chiesto_dalla_persona=True)
    assert (gets(titolare, caso), gets(friend, caso)) == (set(), {shared.pk})


def test_files_stay_closed_in_an_emergency(caso, titolare):
    file = add(titolare, caso)
    other = responsabile(CasoFactory(ente_titolare=caso.ente_titolare))
    EmergenzaFactory(operatore=other.operatore, caso=caso)
    for read in (lambda: letture.scarica(other, caso.pk, file.pk), lambda: letture.allegati(other, caso.pk, "1")):
        with pytest.raises(Assente):
            read()


def test_professional_files_are_for_who_may_write_notes(caso, titolare):
    with pytest.raises(Vietato):
        add(ammesso(caso), caso, livello=4)
    with pytest.raises(ValidationError):
        add(titolare, caso, livello=5)
    assert not add(titolare, caso, livello=4, condiviso=True).condiviso


def test_name_is_encrypted_and_nothing_of_a_file_is_in_its_place(caso, titolare, folder):
    file = add(titolare, caso, nome=f"../{CANARINO}\u202e.pdf")
    assert file.nome == f"{CANARINO}.pdf"
    (place,) = (each for each in folder.rglob("*") if each.is_file())
    assert place.relative_to(folder).parts == (file.pk.hex[:2], file.pk.hex[2:4], file.pk.hex)
    assert Allegato.objects.filter(chiave__isnull=False, nome__isnull=False).count() == 1


def test_twenty_files_a_day_are_enough_for_a_body_on_a_case(caso, titolare):
    """And leave the others room: up to sixty, whoever adds them."""
    for _each in range(PER_DAY):
        add(titolare, caso)
    with pytest.raises(Impossibile, match="il tuo ente"):
        add(titolare, caso)
    add(responsabile(other := CasoFactory()), other)
    add(guest := ammesso(caso), caso, condiviso=True)
    AllegatoFactory.create_batch(PER_DAY_OF_ALL - PER_DAY - 1, caso=caso)
    with pytest.raises(Impossibile, match="troppi file"):
        add(guest, caso)


def test_full_disk_is_told_and_leaves_no_row_and_no_file(caso, titolare, folder, monkeypatch):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(Impossibile, match="non è stato salvato nulla"):
        add(titolare, caso)
    assert not Allegato.objects.exists()
    assert [each for each in folder.rglob("*") if each.is_file()] == []


# --- pages


def sent(content: bytes = campioni.PDF, name: str = "referto.pdf", **more) -> dict:
    file = SimpleUploadedFile(name, content, "application/x-qualunque")
    return {"chiave": str(uuid.uuid4()), "livello": "3", "file": file, **more}


def test_page_adds_once_and_lists(sito, caso):
    address = reverse("casi:allegati_aggiungi", args=[caso.pk])
    page = sito.get(address).content.decode()
    assert ("multipart/form-data" in page, 'value="5"' in page) == (True, False)
    key = str(uuid.uuid4())
    assert [sito.post(address, sent(chiave=key)).status_code for _twice in range(2)] == [302, 302]
    assert Allegato.objects.count() == 1
    assert "referto.pdf" in sito.get(reverse("casi:allegati", args=[caso.pk])).content.decode()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (campioni.PDF, "referto.exe", "Si possono allegare"),
        (b"<svg/>", "foto.png", "non è quello che dice il suo nome"),
        (b"", "vuoto.pdf", "vuoto"),
        (b"%PDF-" + bytes(11 * 1024 * 1024), "enorme.pdf", "al massimo di 10 MB"),
    ],
)
def test_page_says_why_a_file_is_not_taken(sito, caso, content, name, said):
    answer = sito.post(reverse("casi:allegati_aggiungi", args=[caso.pk]), sent(content, name))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Allegato.objects.exists()


def test_upload_never_lies_in_clear_on_the_disk(sito, caso, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "temporanei"  # not there: writing into it would fail
    content = campioni.PDF[:-6] + b" " * (9 * 1024 * 1024) + b"%%EOF\n"
    assert sito.post(reverse("casi:allegati_aggiungi", args=[caso.pk]), sent(content)).status_code == 302


def test_download_is_inert_whatever_is_inside(sito, caso, titolare):
    file = add(titolare, caso, nome='Élia "il" referto.pdf')
    answer = sito.get(reverse("casi:allegato", args=[caso.pk, file.pk]))
    assert b"".join(answer.streaming_content) == campioni.PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''%C3%89lia%20_il_%20referto.pdf"
    told = {name: answer[name] for name in answer.headers if name not in {"Content-Disposition", "Vary"}}
    assert told == {
        "Content-Type": "application/pdf",
        "Content-Length": str(len(campioni.PDF)),
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    line = Registro.objects.get(finalita="scarica")
    assert (line.oggetto, line.oggetto_id, line.livello, line.casi) == ("allegato", file.pk, 3, [caso.pk])


def test_forged_ids_get_the_page_that_is_not_there(sito, caso, titolare):
    elsewhere = CasoFactory(ente_titolare=caso.ente_titolare)
    other = add(responsabile(elsewhere), elsewhere)
    mine_elsewhere = add(titolare, caso)
    answers = [
        sito.get(reverse("casi:allegato", args=[case, pk]))
        for case, pk in [
            (caso.pk, other.pk),
            (caso.pk, ASSENTE),
            (elsewhere.pk, other.pk),
            (elsewhere.pk, mine_elsewhere.pk),
            (ASSENTE, other.pk),
        ]
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert Registro.objects.filter(esito="negato").count() == 5


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"x" * 100)])
def test_file_lost_or_altered_on_the_disk_gives_a_calm_page(sito, caso, titolare, folder, spoil):
    file = add(titolare, caso)
    spoil(folder / file.pk.hex[:2] / file.pk.hex[2:4] / file.pk.hex)
    answer = sito.get(reverse("casi:allegato", args=[caso.pk, file.pk]))
    assert answer.status_code == 503
    assert "Non dipende da te" in answer.content.decode()
    assert file.nome not in answer.content.decode()


@pytest.mark.matrice
def test_pages_ask_as_much_with_one_file_as_with_twenty(sito, caso, titolare, monkeypatch):
    monkeypatch.setattr("casi.actions.allegati.PER_DAY", 100)
    names = ("allegati", "allegati_aggiungi")
    assert_flat(sito, [reverse(f"casi:{name}", args=[caso.pk]) for name in names], lambda: add(titolare, caso))


def test_file_goes_with_its_case_and_stays_when_the_erasing_fails(folder):
    allegato = AllegatoFactory()
    storage.write(allegato.pk, storage.new_key(), b"%PDF-1.7")
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - what is undone is the point
        erase_case(allegato.caso.pk)
        raise RuntimeError
    assert len(files_in(folder)) == 1
    with transaction.atomic():
        erase_case(allegato.caso.pk)
    assert files_in(folder) == []


def test_file_of_an_upload_that_was_undone_is_swept_a_day_later(caso, titolare, folder, capsys):
    """Its own, the young and the unfinished stay apart: only what no row can claim any more goes."""
    kept = add(titolare, caso)
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 - what is undone is the point
        add(titolare, caso)
        raise RuntimeError
    (folder / "leggimi.txt").write_text("di chi gestisce il disco")
    place = storage._place(kept.pk)
    unfinished = place.with_suffix(".nuovo")
    unfinished.write_bytes(b"a mezzo")
    assert Allegato.objects.count() == 1
    call_command("file_orfani")
    assert len(files_in(folder)) == 4
    for each in files_in(folder):
        os.utime(each, (0, 0))
    call_command("file_orfani", "--prova")
    assert len(files_in(folder)) == 4
    call_command("file_orfani")
    assert sorted(files_in(folder)) == sorted([folder / "leggimi.txt", place])
    told = capsys.readouterr().out.splitlines()
    assert [each.split(": ")[1] for each in told] == ["0.", "2.", "2."]
    Allegato.objects.all().delete()
    with pytest.raises(CommandError, match="quella giusta"):
        call_command("file_orfani")
    assert place.exists()


def test_database_older_than_the_files_takes_none_of_them_away(caso, titolare, folder, capsys):
    """A dump of last week knows none of this week's files: they are many, and that night none goes."""
    add(titolare, caso)
    for _each in range(POCHI + 1):
        storage.write(uuid.uuid4(), storage.new_key(), b"%PDF-1.7")
    for each in files_in(folder):
        os.utime(each, (0, 0))
    with pytest.raises(CommandError, match="più vecchia dei file"):
        call_command("file_orfani")
    assert len(files_in(folder)) == POCHI + 2
    call_command("file_orfani", "--prova")
    call_command("file_orfani", "--anche-molti")
    assert len(files_in(folder)) == 1
    assert [each.split(": ")[1] for each in capsys.readouterr().out.splitlines()] == [f"{POCHI + 1}."] * 2


def files_in(folder) -> list:
    return [each for each in folder.rglob("*") if each.is_file()]


def test_file_is_cleaned_before_the_case_is_locked_and_only_for_who_may(caso, titolare, monkeypatch):
    """Cleaning may take seconds: nobody waits for it, and nobody makes us work for nothing."""
    asked = []

    def cleaning(nome, contenuto):
        asked.append([query["sql"] for query in queries if LOCKS.search(query["sql"])])
        return admit(nome, contenuto)

    monkeypatch.setattr("casi.actions.allegati.admit", cleaning)
    with CaptureQueriesContext(connection) as queries:
        add(titolare, caso)
    assert asked == [[]]
    with pytest.raises(Vietato):
        add(responsabile(CasoFactory()), caso)
    assert len(asked) == 1
