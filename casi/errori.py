"""What can go wrong on purpose in the case area; the door and the forms turn each into an answer."""

from typing import Any
from uuid import UUID

from casi.ruoli import Azione


class Assente(Exception):
    """No such thing, or not for this person: one answer, 404, for both."""


class Vietato(Exception):
    """An action was called without the right to it. Answered as 404, after the door has written the refusal."""

    def __init__(self, azione: Azione | None = None, caso: UUID | None = None) -> None:
        super().__init__()
        self.azione, self.caso = azione, caso


class Impossibile(Exception):
    """The rules of the work say no, to somebody who may see why. The message is a sentence for him.

    `campo` is the field of the form it is about, beside which it is told; none for what is about the whole.
    """

    def __init__(self, detto: object, *, campo: str | None = None) -> None:
        super().__init__(detto)
        self.campo = campo


class Troppi(Impossibile):
    """Too many forms from one place in an hour."""


class Superato(Exception):
    """Somebody else has saved meanwhile. `attuale` is the row as it is now: both texts are shown."""

    def __init__(self, attuale: Any) -> None:
        super().__init__()
        self.attuale = attuale


class Sostituito(Superato):
    """Another row has meanwhile taken the place of this one: `attuale`, from whose page one goes on."""
