"""Who may be named on a reserved entry: social workers; a referent with the reason; nobody else (domain.md §5.2)."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions.affidamenti import chiedi
from casi.actions.diario import NuovaVoce, correct, write
from casi.actions.lettori import name_reader
from casi.models import Destinatario, VoceDiario
from casi.ruoli import Azione
from casi.selectors.affidamenti import affidabili, senza_lettori
from casi.selectors.lettori import da_nominare, nominabili
from tests.factories.casi import VoceFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, collega, on_case, responsabile, volontario
from tests.support.percorso import Scena, voce

pytestmark = pytest.mark.django_db
PERCHE = "Li accompagna in struttura: senza l'indirizzo non può."


@pytest.fixture
def titolare(caso):
    return responsabile(caso)


@pytest.fixture
def referente(caso):
    return ammesso(caso)


def nuova(caso, by, *people, perche="", livello=5) -> VoceDiario:
    named = tuple(each.operatore.pk for each in people)
    written = NuovaVoce("Canarino", timezone.localdate(), livello=livello, destinatari=named, perche=perche)
    return write(by=by, caso=caso.pk, voce=written)


def reads(attore, riga) -> bool:
    azioni = policies.azioni_su(attore, riga.caso_id)
    return policies.voci_visibili(attore, riga.caso, azioni).filter(pk=riga.pk).exists()


def test_social_workers_are_named_freely_wherever_they_work(caso, titolare):
    colleague, guest = collega(caso), ammesso(caso, ruolo="assistente_sociale")
    riga = nuova(caso, titolare, colleague, guest)
    assert reads(colleague, riga)
    assert reads(guest, riga)
    assert {each.motivo for each in riga.destinatari.all()} == {""}


def test_referent_is_named_only_with_the_reason_written_which_is_kept_sealed(caso, titolare, referente):
    for blank in ("", "   "):
        with pytest.raises(ValidationError) as refused:
            nuova(caso, titolare, referente, perche=blank)
        assert set(refused.value.message_dict) == {"perche"}
    assert not VoceDiario.objects.exists()
    colleague = collega(caso)
    riga = nuova(caso, titolare, referente, colleague, perche=f" {PERCHE} ")
    assert reads(referente, riga)
    kept = dict(riga.destinatari.values_list("operatore", "pk"))
    assert Destinatario.objects.get(pk=kept[referente.operatore.pk]).motivo == PERCHE
    assert Destinatario.objects.get(pk=kept[colleague.operatore.pk]).motivo == ""


def test_name_of_a_referent_without_its_reason_opens_nothing_and_gets_one(caso, titolare, referente):
    riga = nuova(caso, titolare)
    Destinatario.objects.create(voce=riga, operatore=referente.operatore)
    assert not reads(referente, riga)
    assert da_nominare(titolare, riga) == [referente.operatore]
    name_reader(by=titolare, caso=caso.pk, voce=riga.pk, operatore=referente.operatore.pk, perche=PERCHE)
    assert reads(referente, riga)
    assert da_nominare(titolare, riga) == []
    with pytest.raises(ValidationError, match="la legge già"):
        name_reader(by=titolare, caso=caso.pk, voce=riga.pk, operatore=referente.operatore.pk, perche=PERCHE)


def test_volunteer_is_never_offered_nor_named_and_reads_none(caso, titolare, referente):
    theirs, ours = volontario(caso, referente.operatore.ente), volontario(caso, caso.ente_titolare)
    riga = nuova(caso, titolare)
    for each in (theirs, ours):
        with pytest.raises(ValidationError) as refused:
            nuova(caso, titolare, each, perche=PERCHE)
        assert set(refused.value.message_dict) == {"destinatari"}
        with pytest.raises(ValidationError) as refused:
            name_reader(by=titolare, caso=caso.pk, voce=riga.pk, operatore=each.operatore.pk, perche=PERCHE)
        assert set(refused.value.message_dict) == {"operatore"}
        Destinatario.objects.create(voce=riga, operatore=each.operatore, motivo=PERCHE)
        assert not reads(each, riga)
        assert not policies.may(each, Azione.VOCI_RISERVATE, caso)
    assert nominabili(titolare, caso.pk) == [referente.operatore]


def test_who_answers_for_the_case_is_offered_first_then_the_other_social_workers(caso, titolare, referente):
    titolare.operatore.utente.last_name = "Zzz"
    titolare.operatore.utente.save()
    first, other = collega(caso), collega(caso)
    other.operatore.utente.last_name = "Aaa"
    other.operatore.utente.save()
    assert nominabili(first, caso.pk) == [titolare.operatore, other.operatore, referente.operatore]


def test_reason_of_nobody_is_not_lost_in_silence(caso, titolare, referente):
    for people in ((), (collega(caso),)):
        with pytest.raises(ValidationError) as refused:
            nuova(caso, titolare, *people, perche=PERCHE)
        assert set(refused.value.message_dict) == {"perche"}


def test_correction_carries_the_reason_along(caso, titolare, referente):
    colleague = collega(caso)
    first = nuova(caso, titolare, referente, colleague, perche=PERCHE)
    second = correct(by=colleague, caso=caso.pk, voce=first.pk, testo="Non era lunedì")
    assert reads(referente, second)
    assert second.destinatari.get(operatore=referente.operatore).motivo == PERCHE
    Destinatario.objects.filter(voce=first).delete()
    Destinatario.objects.create(voce=first, operatore=referente.operatore)
    third = correct(by=titolare, caso=caso.pk, voce=first.pk, testo="Anzi")
    assert not third.destinatari.exists(), "a name that opened nothing is not carried along"


def test_entry_left_to_who_may_not_read_it_has_no_reader():
    scena = Scena(stato="preso_in_carico")
    riga = voce(scena.caso, scena.assistente, livello=5)
    scena.fa("riassegna")
    scena.fa("accetta")
    helper = on_case(scena.caso, "collaboratore", ruolo="volontario_ascolto", ente=scena.ente)
    named = Destinatario.objects.create(voce=riga, operatore=helper.operatore, motivo=PERCHE)
    assert senza_lettori(scena.caso) == [riga]
    named.operatore.ruolo = "referente"
    named.operatore.save()
    assert senza_lettori(scena.caso) == []
    Destinatario.objects.filter(pk=named.pk).delete()
    scena.caso.incarichi.filter(operatore=helper.operatore).update(parte="collega")
    assert list(affidabili(scena.caso)) == [scena.altra], "entrusted to social workers alone"
    with pytest.raises(ValidationError):
        chiedi(by=attore_for(scena.altra), caso=scena.caso.pk, voce=riga.pk, operatore=helper.operatore.pk)


# --- pages


def sent(**fields):
    day = str(timezone.localdate())
    return {"chiave": str(uuid.uuid4()), "tipo": "nota", "avvenuto_il": day, "testo": "Canarino", **fields}


def test_page_offers_those_alone_and_tells_beside_the_field_what_is_wrong(caso, titolare, referente, riservato):
    helper = volontario(caso, referente.operatore.ente)
    riservato.force_login(titolare.operatore.utente)
    here = reverse("casi:diario_scrivi", args=[caso.pk])
    page = riservato.get(here).content.decode()
    who = referente.operatore
    assert (f'name="destinatari" value="{who.pk}"' in page, f'value="{helper.operatore.pk}"' in page) == (True, False)
    assert f"Perché serve anche a {who.utente}" in page
    for forged, told in (
        ({"destinatari": helper.operatore.pk, "perche": PERCHE}, "solo chi è in questo elenco"),
        ({"destinatari": who.pk}, "solo se scrivi perché"),
        ({"destinatari": who.pk, "perche": "corto"}, "almeno 10 lettere"),
    ):
        answer = riservato.post(here, sent(livello="5", **forged))
        assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert not VoceDiario.objects.exists()
    assert riservato.post(here, sent(livello="5", destinatari=who.pk, perche=PERCHE)).status_code == 302
    shown = riservato.get(reverse("casi:diario_voce", args=[caso.pk, VoceDiario.objects.get().pk]))
    assert "senza l&#x27;indirizzo non può" in shown.content.decode()


def test_page_asks_no_reason_where_nobody_needs_one(caso, titolare, riservato, confirmed):
    collega(caso)
    riservato.force_login(titolare.operatore.utente)
    confirmed()
    riga = VoceFactory(caso=caso, autore=titolare.operatore, livello=5)
    pages = [reverse("casi:diario_scrivi", args=[caso.pk]), reverse("casi:diario_nomina", args=[caso.pk, riga.pk])]
    assert ['name="perche"' in riservato.get(page).content.decode() for page in pages] == [False, False]
    ammesso(caso)
    assert ['name="perche"' in riservato.get(page).content.decode() for page in pages] == [True, True]
