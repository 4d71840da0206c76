"""Words for names and numbers: how names are compared, how a number that could pick somebody out is told."""

import re
import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# What a clerk may have written for the same sound. Order matters: digraphs first. «ch» before a, o, u is not Italian.
SOUNDS = (
    (r"sch", "sk"), (r"ch(?=[aou])", "s"), (r"ch|q|c(?![eiy])", "k"), (r"gh", "g"), (r"ph", "f"), (r"x", "s"),
    (r"th", "t"), (r"dj|(?<=.)g(?=[eiy])", "i"), (r"sh|sci?", "s"), (r"w", "v"), (r"[jy]", "i"), (r"z", "s"),
    (r"h", ""), (r"ou|oo", "u"), (r"ee|ie", "i"),
)  # fmt: skip
FINALE = 4  # letters of a word whose last vowel tells Paolo from Paola
LONGEST = 200  # letters of a name


def normalized(text: str) -> str:
    """Small letters and digits of `text`, without accents, apostrophes and spaces: D'Élia and DELIA are one name."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if letter.isalnum())


def sounded(text: str) -> str:
    """A rough key of how a name, one word of it, sounds to an Italian ear: Chiara and Kiara meet, Mohamed and Muhammad
    too. Of the vowels, which change most from a clerk to the next, only the last is told from the others."""
    key = normalized(text)
    for pattern, sound in SOUNDS:
        key = re.sub(pattern, sound, key)
    vowels = r"[eiou](?!$)" if len(key) >= FINALE else r"[eiou]"
    return _once(re.sub(vowels, "a", key))


def whole(name: str, as_heard: Callable[[str], str] = normalized) -> str:
    """A key of a whole name, the same whichever of its words is told first: Anna De Ruvo, Deruvo Anna, DE RUVO ANNA.

    As if its words were written around a circle, read from the letter that makes it come first of all.
    """
    ring = "".join(map(as_heard, name.split()))
    if as_heard is not normalized:
        ring = _once(ring)
        ring = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
    return min((ring[n:] + ring[:n] for n in range(min(len(ring), LONGEST))), default="")


def _once(text: str) -> str:
    """Without what is written twice in a row."""
    return re.sub(r"(.)\1+", r"\1", text)


def fascia(persone: int) -> str:
    """How many live in a household, as a summary tells it: a band, not a number that picks one out."""
    if persone < 1:
        return ""
    bands = ((1, _("1 persona")), (2, _("2 persone")), (4, _("3 o 4 persone")))
    return next((band for most, band in bands if persone <= most), _("5 o più persone"))


def in_numeri(persone: int, minorenni: int) -> str:
    """The same for who may see the persons one by one."""
    people = ngettext("%(n)d persona", "%(n)d persone", persone) % {"n": persone}
    young = ngettext("%(n)d minorenne", "%(n)d minorenni", minorenni) % {"n": minorenni}
    return f"{people}, {young}" if minorenni else people if persone else ""


SOGLIA_PICCOLI = 5  # domain.md §5.6: fewer households than these could be recognised; nought is as telling


def pochi(quanti: int) -> str:
    """A count of cases for who may read none of them."""
    return str(quanti) if quanti >= SOGLIA_PICCOLI else _("meno di %(soglia)s") % {"soglia": SOGLIA_PICCOLI}
