"""When two names written differently are the same."""

import re
import unicodedata


def normalise(name: str) -> str:
    """Lower case, without accents, punctuation or double spaces: "L'Oblò  ODV" and "l oblo odv" are one."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return " ".join(re.findall(r"[^\W_]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
