"""What a person writes comes back as text (ASVS 1.2.1, 1.3.11, 15.3.3), and changes what its form says and no more."""

import html
import uuid

import pytest
from django.core import mail
from django.core.mail import BadHeaderError
from django.urls import reverse
from django.utils import timezone

from casi.models import VoceDiario
from portal.utenti.posta import write
from tests.factories.casi import VoceFactory
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.incaricati import caso, responsabile

__all__ = ["caso"]
pytestmark = pytest.mark.django_db
NUOVA = "tre gatti su un ponte"
CATTIVO = "</textarea></div><script>alert(1)</script>\"' onmouseover=x &amp; <b>"


@pytest.fixture
def capo(caso):
    return responsabile(caso)


@pytest.fixture
def sito(riservato, capo):
    riservato.force_login(capo.operatore.utente)
    return riservato


def test_what_a_person_writes_comes_back_as_text(sito, caso, capo):
    VoceFactory(caso=caso, ente=capo.operatore.ente, autore=capo.operatore, testo=CATTIVO)
    page = sito.get(reverse("casi:diario", args=[caso.pk])).content.decode()
    assert "<script>alert" not in page
    assert html.escape(CATTIVO) in page


@pytest.mark.parametrize("ending", ["\n", "\r", "\r\n"])
def test_no_line_can_be_added_to_the_head_of_a_mail(ending):
    for subject, address in (
        (f"Titolo{ending}Bcc: x@esempio.it", "a@esempio.it"),
        ("T", f"a@esempio.it{ending}Bcc: x"),
    ):
        with pytest.raises((BadHeaderError, ValueError)):
            write(subject, "Testo", [address])
    assert mail.outbox == []


def test_field_that_a_form_does_not_have_changes_nothing(sito, caso, capo):
    altro = OperatoreFactory()
    form = {
        "chiave": uuid.uuid4(),
        "tipo": "nota",
        "avvenuto_il": timezone.localdate(),
        "testo": "Parole",
        "livello": 3,
    }
    more = {
        "autore": altro.pk,
        "ente": altro.ente_id,
        "caso": uuid.uuid4(),
        "creato_il": "2000-01-01",
        "id": uuid.uuid4(),
    }
    assert sito.post(reverse("casi:diario_scrivi", args=[caso.pk]), form | more).status_code == 302
    voce = VoceDiario.objects.get()
    assert (voce.autore, voce.ente, voce.caso) == (capo.operatore, capo.operatore.ente, caso)
    assert voce.creato_il.date() == timezone.now().date()
    assert voce.pk != more["id"]


def test_field_that_the_account_has_is_not_changed_by_a_form_of_it(sito, capo):
    utente = capo.operatore.utente
    form = {"oldpassword": PASSWORD, "password1": NUOVA, "password2": NUOVA}
    more = {"is_superuser": "on", "is_staff": "on", "email": "altra@esempio.it", "username": "altro"}
    assert sito.post("/accesso/password/change/", form | more).status_code == 302
    before, after = utente, type(utente).objects.get(pk=utente.pk)
    assert after.check_password(NUOVA)
    assert (after.is_superuser, after.is_staff, after.email, after.username) == (
        False, before.is_staff, before.email, before.username,
    )  # fmt: skip
