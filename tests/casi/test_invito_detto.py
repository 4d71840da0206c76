"""Who accredits learns that an invitation has left, and towards where: the rest of the address is on her own page."""

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.utenti.conferma import DEMO_MARK
from portal.utenti.demo import register_persona
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def aurora(riservato):
    """A body of the network, whose coordinator `riservato` is."""
    accordo = AccordoFactory()
    coordina = OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False)
    register_persona(coordina.utente, etichetta="Coordinatrice", cosa_provare="", processo="riservato", ordine=1)
    riservato.post(f"/accesso/demo/{coordina.utente.username}/")
    session = riservato.session
    session[DEMO_MARK] = timezone.now().timestamp()
    session.save()
    return AdesioneFactory(accordo=accordo).ente


def accredited(client, ente, email: str, **names: str) -> str:
    address = reverse("casi:operatore_nuovo", args=[ente.pk])
    key = client.get(address).context["modulo"]["chiave"].value()
    data = {"chiave": key, "email": email, "ruolo": "referente", "dal": "2026-01-01", **names}
    return client.get(client.post(address, data)["Location"]).content.decode()


def test_invitation_that_left_is_told_with_the_domain_alone(riservato, aurora):
    page = accredited(riservato, aurora, "nuova@aurora.esempio.it", nome="Nuova", cognome="Arrivata")
    assert "È partito un invito, verso …@aurora.esempio.it: vale tre giorni." in page
    assert "nuova@aurora" not in page


def test_who_has_an_account_already_is_sent_no_invitation(riservato, aurora):
    old = OperatoreFactory(ruolo="referente").utente
    assert "È partito un invito" not in accredited(riservato, aurora, old.email)


@pytest.mark.usefixtures("no_mail")
def test_invitation_that_did_not_leave_is_not_said_to_have_left(riservato, aurora):
    page = accredited(riservato, aurora, "nuova@aurora.esempio.it", nome="Nuova", cognome="Arrivata")
    assert "È partito un invito" not in page
    assert "invito non è partito" in page
