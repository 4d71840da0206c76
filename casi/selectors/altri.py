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

SHORTEST = 3  # letters of a name: a shorter one would be found in the middle of the talk
NOMI, CONTATTI = ("cognome", "nome"), ("telefono", "email", "codice_fiscale")
NUMERO = re.compile(r"(?<!\w)\+?\d[\d\s./-]*\d(?!\w)")
CIFRE = 6  # of a telephone number, at least
Copri = Callable[[str], str]


def cover(caso: Caso, persona: Persona) -> Copri:
    """What takes out of a text who is not `persona`: household of now and then, who is close to it, who told of it."""
    hers = [word for field in NOMI for word in _names(getattr(persona, field))]
    hers += [getattr(persona, field) for field in CONTATTI]
    kept = {_pattern(each).casefold() for each in hers}
    found = {each for each in map(_pattern, _others(caso, persona)) if each.casefold() not in kept}
    if not found:
        return str
    several = "|".join(sorted(found, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{several})(?!\w)")
    return lambda text: pattern.sub(gettext(COPERTO), text)


def _others(caso: Caso, persona: Persona) -> Iterator[str]:
    """Words of the names of others, and their contacts whole."""
    members = Componente.objects.filter(nucleo=caso.nucleo_id).exclude(persona=persona).select_related("persona")
    heard = [each for each in PrimoAscolto.objects.filter(caso=caso) if not is_called(persona, each.nome)]
    told: tuple[tuple[Iterable[Model], tuple[str, ...], tuple[str, ...]], ...] = (
        ([each.persona for each in members], NOMI, CONTATTI),
        (LegameSociale.objects.filter(nucleo=caso.nucleo_id), ("chi",), ("contatto",)),
        (Segnalazione.objects.filter(caso=caso), ("segnalante",), ("segnalante_contatto",)),
        (Richiesta.objects.filter(caso=caso, per_conto=True), ("nome",), ("contatto",)),
        (heard, ("nome",), ("contatto",)),
    )
    for rows, names, contacts in told:
        for row in rows:
            for word in (word for field in names for word in _names(getattr(row, field))):
                yield from (word, word.upper())
            for contact in filter(None, (getattr(row, field) for field in contacts)):
                yield contact
                yield from (each for each in NUMERO.findall(contact) if _is_number(each))


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
    """Word by word: of «la zia Carmela» only Carmela is one."""
    return [word for word in re.findall(r"[^\W\d_]+", name) if len(word) >= SHORTEST and not word[0].islower()]
