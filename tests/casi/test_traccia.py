"""The register tells what happened: a refusal as a refusal, on the case it was about, and never twice."""

import uuid

import pytest
from django.urls import reverse

from casi.models import Registro
from tests.factories.casi import AmmissioneFactory, PersonaFactory, PrimoAscoltoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sociale():
    """A social worker of a lead body."""
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)


def lines() -> list[tuple[str, str, list]]:
    found = Registro.objects.exclude(finalita="accesso").order_by("pk")
    return [(line.azione, line.esito, line.casi) for line in found]


@pytest.mark.parametrize("tail", ["persone/{}/", "persone/{}/uscita/", "legami/{}/"])
def test_part_of_somebody_elses_case_is_on_the_register_as_refused(riservato, sociale, tail):
    caso, altra = followed(sociale, PersonaFactory()), PersonaFactory()
    followed(OperatoreFactory(ruolo="assistente_sociale"), altra)
    riservato.force_login(sociale.utente)
    assert riservato.get(f"/casi/{caso.pk}/{tail.format(altra.pk)}").status_code == 404
    assert lines() == [("modificare_persone", "negato", [caso.pk])]
    assert Registro.objects.get(azione="modificare_persone").oggetto_id == altra.pk


@pytest.mark.parametrize(
    "nome", ["cambia_ammissione", "revoca", "togli_persona", "rispondi_proposta", "ritira_opposizione"]
)
def test_forged_part_of_the_sharing_is_on_the_register_as_refused(riservato, confirmed, sociale, nome):
    caso, altro = followed(sociale), AmmissioneFactory()
    confirmed()
    riservato.force_login(sociale.utente)
    url = reverse(f"casi:{nome}", args=[caso.pk, altro.pk])
    for answer in (riservato.get(url), riservato.post(url, {"chiave": str(uuid.uuid4())})):
        assert answer.status_code == 404
    assert lines() == [("condividere", "negato", [caso.pk])] * 2


def test_correcting_what_another_body_wrote_is_on_the_register_as_refused(riservato, sociale):
    altrui = PrimoAscoltoFactory(esito="proposta")
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=altrui.ente)
    riservato.force_login(sociale.utente)
    assert riservato.get(f"/ascolti/{altrui.pk}/").status_code == 200
    assert riservato.get(f"/ascolti/{altrui.pk}/correggi/").status_code == 404
    assert [line[1] for line in lines()] == ["consentito", "negato"]
