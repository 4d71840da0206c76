"""Keeping the encryption keys: trying them, counting what each one seals, adding one, sealing anew with it,
retiring one."""

import json
import os
import secrets
import tempfile
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection, models, transaction

from casi import crypto
from casi.crypto import CryptoError
from casi.models import ControlloChiave
from casi.models.campi import Sigillato, TestoCifrato

PROVA = "questa chiave apre"
BATCH = 200


class UnfitKeysError(CryptoError):
    """The key file is not the one this database was written with. The message says what to do."""


def try_keys() -> None:
    """Open the trial of every key in use. Raises UnfitKeysError or KeyFileError; nothing to try in a new database."""
    tried = try_trials()
    if tried and (active := crypto.portachiavi().attiva) not in tried:
        raise UnfitKeysError(f"La chiave attiva «{active}» non è registrata: manage.py chiavi nuova {active}.")


def try_trials() -> set[str]:
    """Names of the keys that have a trial, once each has been opened. Raises as `try_keys`."""
    trials = list(ControlloChiave.objects.all())
    ring = crypto.portachiavi()
    if missing := [trial.nome for trial in trials if trial.nome not in ring.chiavi]:
        raise UnfitKeysError(f"Nel file delle chiavi manca la chiave «{missing[0]}», con cui sono scritti dei dati.")
    for trial in trials:
        if not _opens(trial):
            raise UnfitKeysError(f"La chiave «{trial.nome}» del file non è quella con cui sono scritti i dati.")
    return {trial.nome for trial in trials}


def has_trials_table() -> bool:
    """Not so in a database that is still being migrated up to it."""
    return ControlloChiave._meta.db_table in connection.introspection.table_names()


def register_active() -> None:
    """Keep a trial of the active key, so that from now on no process starts without it."""
    trial = ControlloChiave(nome=crypto.portachiavi().attiva, prova=PROVA, indice=_index())
    trial.save(force_insert=True)


def register_first(**kwargs: object) -> None:
    """After a migration: in a database that has no trial yet, the keys of today are the right ones."""
    try:
        if has_trials_table() and not ControlloChiave.objects.exists():
            register_active()
    except crypto.KeyFileError:
        pass  # migrated from a machine without keys: the first process that has them says what to do


def _opens(trial: ControlloChiave) -> bool:
    try:
        return trial.prova == PROVA and trial.indice == _index()
    except CryptoError:
        return False


def _index() -> str:
    return crypto.blind_index(PROVA, scopo="controllo")


def add_key(file: Path, name: str) -> None:
    """A new key called `name`, active from now on. The file changes whole or not at all, for its owner's eyes alone."""
    ring = crypto.read_keys(file)
    if name in ring.chiavi:
        raise UnfitKeysError(f"La chiave «{name}» c'è già.")
    data = json.loads(file.read_text())
    data["chiavi"][name] = b64encode(secrets.token_bytes(crypto.KEY_LENGTH)).decode()
    data["attiva"] = name
    _replace(file, json.dumps(data, indent=1))
    crypto.forget_keys()
    crypto.portachiavi()


def retire_key(file: Path, name: str) -> None:
    """Take `name`, which seals nothing any more, from the database first and then from the file, which changes whole or
    not at all: stopped half way, it is run again.

    What a process that was not restarted since the rotation may still seal with it, nobody can read any more. Raises
    UnfitKeysError.
    """
    ring = crypto.read_keys(file)
    if name not in ring.chiavi:
        raise UnfitKeysError(f"La chiave «{name}» nel file non c'è.")
    if name == ring.attiva:
        raise UnfitKeysError(f"La chiave «{name}» è quella attiva: prima chiavi nuova, poi ricifra.")
    if sealed := values_per_key()[name]:
        raise UnfitKeysError(f"La chiave «{name}» chiude ancora {sealed} valori: prima ricifra.")
    ControlloChiave.objects.filter(nome=name).delete()
    data = json.loads(file.read_text())
    del data["chiavi"][name]
    _replace(file, json.dumps(data, indent=1))
    crypto.forget_keys()


def _replace(file: Path, text: str) -> None:
    descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")  # made 0600
    try:
        with os.fdopen(descriptor, "w") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(beside, file)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def sealed_models() -> Iterator[tuple[type[models.Model], list[TestoCifrato]]]:
    """Each model with its encrypted columns; not the trials, each of which tries its own key."""
    for model in apps.get_app_config("casi").get_models():
        if model is ControlloChiave:
            continue
        if fields := [field for field in model._meta.local_fields if isinstance(field, TestoCifrato)]:
            yield model, fields


def values_per_key() -> Counter[str]:
    """How many values each key seals. What is no sealed value counts under «?»."""
    total: Counter[str] = Counter()
    for model, fields in sealed_models():
        table = connection.ops.quote_name(model._meta.db_table)
        for field in fields:
            column = connection.ops.quote_name(str(field.column))
            with connection.cursor() as cursor:
                name = _name_in(column)
                cursor.execute(f"SELECT {name}, count(*) FROM {table} WHERE {column} IS NOT NULL GROUP BY 1")  # noqa: S608
                for key, count in cursor.fetchall():
                    total[bytes(key).decode("ascii", errors="replace") or "?"] += count
    return total


def sealed_otherwise(model: type[models.Model], fields: list[TestoCifrato], active: str) -> models.QuerySet:
    """Rows with a value that another key than `active` seals."""
    old = " OR ".join(f"({_name_in(connection.ops.quote_name(str(f.column)))} <> %s)" for f in fields)
    # Names of our own columns; the value is a parameter.
    return model._base_manager.extra(  # noqa: S610
        where=[f"({old})"], params=[active.encode()] * len(fields)
    ).order_by("pk")


def _name_in(column: str) -> str:
    """SQL for the name of the key in a sealed value (its form: casi.crypto.encrypt); empty for what is none."""
    sealed = f"length({column}) > 14 AND get_byte({column}, 0) = {crypto.FORMAT}"
    return f"CASE WHEN {sealed} THEN substring({column} FROM 3 FOR get_byte({column}, 1)) ELSE ''::bytea END"


def reseal(model: type[models.Model], fields: list[TestoCifrato]) -> Iterator[tuple[int, list[str]]]:
    """Seal anew, batch by batch, what another key seals: how many values, and the keys of rows that do not open.

    Each batch is a transaction with its rows locked: whoever edits one waits, and a kill leaves whole batches only.
    """
    active, after = crypto.portachiavi().attiva, None
    while True:
        with transaction.atomic():
            rows = sealed_otherwise(model, fields, active).select_for_update()
            batch = list((rows.filter(pk__gt=after) if after else rows)[:BATCH])
            done, closed = 0, []
            for row in batch:
                try:
                    done += _reseal_row(row, fields, active)
                except CryptoError:
                    closed.append(str(row.pk))
        if not batch:
            return
        after = batch[-1].pk
        yield done, closed


def _reseal_row(row: models.Model, fields: list[TestoCifrato], active: str) -> int:
    anew = {}
    for field in fields:
        token = row.__dict__[field.attname]
        if isinstance(token, Sigillato) and crypto.key_name(token) != active:
            contesto = field.contesto(row)
            anew[field.name] = Sigillato(crypto.encrypt(crypto.decrypt(token, contesto=contesto), contesto=contesto))
    type(row)._base_manager.filter(pk=row.pk).update(**anew)
    return len(anew)
