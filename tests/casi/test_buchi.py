"""The holes that `sabotaggi` plants still fit the code: else it would stop half way, an hour later."""

import pytest

from tests.support.sources import ROOT

from .buchi import BUCHI
from .buchi_intorno import INTORNO
from .buchi_letti import LETTI
from .buchi_persone import PERSONE_E_VOCI


@pytest.mark.parametrize("buco", BUCHI + INTORNO + LETTI + PERSONE_E_VOCI, ids=lambda buco: buco.nome)
def test_hole_fits_the_code(buco):
    _file, text, holed = buco.texts(ROOT)
    assert text != holed
    assert all((ROOT / "tests" / f"{name}.py").is_file() for name in buco.prove)
