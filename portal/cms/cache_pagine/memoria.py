"""Bounded memory of finished pages, one per process."""

import gzip
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

import brotli
from django.http import HttpResponse

COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=5),
    "gzip": lambda content: gzip.compress(content, 6, mtime=0),
}
PESO_TESTATE = 1024


class Pagina:
    """Body and headers of one finished page; compressed forms are made when first asked for."""

    def __init__(self, response: HttpResponse) -> None:
        self.content = response.content
        self.etag = f'W/"{hashlib.blake2b(self.content, digest_size=12).hexdigest()}"'
        self.headers = dict(response.headers)
        self._compressed: dict[str, bytes] = {}

    @property
    def peso(self) -> int:
        """Bytes to reckon with: the compressed forms together stay below the plain one."""
        return 2 * len(self.content) + PESO_TESTATE

    def compressed(self, encoding: str) -> bytes:
        if encoding not in self._compressed:
            self._compressed[encoding] = COMPRESSORS[encoding](self.content)
        return self._compressed[encoding]

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=self.headers)


class Memoria:
    """Pages of the current state, least recently read out first.

    `state`: anything that stays equal as long as the pages hold; a page of another state is never given back.
    """

    def __init__(self, *, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit, self.seconds, self.clock = limit, seconds, clock
        self.peso = 0
        self._state: Hashable = None
        self._pages: OrderedDict[Hashable, tuple[float, Pagina]] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, state: Hashable, key: Hashable) -> Pagina | None:
        with self._lock:
            expires, pagina = self._pages.get((state, key), (0.0, None))
            if pagina is None or expires <= self.clock():
                return None
            self._pages.move_to_end((state, key))
            return pagina

    def put(self, state: Hashable, key: Hashable, pagina: Pagina) -> None:
        """Keep `pagina`, unless it alone would take an eighth of the room."""
        if pagina.peso > self.limit // 8:
            return
        with self._lock:
            if state != self._state:
                self._clear()
                self._state = state
            self._drop((state, key))
            self._pages[state, key] = (self.clock() + self.seconds, pagina)
            self.peso += pagina.peso
            while self.peso > self.limit:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._clear()

    def _clear(self) -> None:
        self._pages.clear()
        self.peso = 0

    def _drop(self, key: Hashable) -> None:
        _expires, pagina = self._pages.pop(key, (0.0, None))
        self.peso -= pagina.peso if pagina else 0
