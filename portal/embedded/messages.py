"""Compiles the translations (.po → .mo) without gettext's programs, which a new machine may lack."""

from pathlib import Path

import polib

from portal.embedded import places


def compile_all(folder: Path = places.ROOT / "locale") -> int:
    """Write a .mo beside every .po under `folder` and return how many."""
    files = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    for file in files:
        polib.pofile(str(file)).save_as_mofile(str(file.with_suffix(".mo")))
    return len(files)


if __name__ == "__main__":
    compile_all()
