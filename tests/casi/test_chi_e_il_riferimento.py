"""A case has a name also when nobody of the household is its person of reference; and the page says that nobody is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions import fusione, persone
from casi.models import Componente
from casi.ruoli import Azione
from casi.selectors import testata
from casi.selectors.casi import elenco_casi, open_caso
from tests.factories.casi import ComponenteFactory, PersonaFactory
from tests.support.attori import attore_for
from tests.support.fusioni import separa
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def called(by, caso) -> list[str]:
    """The name on the head of the case and the one on the list."""
    return [testata.testata_caso(open_caso(by, caso.pk, Azione.VEDERE_CASO)).nome, elenco_casi(by).righe[0].nome]


def member(caso, nome: str, ruolo: str, years: int | None):
    born = OGGI() - timedelta(days=365 * years) if years is not None else None
    persona = PersonaFactory(cognome="Rossini", nome=nome, data_nascita=born)
    return ComponenteFactory(nucleo=caso.nucleo, persona=persona, ruolo=ruolo)


@pytest.mark.parametrize(
    ("members", "named"),
    [
        ([("Ada", "coniuge", 40), ("Ugo", "genitore", 70), ("Lea", "figlio", 80)], "Rossini Ugo"),
        ([("Lea", "figlio", 10), ("Ada", "altro", None)], "Rossini Ada"),
        ([("Lea", "figlio", 10), ("Pia", "figlio", 12)], "Rossini Pia"),
        ([("Ugo", "genitore", 70), ("Ada", "riferimento", None)], "Rossini Ada"),
        ([], ""),
    ],
)
def test_household_without_a_person_of_reference_is_called_by_its_eldest(assistente, members, named):
    caso = followed(assistente)
    for each in members:
        member(caso, *each)
    assert called(attore_for(assistente), caso) == [named, named]


def test_who_has_left_gives_the_case_no_name_and_the_page_says_that_nobody_is_of_reference(riservato, assistente):
    caso, by = followed(assistente), attore_for(assistente)
    head, other = member(caso, "Ada", "riferimento", 40), member(caso, "Ugo", "coniuge", 50)
    riservato.force_login(assistente.utente)
    said, address = "Nessuno adesso è la persona di riferimento", f"/casi/{caso.pk}/persone/"
    assert said not in riservato.get(address).content.decode()
    Componente.objects.filter(pk=head.pk).update(al=OGGI() - timedelta(days=1))
    assert said in riservato.get(address).content.decode()
    assert called(by, caso) == ["Rossini Ugo", "Rossini Ugo"]
    persone.esce(by=by, caso=caso.pk, persona=other.persona_id, al=OGGI())
    Componente.objects.filter(pk=other.pk).update(al=OGGI() - timedelta(days=1))
    assert said not in riservato.get(address).content.decode()  # nobody lives there


@pytest.mark.parametrize("over", [False, True])
def test_merge_keeps_who_is_of_reference_and_undoes_it(assistente, over):
    caso, by = followed(assistente), attore_for(assistente)
    head, kept = member(caso, "Ada", "riferimento", 40), member(caso, "Ada", "altro_parente", 40)
    if over:
        Componente.objects.filter(pk=head.pk).update(al=OGGI() - timedelta(days=1))
    before = list(Componente.objects.order_by("pk").values_list())
    fusione.unisci(by=by, caso=caso.pk, tenuta=kept.persona_id, fusa=head.persona_id)
    assert Componente.objects.get().ruolo == ("altro_parente" if over else "riferimento")
    separa(by, caso.pk, kept.persona_id)
    assert list(Componente.objects.order_by("pk").values_list()) == before


def test_role_corrected_after_a_merge_stays(assistente):
    caso, by = followed(assistente), attore_for(assistente)
    head, kept = member(caso, "Ada", "riferimento", 40), member(caso, "Ada", "altro_parente", 40)
    fusione.unisci(by=by, caso=caso.pk, tenuta=kept.persona_id, fusa=head.persona_id)
    Componente.objects.update(ruolo="coniuge")
    separa(by, caso.pk, kept.persona_id)
    assert Componente.objects.get(pk=kept.pk).ruolo == "coniuge"
