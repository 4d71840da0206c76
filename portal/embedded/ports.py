"""Free ports on the loopback address."""

import socket
from collections.abc import Iterable

from portal.embedded.refusal import Refusal

LOOPBACK = "127.0.0.1"


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` now."""
    with socket.socket() as caller:
        if caller.connect_ex((LOOPBACK, port)) == 0:
            return False
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def first_free(candidates: Iterable[int]) -> int:
    """The first free port of `candidates`; the remembered one comes first in them."""
    for port in candidates:
        if is_free(port):
            return port
    raise Refusal("Non trovo una porta libera per la banca dati: chiudi qualche programma e ripeti il comando.")


def demand_free(port: int, variable: str) -> None:
    """Raise Refusal when `port`, which people type in their browser, is taken."""
    if not is_free(port):
        raise Refusal(
            f"La porta {port} è già occupata da un altro programma: fermalo, oppure scegline un'altra "
            f"scrivendo per esempio «make demo {variable}={port + 100}»."
        )
