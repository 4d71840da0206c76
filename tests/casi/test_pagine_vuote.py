"""A page that has nothing to show or to offer still leads somewhere."""

import pytest

from casi.models import Caso
from tests.factories.casi import PersonaFactory, PrimoAscoltoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


def empty_state(page: str) -> str:
    return page.split('class="riservata__vuoto"', 1)[1].split("</div>", 1)[0]


@pytest.mark.parametrize(
    ("address", "towards"),
    [
        ("persone/{persona}/unisci/", "persone/"),
        ("nascosti/", ""),
        ("estratto/", "persone/"),
    ],
)
def test_empty_page_of_a_case_has_a_way_back(riservato, monkeypatch, address, towards):
    monkeypatch.setattr("casi.views.porta.has_confirmed", lambda request: True)
    monkeypatch.setattr("casi.policies.needs_confirming", lambda attore, azione: False)
    sociale, persona = OperatoreFactory(ruolo="assistente_sociale"), PersonaFactory()
    caso = followed(sociale, persona)
    if address == "estratto/":
        Caso.objects.filter(pk=caso.pk).update(nucleo=None)
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/casi/{caso.pk}/{address.format(persona=persona.pk)}").content.decode()
    assert f'href="/casi/{caso.pk}/{towards}"' in empty_state(page)


def test_conversation_with_no_case_to_be_added_to_leads_back_to_it(riservato):
    sociale = OperatoreFactory(ruolo="assistente_sociale")
    ascolto = PrimoAscoltoFactory(operatore=sociale)
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/ascolti/{ascolto.pk}/aggiungi/").content.decode()
    assert f'href="/ascolti/{ascolto.pk}/"' in empty_state(page)
