"""A case given to another body: to whom, after confirming who one is, and the record that goes with it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.errori import Vietato
from casi.models import Passaggio, Registro
from casi.ruoli import Azione
from casi.selectors.assegnazioni import assegnazioni
from tests.factories.casi import AllegatoFactory, VoceFactory
from tests.factories.catalogo import EnteFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso, incarica
from tests.support.percorso import Scena
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db
EARLIER = timedelta(days=3)


@pytest.fixture
def scena():
    return Scena(stato="preso_in_carico")


def reads(attore, caso) -> set:
    azioni = policies.azioni_su(attore, caso.pk)
    rows = (policies.voci_visibili, policies.allegati_visibili)
    return {riga.pk for each in rows for riga in each(attore, caso, azioni)}


def written(scena, autore, **values):
    return VoceFactory(caso=scena.caso, autore=autore, creato_il=timezone.now() - EARLIER, **values).pk


def handed_over(scena):
    """The social worker of the new holder, who has accepted."""
    nuova = OperatoreFactory(ente=scena.altrove.ente, ruolo="assistente_sociale")
    scena.fa("trasferisce")
    scena.fa("assegna", by=attore_for(scena.altrove), assistente=nuova)
    scena.fa("accetta", by=attore_for(nuova))
    return attore_for(nuova)


def test_record_goes_with_the_case_and_the_notes_stay(scena):
    diary = written(scena, scena.assistente)
    file = AllegatoFactory(caso=scena.caso, autore=scena.assistente, creato_il=timezone.now() - EARLIER).pk
    for livello in (4, 5):
        written(scena, scena.assistente, livello=livello)
    guest = ammesso(scena.caso)
    written(scena, guest.operatore)
    nuova = handed_over(scena)
    own = written(scena, nuova.operatore)
    assert reads(nuova, scena.caso) == {diary, file, own}
    assert not reads(attore_for(scena.assistente), scena.caso)
    # Of the new holder's people also who only collaborates; of a body admitted by it nobody.
    helper = OperatoreFactory(ente=scena.altrove.ente, ruolo="referente")
    incarica(scena.caso, helper, "collaboratore")
    assert diary in reads(attore_for(helper), scena.caso)
    assert diary not in reads(ammesso(scena.caso), scena.caso)


def test_what_a_former_holder_writes_as_a_guest_is_its_own(scena):
    nuova = handed_over(scena)
    late = VoceFactory(caso=scena.caso, autore=scena.assistente, creato_il=timezone.now() + EARLIER).pk
    assert late not in reads(nuova, scena.caso)


def test_body_admitted_is_given_nothing_by_a_transfer_between_others(scena):
    diary = written(scena, scena.assistente)
    scena.fa("trasferisce")
    scena.caso.stato = "preso_in_carico"
    scena.caso.save()
    assert diary not in reads(ammesso(scena.caso, ruolo="assistente_sociale"), scena.caso)


@pytest.mark.parametrize("where", ["back", "on"])
def test_case_that_came_by_mistake_is_sent_back_or_on_and_nobody_there_has_read_it(scena, where):
    third = OperatoreFactory(ruolo="coordinatore")
    there, here = attore_for(scena.altrove), scena.coordinatore if where == "back" else third
    wrong = OperatoreFactory(ente=scena.altrove.ente, ruolo="assistente_sociale")
    scena.fa("trasferisce")
    scena.fa("assegna", by=there, assistente=wrong)
    Passaggio.objects.update(quando=timezone.now() - EARLIER)
    scena.fa("trasferisce", by=there, ente=here.ente)
    assert (scena.caso.ente_titolare, scena.caso.stato) == (here.ente, "trasferito")
    (waiting,) = assegnazioni(attore_for(here)).di("da_assegnare")
    assert (waiting.pk, timezone.localdate(waiting.dal)) == (scena.caso.pk, timezone.localdate())
    with pytest.raises(Vietato):
        scena.fa("accetta", by=attore_for(wrong))
    assert not scena.caso.incarichi.filter(operatore__ente=scena.altrove.ente).exists()
    assert not Registro.objects.filter(
        azione="vedere_caso", operatore_id__in=[wrong.pk, scena.altrove.pk], esito="consentito"
    ).exists()


@pytest.mark.parametrize("stato", ["riaperto", "in_chiusura"])
def test_case_that_is_reopened_or_being_closed_follows_the_family_too(stato):
    scena = Scena(stato=stato)
    scena.fa("trasferisce")
    assert (scena.caso.ente_titolare, scena.caso.stato) == (scena.altrove.ente, "trasferito")
    assert not scena.caso.incarichi.in_force(timezone.localdate()).exists()


@pytest.mark.parametrize("perche", ["nessun coordinatore", "spento", "finito", "fuori dalla rete"])
def test_case_is_given_only_to_a_body_where_a_coordinator_finds_it(scena, perche):
    there = scena.altrove
    if perche == "nessun coordinatore":
        there.ruolo = "referente"
    if perche == "finito":
        there.al = timezone.localdate() - timedelta(days=1)
    there.save()
    if perche == "spento":
        there.utente.is_active = False
        there.utente.save()
    if perche == "fuori dalla rete":
        there.ente.adesioni.update(valida_al=timezone.localdate() - timedelta(days=1))
    with refused("abbia un coordinatore", "ente"):
        scena.fa("trasferisce")


def test_page_says_why_there_is_nobody_to_choose(riservato, confirmed):
    scena = Scena(stato="preso_in_carico", ente=EnteFactory())
    scena.altrove.ruolo = "referente"
    scena.altrove.save()
    riservato.force_login(scena.coordinatore.utente)
    asked = riservato.get(reverse("casi:trasferisci", args=[scena.caso.pk])).content.decode()
    assert scena.caso.numero not in asked, "who one is comes first"
    confirmed()
    page = riservato.get(reverse("casi:trasferisci", args=[scena.caso.pk])).content.decode()
    assert "nessun altro ente della rete ha un coordinatore" in page
    assert 'name="ente"' not in page
    sent = riservato.post(reverse("casi:trasferisci", args=[scena.caso.pk]), {"motivo": "Cambio di residenza"})
    assert "Cambio di residenza</textarea>" in sent.content.decode(), "what was written when there still was one"


def test_transfer_asks_who_one_is_again(scena):
    stale = attore_for(scena.coordinatore, confermato=False)
    assert policies.needs_confirming(stale, Azione.TRASFERIRE)
    with pytest.raises(Vietato):
        scena.fa("trasferisce", by=stale)
    scena.fa("trasferisce")
