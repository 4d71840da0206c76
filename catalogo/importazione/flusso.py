"""The whole import: every row in its own savepoint, the outcome of each as it comes."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from catalogo.importazione.lettura import Riga, read_rows
from catalogo.importazione.resoconto import Esito, Resoconto, Risultato
from catalogo.importazione.riga import RigaErrata, Scheda, interpret
from catalogo.importazione.scrittura import Scrittura


def import_file(
    path: Path,
    *,
    pubblica: bool = False,
    dry_run: bool = False,
    progress: Callable[[Risultato, int], None] = lambda _result, _total: None,
) -> Resoconto:
    """Import `path`; raises FileIllegibile when nothing of it can be read. `progress` gets each result and the total.

    A row that fails loses nothing but itself. A dry run writes all of it and takes it back, so that its report is
    the one the true run would give.
    """
    rows = read_rows(path)
    resoconto = Resoconto()
    seen: dict[str, int] = {}
    writer = Scrittura(file=path.name, pubblica=pubblica)
    with transaction.atomic() if dry_run else nullcontext():
        for row in rows:
            result = _row(row, writer, seen)
            resoconto.risultati.append(result)
            progress(result, len(rows))
        if dry_run:
            transaction.set_rollback(True)
    return resoconto


def _row(row: Riga, writer: Scrittura, seen: dict[str, int]) -> Risultato:
    name = _id_as_found(row.dati)
    try:
        scheda = _judge(row, seen)
        with transaction.atomic():
            written = writer.write(scheda)
    except (RigaErrata, ValidationError, DatabaseError) as error:
        return Risultato(row.linea, name, Esito.ERRORE, _reason(error))
    return Risultato(row.linea, scheda.id, written.esito, avvisi=written.avvisi)


def _judge(row: Riga, seen: dict[str, int]) -> Scheda:
    if row.errore:
        raise RigaErrata(row.errore)
    scheda = interpret(row.dati)
    if scheda.id in seen:
        raise RigaErrata(f"«id» già usato alla riga {seen[scheda.id]}.")
    seen[scheda.id] = row.linea
    return scheda


def _id_as_found(dati: object) -> str:
    value = dati.get("id") if isinstance(dati, dict) else None
    return value[:60] if isinstance(value, str) else ""


def _reason(error: Exception) -> str:
    """In words for the person who prepared the file."""
    if isinstance(error, ValidationError):
        fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        return "; ".join(f"{name}: {' '.join(texts)}".strip(": ") for name, texts in fields.items())
    if isinstance(error, DatabaseError):
        return f"La banca dati rifiuta la riga: {str(error).splitlines()[0]}"
    return str(error)
