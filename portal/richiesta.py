"""How a request is read before any page sees it: what its sender says of it is not taken at its word."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.functional import cached_property


class Richiesta(WSGIRequest):
    """Its text is UTF-8 and has no NUL in its address and its cookies: no text of the database can hold one.

    The charset that a header names may be any codec of Python, also one that reads no text or makes half a sign of it:
    the request would break before there is a page to say so.
    """

    encoding = property(lambda self: None, lambda self, charset: None)

    def __init__(self, environ: dict[str, Any]) -> None:
        super().__init__(environ)
        self.path, self.path_info = (each.replace("\x00", "\ufffd") for each in (self.path, self.path_info))

    @cached_property
    def COOKIES(self) -> dict[str, str]:  # type: ignore[override]  # noqa: N802 - Django's name
        return {name: value for name, value in super().COOKIES.items() if "\x00" not in value}


class Gestore(WSGIHandler):
    request_class = Richiesta
