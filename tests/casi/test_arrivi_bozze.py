"""Words half typed at the desk are kept for their own arrival, until they are saved."""

import uuid

import pytest

from casi.actions.arrivi import stands
from casi.models import Bozza
from tests.factories.casi import RichiestaFactory
from tests.factories.catalogo import OperatoreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


def test_what_is_typed_on_a_step_is_kept_for_its_own_arrival_until_it_is_saved(riservato, volontario):
    mine, other = RichiestaFactory(ente=volontario.ente), RichiestaFactory(ente=volontario.ente)
    riservato.force_login(volontario.utente)
    page, draft = f"/arrivi/richieste/{mine.pk}/", f"/bozze/passo_arrivo/{mine.pk}/"
    assert f'data-bozza="{draft}"' in riservato.get(page).content.decode()
    assert riservato.post(draft, {"nota": "Canarino a metà", "letto": stands(mine)}).status_code == 204
    assert "Canarino a metà" in riservato.get(page).content.decode()
    assert "Canarino a metà" not in riservato.get(f"/arrivi/richieste/{other.pk}/").content.decode()
    sent = {"chiave": str(uuid.uuid4()), "letto": stands(mine), "stato": "vista", "nota": "Canarino"}
    assert riservato.post(page, sent).status_code == 302
    assert not Bozza.objects.exists()


def test_what_is_typed_is_still_there_when_a_colleague_has_closed_it(riservato, volontario):
    mine = RichiestaFactory(ente=volontario.ente)
    riservato.force_login(volontario.utente)
    riservato.post(f"/bozze/passo_arrivo/{mine.pk}/", {"nota": "Canarino a metà", "letto": stands(mine)})
    mine.stato = "reindirizzata"
    mine.save()
    assert "Canarino a metà" in riservato.get(f"/arrivi/richieste/{mine.pk}/").content.decode()
