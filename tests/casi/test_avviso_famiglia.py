"""Accepting a case forces nobody to say that a family was told before knowing who they are; then it comes first."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.errori import Impossibile, Vietato
from casi.models import PresaInCarico
from casi.percorso import AVVISARE_ENTRO
from casi.selectors.lavoro import lavoro
from tests.support.attori import attore_for
from tests.support.incaricati import incarica
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture
def scena():
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    scena.fa("accetta", avviso_alla_famiglia_il=None)
    return scena


def by(scena):
    return attore_for(scena.altra)


def test_form_proposes_no_day_on_which_the_family_was_told(riservato):
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    riservato.force_login(scena.altra.utente)
    page = riservato.get(reverse("casi:accetta", args=[scena.caso.pk])).content.decode()
    field = page.partition('name="avviso_alla_famiglia_il"')[2].partition(">")[0]
    assert ("value=" in field, "required" in field) == (False, False)


def test_until_the_family_is_told_it_comes_first_with_a_day(riservato, scena):
    riservato.force_login(scena.altra.utente)
    scheda = reverse("casi:scheda", args=[scena.caso.pk])
    step = reverse("casi:passo_avvisa", args=[scena.caso.pk])
    assert riservato.get(scheda).context["prossimo"]["url"] == step
    assert riservato.get(reverse("casi:diario", args=[scena.caso.pk])).context["prossimo"]["url"] == step
    due = OGGI() + timedelta(days=AVVISARE_ENTRO)
    assert [(riga.caso.pk, day) for riga, day in lavoro(by(scena)).da_avvisare] == [(scena.caso.pk, due)]
    assert step in riservato.get("/").content.decode()
    scena.fa("avvisa", by=by(scena))
    assert PresaInCarico.objects.get().avviso_alla_famiglia_il == OGGI()
    assert lavoro(by(scena)).da_avvisare == []
    page = riservato.get(scheda)
    assert (step in page.content.decode(), "Avvisata la famiglia" in page.content.decode()) == (False, True)


def test_who_only_collaborates_tells_nobody(scena):
    helper = incarica(scena.caso, scena.assistente, "collaboratore").operatore
    assert lavoro(attore_for(scena.altra)).da_avvisare
    scena.assistente.ruolo = "referente"
    scena.assistente.save()
    assert lavoro(attore_for(helper)).da_avvisare == []
    with pytest.raises(Vietato):
        scena.fa("avvisa", by=attore_for(helper))


@pytest.mark.parametrize("giorno", [None, timedelta(days=1)])
def test_the_day_is_not_to_come(scena, giorno):
    with pytest.raises(Impossibile, match="che giorno"):
        scena.fa("avvisa", by=by(scena), avviso_alla_famiglia_il=giorno)


def test_the_family_is_told_once_by_each_who_takes_the_case(scena):
    scena.fa("avvisa", by=by(scena))
    with pytest.raises(Impossibile, match="già avvisata"):
        scena.fa("avvisa", by=by(scena))
    scena.fa("riassegna", assistente=scena.assistente)
    scena.fa("accetta", by=attore_for(scena.assistente), avviso_alla_famiglia_il=None)
    scena.fa("avvisa", by=attore_for(scena.assistente))
