"""Health and minors have a list of readers each, and who loses the last gets one as an entry does (decision 0017)."""

import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from casi import policies
from casi.actions import affidamenti
from casi.actions.incarichi import project
from casi.actions.lettori import name_reader
from casi.actions.oscuramenti import hide
from casi.actions.valutazione import Coppia, Scritta, save_valutazione
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Affidamento, Avviso, Caso, Destinatario, Registro, VoceValutazioneRiservata
from casi.ruoli import Azione
from casi.selectors.affidamenti import da_decidere, elenco, senza_lettori
from casi.selectors.casi import open_caso
from casi.selectors.estratto_testi import readable
from casi.selectors.valutazione import area, valutazioni
from tests.factories.casi import VoceFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, collega, incarica, responsabile
from tests.support.percorso import Scena, voce

pytestmark = pytest.mark.django_db
CANARINO, PERCHE = "Canarino-7731", "Li accompagna alle cure ogni giovedì."
SALUTE = {"salute": Coppia(CANARINO, "Il medico di famiglia")}


def begin(by, caso, *people, perche="", concludi=False, area="salute") -> VoceValutazioneRiservata:
    """A reserved area, in an assessment that begins with it."""
    named = {area: ([each.operatore.pk for each in people], perche)}
    scritta = Scritta(voci={area: SALUTE["salute"]}, lettori=named)
    made = save_valutazione(by=by, caso=caso.pk, letta=None, scritta=scritta, concludi=concludi)
    return made.voci_riservate.get()


def reads(attore, riga) -> bool:
    azioni = policies.azioni_su(attore, riga.caso.pk)
    return policies.salute_e_minori_visibili(attore, riga.caso, azioni).filter(pk=riga.pk).exists()


@pytest.fixture
def titolare(caso):
    return responsabile(caso)


@pytest.fixture
def author(caso):
    return collega(caso)


# --- who is named


def test_area_is_opened_by_each_name_alone_and_no_other_area_with_it(caso, titolare, author):
    guest = ammesso(caso, ruolo="assistente_sociale")
    first = begin(author, caso, guest)
    assert [reads(each, first) for each in (author, guest, titolare)] == [True, True, False]
    assert area(guest, caso.pk, first.pk)[1] == first
    with pytest.raises(Assente):
        valutazioni(guest, caso.pk)
    second = VoceValutazioneRiservata.objects.create(
        valutazione=first.valutazione, area="minori", bisogni=CANARINO, risorse="x"
    )
    assert not reads(guest, second)


def test_referent_is_named_on_an_area_only_with_the_reason(caso, titolare, author):
    friend = ammesso(caso)
    with pytest.raises(ValidationError) as refused:
        begin(author, caso, friend)
    assert set(refused.value.message_dict) == {"salute_perche"}
    assert not VoceValutazioneRiservata.objects.exists()
    riga = begin(author, caso, friend, perche=PERCHE)
    assert reads(friend, riga)
    assert riga.destinatari.get().motivo == PERCHE


def test_who_reads_an_area_names_another_who_is_told_and_it_is_in_the_register(caso, titolare, author):
    riga = begin(author, caso)
    who = {"caso": caso.pk, "voce": riga.pk, "operatore": titolare.operatore.pk}
    for by in (titolare, collega(caso), replace(author, confermato=False)):
        with pytest.raises(Vietato):
            name_reader(by=by, **who)
    name_reader(by=author, **who)
    assert reads(titolare, riga)
    assert Avviso.objects.get().tipo == "voce_riservata"
    line = Registro.objects.get(azione="nominare_lettori")
    assert (line.oggetto_id, line.livello, line.finalita) == (riga.pk, 5, f"nomina {titolare.operatore.pk}")
    area(titolare, caso.pk, riga.pk)
    assert Registro.objects.filter(azione="voci_riservate", oggetto_id=riga.pk, livello=5).count() == 1


def test_list_of_readers_is_of_one_thing(caso, author):
    both = {"voce": VoceFactory(caso=caso, autore=author.operatore, livello=5), "area": begin(author, caso)}
    for about in ({}, both):
        with pytest.raises(IntegrityError), transaction.atomic():
            Destinatario.objects.create(operatore=author.operatore, **about)
        with pytest.raises(IntegrityError), transaction.atomic():
            Affidamento.objects.create(operatore=author.operatore, chiesto_da=author.operatore, **about)


def test_copy_offers_the_areas_that_who_prepares_it_reads(caso, titolare, author):
    riga = begin(author, caso, titolare)
    assert readable(titolare, open_caso(titolare, caso.pk, Azione.VALUTARE)).aree == [riga]
    riga.destinatari.all().delete()
    assert readable(titolare, open_caso(titolare, caso.pk, Azione.VALUTARE)).aree == []


# --- and who loses the last reader


@pytest.fixture
def scena():
    """The case has been given from who wrote the area to a colleague of hers."""
    scena = Scena(stato="preso_in_carico")
    scena.area = begin(attore_for(scena.assistente), scena.caso, concludi=True)
    scena.fa("riassegna")
    scena.fa("accetta")
    scena.nuova = attore_for(scena.altra)
    return scena


def ask(scena):
    return affidamenti.chiedi(
        by=scena.nuova, caso=scena.caso.pk, voce=scena.area.pk, operatore=scena.nuova.operatore.pk
    )


def decide(scena, row, *, concesso=True):
    affidamenti.decidi(by=attore_for(scena.coordinatore), caso=scena.caso.pk, affidamento=row.pk, concesso=concesso)


def test_who_succeeds_gets_the_area_by_the_word_of_two(scena):
    assert not reads(scena.nuova, scena.area)
    lost = voce(scena.caso, scena.assistente, livello=5)
    assert {each.pk for each in elenco(scena.nuova, scena.caso.pk)[1]} == {scena.area.pk, lost.pk}
    row = ask(scena)
    assert not reads(scena.nuova, scena.area)
    with pytest.raises(ValidationError, match="già stato chiesto"):
        ask(scena)
    assert da_decidere(attore_for(scena.coordinatore)) == [row]
    decide(scena, row)
    assert reads(scena.nuova, scena.area)
    assert senza_lettori(scena.caso) == [lost]
    lines = Registro.objects.filter(oggetto_id=scena.area.pk, azione__in=("affidare_voci", "controfirmare"))
    assert set(lines.values_list("livello", flat=True)) == {5}


def test_area_with_a_reader_at_work_is_nobodys_to_give(scena):
    colleague = collega(scena.caso)
    row = ask(scena)
    Destinatario.objects.create(area=scena.area, operatore=colleague.operatore)
    assert senza_lettori(scena.caso) == []
    with pytest.raises(Impossibile, match="qualcosa è cambiato"):
        decide(scena, row)


def test_author_who_only_helps_now_reads_no_more_and_the_area_has_no_reader(scena):
    incarico = incarica(scena.caso, scena.assistente, "collega")
    assert senza_lettori(scena.caso) == []
    type(incarico).objects.filter(pk=incarico.pk).update(parte="collaboratore")
    assert senza_lettori(scena.caso) == [scena.area]
    assert reads(attore_for(scena.assistente), scena.area)
    project(scena.caso, scena.assistente.utente_id)
    assert not reads(attore_for(scena.assistente), scena.area)


def test_hidden_area_and_that_of_another_body_are_not_told(scena):
    row = ask(scena)
    Caso.objects.filter(pk=scena.caso.pk).update(ente_titolare=scena.altrove.ente)
    moved = Caso.objects.get(pk=scena.caso.pk)
    assert senza_lettori(moved) == []
    assert da_decidere(attore_for(scena.altrove)) == []
    Caso.objects.filter(pk=scena.caso.pk).update(ente_titolare=scena.ente)
    assert da_decidere(attore_for(scena.coordinatore)) == [row]
    whole = scena.area.valutazione
    hide(by=scena.nuova, caso=scena.caso.pk, cosa="valutazione", pk=whole.pk, chiesto_dalla_persona=True)
    assert senza_lettori(scena.caso) == []


# --- pages


def sent(**fields):
    return {"chiave": str(uuid.uuid4()), **fields}


def test_page_names_who_reads_each_area_that_is_begun(caso, titolare, author, riservato):
    riservato.force_login(author.operatore.utente)
    here = reverse("casi:valutazione_scrivi", args=[caso.pk])
    page = riservato.get(here).content.decode()
    assert f'name="salute_destinatari" value="{titolare.operatore.pk}"' in page
    form = {"salute_bisogni": CANARINO, "salute_risorse": "Il medico"}
    forged = riservato.post(here, sent(**form, salute_destinatari=author.operatore.pk))
    assert (forged.status_code, "solo chi è in questo elenco" in forged.content.decode()) == (422, True)
    alone = riservato.post(here, sent(casa_bisogni="x", casa_risorse="y", minori_destinatari=titolare.operatore.pk))
    assert (alone.status_code, "non c&#x27;è scritto ancora niente" in alone.content.decode()) == (422, True)
    assert riservato.post(here, sent(**form, salute_destinatari=titolare.operatore.pk)).status_code == 302
    riga = VoceValutazioneRiservata.objects.get()
    assert reads(titolare, riga)
    page = riservato.get(here).content.decode()
    shown = reverse("casi:area", args=[caso.pk, riga.pk])
    assert ("salute_destinatari" in page, "minori_destinatari" in page, shown in page) == (False, True, True)


def test_page_of_an_area_tells_who_reads_it_and_leads_to_naming(caso, titolare, author, riservato, confirmed):
    friend = ammesso(caso)
    riga = begin(author, caso, friend, perche=PERCHE)
    shown, naming = (reverse(f"casi:{name}", args=[caso.pk, riga.pk]) for name in ("area", "diario_nomina"))
    riservato.force_login(friend.operatore.utente)
    assert shown in riservato.get(reverse("casi:diario", args=[caso.pk])).content.decode()
    page = riservato.get(shown).content.decode()
    assert (CANARINO in page, PERCHE in page, naming in page) == (True, True, False)
    riservato.force_login(titolare.operatore.utente)
    assert riservato.get(shown).status_code == 404
    riservato.force_login(author.operatore.utente)
    confirmed()
    assert naming in riservato.get(shown).content.decode()
    answer = riservato.post(naming, sent(operatore=titolare.operatore.pk))
    assert (answer.status_code, answer["Location"]) == (302, shown)
    assert reads(titolare, riga)


def test_pages_ask_and_answer_without_showing_it(scena, riservato, monkeypatch):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    riservato.force_login(scena.altra.utente)
    pages = [riservato.get(f"/casi/{scena.caso.pk}/{name}/").content.decode() for name in ("diario", "valutazione")]
    assert "voce riservata che nessuno legge più" in pages[0]
    pages.append(riservato.get(f"/casi/{scena.caso.pk}/diario/senza-lettori/").content.decode())
    here = f"/casi/{scena.caso.pk}/diario/{scena.area.pk}/affida/"
    assert here in pages[-1]
    pages.append(riservato.get(here).content.decode())
    assert riservato.post(here, sent(operatore=scena.altra.pk)).status_code == 302
    riservato.force_login(scena.coordinatore.utente)
    pages.append(riservato.get("/assegnazioni/").content.decode())
    there = f"/casi/{scena.caso.pk}/affidamenti/{Affidamento.objects.get().pk}/"
    assert there in pages[-1]
    pages.append(riservato.get(there).content.decode())
    assert riservato.post(there, sent(concesso="si")).status_code == 302
    assert not [page for page in pages if CANARINO in page or "Salute" in page]
    riservato.force_login(scena.altra.utente)
    assert CANARINO in riservato.get(f"/casi/{scena.caso.pk}/valutazione/").content.decode()
