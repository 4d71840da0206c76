"""The holes that `sabotaggi` plants still fit the code: else it would stop half way, an hour later."""

import pytest

from tests.support.sources import ROOT

from .sabotaggi import TUTTI


@pytest.mark.parametrize("buco", TUTTI, ids=lambda buco: buco.nome)
def test_hole_fits_the_code(buco):
    file, text, holed = buco.texts(ROOT)
    assert text != holed
    compile(holed, str(file), "exec")  # else what is noticed is not the hole
    assert all((ROOT / "tests" / f"{name}.py").is_file() for name in buco.prove)
