"""The diary: who writes at which level, who reads what, how an entry is corrected, how one disappears."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casi.actions.diario import NuovaVoce, correct, write
from casi.actions.lettori import name_reader
from casi.actions.limiti import add_name, remove_name, seal, write_conflict
from casi.actions.oscuramenti import hide, unhide
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Avviso, Bozza, Registro, VoceDiario
from casi.selectors import diario as letture
from casi.selectors.chiusura import manca_la_controfirma
from casi.selectors.lettori import nominabili
from casi.selectors.oscuramenti import nascosti
from portal.utenti.models import Utente
from tests.factories.casi import CasoFactory, EmergenzaFactory
from tests.support.attori import attore_for
from tests.support.domande import assert_flat
from tests.support.incaricati import ammesso, collega, responsabile, volontario
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
PERCHE = "Li accompagna dove stanno."
ASSENTE = uuid.UUID("00000000-0000-4000-8000-000000000000")


@pytest.fixture
def titolare(caso):
    return responsabile(caso)


def entry(by, caso, testo="Canarino", **more) -> VoceDiario:
    return write(by=by, caso=caso.pk, voce=NuovaVoce(testo=testo, avvenuto_il=timezone.localdate(), **more))


def reads(attore, caso) -> set[uuid.UUID]:
    """Which entries `attore` finds in the list; each one by itself must say the same."""
    _aperto, page = letture.diario(attore, caso.pk, "1")
    listed = {voce.riga.pk for voce in page.object_list}
    for pk in VoceDiario.objects.order_by().values_list("pk", flat=True):
        try:
            letture.voce(attore, caso.pk, pk)
            assert pk in listed
        except Assente:
            assert pk not in listed
    return listed


def test_entries_are_read_by_level_and_body(caso, titolare):
    colleague, friend = collega(caso), ammesso(caso)
    helper = volontario(caso, friend.operatore.ente)
    stranger = ammesso(caso)
    own = entry(helper, caso)
    shared = entry(friend, caso, condiviso=True)
    closed = entry(friend, caso, livello=2)
    note = entry(titolare, caso, livello=4)
    plain = entry(titolare, caso)
    named = entry(titolare, caso, livello=5, destinatari=(friend.operatore.pk,), perche=PERCHE)
    assert reads(titolare, caso) == {shared.pk, note.pk, plain.pk, named.pk}
    assert reads(colleague, caso) == {shared.pk, note.pk, plain.pk}
    assert reads(friend, caso) == {own.pk, shared.pk, closed.pk, named.pk}
    assert reads(helper, caso) == {own.pk}
    assert reads(stranger, caso) == set()


@pytest.mark.parametrize("livello", [4, 5])
def test_higher_levels_are_written_by_social_workers_only(caso, titolare, livello):
    with pytest.raises(Vietato):
        entry(ammesso(caso), caso, livello=livello)
    assert entry(titolare, caso, livello=livello).livello == livello


def test_tick_to_share_never_reaches_a_note(caso, titolare):
    assert not entry(titolare, caso, livello=4, condiviso=True).condiviso


def test_readers_of_a_reserved_entry_work_on_the_case_today(caso, titolare):
    gone = collega(caso)
    caso.incarichi.filter(operatore=gone.operatore).update(al=timezone.localdate() - timedelta(days=1))
    elsewhere = responsabile(CasoFactory(ente_titolare=caso.ente_titolare))
    for person in (gone, elsewhere):
        with pytest.raises(ValidationError):
            entry(titolare, caso, livello=5, destinatari=(person.operatore.pk,))
    with pytest.raises(ValidationError):
        entry(titolare, caso, livello=3, destinatari=(collega(caso).operatore.pk,))
    assert not VoceDiario.objects.exists()


def test_reserved_entry_stays_closed_in_an_emergency(caso, titolare):
    voce = entry(titolare, caso, livello=5)
    other = responsabile(CasoFactory(ente_titolare=caso.ente_titolare))
    EmergenzaFactory(operatore=other.operatore, caso=caso)
    for read in (lambda: letture.voce(other, caso.pk, voce.pk), lambda: letture.diario(other, caso.pk, "1")):
        with pytest.raises(Assente):
            read()


def test_line_of_the_register_tells_entry_and_level_and_no_more(caso, titolare):
    voce = entry(titolare, caso, livello=5)
    letture.voce(titolare, caso.pk, voce.pk)
    with pytest.raises(Assente):
        letture.voce(collega(caso), caso.pk, voce.pk)
    lines = list(Registro.objects.order_by("pk").values_list("azione", "esito", "oggetto_id", "livello"))
    assert lines == [
        ("scrivere_note", "consentito", voce.pk, 5),
        ("diario_proprio", "consentito", voce.pk, 5),
        ("diario_proprio", "negato", None, None),
    ]


def test_entry_of_tomorrow_is_refused(caso, titolare):
    with pytest.raises(ValidationError):
        write(by=titolare, caso=caso.pk, voce=NuovaVoce("x", timezone.localdate() + timedelta(days=1)))


def test_correction_is_an_entry_for_the_same_readers_and_the_first_stays(caso, titolare):
    reader = collega(caso)
    first = entry(titolare, caso, livello=5, destinatari=(reader.operatore.pk,))
    second = correct(by=reader, caso=caso.pk, voce=first.pk, testo="Non era lunedì", chiesta_dalla_persona=True)
    assert (second.corregge_id, second.livello, second.tipo) == (first.pk, 5, "rettifica")
    assert second.destinatari.get().operatore == titolare.operatore
    assert reads(collega(caso), caso) == set()
    page = letture.diario(titolare, caso.pk, "1")[1]
    told = {voce.riga.pk: (voce.riga.corretta, voce.riga.corregge_visibile) for voce in page.object_list}
    assert told == {first.pk: (True, False), second.pk: (False, True)}
    first.refresh_from_db()
    assert first.testo == "Canarino"


def test_what_one_may_not_read_or_write_at_its_level_one_may_not_correct(caso, titolare):
    friend = ammesso(caso)
    note = entry(titolare, caso, livello=4)
    named = entry(titolare, caso, livello=5, destinatari=(friend.operatore.pk,), perche=PERCHE)
    other = entry(responsabile(elsewhere := CasoFactory()), elsewhere)
    for by, pk in ((friend, note.pk), (friend, named.pk), (titolare, other.pk), (titolare, ASSENTE)):
        with pytest.raises(Vietato):
            correct(by=by, caso=caso.pk, voce=pk, testo="x")


def test_hidden_entry_is_seen_by_its_author_alone_and_its_corrections_go_with_it(caso, titolare):
    friend, colleague = ammesso(caso), collega(caso)
    first = entry(friend, caso, condiviso=True)
    second = correct(by=colleague, caso=caso.pk, voce=first.pk, testo="Anzi")
    hide(by=titolare, caso=caso.pk, cosa="voce", pk=first.pk, chiesto_dalla_persona=True)
    assert reads(titolare, caso) == set()
    assert reads(friend, caso) == {first.pk}
    assert reads(colleague, caso) == {second.pk}
    third = correct(by=friend, caso=caso.pk, voce=first.pk, testo="E poi")
    assert third.pk not in reads(titolare, caso)
    hiding = nascosti(titolare, caso.pk)[1]
    unhide(by=titolare, caso=caso.pk, oscuramento=hiding[0].pk)
    assert reads(titolare, caso) == {first.pk, second.pk, third.pk}
    assert nascosti(titolare, caso.pk)[1] == []


def test_hiding_is_undone_by_who_did_it_or_by_the_author_and_nobody_else_learns_of_it(caso, titolare):
    friend, colleague = ammesso(caso), collega(caso)
    voce = entry(friend, caso, condiviso=True)
    for by in (colleague, friend):
        with pytest.raises(Vietato):
            hide(by=by, caso=caso.pk, cosa="voce", pk=voce.pk, chiesto_dalla_persona=True)
    hide(by=titolare, caso=caso.pk, cosa="voce", pk=voce.pk, chiesto_dalla_persona=True)
    (hiding,) = nascosti(titolare, caso.pk)[1]
    assert nascosti(colleague, caso.pk)[1] == []
    with pytest.raises(Vietato):
        unhide(by=colleague, caso=caso.pk, oscuramento=hiding.pk)
    with pytest.raises(Assente):
        nascosti(colleague, caso.pk, hiding.pk)
    unhide(by=friend, caso=caso.pk, oscuramento=hiding.pk)
    assert voce.pk in reads(titolare, caso)


def test_what_one_does_not_see_one_may_not_hide(caso, titolare):
    unseen = entry(ammesso(caso), caso)
    elsewhere = CasoFactory(ente_titolare=caso.ente_titolare)
    other = entry(responsabile(elsewhere), elsewhere)
    for pk in (unseen.pk, other.pk, ASSENTE):
        with pytest.raises(Vietato):
            hide(by=titolare, caso=caso.pk, cosa="voce", pk=pk, chiesto_dalla_persona=False)


# --- pages


@pytest.fixture
def sito(riservato, titolare):
    riservato.force_login(titolare.operatore.utente)
    return riservato


def sent(**fields):
    return {"chiave": str(uuid.uuid4()), "tipo": "nota", "avvenuto_il": str(timezone.localdate()), **fields}


def test_page_writes_once_and_forgets_the_draft(sito, caso, titolare):
    address = reverse("casi:diario_scrivi", args=[caso.pk])
    sito.post(reverse("casi:bozza_su", args=["diario", caso.pk]), {"testo": "Canarino a metà"})
    page = sito.get(address).content.decode()
    assert "Canarino a metà" in page
    assert page.count("La leggono solo gli assistenti sociali") == 1
    form = sent(testo="Canarino intero", livello="4")
    assert [sito.post(address, form).status_code for _twice in range(2)] == [302, 302]
    assert VoceDiario.objects.get().testo == "Canarino intero"
    assert not Bozza.objects.exists()
    assert "Canarino intero" in sito.get(reverse("casi:diario", args=[caso.pk])).content.decode()


def test_page_of_who_writes_no_notes_offers_two_levels_and_the_tick(riservato, caso, titolare):
    friend = ammesso(caso)
    riservato.force_login(friend.operatore.utente)
    address = reverse("casi:diario_scrivi", args=[caso.pk])
    page = riservato.get(address).content.decode()
    assert ('value="4"' in page, 'name="condiviso"' in page, 'name="destinatari"' in page) == (False, True, False)
    assert riservato.post(address, sent(testo="x", livello="4")).status_code == 422
    assert riservato.post(address, sent(testo="x", livello="3", condiviso="on")).status_code == 302
    assert VoceDiario.objects.get().condiviso


def test_page_tells_a_reader_named_on_an_ordinary_entry_that_the_level_is_wrong(sito, caso, titolare):
    friend = collega(caso)
    address = reverse("casi:diario_scrivi", args=[caso.pk])
    answer = sito.post(address, sent(testo="Canarino", livello="3", destinatari=friend.operatore.pk))
    assert (answer.status_code, "Canarino" in answer.content.decode()) == (422, True)
    assert not VoceDiario.objects.exists()


def test_list_keeps_a_reserved_text_closed_until_it_is_opened_by_itself(sito, caso, titolare):
    reserved = entry(titolare, caso, livello=5)
    entry(titolare, caso, testo="Aperto")
    page = sito.get(reverse("casi:diario", args=[caso.pk])).content.decode()
    assert ("Aperto" in page, "Canarino" in page) == (True, False)
    page = sito.get(reverse("casi:diario_voce", args=[caso.pk, reserved.pk])).content.decode()
    assert "Canarino" in page
    assert Registro.objects.filter(azione="voci_riservate", oggetto_id=reserved.pk, livello=5).count() == 1


@pytest.mark.parametrize("name", ["diario_voce", "diario_correggi", "nascondi", "mostra"])
def test_forged_ids_get_the_page_that_is_not_there(sito, caso, titolare, name):
    elsewhere = CasoFactory(stato="preso_in_carico", ente_titolare=caso.ente_titolare)
    other = responsabile(elsewhere)
    pk = entry(other, elsewhere).pk
    if name == "mostra":
        hide(by=other, caso=elsewhere.pk, cosa="voce", pk=pk, chiesto_dalla_persona=True)
        pk = nascosti(other, elsewhere.pk)[1][0].pk
    before = ["voce"] if name == "nascondi" else []
    forged, absent = (reverse(f"casi:{name}", args=[caso.pk, *before, each]) for each in (pk, ASSENTE))
    form = sent(testo="x")
    answers = [sito.get(forged), sito.get(absent), sito.get(reverse("casi:diario", args=[ASSENTE]))]
    if name != "diario_voce":
        answers += [sito.post(forged, form), sito.post(absent, form)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert VoceDiario.objects.count() == 1


def test_hiding_and_showing_again_through_the_pages(sito, caso, titolare):
    voce = entry(ammesso(caso), caso, condiviso=True)
    address = reverse("casi:nascondi", args=[caso.pk, "voce", voce.pk])
    assert sito.get(address).status_code == 200
    assert sito.get(reverse("casi:nascondi", args=[caso.pk, "persona", voce.pk])).status_code == 404
    assert sito.post(address, sent(chiesto_dalla_persona="on")).status_code == 302
    assert "Canarino" not in sito.get(reverse("casi:diario", args=[caso.pk])).content.decode()
    page = sito.get(reverse("casi:nascosti", args=[caso.pk])).content.decode()
    assert ("come chiesto dalla persona" in page, "Canarino" in page) == (True, False)
    hiding = nascosti(titolare, caso.pk)[1][0]
    assert sito.get(reverse("casi:mostra", args=[caso.pk, hiding.pk])).status_code == 200
    assert sito.post(reverse("casi:mostra", args=[caso.pk, hiding.pk]), sent()).status_code == 302
    assert "Canarino" in sito.get(reverse("casi:diario", args=[caso.pk])).content.decode()


@pytest.mark.matrice
def test_pages_ask_as_much_with_one_entry_as_with_twenty(sito, caso, titolare):
    def grow() -> None:
        hidden = entry(titolare, caso)
        hide(by=titolare, caso=caso.pk, cosa="voce", pk=hidden.pk, chiesto_dalla_persona=True)
        entry(collega(caso), caso)

    assert_flat(
        sito, [reverse(f"casi:{name}", args=[caso.pk]) for name in ("diario", "diario_scrivi", "nascosti")], grow
    )


def test_diary_is_paged(sito, caso, titolare):
    for _each in range(21):
        entry(titolare, caso)
    pages = [sito.get(f"{reverse('casi:diario', args=[caso.pk])}?pagina={n}") for n in ("1", "2", "x")]
    assert [page.content.decode().count('class="voce__testa"') for page in pages] == [20, 1, 20]


# --- naming a reader more


def test_who_reads_a_reserved_entry_names_another_who_is_told(caso, titolare):
    reader, later, friend = collega(caso), collega(caso), ammesso(caso)
    voce = entry(titolare, caso, livello=5, destinatari=(reader.operatore.pk,))
    name_reader(by=reader, caso=caso.pk, voce=voce.pk, operatore=later.operatore.pk)
    name_reader(by=titolare, caso=caso.pk, voce=voce.pk, operatore=friend.operatore.pk, perche=PERCHE)
    assert reads(later, caso) == reads(friend, caso) == {voce.pk}
    told = Avviso.objects.values_list("destinatario", "tipo", "caso")
    assert set(told) == {(each.operatore.pk, "voce_riservata", caso.pk) for each in (later, friend)}
    lines = Registro.objects.filter(azione="nominare_lettori").order_by("pk")
    assert [(line.operatore_id, line.oggetto_id, line.livello, line.finalita) for line in lines] == [
        (reader.operatore.pk, voce.pk, 5, f"nomina {later.operatore.pk}"),
        (titolare.operatore.pk, voce.pk, 5, f"nomina {friend.operatore.pk}"),
    ]


def test_reader_is_named_by_who_reads_and_writes_there_after_confirming(caso, titolare):
    reader, friend, stranger = collega(caso), ammesso(caso), collega(caso)
    voce = entry(titolare, caso, livello=5, destinatari=(reader.operatore.pk, friend.operatore.pk), perche=PERCHE)
    note = entry(titolare, caso, livello=4)
    unsure = replace(reader, confermato=False)
    who = {"operatore": stranger.operatore.pk, "caso": caso.pk}
    for by, pk in ((stranger, voce.pk), (friend, voce.pk), (unsure, voce.pk), (reader, note.pk), (reader, ASSENTE)):
        with pytest.raises(Vietato):
            name_reader(by=by, voce=pk, **who)
    hide(by=titolare, caso=caso.pk, cosa="voce", pk=voce.pk, chiesto_dalla_persona=False)
    with pytest.raises(Vietato):
        name_reader(by=reader, voce=voce.pk, **who)
    assert reads(stranger, caso) == {note.pk}


def test_only_who_works_on_the_case_and_does_not_read_it_yet_is_named(caso, titolare):
    reader = collega(caso)
    voce = entry(titolare, caso, livello=5, destinatari=(reader.operatore.pk,))
    elsewhere = responsabile(CasoFactory(ente_titolare=caso.ente_titolare))
    for other in (elsewhere, reader, titolare):
        with pytest.raises(ValidationError):
            name_reader(by=reader, caso=caso.pk, voce=voce.pk, operatore=other.operatore.pk)
    assert not Avviso.objects.exists()


@pytest.mark.parametrize("off", ["conflict", "seal", "account", "superuser"])
def test_who_may_not_be_on_the_case_any_more_is_neither_offered_nor_named(caso, titolare, off):
    later = collega(caso)
    voce = entry(titolare, caso, livello=5)
    if off == "conflict":
        write_conflict(by=titolare, caso=caso.pk, operatore=later.operatore, motivo="parente")
    elif off == "seal":
        seal(by=titolare, caso=caso.pk)
    else:
        Utente.objects.filter(pk=later.operatore.utente_id).update(is_active=off != "account", is_superuser=True)
    assert nominabili(titolare, caso.pk) == []
    with pytest.raises(ValidationError):
        name_reader(by=titolare, caso=caso.pk, voce=voce.pk, operatore=later.operatore.pk)
    with pytest.raises(ValidationError):
        entry(titolare, caso, livello=5, destinatari=(later.operatore.pk,))
    assert not Avviso.objects.filter(destinatario=later.operatore).exists()


def test_who_is_on_the_seal_is_offered_and_named_and_gets_no_correction_once_off_it(caso, titolare):
    reader, later = collega(caso), collega(caso)
    seal(by=titolare, caso=caso.pk, nominati=[reader.operatore])
    assert nominabili(titolare, caso.pk) == [reader.operatore]
    voce = entry(titolare, caso, livello=5, destinatari=(reader.operatore.pk,))
    add_name(by=titolare, caso=caso.pk, operatore=later.operatore)
    name_reader(by=titolare, caso=caso.pk, voce=voce.pk, operatore=later.operatore.pk)
    remove_name(by=titolare, caso=caso.pk, nominato=caso.nominati.get(operatore=reader.operatore))
    second = correct(by=titolare, caso=caso.pk, voce=voce.pk, testo="Non era lunedì")
    assert set(second.destinatari.values_list("operatore", flat=True)) == {later.operatore.pk}


def test_page_names_a_reader(caso, titolare, riservato, confirmed):
    riservato.force_login(titolare.operatore.utente)
    confirmed()
    voce = entry(titolare, caso, livello=5)
    address = reverse("casi:diario_nomina", args=[caso.pk, voce.pk])
    assert "la legge già" in riservato.get(address).content.decode()
    later = collega(caso)
    page = riservato.get(reverse("casi:diario_voce", args=[caso.pk, voce.pk])).content.decode()
    assert address in page
    assert riservato.post(address, sent(operatore=later.operatore.pk)).status_code == 302
    assert reads(later, caso) == {voce.pk}
    plain = entry(titolare, caso, livello=4)
    assert riservato.get(reverse("casi:diario_nomina", args=[caso.pk, plain.pk])).status_code == 404


def test_reserved_entry_written_after_the_countersignature_asks_for_it_again():
    scena = Scena(stato="preso_in_carico")
    by = attore_for(scena.assistente)
    entry(by, scena.caso, livello=5)
    scena.fa("avvia_chiusura")
    entry(by, scena.caso, livello=5)
    assert scena.caso.passaggi.count() == 1
    scena.fa("controfirma")
    entry(by, scena.caso, livello=4)
    assert not manca_la_controfirma(scena.caso)
    entry(by, scena.caso, livello=5)
    assert Registro.objects.filter(finalita="annulla_controfirma", casi=[scena.caso.pk]).count() == 1
    with pytest.raises(Impossibile, match="controfirma"):
        scena.fa("chiude")
    scena.fa("controfirma")
    scena.fa("chiude")
