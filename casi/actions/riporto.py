"""What a merged record says of how to reach her safely: written in the one that stays, taken off it when they part."""

import re
from typing import Any

from casi.models import Persona

RIPORTATI = "riportati"  # under which a merge keeps the names that `carry` answers
CONTATTO = "contatto_sicuro"
# Carried where the one that stays says nothing, which is as here; who needs an interpreter needs her language known.
NIENTE: dict[str, Any] = {"interprete": False, "lingua": ""}


def carry(fusa: Persona, tenuta: Persona) -> list[str]:
    """Add to `tenuta`, and save, what it does not say yet; the names of the fields it was added to, for `take_off`."""
    carried = [name for name in NIENTE if getattr(fusa, name) and not getattr(tenuta, name)]
    for name in carried:
        setattr(tenuta, name, getattr(fusa, name))
    if fusa.contatto_sicuro and not _found(fusa.contatto_sicuro, tenuta.contatto_sicuro):
        tenuta.contatto_sicuro = "\n".join(filter(None, (tenuta.contatto_sicuro, fusa.contatto_sicuro)))
        carried.append(CONTATTO)
    _save(tenuta, carried)
    return carried


def take_off(fusa: Persona, tenuta: Persona, carried: list[str]) -> None:
    """What `carry` added, and nothing else: what somebody has written over it since stays."""
    for name, nothing in NIENTE.items():
        if name in carried and getattr(tenuta, name) == getattr(fusa, name):
            setattr(tenuta, name, nothing)
    if CONTATTO in carried and (place := _found(fusa.contatto_sicuro, tenuta.contatto_sicuro)):
        before, after = tenuta.contatto_sicuro[: place.start()], tenuta.contatto_sicuro[place.end() :]
        tenuta.contatto_sicuro = before + after if before else after.lstrip("\r\n")
    _save(tenuta, carried)


def _found(text: str, whole: str) -> re.Match[str] | None:
    """The lines of `text` among those of `whole`, with the end of the line before: a form may have changed how lines
    end."""
    lines = r"\r?\n".join(re.escape(line.rstrip("\r")) for line in text.split("\n"))
    return re.search(rf"(?:\A|\r?\n){lines}(?=\r?\n|\Z)", whole)


def _save(persona: Persona, names: list[str]) -> None:
    """On a new version: a form that was opened before may not write over it unseen."""
    if names:
        persona.versione += 1
        persona.save(update_fields=[*names, "versione"])
