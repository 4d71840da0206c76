"""Where the sizes of pictures are written: a file that could not be written whole is taken away at once."""

from contextlib import suppress
from typing import Any

from django.core.files.storage import FileSystemStorage


class Rese(FileSystemStorage):
    """Each file has a name that no other was given, so that who takes his half one away takes nobody else's."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        stem, dot, extension = name.rpartition(".")
        return super().get_available_name(self.get_alternative_name(stem, f"{dot}{extension}"), max_length)

    def _save(self, name: str, content: Any) -> str:
        try:
            return super()._save(name, content)  # type: ignore[misc]
        except OSError:
            with suppress(OSError):
                self.delete(name)
            raise
