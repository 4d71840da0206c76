"""Canaries: a word of its own in each text of every record of a case, and where it must not be heard.

`Voliera` fills one row of each model; each listener of `PLACES` hands over all that one place holds, as text.
"""

import inspect
import io
import json
import logging
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core import mail, signing
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from casi.models.campi import TestoCifrato
from catalogo.models import Operatore
from portal.cms.cache_pagine.middleware import PagineAnonime
from tests.factories.casi import InformativaFactory
from tests.factories.catalogo import ComuneFactory, EnteFactory, OperatoreFactory, TipoServizioFactory
from tests.factories.portal import UtenteFactory

SPECIE = "canarino"
NASCITA = date(1911, 1, 11)
# Rows that tell of no person, and those whose words are the system's own.
MUTI = {"Registro", "TestaRegistro", "ClasseConservazione", "Informativa", "VoceScarto", "Operazione", "AncoraRegistro",
        "ControlloChiave", "Freno", "Ripristino",
        "PermessoGruppoSuCaso", "PermessoUtenteSuCaso"}  # fmt: skip
FUORI: dict[str, Callable[[], models.Model]] = {
    "Ente": EnteFactory, "Operatore": OperatoreFactory, "Comune": ComuneFactory, "TipoServizio": TipoServizioFactory,
    "Utente": UtenteFactory, "Informativa": InformativaFactory,
}  # fmt: skip


class Voliera:
    """One row of each model of the area with a token in each text; `tokens` says which field each belongs to."""

    def __init__(self) -> None:
        self.rows: dict[str, models.Model] = {}
        self.tokens: dict[str, str] = {}
        for model in apps.get_app_config("casi").get_models():
            if model.__name__ not in MUTI:
                self.row(model)

    @property
    def secret(self) -> set[str]:
        """Tokens of encrypted columns."""
        return {token for token, where in self.tokens.items() if isinstance(self._field(where), TestoCifrato)}

    def _field(self, where: str) -> models.Field:
        name, _, field = where.partition(".")
        return type(self.rows[name])._meta.get_field(field)

    def row(self, model: type[models.Model]) -> models.Model:
        if model.__name__ in FUORI:
            return FUORI[model.__name__]()
        if model.__name__ not in self.rows:
            values = {field.name: self.value(field) for field in model._meta.local_fields if self.wanted(field)}
            self.rows[model.__name__] = model._default_manager.create(**values | self.peculiar(model.__name__))
        return self.rows[model.__name__]

    def wanted(self, field: models.Field) -> bool:
        if field.primary_key or (field.has_default() and not self.sings(field)):
            return False
        return not field.null or isinstance(field, TestoCifrato)

    @staticmethod
    def sings(field: models.Field) -> bool:
        """A text that people write: not chosen from a list, not made by the system."""
        inner = field.base_field if isinstance(field, ArrayField) else field
        textual = isinstance(inner, models.CharField | models.TextField)
        short = (inner.max_length or 99) < len(SPECIE) + 3
        return textual and not inner.choices and not short and (field.editable or isinstance(field, TestoCifrato))

    def value(self, field: models.Field) -> object:
        if field.is_relation:
            return self.row(field.related_model)
        if self.sings(field) and field.get_internal_type() != "DateField" and "Data" not in type(field).__name__:
            token = f"{SPECIE}{len(self.tokens):03}"
            self.tokens[token] = f"{field.model.__name__}.{field.name}"
            return [token] if isinstance(field, ArrayField) else token
        if field.choices:
            return field.choices[0][0]
        made = {"DateField": date(2026, 1, 1), "DateTimeField": timezone.now(), "BooleanField": False}
        return (
            NASCITA if "Data" in type(field).__name__ else made.get(field.get_internal_type(), field.get_default() or 1)
        )

    def peculiar(self, name: str) -> dict[str, object]:
        """What the constraints of some models ask."""
        now, voce, persona = timezone.now(), self.rows.get("VoceDiario"), self.rows.get("Persona")
        sung = next((token for token, where in self.tokens.items() if where == "Storico.valori"), "")
        return {
            "AccessoEmergenza": {"inizio": now, "fine": now + timedelta(hours=1), "esito": ""},
            "Ammissione": {"ambiti": ["sintesi"]},
            **{each: {"voce": voce} for each in ("Oscuramento", "Destinatario", "Affidamento")},
            "Fusione": {},
            "Storico": {"persona": persona, "valori": json.dumps({"cognome": sung})},
            "Scarto": {
                "chiesta_il": date(2026, 1, 1),
                "prorogata_il": date(2026, 1, 2),
                "entro": date(2026, 2, 1),
                "prorogata_da": Operatore.objects.order_by("pk").first(),
            },
        }.get(name, {})


# --- listeners: each hands over (where, text) of one place


def tables() -> Iterator[tuple[str, str]]:
    """Every row of every table outside the area, all columns as text, binary ones readable."""
    for table in _tables():
        if not table.startswith("casi_"):
            yield from _rows(table)


def register() -> Iterator[tuple[str, str]]:
    yield from _rows("casi_registro")


def sealed() -> Iterator[tuple[str, str]]:
    """What the encrypted columns of the area really hold."""
    for model in apps.get_app_config("casi").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, TestoCifrato):
                column = f"encode({connection.ops.quote_name(field.column)}, 'escape')"
                yield from _query(f"{model.__name__}.{field.name}", f"SELECT {column} FROM {model._meta.db_table}")  # noqa: S608


def sessions() -> Iterator[tuple[str, str]]:
    """Their content, unpacked."""
    for table in ("django_session", "utenti_sessioneriservata"):
        for where, text in _query(table, f"SELECT session_data FROM {table}"):  # noqa: S608
            packed = text.rsplit(":", 2)[0]
            data = signing.b64_decode(packed.lstrip(".").encode())
            yield where, (zlib.decompress(data) if packed.startswith(".") else data).decode()


def outbox() -> Iterator[tuple[str, str]]:
    for message in mail.outbox:
        yield "posta", message.message().as_string() + message.subject + message.body


def cached() -> Iterator[tuple[str, str]]:
    for key in list(getattr(cache, "_cache", {})):
        yield f"memoria {key}", f"{key} {cache._cache[key]!r}"


def files(folder: str = "") -> Iterator[tuple[str, str]]:
    """Names and bytes of what is stored where the sites serve it from."""
    try:
        folders, names = default_storage.listdir(folder or ".")
    except FileNotFoundError:
        return
    for name in names:
        path = f"{folder}/{name}".lstrip("/")
        with default_storage.open(path) as stored:
            yield path, f"{path} {stored.read().decode('latin-1')}"
    for each in folders:
        yield from files(f"{folder}/{each}".lstrip("/"))


def private_files() -> Iterator[tuple[str, str]]:
    """Names and bytes of the files of cases as they lie on the disk, with what the archives among them hold."""
    for place in Path(settings.RISERVATI).rglob("*"):
        name = str(place.relative_to(settings.RISERVATI))
        yield name, " ".join([name, *(unpacked(place.read_bytes()) if place.is_file() else ())])


def unpacked(content: bytes) -> list[str]:
    """A file as text, and each part of it when it is an archive, as text documents are."""
    found = [content.decode("latin-1")]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                found += [entry.filename, entry.comment.decode("latin-1"), archive.read(entry).decode("latin-1")]
    return found


def remembered(client: Client) -> Iterator[tuple[str, str]]:
    """The finished public pages that the process behind `client` keeps (decision 0008): key, headers and body."""
    layer = client.handler._middleware_chain
    while layer is not None:
        layer = getattr(layer, "__wrapped__", layer)
        if isinstance(layer, PagineAnonime):
            for key, (_expires, page) in layer.memoria._pages.items():
                yield f"pagina {key}", f"{key} {page.headers} {page.content.decode()}"
        # A middleware written as a function keeps the next one in its closure.
        held = inspect.getclosurevars(layer).nonlocals if inspect.isfunction(layer) else vars(layer)
        layer = held.get("get_response")


PLACES = {"tabelle": tables, "registro": register, "colonne cifrate": sealed, "sessioni": sessions, "posta": outbox,
          "memoria": cached, "file": files, "file dei casi": private_files}  # fmt: skip


class Orecchio:
    """All that is logged while it listens: every logger at every level, the database's statements with their values."""

    def __init__(self) -> None:
        self.paper = io.StringIO()
        self.handler = logging.StreamHandler(self.paper)
        # Pillow tells at DEBUG what is written in a photograph: the settings keep it from doing so.
        self.handler.addFilter(lambda record: not record.name.startswith("PIL."))

    @property
    def text(self) -> str:
        return self.paper.getvalue()

    def listen(self, monkeypatch: pytest.MonkeyPatch) -> Iterator["Orecchio"]:
        logging.root.addHandler(self.handler)
        for logger in (logging.root, *map(logging.getLogger, logging.root.manager.loggerDict)):
            monkeypatch.setattr(logger, "level", logging.DEBUG)
            monkeypatch.setattr(logger, "propagate", True)
            monkeypatch.setattr(logger, "disabled", False)
            logger._cache.clear()
        connection.force_debug_cursor = True
        yield self
        connection.force_debug_cursor = False
        logging.root.removeHandler(self.handler)


def heard(text: str, tokens: set[str] | None = None) -> bool:
    """Whether a canary sings in `text`, in whatever case; with `tokens`, one of those."""
    low = text.lower()
    return any(token in low for token in tokens) if tokens is not None else SPECIE in low


def leaks(*places: str) -> list[str]:
    """Where canaries are heard, place by place."""
    return [f"{name}: {where}" for name in places or PLACES for where, text in PLACES[name]() if heard(text)]


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'm', 'p') AND relnamespace = 'public'::regnamespace"
        )
        return sorted(name for (name,) in cursor.fetchall())


def _rows(table: str) -> Iterator[tuple[str, str]]:
    """Rows in which the species is heard: as it is, or as the hexadecimal digits of a binary column."""
    quoted = connection.ops.quote_name(table)
    found = f"SELECT t::text FROM {quoted} t WHERE t::text ILIKE %s OR t::text LIKE %s"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(found, [f"%{SPECIE}%", f"%{SPECIE.encode().hex()}%"])
        for (text,) in cursor.fetchall():
            yield table, f"{SPECIE}: {text}"


def _query(where: str, statement: str) -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        for (text,) in cursor.fetchall():
            yield where, text or ""
