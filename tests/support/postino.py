"""A mail server of a few lines: takes mails, refuses some addresses."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

ANSWERS = {b"EHLO": b"250 ok", b"MAIL": b"250 ok", b"DATA": b"354 go on", b"RSET": b"250 ok", b"QUIT": b"221 bye"}


class Postino(ThreadingTCPServer):
    daemon_threads = True

    def __init__(self, refused: Iterable[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Sportello)
        self.refused, self.connections, self.taken = tuple(refused), 0, []


class _Sportello(StreamRequestHandler):
    server: Postino

    def handle(self) -> None:
        self.server.connections += 1
        self._say(b"220 here")
        while line := self.rfile.readline().strip():
            verb = line[:4].upper()
            if verb == b"RCPT":
                self._recipient(line.decode())
                continue
            self._say(ANSWERS[verb])
            if verb == b"DATA":
                self._text()

    def _recipient(self, line: str) -> None:
        address = line.partition("<")[2].partition(">")[0]
        refused = address in self.server.refused
        if not refused:
            self.server.taken.append(address)
        self._say(b"550 nobody here" if refused else b"250 ok")

    def _text(self) -> None:
        while self.rfile.readline().strip() != b".":
            pass
        self._say(b"250 taken")

    def _say(self, answer: bytes) -> None:
        self.wfile.write(answer + b"\r\n")


@contextmanager
def delivering(settings, *, refused: Iterable[str] = ()) -> Iterator[Postino]:
    with Postino(refused) as postino:
        Thread(target=postino.serve_forever, daemon=True).start()
        by_smtp(settings, postino.server_address[1])
        yield postino
        postino.shutdown()


def by_smtp(settings, port: int) -> None:
    """`settings` is pytest-django's; with no server on `port` the mail is down."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
