"""Search servers that misbehave, each on a loopback port of its own."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

ADDRESS = "127.0.0.1"
HEAD = b"HTTP/1.1 200 OK\r\nX-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"
BODIES = {
    "spazzatura": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>ciao</html",
    "altro_json": HEAD + b'Content-Length: 16\r\n\r\n{"hits": "tanti"}'[:-1],
    "errore": b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
    "troncata": HEAD + b'Content-Length: 9999\r\n\r\n{"hits": {"total"',
}


@contextmanager
def rifiuta() -> Iterator[int]:
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        port = probe.getsockname()[1]
    yield port


@contextmanager
def inghiotte() -> Iterator[int]:
    """Connections are accepted by the system and never read: a black hole."""
    with socket.socket() as listener:
        listener.bind((ADDRESS, 0))
        listener.listen()
        yield listener.getsockname()[1]


@contextmanager
def risponde(kind: str) -> Iterator[int]:
    """Answers every request with one of BODIES; "goccia" sends a byte of a good head now and then, for ever."""
    stop = threading.Event()
    with socket.socket() as listener:
        listener.bind((ADDRESS, 0))
        listener.listen()
        threading.Thread(target=_serve, args=(listener, kind, stop), daemon=True).start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()


def _serve(listener: socket.socket, kind: str, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_answer, args=(caller, kind, stop), daemon=True).start()


def _answer(caller: socket.socket, kind: str, stop: threading.Event) -> None:
    try:
        with caller:
            caller.recv(65536)
            if kind == "goccia":
                _drip(caller, stop)
            else:
                caller.sendall(BODIES[kind])
    except OSError:
        return


def _drip(caller: socket.socket, stop: threading.Event) -> None:
    for byte in HEAD + b"X: " + b"y" * 10_000:
        if stop.wait(0.3):
            return
        caller.sendall(bytes([byte]))


def durata(start: float) -> float:
    return time.monotonic() - start
