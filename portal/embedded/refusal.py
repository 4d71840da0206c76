"""Troubles told as one plain sentence instead of a traceback."""

import errno
import re
from pathlib import Path

from portal.embedded.places import shown


class Refusal(Exception):  # noqa: N818 (what it is, not what went wrong)
    """One sentence for the person at the keyboard; the program prints it and ends with code 1."""


NO_DISK = "Il disco è pieno: libera almeno 2 GB e ripeti il comando."
NO_NETWORK = "I registri dei pacchetti non rispondono: controlla la connessione a Internet e ripeti il comando."
NO_TRUST = (
    "La rete mostra un certificato che questa macchina non riconosce: se il tuo ufficio ne ha uno proprio, "
    "indicalo con SSL_CERT_FILE e NODE_EXTRA_CA_CERTS."
)
NO_HASH = "Un pacchetto scaricato non è quello atteso (impronta diversa): non è stato installato."
NO_VENV = "A questo Python manca il modulo venv: installalo (su Debian: apt install python3-venv) e ripeti il comando."
OLD_DATA = (
    "La banca dati è di una versione di sviluppo che non si aggiorna più. Se è quella di prova, «make clean» la "
    "cancella e «make demo» ne fa una nuova; se è vera, aggiornala prima al commit 0c4fdc3."
)

KNOWN = (
    (r"Conflicting migrations detected", OLD_DATA),
    (r"No space left on device|ENOSPC|Disk quota exceeded", NO_DISK),
    (r"hash(es)? mismatch|do not match the hashes|EINTEGRITY", NO_HASH),
    (r"ensurepip is not (available|found)|No module named '?(ensurepip|venv)", NO_VENV),
    (r"UnknownIssuer|CERTIFICATE_VERIFY_FAILED|SELF_SIGNED_CERT|UNABLE_TO_[A-Z_]*CERT", NO_TRUST),
    (
        r"error sending request|dns error|Failed to fetch|Could not connect|ConnectTimeout|ENOTFOUND|EAI_AGAIN"
        r"|ECONNREFUSED|ETIMEDOUT|ECONNRESET|Temporary failure in name resolution|NewConnectionError"
        r"|Network is unreachable|Connection refused.*index",
        NO_NETWORK,
    ),
)


def from_output(step: str, output: str, log: Path) -> Refusal:
    """The refusal that explains why `step` failed, from what its program printed."""
    return known(output) or Refusal(f"«{step}» non è riuscito: il perché è in fondo a {shown(log)}.")


def from_os_error(error: OSError) -> Refusal:
    """The refusal for a file system that says no; `shutil` sums up many such errors in one that has no number."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return Refusal(NO_DISK)
    what = error.filename or "un file"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Refusal(f"Non ho il permesso di scrivere o aprire {what}: controlla di chi è la cartella.")
    return known(str(error)) or Refusal(f"Il sistema ha risposto «{error.strerror or error}» su {what}.")


def known(output: str) -> Refusal | None:
    """The refusal for a trouble of KNOWN that `output` tells of."""
    for pattern, sentence in KNOWN:
        if re.search(pattern, output, re.IGNORECASE):
            return Refusal(sentence)
    return None
