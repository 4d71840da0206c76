"""Mail, once what it tells of has really happened. A mail server that is down stops nobody and shows no error page."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

log = logging.getLogger("tessere.posta")


@dataclass
class Attese:
    """The addresses that wait for a mail: those it left for, and those it did not."""

    partite: list[str] = field(default_factory=list)
    perse: list[str] = field(default_factory=list)


_waited_for: ContextVar[Attese | None] = ContextVar("posta_attesa", default=None)


def write(subject: str, text: str, emails: Iterable[str], *, waited_for: bool = False) -> None:
    """One mail to each address, after the commit; no name in it, and nothing of what an account is for.

    `waited_for`: without it the person cannot go on, so who is acting learns whether it left (`awaited`).
    """
    mails = [EmailMessage(subject, text, None, [email]) for email in sorted(set(emails)) if email]
    transaction.on_commit(partial(deliver, mails, waited_for=waited_for))


def deliver(mails: list[EmailMessage], *, waited_for: bool = False) -> None:
    """All over one connection: a server that answers nobody is waited for once, a refused address stops no other."""
    lost = mails
    try:
        with get_connection() as connection:
            lost = [mail for mail in mails if not _left(connection, mail)]
    except OSError as error:
        complain(error)
    told = _waited_for.get()
    if waited_for and told is not None:
        told.perse.extend(address for mail in lost for address in mail.to)
        told.partite.extend(address for mail in mails if mail not in lost for address in mail.to)


def _left(connection: BaseEmailBackend, mail: EmailMessage) -> bool:
    try:
        connection.send_messages([mail])
    except OSError as error:
        complain(error)
        return False
    return True


def complain(error: OSError) -> None:
    """By its kind alone: the text of smtplib's errors, which are OSErrors too, holds addresses."""
    log.error("A mail did not leave: %s", type(error).__name__)


@contextmanager
def awaited() -> Iterator[Attese]:
    """The mails that somebody waits for, known once the block is over."""
    addresses = Attese()
    token = _waited_for.set(addresses)
    try:
        yield addresses
    finally:
        _waited_for.reset(token)
