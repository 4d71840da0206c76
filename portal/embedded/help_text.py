"""`make help`: the targets of the Makefile with the sentence that each must carry."""

import re
from pathlib import Path

from portal.embedded import places
from portal.embedded.console import say
from portal.embedded.refusal import Refusal

TARGET = re.compile(r"^([a-z][a-z0-9-]*):[^#=\n]*(?:## (\S.*))?$", re.MULTILINE)


def targets(text: str) -> dict[str, str]:
    """Target → sentence; raise Refusal when a target has none."""
    found = dict(TARGET.findall(text))
    if mute := [name for name, sentence in found.items() if not sentence]:
        raise Refusal(f"Nel Makefile manca la spiegazione (## …) di: {', '.join(mute)}.")
    return found


def show(makefile: Path = places.ROOT / "Makefile") -> None:
    """Print every target with its sentence."""
    say("Comandi di Tessere:\n")
    for name, sentence in targets(makefile.read_text()).items():
        say(f"  make {name:<13} {sentence}")
