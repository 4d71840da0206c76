"""Which passwords are taken: how long, for whom, and none that somebody else would try first."""

import re
from collections.abc import Set
from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# docs/sicurezza.md tells them: the words of this project, of its places and of who works there.
DI_CASA = frozenset(
    ("tessere", "tessera", "solidarieta", "rete", "comune", "emporio", "caritas", "sportello", "parrocchia",
     "associazione", "assistente", "sociale", "servizi", "servizio", "volontario", "coordinatore", "area", "riservata",
     "redazione", "password", "accesso", "benvenuto", "ufficio", "portale")
)  # fmt: skip
LONGEST = 64  # signs: what is longer is nobody's first guess
COME_LETTERE = str.maketrans("013457@$!€", "oleastasie")
ACCENTI = str.maketrans("àèéìòù", "aeeiou")


class Lunghezza(MinimumLengthValidator):
    """`amministra`: for superusers and whoever enters Wagtail's admin. Source of both lengths: security.md §3."""

    def __init__(self, min_length: int = 12, amministra: int = 14) -> None:
        super().__init__(min_length)
        self.amministra = amministra

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError. Nobody yet, `user` None, administers nothing."""
        if user is not None and (user.is_superuser or (user.pk and user.has_perm("wagtailadmin.access_admin"))):
            MinimumLengthValidator(self.amministra).validate(password, user)
        super().validate(password, user)


class Nota:
    """Refuses what is made of one or two of the passwords that were stolen most often, and nothing else.

    Those of Django, twenty thousand, are mostly shorter than ours may be: that is how one of them is made long enough.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        typed = re.sub(r"\s", "", password.lower())
        if _made_of(typed, _common()):
            raise ValidationError(
                _("Questa password è fra le prime che chi ruba accessi prova. Scegline un'altra."),
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return _("Non usare una password già rubata altrove, né due password comuni una dopo l'altra.")


class DiCasa:
    """Refuses what says nothing but our own words, a number and some signs, letters written as digits too."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        plain = password.lower().translate(ACCENTI)
        words = [each for each in re.split(r"[-_., ]+", plain) if not each.isdigit()]
        for typed in (plain, "".join(words).translate(COME_LETTERE)):
            letters = "".join(each for each in typed if each.isalpha())
            if letters and _made_of(letters, DI_CASA, at_most=len(letters)):
                raise ValidationError(
                    _("Questa password è fatta solo di parole della rete: aggiungine altre, che conosci tu."),
                    code="password_of_the_house",
                )

    def get_help_text(self) -> str:
        return _("Non usare solo parole della rete, come «tessere» o «comune».")


def _made_of(text: str, words: Set[str], *, at_most: int = 2) -> bool:
    """Whether `text` is at most so many of `words`, one after the other and nothing else."""
    if len(text) > LONGEST:
        return False
    reached = {0: 0}  # place in the text: fewest words to get there
    for start in range(len(text)):
        if start in reached and reached[start] < at_most:
            for end in range(start + 1, len(text) + 1):
                if text[start:end] in words:
                    reached[end] = min(reached.get(end, at_most), reached[start] + 1)
    return len(text) in reached


@cache
def _common() -> Set[str]:
    return frozenset(CommonPasswordValidator().passwords)
