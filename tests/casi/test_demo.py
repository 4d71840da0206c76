"""The invented households, loaded once: rich to look around in, the same every time, never among real ones."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Count
from django.test import override_settings
from django.utils import timezone

from casi import models, policies
from casi.actions.conservazione import approve, execute
from casi.actions.pubblico import AVVISARE
from casi.codice_fiscale import plausible
from casi.demo.lettura import DATI, read
from casi.giorni import after_working_days
from casi.integrita import Punto, verify
from casi.lingue import IN_ITALIANO
from casi.mesi import months_after
from casi.ruoli import PERMESSI_DI_PARTE, Azione
from casi.selectors.arrivi import scrivania
from casi.selectors.conservazione import lists, open_scarto, overdue, to_propose
from casi.selectors.emergenza import ESAME_ENTRO
from catalogo.models import Accordo, Adesione, EntePage, Operatore
from home.demo.dati import read as read_catalogo
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import (
    AccordoFactory,
    AdesioneFactory,
    ComuneFactory,
    EntePageFactory,
    OperatoreFactory,
    TipoServizioFactory,
)
from tests.factories.portal import UtenteFactory
from tests.support.attori import attore_for
from tests.support.undone import undone


def network() -> None:
    """What `carica_demo` leaves that the households stand on."""
    slugs = read("rete")["enti"].values()
    bodies = {slug: EntePageFactory(slug=slug, title=slug).ente for slug in slugs}
    accordo = AccordoFactory(capofila=bodies["comune-borgo-arvella"])
    for slug, ente in bodies.items():
        ended = timezone.localdate() - timedelta(days=1) if slug == "eta-libera-castelmora" else None
        AdesioneFactory(accordo=accordo, ente=ente, valida_al=ended)
    for row in read_catalogo("personas")["personas"]:
        if row["ruolo"]:
            utente = UtenteFactory(username=row["username"])
            OperatoreFactory(utente=utente, ente=bodies[row["ente"]], ruolo=row["ruolo"], in_rete=False)
    for place in range(1, 7):
        ComuneFactory(codice_istat=f"99900{place}")
    for row in read_catalogo("vocabolari")["tipi_servizio"]:
        TipoServizioFactory(codice=row["codice"])


def load() -> str:
    out = StringIO()
    with override_settings(DEMO=True):
        call_command("carica_casi_demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo in a transaction of its own, taken back after the module."""
    with django_db_blocker.unblock(), undone():
        network()
        load()
        yield


@pytest.fixture
def casi_demo(demo, db) -> None:
    """A test in a savepoint of the demo's transaction."""


def persona(username: str, ente: str = "") -> Operatore:
    found = Operatore.objects.filter(utente__username=username).select_related("ente")
    return (found.filter(ente__pagine__slug=ente) if ente else found).get()


def seen_by(username: str) -> set[str]:
    return {caso.numero for caso in policies.visible_to(attore_for(persona(username)))}


def test_demo_has_sixty_households_in_every_state(casi_demo):
    states = Counter(models.Caso.objects.values_list("stato", flat=True))
    assert sum(states.values()) == 60
    assert set(states) == set(models.StatoCaso.values)
    assert models.Intervento.objects.values("ente").distinct().count() >= 8
    opened = models.Caso.objects.order_by("aperto_il").values_list("aperto_il", flat=True)
    assert opened.last() - opened.first() > timedelta(days=730)


def test_demo_fills_every_level_and_what_keeps_people_out(casi_demo):
    assert set(models.VoceDiario.objects.values_list("livello", flat=True)) == {2, 3, 4, 5}
    assert not models.VoceDiario.objects.filter(livello=5, destinatari=None, autore__ruolo="referente").exists()
    assert models.VoceDiario.objects.filter(corregge__isnull=False).exists()
    assert models.Caso.objects.filter(sigillato=True).count() == 1
    assert set(models.Incompatibilita.objects.values_list("origine", flat=True)) == {"dichiarata", "rilevata"}
    assert models.AccessoEmergenza.objects.filter(esaminato_il=None).count() == 1
    assert models.AccessoEmergenza.objects.exclude(esaminato_il=None).count() == 1
    assert models.Segnalazione.objects.filter(minori_a_rischio=True, caso=None).exists()
    assert models.PrimoAscolto.objects.exclude(indice_sigla="").filter(caso=None).count() >= 3


def test_demo_looks_alive_today(casi_demo):
    today = timezone.localdate()
    assert models.Caso.objects.filter(prossima_verifica__lt=today).count() >= 5
    assert models.Richiesta.objects.filter(rispondere_entro__lte=today, stato="nuova").exists()
    assert models.Ammissione.objects.filter(tolta_il__isnull=False).exists()
    assert models.Ammissione.objects.filter(al__lt=today).exists()
    assert not models.VoceDiario.objects.filter(avvenuto_il__gt=today).exists()
    assert not models.Passaggio.objects.filter(quando__gt=timezone.now()).exists()


def test_demo_requests_say_a_language_the_desk_can_read(casi_demo):
    assert set(models.Richiesta.objects.values_list("lingua", flat=True)) <= set(IN_ITALIANO)
    assert not models.Richiesta.objects.filter(bisogni__contains=["salute"]).exists()  # as the form asks


def test_demo_terms_are_those_of_the_law_and_of_the_network(casi_demo):
    for each in models.Segnalazione.objects.all():
        assert each.avvisare_entro == months_after(timezone.localdate(each.ricevuta_il), AVVISARE)
    for each in models.AccessoEmergenza.objects.all():
        assert each.esaminare_entro == after_working_days(timezone.localdate(each.inizio), ESAME_ENTRO)


def test_demo_privacy_notice_is_in_every_language_of_the_public_forms(casi_demo):
    told = dict(models.Informativa.objects.values_list("lingua", "testo"))
    assert set(told) == {code for code, _name in settings.LANGUAGES}
    assert len(set(told.values())) == len(told)


def test_demo_each_persona_finds_something_of_his_own(casi_demo):
    mine = {name: seen_by(name) for name in ("marisa", "bruno", "teodora", "ettore", "gildo")}
    assert all(len(cases) >= 3 for cases in mine.values())
    assert not seen_by("ivana") | seen_by("sandro") | seen_by("amina")
    assert mine["teodora"].isdisjoint(mine["ettore"])
    coordinator = attore_for(persona("ivana"))
    assert policies.visible_to(coordinator, Azione.ELENCARE_DA_ASSEGNARE).filter(stato="trasferito").exists()


def test_demo_who_works_for_two_bodies_sees_other_cases_under_each(casi_demo):
    ties = policies.ties_of(persona("noemi", "tessifilo").utente_id)
    seen = [{caso.numero for caso in policies.visible_to(attore_for(tie))} for tie in ties]
    assert len(seen) == 2
    assert all(seen)
    assert seen[0] != seen[1]


def test_demo_gates_say_no(casi_demo):
    sealed, conflict = models.Caso.objects.get(sigillato=True), models.Incompatibilita.objects.first()
    assert sealed.numero not in seen_by("bruno")
    assert sealed.numero in seen_by("marisa")
    assert conflict.caso.numero not in seen_by(conflict.utente.username)
    assert not seen_by("oreste")  # his body's adhesion ended yesterday
    assert models.Incarico.objects.filter(operatore=persona("oreste"), tolta_il=None).exists()


def test_demo_permission_rows_are_those_of_the_assignments(casi_demo):
    standing = models.Incarico.objects.in_force(timezone.localdate()).select_related("operatore")
    wanted = {
        (incarico.caso_id, incarico.operatore.utente_id, codename)
        for incarico in standing
        for codename in PERMESSI_DI_PARTE[incarico.parte]
    }
    rows = models.PermessoUtenteSuCaso.objects.values_list("content_object", "user", "permission__codename")
    assert wanted == set(rows)


def test_demo_nobody_writes_on_a_case_he_was_never_on(casi_demo):
    ties = set(models.Incarico.objects.values_list("caso", "operatore"))
    written = set(models.VoceDiario.objects.values_list("caso", "autore"))
    assert written - ties == set()


def test_demo_first_conversations_are_held_by_who_listens(casi_demo):
    """Volunteers and social workers; and each of them, and who only answers for a body, has something to do."""
    heard = models.PrimoAscolto.objects.values_list("operatore__ruolo", flat=True)
    assert set(heard) == {"volontario_ascolto", "assistente_sociale"}
    desks = {each: scrivania(attore_for(persona(each))) for each in ("ettore", "dario")}
    assert all(desk.aperti for desk in desks.values())


def test_demo_tax_codes_are_right_and_nobodys(casi_demo):
    codes = [persona.codice_fiscale for persona in models.Persona.objects.all() if persona.codice_fiscale]
    assert len(codes) > 80
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not plausible(code)] == []
    assert {code[11:15] for code in codes} == {"X000", "Z999"}
    assert all(models.Persona.objects.values_list("indice_suono", flat=True).filter(senza_dimora=False))


def test_demo_no_text_is_left_open_and_none_is_repeated(casi_demo):
    texts = Counter(voce.testo for voce in models.VoceDiario.objects.all())
    assert max(texts.values()) <= 2
    assert len(texts) >= 170
    assert [text for text in texts if re.search(r"[{}]|\blorem\b", text, re.I)] == []


def test_demo_register_tells_the_history_in_order_and_sealed(casi_demo):
    lines = models.Registro.objects.order_by("pk")
    assert lines.count() >= 500
    days = list(lines.values_list("quando", flat=True))
    assert days == sorted(days)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM casi_registro r WHERE impronta <> casi_registro_sigillo(r)")
        assert cursor.fetchone() == (0,)


def test_demo_retention_has_something_for_who_proposes_and_for_who_approves(casi_demo):
    """One list carried out, of which only keys are left; one that waits, with a line on hold; something not listed."""
    marisa, ivana, sandro = (attore_for(persona(name)) for name in ("marisa", "ivana", "sandro"))
    assert {each.oggetto for each in to_propose(marisa)} == {"richiesta", "primoascolto"}
    asked, waiting, done = lists(ivana, Azione.APPROVARE_SCARTO)
    assert (asked.ragione, asked.chiuso, asked.tardi) == ("non_servono", False, False)
    assert list(lists(sandro, Azione.CONTROLLARE_SCARTI)) == [asked, waiting, done]
    assert (waiting.eseguito_il, waiting.approvato_il, waiting.proposto_da) == (None, None, marisa.operatore)
    _scarto, righe = open_scarto(ivana, waiting.pk, Azione.APPROVARE_SCARTO)
    assert [each.voce.sospesa for each in righe].count(True) == 1
    over = {
        (each.oggetto, each.pk)
        for each in overdue(marisa.operatore.ente_id, timezone.localdate(), anche_in_elenco=True)
    }
    assert {(each.voce.oggetto, each.voce.oggetto_id) for each in righe} < over
    _scarto, gone = open_scarto(ivana, done.pk, Azione.APPROVARE_SCARTO)
    assert {each.nome for each in gone} == {str(each.voce.oggetto_id) for each in gone}
    erased = next(each.voce.oggetto_id for each in gone if each.voce.oggetto == "caso")
    lines = models.Registro.objects.filter(casi__contains=[erased]).order_by("pk").values_list("azione", flat=True)
    assert list(lines) == ["vedere_caso", "vedere_caso", "proporre_scarto", "approvare_scarto", "approvare_scarto"]
    approve(by=ivana, scarto=waiting.pk, atto="prova")
    assert execute(by=ivana, scarto=waiting.pk) == len(righe) - 1
    head = models.TestaRegistro.objects.get()
    assert verify((Punto(head.ultima, head.impronta),)).ultima == models.Registro.objects.latest("pk").pk


def test_demo_second_run_changes_nothing(casi_demo):
    def state():
        kept = (
            models.Caso,
            models.VoceDiario,
            models.Registro,
            models.Richiesta,
            models.Avviso,
            models.VoceScarto,
            Adesione,
            Accordo,
        )
        return [model.objects.count() for model in kept]

    before = state()
    assert "aggiunti" not in load()
    assert state() == before


def test_demo_a_case_made_by_hand_stays(casi_demo):
    mine = CasoFactory()
    load()
    assert models.Caso.objects.filter(pk=mine.pk).exists()


def test_demo_refuses_outside_the_demo(casi_demo):
    with override_settings(DEMO=False), pytest.raises(CommandError, match="DEMO=true"):
        call_command("carica_casi_demo", stdout=StringIO())


def test_demo_refuses_among_cases_that_are_none_of_its_own(casi_demo, monkeypatch):
    monkeypatch.setattr("casi.demo.caricamento.storie", list)
    monkeypatch.setattr("casi.demo.caricamento.composte.storie", list)
    with pytest.raises(CommandError, match="casi veri"):
        load()


def test_demo_without_its_network_says_what_to_do(casi_demo):
    EntePage.objects.filter(slug="ginestra").update(slug="altrove")
    with pytest.raises(CommandError, match="carica_demo"):
        load()


def test_demo_every_case_has_its_own_ends(casi_demo):
    """A path that is over has taken everybody else out; one reopened or handed over begins from nobody."""
    live = models.Ammissione.objects.filter(tolta_il=None)
    assert not live.exclude(caso__stato__in=models.CON_ALTRI_ENTI).exists()
    busy = models.Caso.objects.filter(incarichi__tolta_il=None).annotate(n=Count("incarichi"))
    assert not busy.filter(stato="trasferito").exists()
    assert {"avvertenza"} <= {key for file in DATI.glob("storie_*.json") for key in read(file.stem)}
