"""A circuit breaker: a server that does not answer is left alone for a while, and nobody waits for it meanwhile."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TypeVar

ERRORI = 2  # in a row, before it opens
PAUSA = 15.0  # seconds it stays open; then one call tries
INSIEME = 8  # calls on their way at once; more than these wait, within their own time

logger = logging.getLogger(__name__)
T = TypeVar("T")


class Muto(Exception):  # noqa: N818 (what happened, not a fault)
    """The server did not give a usable answer in time, or was not even asked."""


def motivo(error: Exception) -> str:
    """What may be written in a log: an error's own words may repeat what somebody searched for."""
    return f"{type(error).__name__} {getattr(error, 'status_code', '')}".strip()


class Interruttore:
    """Shared by the threads of a process. Closed: calls pass. Open: they are refused. Half-open: one passes."""

    def __init__(self, pausa: float = PAUSA, errori: int = ERRORI, orologio: Callable[[], float] = time.monotonic):
        self.pausa, self.errori, self.orologio = pausa, errori, orologio
        self._lock = Lock()
        self._failures = 0
        self._closed_again = 0.0  # moment from which a call may try
        self._pool = ThreadPoolExecutor(max_workers=INSIEME, thread_name_prefix="ricerca")

    @property
    def aperto(self) -> bool:
        return self._failures >= self.errori

    def chiama(self, domanda: Callable[[], T], *, entro: float) -> T:
        """The answer of `domanda`; raise Muto after `entro` seconds, at any error of its, or without asking.

        It runs in a thread of its own, since a server that sends one byte now and then outlives any socket timeout;
        so it may not use the database.
        """
        self._ask()
        try:
            answer = self._pool.submit(domanda).result(timeout=max(entro, 0.0))
        except Exception as error:
            self._failed(error)
            raise Muto(motivo(error)) from error
        self._succeeded()
        return answer

    def _ask(self) -> None:
        """Take the right to call; the one that tries moves the moment on, so that the others stay out."""
        with self._lock:
            if not self.aperto:
                return
            if self.orologio() < self._closed_again:
                raise Muto("in pausa")
            self._closed_again = self.orologio() + self.pausa

    def _failed(self, error: Exception) -> None:
        with self._lock:
            self._failures += 1
            self._closed_again = self.orologio() + self.pausa
            opened = self._failures == self.errori
        logger.warning("Il motore di ricerca non risponde: %s", motivo(error))
        if opened:
            logger.warning("Per %.0f secondi non si chiede più al motore di ricerca.", self.pausa)

    def _succeeded(self) -> None:
        with self._lock:
            reopened, self._failures = self.aperto, 0
        if reopened:
            logger.warning("Il motore di ricerca è tornato a rispondere.")
