"""What is hidden is left to its author, with what is part of it: conversations and assessments as much as the rest."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions.oscuramenti import hide, unhide
from casi.errori import Vietato
from casi.models import Oscuramento, Valutazione, VoceDiario, VoceValutazione, VoceValutazioneRiservata
from casi.models.limiti import COSE
from casi.ruoli import Azione
from casi.selectors.ascolti import ascolti_del_caso
from casi.selectors.casi import open_caso
from casi.selectors.estratto_testi import missing, readable
from casi.selectors.oscuramenti import NASCONDIBILI, nascosti
from casi.selectors.valutazione import valutazioni
from tests.factories.casi import ComponenteFactory, NucleoFactory, PrimoAscoltoFactory, VoceFactory
from tests.support.incaricati import collega, responsabile

pytestmark = pytest.mark.django_db
CANARINO = "Canarino-4420"


@pytest.fixture
def titolare(caso):
    return responsabile(caso)


@pytest.fixture
def autore(caso, titolare):
    """A colleague of who is responsible, who wrote what is to be hidden."""
    return collega(caso)


@pytest.fixture
def lei(caso):
    caso.nucleo = NucleoFactory()
    caso.save()
    return ComponenteFactory(nucleo=caso.nucleo)


@pytest.fixture
def sito(riservato, titolare):
    riservato.force_login(titolare.operatore.utente)
    return riservato


def ascolto(caso, autore, **told):
    return PrimoAscoltoFactory(caso=caso, operatore=autore.operatore, racconto=CANARINO, **told)


def valutazione(caso, autore, *, conclusa=True) -> Valutazione:
    ended = timezone.now() if conclusa else None
    row = Valutazione.objects.create(
        caso=caso, autore=autore.operatore, conclusa_il=ended, parole_della_persona=CANARINO
    )
    for model, area in ((VoceValutazione, "casa"), (VoceValutazioneRiservata, "salute")):
        model.objects.create(valutazione=row, area=area, bisogni=CANARINO, risorse="Una zia")
    return row


def seen(attore, caso) -> set[object]:
    """What somebody finds of conversations and assessments: the pages' lists and the copy must say the same."""
    _aperto, heard = ascolti_del_caso(attore, caso.pk)
    aperto, assessed = valutazioni(attore, caso.pk)
    schede = [*filter(None, [assessed.aperta]), *assessed.concluse]
    listed = {each.pk for each in heard} | {each.riga.pk for each in schede}
    texts = readable(attore, aperto)
    assert {each.pk for each in (*texts.ascolti, *texts.valutazioni)} == listed
    reserved = policies.salute_e_minori_visibili(attore, caso, aperto.azioni)
    assert {each.valutazione_id for each in reserved} <= listed
    return listed


@pytest.mark.parametrize("write", [ascolto, valutazione])
def test_hidden_conversation_or_assessment_is_left_to_its_author(caso, titolare, autore, write):
    row, cosa = write(caso, autore), write.__name__
    assert seen(titolare, caso) == seen(autore, caso) == {row.pk}
    hide(by=titolare, caso=caso.pk, cosa=cosa, pk=row.pk, chiesto_dalla_persona=True)
    assert (seen(titolare, caso), seen(autore, caso)) == (set(), {row.pk})
    [hiding] = nascosti(autore, caso.pk)[1]
    assert str(hiding.cosa) == str(NASCONDIBILI[cosa].nome)
    unhide(by=autore, caso=caso.pk, oscuramento=hiding.pk)
    assert seen(titolare, caso) == {row.pk}


def test_health_and_minors_of_a_hidden_assessment_are_hidden_with_it(caso, titolare, autore):
    row, other = valutazione(caso, autore), valutazione(caso, autore)
    for area in VoceValutazioneRiservata.objects.all():
        area.destinatari.create(operatore=titolare.operatore)
    hide(by=titolare, caso=caso.pk, cosa="valutazione", pk=row.pk, chiesto_dalla_persona=True)
    azioni = policies.azioni_su(titolare, caso.pk)
    read = policies.salute_e_minori_visibili(titolare, caso, azioni)
    assert [each.valutazione_id for each in read] == [other.pk]


def test_assessment_being_written_is_not_hidden(caso, titolare, autore, sito):
    """It is of all who assess: its next version would be lost on them."""
    row = valutazione(caso, autore, conclusa=False)
    with pytest.raises(Vietato):
        hide(by=titolare, caso=caso.pk, cosa="valutazione", pk=row.pk, chiesto_dalla_persona=True)
    assert sito.get(reverse("casi:nascondi", args=[caso.pk, "valutazione", row.pk])).status_code == 404
    assert "/nascondi/" not in sito.get(reverse("casi:valutazione", args=[caso.pk])).content.decode()


def test_copy_does_not_say_that_somebody_else_was_heard_once_that_is_hidden(caso, titolare, autore, lei):
    row = ascolto(caso, autore, interlocutore="familiare")

    def says() -> bool:
        aperto = open_caso(titolare, caso.pk, Azione.VEDERE_CASO)
        left = readable(titolare, aperto)
        return any("ascolti" in each.lower() for each in missing(titolare, aperto, lei, left))

    assert says()
    hide(by=titolare, caso=caso.pk, cosa="ascolto", pk=row.pk, chiesto_dalla_persona=True)
    assert not says()


@pytest.mark.parametrize(("write", "list_of"), [(ascolto, "casi:ascolti_del_caso"), (valutazione, "casi:valutazione")])
def test_page_hides_and_shows_again(caso, titolare, autore, sito, write, list_of):
    row, listed, cosa = write(caso, autore), reverse(list_of, args=[caso.pk]), write.__name__
    address = reverse("casi:nascondi", args=[caso.pk, cosa, row.pk])
    assert address in sito.get(listed).content.decode()
    assert sito.post(address, {"chiave": str(uuid.uuid4()), "chiesto_dalla_persona": "on"}).status_code == 302
    assert CANARINO not in sito.get(listed).content.decode()
    sito.force_login(autore.operatore.utente)
    page = sito.get(listed).content.decode()
    assert (CANARINO in page, "Nascosto" in page, address in page) == (True, True, False)
    [hiding] = nascosti(autore, caso.pk)[1]
    listed_among = sito.get(reverse("casi:nascosti", args=[caso.pk])).content.decode()
    assert f"{hiding.cosa}: {hiding.quale}, {hiding.giorno.day} " in listed_among
    show = reverse("casi:mostra", args=[caso.pk, hiding.pk])
    assert sito.post(show, {"chiave": str(uuid.uuid4())}).status_code == 302
    sito.force_login(titolare.operatore.utente)
    assert CANARINO in sito.get(listed).content.decode()


def test_what_can_be_hidden_has_a_name_and_a_column_and_a_hiding_is_of_one_thing(caso, titolare):
    assert list(NASCONDIBILI) == list(COSE)
    columns = {field.name for field in Oscuramento._meta.fields if field.null} - {"tolto_il"}
    assert columns == set(COSE)
    voce, heard = VoceFactory(caso=caso), ascolto(caso, titolare)
    for things in ({}, {"voce": voce, "ascolto": heard}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Oscuramento.objects.create(caso=caso, fatto_da=titolare.operatore, **things)
    assert VoceDiario.objects.get() == voce
