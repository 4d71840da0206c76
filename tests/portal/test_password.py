"""How long a password has to be, and for whom."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from portal.utenti.models import Utente
from tests.factories.portal import UtenteFactory

pytestmark = pytest.mark.django_db
PAROLE = "gattoverdequarantadue"


def editor() -> Utente:
    group = Group.objects.create(name="Redazione di prova")
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    utente = UtenteFactory()
    utente.groups.add(group)
    return utente


@pytest.mark.parametrize(
    ("who", "shortest"),
    [
        (lambda: None, 12),
        (UtenteFactory, 12),
        (Utente, 12),
        (editor, 14),
        (lambda: UtenteFactory(amministratore=True), 14),
        (lambda: Utente(is_superuser=True), 14),
    ],
    ids=["nessuno ancora", "chi lavora ai casi", "account nuovo", "redazione", "amministra", "amministra, nuovo"],
)
def test_password_is_long_enough_for_what_it_opens(who, shortest):
    user = who()
    with pytest.raises(ValidationError) as short:
        validate_password(PAROLE[: shortest - 1], user)
    assert {error.code for error in short.value.error_list} == {"password_too_short"}
    validate_password(PAROLE[:shortest], user)
