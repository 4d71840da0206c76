"""One way through every form: done once, drafts kept for their owner, mistakes told, two people's texts shown."""

import json
import uuid
from datetime import timedelta
from importlib import import_module
from threading import Barrier, Thread

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casi.actions import bozze
from casi.actions.una_volta import once
from casi.actions.versioni import save_version
from casi.errori import Superato, Vietato
from casi.forms.base import Modulo
from casi.models import Bozza, Caso, Operazione, PresaInCarico
from casi.selectors.bozze import draft
from catalogo.models import Ente
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db


@pytest.fixture
def attore():
    return attore_for(OperatoreFactory())


def test_once_runs_the_first_time_and_answers_the_same_address_afterwards(attore):
    runs, key = [], uuid.uuid4()
    do = lambda: runs.append(1) or "/casi/"  # noqa: E731
    assert [once(key, do, by=attore) for _time in range(3)] == ["/casi/"] * 3
    assert runs == [1]


def test_once_with_a_failure_leaves_the_form_to_be_sent_again(attore):
    def fail() -> str:
        raise ValidationError("no")

    key = uuid.uuid4()
    with pytest.raises(ValidationError):
        once(key, fail, by=attore)
    assert once(key, lambda: "/", by=attore) == "/"


def test_once_refuses_the_key_of_somebody_else(attore):
    key = uuid.uuid4()
    once(key, lambda: "/", by=attore)
    for other in (attore_for(OperatoreFactory()), None):
        with pytest.raises(Vietato):
            once(key, lambda: "/", by=other)


@pytest.mark.django_db(transaction=True)
def test_once_with_many_at_the_same_moment_runs_once(attore):
    key, runs, answers, start = uuid.uuid4(), [], [], Barrier(8)

    def send() -> None:
        start.wait()
        answers.append(once(key, lambda: runs.append(1) or "/fatto/", by=attore))
        connection.close()

    threads = [Thread(target=send) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    assert (runs, answers) == ([1], ["/fatto/"] * 8)
    assert Operazione.objects.count() == 1


def test_save_version_refuses_a_row_that_changed_meanwhile_and_shows_it():
    caso = CasoFactory()
    mine, theirs = Caso.objects.get(pk=caso.pk), Caso.objects.get(pk=caso.pk)
    theirs.motivo_chiusura = "altro"
    save_version(theirs, letta=1)
    with pytest.raises(Superato) as other:
        save_version(mine, letta=1)
    assert other.value.attuale.motivo_chiusura == "altro"
    assert save_version(Caso.objects.get(pk=caso.pk), letta=2).versione == 3


@pytest.mark.parametrize(
    ("stato", "passo", "campo", "giorni"),
    [
        ("preso_in_carico", "fissa_verifica", "prossima_verifica", 0),
        ("primo_ascolto", "aiuta_subito", "urgente_fino_al", 31),
        ("preso_in_carico", "avvisa", "avviso_alla_famiglia_il", 1),
    ],
)
def test_day_that_a_step_refuses_is_told_beside_it(riservato, stato, passo, campo, giorni):
    scena = Scena(stato=stato)
    if passo == "avvisa":
        PresaInCarico.objects.filter(pk=scena.propone().pk).update(accettata_il=timezone.now())
    riservato.force_login(scena.assistente.utente)
    day = timezone.localdate() + timedelta(days=giorni)
    sent = {"chiave": str(uuid.uuid4()), "versione": scena.caso.versione, campo: day.isoformat()}
    answer = riservato.post(reverse(f"casi:passo_{passo}", args=[scena.caso.pk]), sent)
    assert (answer.status_code, list(answer.context["modulo"].errors)) == (422, [campo])
    assert f'<a href="#id_{campo}">' in answer.content.decode()


@pytest.mark.parametrize(
    ("stato", "passo", "campo"),
    [
        ("preso_in_carico", "fissa_verifica", "prossima_verifica"),
        ("in_valutazione", "aiuta_subito", "urgente_fino_al"),
    ],
)
def test_day_that_a_colleague_has_just_written_is_shown_beside_mine_and_stays(riservato, stato, passo, campo):
    scena = Scena(stato=stato)
    address = reverse(f"casi:passo_{passo}", args=[scena.caso.pk])
    theirs, mine = (timezone.localdate() + timedelta(days=each) for each in (10, 20))
    riservato.force_login(scena.assistente.utente)
    read = riservato.get(address).context["modulo"]["versione"].value()

    def send(day, version):
        typed = {"chiave": str(uuid.uuid4()), "versione": version, campo: day.isoformat()}
        return riservato.post(address, typed)

    assert send(theirs, read).status_code == 302
    late = send(mine, read)
    assert late.status_code == 409
    assert [now for _label, now in late.context["confronto"]] == [date_format(theirs, "j F Y").lower()]
    assert late.context["modulo"][campo].value() == mine.isoformat()
    scena.caso.refresh_from_db()
    assert getattr(scena.caso, campo) == theirs
    assert send(mine, "").status_code == 409, "a version is not left out"
    assert send(mine, late.context["modulo"]["versione"].value()).status_code == 302
    scena.caso.refresh_from_db()
    assert getattr(scena.caso, campo) == mine


def test_draft_is_kept_encrypted_for_its_owner_alone(attore):
    about = uuid.uuid4()
    bozze.keep(by=attore, modulo="diario", oggetto=about, dati={"testo": ["Canarino"]})
    bozze.keep(by=attore, modulo="diario", oggetto=about, dati={"testo": ["Canarino due"]})
    assert draft(attore, "diario", about) == {"testo": ["Canarino due"]}
    assert draft(attore_for(OperatoreFactory()), "diario", about) == {}
    assert draft(attore, "diario", None) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT contenuto FROM casi_bozza")
        assert b"Canarino" not in bytes(cursor.fetchone()[0])
    bozze.discard(by=attore, modulo="diario", oggetto=about)
    assert not Bozza.objects.exists()


def test_draft_too_long_to_keep_leaves_the_one_before(attore):
    bozze.keep(by=attore, modulo="diario", oggetto=None, dati={"testo": ["breve"]})
    bozze.keep(by=attore, modulo="diario", oggetto=None, dati={"testo": ["x" * 300_000]})
    assert draft(attore, "diario", None) == {"testo": ["breve"]}


def test_page_keeps_a_draft_with_its_version_and_without_its_key(riservato, attore):
    riservato.force_login(attore.operatore.utente)
    sent = {"testo": "Canarino", "aree": ["casa", "lavoro"], "chiave": str(uuid.uuid4()), "versione": "1"}
    assert riservato.post("/bozze/diario/", sent).status_code == 204
    kept = {"testo": ["Canarino"], "aree": ["casa", "lavoro"], "versione": ["1"]}
    assert draft(attore, "diario", None) == kept
    assert json.loads(Bozza.objects.get().contenuto)["testo"] == ["Canarino"]
    assert riservato.get("/bozze/diario/").status_code == 405


def test_drafts_are_of_known_forms_alone(riservato, attore):
    riservato.force_login(attore.operatore.utente)
    for modulo in ("prova", "x" * 41, "diario-"):
        assert riservato.post(f"/bozze/{modulo}/", {"testo": "Canarino"}).status_code == 404
    assert not Bozza.objects.exists()


def test_every_form_with_a_draft_is_known():
    def below(form):
        return {form.bozza}.union(*map(below, form.__subclasses__()))

    import_module("casi.urls")
    assert below(Modulo) - {""} == bozze.MODULI


def test_oldest_drafts_give_way(attore):
    kept = [uuid.uuid4() for _each in range(bozze.MOST + 2)]
    for about in kept:
        bozze.keep(by=attore, modulo="diario", oggetto=about, dati={"testo": ["Canarino"]})
    there = Bozza.objects.filter(operatore=attore.operatore).values_list("oggetto", flat=True)
    assert set(there) == set(kept[2:])


def test_a_form_speaks_our_words_where_django_has_its_own():
    class Esempio(Modulo):
        nota = forms.CharField(min_length=20)
        ente = forms.ModelChoiceField(queryset=Ente.objects.none())
        comune = forms.ModelChoiceField(queryset=Ente.objects.none(), empty_label="Un altro", required=False)

    form = Esempio({"nota": "breve"})
    assert form.errors["nota"] == ["Scrivi qualcosa di più: almeno 20 lettere."]
    assert [form[name].field.empty_label for name in ("ente", "comune")] == ["Scegli…", "Un altro"]
