"""The search index is written with every change, as on the site; elsewhere in the tests nobody asks for it."""

import pytest


@pytest.fixture(autouse=True)
def indice(settings) -> None:
    settings.INDICE_SUBITO = 100_000
