"""How static files are compressed."""

import brotli
import pytest

from portal.cms.statici import Compressore

FOGLIO = b"".join(b".scheda-%d { margin: 0 %dpx }\n" % (number, number * 7 % 13) for number in range(500))


@pytest.mark.parametrize(("demo", "quality"), [(False, 11), (True, 5)])
def test_brotli_tries_hardest_except_where_somebody_waits(settings, demo, quality):
    settings.DEMO = demo
    compressed = Compressore.compress_brotli(FOGLIO)
    assert brotli.decompress(compressed) == FOGLIO
    assert compressed == brotli.compress(FOGLIO, quality=quality) != brotli.compress(FOGLIO, quality=16 - quality)
