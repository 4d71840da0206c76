"""Static files, hashed and compressed once, when they are gathered."""

from typing import Any

import brotli
from django.conf import settings
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage


class Statici(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage with the compressor below."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return Compressore(**kwargs)


class Compressore(Compressor):
    """The smallest files keep two cores busy for ten seconds: whoever starts a demonstration would wait for them."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=5 if settings.DEMO else 11)
