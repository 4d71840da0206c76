"""Names and contacts of others, to be covered in what is handed to one person: nobody can read every text twice.

What the network knows of them is covered wherever it is written; who is told of without a name is left to whoever
prepares the copy.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext

from casi.models import (
    Caso,
    Componente,
    ComponenteTolto,
    LegameSociale,
    Persona,
    PrimoAscolto,
    Residenza,
    Richiesta,
    Segnalazione,
    Storico,
)
from casi.parole import normalized
from casi.parole_estratto import COPERTO
from casi.selectors.storico import Prima, prime

SHORTEST, SURE = 2, 4  # letters of a name; of one that is a name also without its capital letter
# Pieces of a surname that are words of every talk: left alone where there is more of the name.
PARTICELLE = frozenset(
    ("al", "ben", "da", "dal", "de", "degli", "dei", "del", "della", "delle", "dello", "di", "el", "la", "le", "li",
     "lo", "san", "van", "von")
)  # fmt: skip
NOMI, CONTATTI = ("cognome", "nome"), ("telefono", "email", "codice_fiscale")
NUMERO = re.compile(r"(?<!\w)\+?\d[\d\s./-]*\d(?!\w)")
WORD = re.compile(r"[^\W\d_]+")
APOSTROFI = "'’`´"
ACCENTO = f"[{APOSTROFI}]?"  # typed after the letter
JOINED = re.compile(rf"[^\W\d_]+(?:[{APOSTROFI}][^\W\d_]+)+")
BARRATE = str.maketrans("łŁđĐøØı", "lLdDoOi")  # letters that do not come apart
PARTED = r"[\W_]*"
CIFRE = 6  # of a telephone number, at least
Copri = Callable[[str], str]
Sua = Callable[[str], bool]
Riga = Model | Prima  # what is on record, or was until it was corrected


def cover(caso: Caso, persona: Persona) -> Copri:
    """What takes out of a text who is not `persona`: household of now and then, who is close to it, who told of it.

    With what was corrected of them, and who was taken out by mistake: an older text calls them so. However it is
    written: accents or none, small letters, a number parted otherwise. The rest of the text stays as is.
    """
    hers = _with_merged([persona])
    names = [name for each in hers for name in _said(each, NOMI)]
    own = [pattern for name in names for pattern in (*_names(name), *WORD.findall(_plain(name)[0]))]
    own += [_pattern(contact) for each in hers for contact in _said(each, CONTATTI)]
    kept = {_key(each) for each in (*own, *_homes(_lived(hers)))}
    found = {each for each in _others(caso, persona) if _key(each) not in kept}
    if not found:
        return str
    several = "|".join(sorted(found, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{several})(?!\w)")
    return lambda text: _covered(text, pattern)


def called(caso: Caso, persona: Persona) -> Sua:
    """Whether a name, as somebody wrote it, is hers: all of it, with a first name, and no other member's as well.

    Of «Mirella Fontanili», who is the mother, nothing is Giada Mirella's; what is doubtful is another's. Who was taken
    out and is called just as she is was her double.
    """
    hers = _with_merged([persona])
    full = [_words(each.nome, each.cognome) for each in hers]
    apart = _with_merged(_members(_apart(caso), persona))
    others = _with_merged(_members([caso.nucleo_id], persona))
    others += [each for each in apart if _words(each.nome, each.cognome) not in full]

    def is_hers(name: str) -> bool:
        said = _words(name)
        mine = [each for each in hers if said <= _words(each.nome, each.cognome) and said & _words(each.nome)]
        whole = any(_words(each.nome) <= said for each in mine)
        return bool(mine) and not any(_answers(each, said, better=not whole) for each in others)

    return is_hers


def _answers(other: Persona, said: Counter[str], *, better: bool) -> bool:
    """`better`: a whole first name in what is said is closer than the half of another's."""
    first = _words(other.nome)
    return said <= _words(other.nome, other.cognome) or (better and bool(first) and first <= said)


def _words(*names: str) -> Counter[str]:
    return Counter(filter(None, (normalized(word) for name in names for word in name.split())))


def _apart(caso: Caso) -> list[UUID]:
    """The households where those wait who were taken out of this one, and its ties."""
    return list(ComponenteTolto.objects.filter(nucleo=caso.nucleo_id).values_list("appartato", flat=True))


def _members(nuclei: Iterable[UUID | None], persona: Persona) -> list[Persona]:
    """The others who are of these households, or were."""
    found = Componente.objects.filter(nucleo__in=nuclei).exclude(persona=persona).select_related("persona")
    return [each.persona for each in found]


def _with_merged(people: list[Persona]) -> list[Persona]:
    """With the records that were merged into theirs, and into those."""
    found, last = list(people), people
    while last:
        last = list(Persona.objects.filter(fusa_in__in=[each.pk for each in last]).order_by("pk"))
        found += last
    return found


def _others(caso: Caso, persona: Persona) -> Iterator[str]:
    """Patterns of the words of others' names, of their contacts whole, and of their homes."""
    is_hers, nuclei = called(caso, persona), [caso.nucleo_id, *_apart(caso)]
    members, ties = _with_merged(_members(nuclei, persona)), list(LegameSociale.objects.filter(nucleo__in=nuclei))
    asked = [each for each in Richiesta.objects.filter(caso=caso) if each.per_conto or not is_hers(each.nome)]
    heard = [each for each in PrimoAscolto.objects.filter(caso=caso) if not is_hers(each.nome)]
    of_them = Q(persona__in=members) | Q(residenza__persona__in=members) | Q(legame__in=ties) | Q(ascolto__in=heard)
    before = prime(Storico.objects.filter(of_them))
    told: tuple[tuple[Iterable[Riga], tuple[str, ...], tuple[str, ...], Callable[[str], Iterable[str]]], ...] = (
        (members, NOMI, CONTATTI, _names),
        (before, NOMI, CONTATTI, _names),
        ([*ties, *before], ("chi",), ("contatto",), _named),
        (Segnalazione.objects.filter(caso=caso), ("segnalante",), ("segnalante_contatto",), _names),
        (asked, ("nome",), ("contatto",), _names),
        (heard, ("nome",), ("contatto",), _names),
    )
    for rows, names, contacts, words in told:
        for row in rows:
            yield from (pattern for name in _said(row, names) for pattern in words(name))
            for contact in _said(row, contacts):
                yield _pattern(contact)
                yield from (_pattern(each) for each in NUMERO.findall(contact) if _is_number(each))
    yield from _homes([*_lived(members), *before])


def _said(row: Riga, fields: tuple[str, ...]) -> list[str]:
    now = (row.valori.get(field, "") if isinstance(row, Prima) else getattr(row, field) for field in fields)
    return [said for said in now if said]


def _plain(text: str) -> tuple[str, list[int]]:
    """The letters of `text` without their accents, and the place of each in it."""
    pairs = [
        (piece, at)
        for at, letter in enumerate(text)
        for piece in unicodedata.normalize("NFKD", letter).translate(BARRATE)
        if not unicodedata.combining(piece)
    ]
    return "".join(piece for piece, _at in pairs), [at for _piece, at in pairs]


def _covered(text: str, pattern: re.Pattern[str]) -> str:
    plain, places = _plain(text)
    ends = [*places, len(text)]  # of a letter, where the next one begins: with its accents
    kept, last = [], 0
    for found in pattern.finditer(plain):
        kept += [text[last : places[found.start()]], gettext(COPERTO)]
        last = ends[found.end()]
    return "".join(kept) + text[last:]


def _key(pattern: str) -> str:
    """The same for a name with its accent and without."""
    return pattern.removesuffix(ACCENTO).casefold()


def _is_number(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= CIFRE and not re.search(r"[^\d\s+./-]", text)


def _pattern(text: str) -> str:
    """The text as it is; a telephone number however its digits are parted, with or without the code of Italy."""
    if not _is_number(text):
        return f"(?i:{re.escape(_plain(text)[0])})"
    digits = re.sub(r"\D", "", re.sub(r"^\s*(\+|00)39", "", text))
    parted = r"[\s./-]*"
    return rf"(?:(?:\+|00)39{parted})?{parted.join(digits)}"


def _lived(people: list[Persona]) -> Iterable[Residenza]:
    return Residenza.objects.filter(persona__in=[each.pk for each in people])


def _homes(rows: Iterable[Riga]) -> Iterator[str]:
    """Patterns of where people have lived, and of the street alone; a single word is no address."""
    for address in (said for row in rows for said in _said(row, ("indirizzo",))):
        words = re.findall(r"\w+", _plain(address)[0])
        street = words[: next((at for at, word in enumerate(words) if word.isdigit()), len(words))]
        for part in (words, street):
            if len(part) > 1:
                yield f"(?i:{PARTED.join(part)})"


def _names(name: str) -> list[str]:
    """Of a field that holds a name and nothing else: every word, a short one only where it has its capital letter."""
    words = [found for found in WORD.finditer(unicodedata.normalize("NFC", name)) if len(found[0]) >= SHORTEST]
    whole = [found for found in words if found[0].casefold() not in PARTICELLE] or words
    return [_name(found) for found in whole] + [_joined(each) for each in JOINED.findall(name)]


def _name(found: re.Match[str]) -> str:
    """A name with an accent at its end may have been typed with an apostrophe there, or with neither."""
    word, after = re.escape(_plain(found[0])[0]), found.string[found.end() : found.end() + 1]
    accented = word[-1:] != found[0][-1:] or (after and after in APOSTROFI)
    pattern = f"(?i:{word})" if len(word) >= SURE else f"(?:{word.capitalize()}|{word.upper()})"
    return pattern + (ACCENTO if accented else "")


def _joined(name: str) -> str:
    """D'Amico, also without the apostrophe."""
    return f"(?i:{ACCENTO.join(WORD.findall(_plain(name)[0]))})"


def _named(text: str) -> Iterator[str]:
    """Of a field where somebody is told of freely: of «la zia Carmela» only Carmela is a name."""
    for word in WORD.findall(unicodedata.normalize("NFC", text)):
        if len(word) > SHORTEST and not word[0].islower():
            plain = re.escape(_plain(word)[0])
            yield from (plain, plain.upper())
