"""Names and contacts of others, to be covered in what is handed to one person: nobody can read every text twice.

What the network knows of them is covered wherever it is written; who is told of without a name is left to whoever
prepares the copy.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Model
from django.utils.translation import gettext

from casi.models import Caso, Componente, LegameSociale, Persona, Richiesta, Segnalazione
from casi.parole_estratto import COPERTO

SHORTEST = 3  # letters of a name: a shorter one would be found in the middle of the talk
NOMI, CONTATTI = ("cognome", "nome"), ("telefono", "email", "codice_fiscale")
Copri = Callable[[str], str]


def cover(caso: Caso, persona: Persona) -> Copri:
    """What takes out of a text who is not `persona`: household of now and then, who is close to it, who told of it."""
    hers = {word.casefold() for field in NOMI for word in _names(getattr(persona, field))}
    found = {each for each in _others(caso, persona) if each.casefold() not in hers}
    if not found:
        return str
    several = "|".join(re.escape(each) for each in sorted(found, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{several})(?!\w)")
    return lambda text: pattern.sub(gettext(COPERTO), text)


def _others(caso: Caso, persona: Persona) -> Iterator[str]:
    """Words of the names of others, and their contacts whole."""
    members = Componente.objects.filter(nucleo=caso.nucleo_id).exclude(persona=persona).select_related("persona")
    told: tuple[tuple[Iterable[Model], tuple[str, ...], tuple[str, ...]], ...] = (
        ([each.persona for each in members], NOMI, CONTATTI),
        (LegameSociale.objects.filter(nucleo=caso.nucleo_id), ("chi",), ("contatto",)),
        (Segnalazione.objects.filter(caso=caso), ("segnalante",), ("segnalante_contatto",)),
        (Richiesta.objects.filter(caso=caso, per_conto=True), ("nome",), ("contatto",)),
    )
    for rows, names, contacts in told:
        for row in rows:
            for word in (word for field in names for word in _names(getattr(row, field))):
                yield from (word, word.upper())
            yield from filter(None, (getattr(row, field) for field in contacts))


def _names(name: str) -> list[str]:
    """Word by word: of «la zia Carmela» only Carmela is one."""
    return [word for word in re.findall(r"[^\W\d_]+", name) if len(word) >= SHORTEST and not word[0].islower()]
