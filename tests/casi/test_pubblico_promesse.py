"""What the public forms promise is kept by somebody who may, with the notice that every other form gives."""

import pytest
from django.utils import timezone

from casi.selectors.condivisione import informative_valide
from casi.selectors.pubblico import ascolta, informativa_in
from portal.utenti.models import Utente
from tests.factories.casi import InformativaFactory

from .test_pubblico import comune, filled  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spento", [{"is_active": False}, {"is_superuser": True}])
def test_nothing_is_promised_where_who_would_read_it_may_not(riservato, comune, spento):  # noqa: F811
    assert ascolta(comune)
    Utente.objects.filter(incarichi__ente=comune).update(**spento)
    assert not ascolta(comune)
    assert riservato.post("/chiedi-aiuto/", filled()).status_code == 422


def test_of_two_notices_of_one_day_every_form_gives_the_same(db):
    for versione in ("1", "2", "0"):
        last = {lingua: InformativaFactory(versione=versione, lingua=lingua) for lingua in ("it", "ar")}
    assert set(informative_valide(timezone.localdate())) == set(last.values())
    assert [informativa_in(lingua) for lingua in ("it", "ar", "en")] == [last["it"], last["ar"], last["it"]]
