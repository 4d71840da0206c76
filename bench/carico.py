"""Load: readers who ask one page after the other over kept connections."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from socket import create_connection
from statistics import median, quantiles

LETTORI = 4
# A kept connection stays with one worker: now and then a reader starts anew, so that both have the same to do.
LETTURE_PER_CONNESSIONE = 50


class Connessione:
    """A bare HTTP/1.1 reader: a full client would cost more than the pages it reads."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = create_connection(("127.0.0.1", port), timeout=30)
        self.buffer = b""

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body; the host is always `localhost`."""
        request = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: text/html\r\n\r\n"
        self.socket.sendall(request.encode())
        head = self._until(b"\r\n\r\n")
        lines = head.lower().split(b"\r\n")
        lengths = [int(line[15:]) for line in lines if line.startswith(b"content-length:")]
        body = self._exactly(lengths[0]) if lengths else self._until(b"0\r\n\r\n")  # else it comes in chunks
        return int(head[9:12]), body

    def close(self) -> None:
        self.socket.close()

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.buffer:
            self._receive()
        found, _, self.buffer = self.buffer.partition(mark)
        return found

    def _exactly(self, length: int) -> bytes:
        while len(self.buffer) < length:
            self._receive()
        found, self.buffer = self.buffer[:length], self.buffer[length:]
        return found

    def _receive(self) -> None:
        received = self.socket.recv(1 << 18)
        if not received:
            raise OSError("connessione chiusa dal sito")
        self.buffer += received


@dataclass(frozen=True)
class Prova:
    """One page of one site under one condition."""

    nome: str
    port: int
    path: str


@dataclass(frozen=True)
class Giro:
    """One round of one trial: seconds of each answer, seconds of the round, bytes of a page."""

    tempi: list[float]
    durata: float
    byte: int

    def percentile(self, n: int) -> float:
        return quantiles(self.tempi, n=100, method="inclusive")[n - 1] * 1000

    @property
    def ritmo(self) -> float:
        return len(self.tempi) / self.durata


@dataclass
class Misura:
    """The rounds of one trial. Each figure is the median of its rounds: one that was disturbed does not decide."""

    giri: list[Giro] = field(default_factory=list)

    def summary(self) -> dict[str, float | int]:
        return {
            "richieste_al_secondo": round(median(giro.ritmo for giro in self.giri), 1),
            "p50_ms": round(median(giro.percentile(50) for giro in self.giri), 2),
            "p95_ms": round(median(giro.percentile(95) for giro in self.giri), 2),
            "risposte": sum(len(giro.tempi) for giro in self.giri),
            "byte": self.giri[-1].byte,
        }


def measure(prove: Iterable[Prova], *, seconds: float, rounds: int) -> dict[str, Misura]:
    """Every trial in turn, `rounds` times: what disturbs the machine for a while disturbs all of them alike."""
    prove = list(prove)
    misure = {prova.nome: Misura() for prova in prove}
    for prova in prove:
        _run(prova, seconds=0.5)  # templates read, pools filled, memory warm
    for number in range(rounds):
        for prova in prove if number % 2 == 0 else reversed(prove):
            misure[prova.nome].giri.append(_run(prova, seconds=seconds))
    return misure


def _run(prova: Prova, *, seconds: float) -> Giro:
    start = time.perf_counter()
    with ThreadPoolExecutor(LETTORI) as readers:
        results = list(readers.map(lambda _n: _read(prova, start + seconds), range(LETTORI)))
    elapsed = time.perf_counter() - start
    return Giro([tempo for tempi, _size in results for tempo in tempi], elapsed, results[0][1])


def _read(prova: Prova, deadline: float) -> tuple[list[float], int]:
    tempi: list[float] = []
    size, connection = 0, Connessione(prova.port)
    while time.perf_counter() < deadline or not tempi:
        if len(tempi) % LETTURE_PER_CONNESSIONE == LETTURE_PER_CONNESSIONE - 1:
            connection.close()
            connection = Connessione(prova.port)
        before = time.perf_counter()
        status, body = connection.get(prova.path)
        tempi.append(time.perf_counter() - before)
        if status != HTTPStatus.OK:
            raise RuntimeError(f"{prova.nome}: {prova.path} risponde {status}")
        size = len(body)
    connection.close()
    return tempi, size
