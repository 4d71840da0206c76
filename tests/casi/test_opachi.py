"""What an address shows of a row's number: nothing, to nobody, and no other number can be made from it."""

import uuid

import pytest
from django.urls import reverse

from casi.opachi import Opaco

SIGILLO = Opaco()
NUMERI = [0, 1, 2, 41, 10**6, (1 << 63) - 1]


@pytest.mark.parametrize("numero", NUMERI)
def test_number_comes_back_from_its_seal_and_is_not_in_it(numero):
    sealed = SIGILLO.to_url(numero)
    assert SIGILLO.to_python(sealed) == numero
    assert uuid.UUID(sealed).int != numero
    assert uuid.UUID(sealed).int >> 64  # the number alone would leave the first half empty


def test_seals_of_neighbours_have_nothing_in_common():
    """Half of the bits of one differ from the other's, give or take."""
    for number in range(50):
        one, next_one = (uuid.UUID(SIGILLO.to_url(each)).int for each in (number, number + 1))
        assert 30 < (one ^ next_one).bit_count() < 98


@pytest.mark.parametrize("forged", [str(uuid.UUID(int=each)) for each in NUMERI] + [str(uuid.UUID(int=7 << 120))])
def test_what_was_not_sealed_here_is_no_address(forged):
    with pytest.raises(ValueError):  # noqa: PT011 - what Django takes for «not this address»
        SIGILLO.to_python(forged)


def test_seal_of_another_installation_is_no_address(settings):
    sealed = SIGILLO.to_url(41)
    settings.SECRET_KEY = "un'altra installazione"
    assert SIGILLO.to_url(41) != sealed
    with pytest.raises(ValueError):  # noqa: PT011
        SIGILLO.to_python(sealed)


def test_key_is_of_this_purpose_alone(settings):
    """Written down: a seal under the bare secret would open wherever else the secret is used so."""
    settings.SECRET_KEY = "per la prova"
    assert SIGILLO.to_url(41) == "52733ebf-70a0-461f-51be-0fda35c96d11"


@pytest.mark.django_db
def test_number_in_clear_opens_nothing(riservato):
    for name in ("legame_ruolo", "legame_fine", "operatore_nuovo", "adesione_stato"):
        address = reverse(f"casi:{name}", args=[41])
        assert "41" not in address.split("/")
        plain = address.replace(address.split("/")[3], "41")
        assert riservato.get(plain).status_code == 404
