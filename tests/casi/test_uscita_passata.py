"""The last day of who has left a household, when another was said: corrected, kept, never over another time she was
there."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.actions import persone
from casi.errori import Assente, Impossibile
from casi.models import Componente, Registro, Storico
from tests.factories.casi import ComponenteFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

from .test_storico import kept

pytestmark = pytest.mark.django_db


def days(count: int) -> date:
    return timezone.localdate() + timedelta(days=count)


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def caso(sociale):
    return followed(sociale, PersonaFactory())


@pytest.fixture
def uscita(caso):
    """She was here from ninety days ago to thirty."""
    return ComponenteFactory(nucleo=caso.nucleo, persona=PersonaFactory(cognome="Partiti"), dal=days(-90), al=days(-30))


def address(caso, componente: Componente) -> str:
    return reverse("casi:persona_uscita_passata", args=[caso.pk, componente.persona_id, componente.pk])


def send(client, caso, componente: Componente, al: date, letto: date | None = None):
    sent = {"chiave": uuid.uuid4(), "al": al, "letto": letto or componente.al, "perche": "Lo ha detto la sorella"}
    return client.post(address(caso, componente), sent)


@pytest.mark.parametrize("al", [-90, -31, -1])
def test_day_is_corrected_and_what_it_was_is_kept_with_who_and_why(riservato, sociale, caso, uscita, al):
    riservato.force_login(sociale.utente)
    assert f'"{address(caso, uscita)}"' in riservato.get(f"/casi/{caso.pk}/persone/").content.decode()
    form = riservato.get(address(caso, uscita)).context["modulo"]
    assert (form["al"].value(), form["letto"].value()) == (days(-30), days(-30))
    assert send(riservato, caso, uscita, days(al))["Location"] == f"/casi/{caso.pk}/persone/"
    uscita.refresh_from_db()
    assert uscita.al == days(al)
    assert kept(componente=uscita) == [{"al": f"{days(-30):%d/%m/%Y}"}]
    page = riservato.get(f"/casi/{caso.pk}/persone/prima/").content.decode()
    assert all(word in page for word in (f"{days(-30):%d/%m/%Y}", "Lo ha detto la sorella", "Partiti"))
    lines = Registro.objects.filter(azione="modificare_persone", oggetto_id=uscita.persona_id, casi=[caso.pk])
    assert lines.filter(esito="consentito").count() == 3  # read, read to be sent, written


@pytest.mark.parametrize(("al", "again"), [(-91, False), (-20, True), (-15, True), (0, False), (5, False)])
def test_day_she_was_not_here_or_was_here_again_or_is_not_past_is_told_beside_its_field(
    riservato, sociale, caso, uscita, al, again
):
    if again:
        ComponenteFactory(nucleo=caso.nucleo, persona=uscita.persona, dal=days(-20), al=days(-10))
    riservato.force_login(sociale.utente)
    answer = send(riservato, caso, uscita, days(al))
    assert (answer.status_code, list(answer.context["modulo"].errors)) == (422, ["al"])
    assert not Storico.objects.exists()
    assert send(riservato, caso, uscita, days(-21)).status_code == 302


def test_day_that_somebody_else_changed_meanwhile_is_told_and_stays(riservato, sociale, caso, uscita):
    Componente.objects.filter(pk=uscita.pk).update(al=days(-40))
    riservato.force_login(sociale.utente)
    answer = send(riservato, caso, uscita, days(-35), letto=days(-30))
    assert (answer.status_code, "Intanto qualcun altro" in answer.content.decode()) == (422, True)
    with pytest.raises(Impossibile):
        persone.correggi_uscita(
            by=attore_for(sociale), caso=caso.pk, persona=uscita.persona_id, componente=uscita.pk, al=days(-35),
            letto=days(-30),
        )  # fmt: skip
    assert Componente.objects.get(pk=uscita.pk).al == days(-40)


@pytest.mark.parametrize("whose", ["un altro nucleo", "un'altra persona", "adesso"])
def test_only_a_time_of_hers_in_this_household_that_is_over_is_there(riservato, sociale, caso, uscita, whose):
    elsewhere = ComponenteFactory(persona=uscita.persona, dal=days(-90), al=days(-30))
    other = ComponenteFactory(nucleo=caso.nucleo, dal=days(-90), al=days(-30))
    now = ComponenteFactory(nucleo=caso.nucleo, persona=uscita.persona, dal=days(-9), al=days(3))
    found = {"un altro nucleo": elsewhere, "un'altra persona": other, "adesso": now}[whose]
    riservato.force_login(sociale.utente)
    asked = reverse("casi:persona_uscita_passata", args=[caso.pk, uscita.persona_id, found.pk])
    assert riservato.get(asked).status_code == 404
    assert Registro.objects.filter(azione="modificare_persone", esito="negato", casi=[caso.pk]).count() == 1
    with pytest.raises(Assente):
        persone.correggi_uscita(
            by=attore_for(sociale), caso=caso.pk, persona=uscita.persona_id, componente=found.pk, al=days(-40),
            letto=found.al,
        )  # fmt: skip
