"""What 0014, 0015 and 0016 do to the readers that are there: nobody loses what he could read, and back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi import policies
from casi.models import Destinatario, Incompatibilita, Valutazione, VoceValutazioneRiservata
from tests.casi.test_migrazioni import migrate
from tests.factories.casi import CasoFactory, VoceFactory
from tests.support.incaricati import collega, responsabile

pytestmark = pytest.mark.django_db(transaction=True)
PRIMA, ORA = "0012_avviso_ritirata_subito", ""


def area(caso, autore) -> VoceValutazioneRiservata:
    made = Valutazione.objects.create(caso=caso, autore=autore.operatore)
    return VoceValutazioneRiservata.objects.create(valutazione=made, area="salute", bisogni="x", risorse="y")


def test_who_answers_today_is_named_on_the_areas_and_names_on_entries_stay():
    caso, other, mine = (CasoFactory(stato="preso_in_carico") for _each in range(3))
    answers, author, gone, torn = responsabile(caso), collega(caso), responsabile(mine), responsabile(other)
    theirs, own, hers = area(caso, author), area(caso, answers), area(other, collega(other))
    left = area(mine, collega(mine))
    mine.incarichi.filter(operatore=gone.operatore).update(al=timezone.localdate() - timedelta(days=1))
    today = {"caso": other, "dal": timezone.localdate(), "origine": "dichiarata", "motivo": "vicino"}
    Incompatibilita.objects.create(utente=torn.operatore.utente, **today)
    voce = VoceFactory(caso=caso, autore=answers.operatore, livello=5)
    for reader in (author, collega(caso)):
        Destinatario.objects.create(voce=voce, operatore=reader.operatore)
    Destinatario.objects.create(area=own, operatore=author.operatore)
    names = set(voce.destinatari.values_list("operatore", flat=True))
    before = migrate(PRIMA).get_model("casi", "Destinatario").objects
    assert set(before.values_list("operatore", flat=True)) == names
    made = before.create(voce_id=voce.pk, operatore_id=torn.operatore.pk)
    assert isinstance(made.pk, int), "the key is given by the database, as it was"
    made.delete()
    migrate(ORA)
    assert set(voce.destinatari.values_list("operatore", flat=True)) == names
    assert [each.operatore_id for each in theirs.destinatari.all()] == [answers.operatore.pk]
    assert not Destinatario.objects.filter(area__in=[own, hers, left]).exists()
    readable = policies.salute_e_minori_visibili(answers, caso, policies.azioni_su(answers, caso.pk))
    assert set(readable) == {theirs, own}
