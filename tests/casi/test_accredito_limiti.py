"""What accreditation may not do, whoever asks: two offices in one hand, days beyond the calendar."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from casi.actions import accredito
from catalogo.models import Operatore
from catalogo.models.accordo import last_day
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, EnteFactory, OperatoreFactory

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def test_nobody_coordinates_and_watches_for_one_body_at_once():
    """As `fonda_rete` wants two persons: who accredits is watched by somebody else."""
    lead, other = AccordoFactory().capofila, EnteFactory()
    for first, second in (("coordinatore", "responsabile_privacy"), ("responsabile_privacy", "coordinatore")):
        one = OperatoreFactory(ente=lead, ruolo=first, in_rete=False)
        both = {"utente": one.utente, "ruolo": second, "dal": OGGI()}
        with pytest.raises(ValidationError, match="due persone"):
            Operatore(ente=lead, **both).full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            Operatore.objects.create(ente=lead, **both)
        Operatore(ente=other, **both).full_clean()
        Operatore.objects.filter(pk=one.pk).update(chiuso_il=timezone.now())
        Operatore(ente=lead, **both).full_clean()


@pytest.mark.parametrize("start", [date(9999, 1, 1), date(9999, 12, 31), date(9996, 2, 29)])
def test_adhesion_at_the_end_of_the_calendar_is_no_error_page(start):
    assert last_day(start) <= date.max
    assert accredito.next_start(AdesioneFactory.build(valida_dal=start, valida_al=date.max)) == date.max
