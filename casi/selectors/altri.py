"""Names and contacts of others, to be covered in what is handed to one person: nobody can read every text twice.

What the network knows of them is covered wherever it is written; who is told of without a name is left to whoever
prepares the copy.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Model
from django.utils.translation import gettext

from casi.models import Caso, Componente, LegameSociale, Persona, PrimoAscolto, Richiesta, Segnalazione
from casi.parole import normalized
from casi.parole_estratto import COPERTO

SHORTEST, SURE = 2, 4  # letters of a name; of one that is a name also without its capital letter
# Pieces of a surname that are words of every talk: left alone where there is more of the name.
PARTICELLE = frozenset(
    ("al", "ben", "da", "dal", "de", "degli", "dei", "del", "della", "delle", "dello", "di", "el", "la", "le", "li",
     "lo", "san", "van", "von")
)  # fmt: skip
NOMI, CONTATTI = ("cognome", "nome"), ("telefono", "email", "codice_fiscale")
NUMERO = re.compile(r"(?<!\w)\+?\d[\d\s./-]*\d(?!\w)")
WORD = re.compile(r"[^\W\d_]+")
CIFRE = 6  # of a telephone number, at least
Copri = Callable[[str], str]


def cover(caso: Caso, persona: Persona) -> Copri:
    """What takes out of a text who is not `persona`: household of now and then, who is close to it, who told of it."""
    called = [getattr(persona, field) for field in NOMI]
    hers = [each for name in called for each in (*_names(name), *WORD.findall(name))]
    hers += [_pattern(getattr(persona, field)) for field in CONTATTI]
    kept = {each.casefold() for each in hers}
    found = {each for each in _others(caso, persona) if each.casefold() not in kept}
    if not found:
        return str
    several = "|".join(sorted(found, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{several})(?!\w)")
    return lambda text: pattern.sub(gettext(COPERTO), text)


def _others(caso: Caso, persona: Persona) -> Iterator[str]:
    """Patterns of the words of others' names, and of their contacts whole."""
    members = Componente.objects.filter(nucleo=caso.nucleo_id).exclude(persona=persona).select_related("persona")
    heard = [each for each in PrimoAscolto.objects.filter(caso=caso) if not is_called(persona, each.nome)]
    told: tuple[tuple[Iterable[Model], tuple[str, ...], tuple[str, ...], Callable[[str], Iterable[str]]], ...] = (
        ([each.persona for each in members], NOMI, CONTATTI, _names),
        (LegameSociale.objects.filter(nucleo=caso.nucleo_id), ("chi",), ("contatto",), _named),
        (Segnalazione.objects.filter(caso=caso), ("segnalante",), ("segnalante_contatto",), _names),
        (Richiesta.objects.filter(caso=caso, per_conto=True), ("nome",), ("contatto",), _names),
        (heard, ("nome",), ("contatto",), _names),
    )
    for rows, names, contacts, words in told:
        for row in rows:
            yield from (pattern for field in names for pattern in words(getattr(row, field)))
            for contact in filter(None, (getattr(row, field) for field in contacts)):
                yield _pattern(contact)
                yield from (_pattern(each) for each in NUMERO.findall(contact) if _is_number(each))


def is_called(persona: Persona, name: str) -> bool:
    """Whether `name`, as somebody wrote it, has a name of hers."""
    hers = {normalized(word) for word in persona.nome.split()}
    return not hers.isdisjoint(map(normalized, name.split()))


def _is_number(text: str) -> bool:
    return sum(map(str.isdigit, text)) >= CIFRE and not re.search(r"[^\d\s+./-]", text)


def _pattern(text: str) -> str:
    """The text as it is; a telephone number however its digits are parted, with or without the code of Italy."""
    if not _is_number(text):
        return re.escape(text)
    digits = re.sub(r"\D", "", re.sub(r"^\s*(\+|00)39", "", text))
    parted = r"[\s./-]*"
    return rf"(?:(?:\+|00)39{parted})?{parted.join(digits)}"


def _names(name: str) -> list[str]:
    """Of a field that holds a name and nothing else: every word, a short one only where it has its capital letter."""
    words = [word for word in WORD.findall(name) if len(word) >= SHORTEST]
    whole = [word for word in words if word.casefold() not in PARTICELLE] or words
    return [f"(?i:{word})" if len(word) >= SURE else f"(?:{word.capitalize()}|{word.upper()})" for word in whole]


def _named(text: str) -> Iterator[str]:
    """Of a field where somebody is told of freely: of «la zia Carmela» only Carmela is a name."""
    for word in WORD.findall(text):
        if len(word) > SHORTEST and not word[0].islower():
            yield from (word, word.upper())
