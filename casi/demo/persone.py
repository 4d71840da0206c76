"""Households of the stories: who lives together, where, who is close to them."""

from datetime import date
from typing import Any

from casi.codice_fiscale import check_letter
from casi.models import Componente, LegameSociale, Nucleo, Persona, Residenza
from casi.parole import normalized

from .lettura import key, number
from .rete import Rete
from .righe import Righe
from .tempo import giorno, momento, nascita

MESI = "ABCDEHLMPRST"
# Codes of places that no register has: whoever knows tax codes sees at once that these belong to nobody.
NATO_IN_ITALIA, NATO_ALTROVE = "X000", "Z999"


def nucleo(storia: dict[str, Any], rete: Rete, righe: Righe) -> Nucleo:
    """The household of `storia`, with everything that is known of its people."""
    name = storia["chiave"]
    aperto = storia["passi"][0]
    row = righe.add(Nucleo(pk=key("nucleo", name), creato_il=momento(aperto, "nucleo", name)))
    people = [_persona(each, place, storia, righe) for place, each in enumerate(storia["persone"])]
    for persona, each in zip(people, storia["persone"], strict=True):
        fino = each.get("fino")
        righe.add(
            Componente(
                nucleo=row,
                persona=persona,
                ruolo=each["ruolo"],
                dal=giorno(min(aperto, each.get("da", aperto))),
                al=giorno(fino) if fino else None,
            )
        )
    _homes(people, storia, rete, righe)
    for place, (chi, rapporto, nota) in enumerate(storia.get("legami", ())):
        contatto = _phone("legame", name, place) if number("legame", name, place) % 2 else ""
        pk = key("legame", name, place)
        righe.add(LegameSociale(pk=pk, nucleo=row, chi=chi, rapporto=rapporto, contatto=contatto, nota=nota))
    return row


def _persona(each: dict[str, Any], place: int, storia: dict[str, Any], righe: Righe) -> Persona:
    name = (storia["chiave"], place)
    italiana = each.get("cittadinanza", "italiana") == "italiana"
    born = nascita(each["anni"], *name) if "anni" in each else None
    if born and each.get("presunta"):
        born = born.replace(month=1, day=1)
    texts = ("cognome", "nome", "documenti", "lingua", "email")
    persona = Persona(
        pk=key("persona", *name),
        data_nascita=born,  # type: ignore[misc]  # the stubs take it for a text, as which it is kept
        nascita_presunta=each.get("presunta", False),
        luogo_nascita=each.get("luogo", "Borgo Arvella" if italiana else ""),
        cittadinanza=each.get("cittadinanza", "italiana"),
        senza_dimora=each.get("senza_dimora", False),
        interprete=each.get("interprete", False),
        contatto_sicuro=each.get("sicuro", ""),
        telefono=_phone(*name) if each.get("tel", place == 0) else "",
        **{field: each.get(field, "") for field in texts},
    )
    if each.get("cf", True) and born and persona.nome and persona.cognome:
        foreign = not italiana and persona.luogo_nascita != "Borgo Arvella"
        persona.codice_fiscale = tax_code(persona, born, each["sesso"], NATO_ALTROVE if foreign else NATO_IN_ITALIA)
    return righe.add(persona)


def _homes(people: list[Persona], storia: dict[str, Any], rete: Rete, righe: Righe) -> None:
    """All of them live where the household lives."""
    comune = rete.comuni[storia.get("comune", "999001")]
    for persona, each in zip(people, storia["persone"], strict=True):
        if each.get("fino"):
            continue
        for place, (tipo, indirizzo, dal, al) in enumerate(storia.get("case", ())):
            pk = key("casa", persona.pk, place)
            days = {"dal": giorno(dal), "al": giorno(al) if al else None}
            where = comune if indirizzo else None  # a shelter is in no place that one can write down
            righe.add(Residenza(pk=pk, persona=persona, tipo=tipo, comune=where, indirizzo=indirizzo, **days))


def _phone(*parts: object) -> str:
    """No number in Italy begins with four zeros."""
    return f"0000 {number('telefono', *parts) % 900_000 + 100_000}"


def tax_code(persona: Persona, born: date, sesso: str, luogo: str) -> str:
    """Right in every sign, for somebody born in a place that does not exist."""
    day = born.day + (40 if sesso == "F" else 0)
    signs = f"{_three(persona.cognome, 3)}{_three(persona.nome, 4)}{born:%y}{MESI[born.month - 1]}{day:02}{luogo}"
    return signs + check_letter(signs)


def _three(name: str, skip_from: int) -> str:
    """Consonants first; of four or more in a first name the second is left out."""
    letters = [letter for letter in normalized(name).upper() if "A" <= letter <= "Z"]
    consonants = [letter for letter in letters if letter not in "AEIOU"]
    if skip_from == 4 and len(consonants) >= 4:
        del consonants[1]
    vowels = [letter for letter in letters if letter in "AEIOU"]
    return "".join([*consonants, *vowels, *"XXX"][:3])
