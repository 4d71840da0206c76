"""Whether what was typed can be an Italian tax code: a doubt to tell of, never a reason to refuse a person."""

import re

# DM 23 December 1976, art. 8: values of the signs in odd places; the months' letters; digits may turn into letters.
ODD = dict(zip("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", (
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10,
    22, 25, 24, 23), strict=True))  # fmt: skip
DIGIT = "[0-9LMNPQRSTUV]"
FULL = re.compile(rf"[A-Z]{{6}}{DIGIT}{{2}}[ABCDEHLMPRST]{DIGIT}{{2}}[A-Z]{DIGIT}{{3}}[A-Z]")
LONG = 16
# Given for a time: eleven digits by the tax office; STP and ENI to who has no papers, for health care.
FOR_A_TIME = re.compile(r"[0-9]{11}|(STP|ENI)[0-9]{13}")


def written(codice: str) -> str:
    """As it is printed on the card: capital letters, no spaces."""
    return "".join(codice.split()).upper()


def plausible(codice: str) -> bool:
    """Shape and check letter are right, or it is one of those given for a time."""
    if FOR_A_TIME.fullmatch(codice):
        return True
    return bool(FULL.fullmatch(codice)) and codice[-1] == check_letter(codice[:-1])


def whole(codice: str) -> bool:
    """It has all the signs of one, right or not: less is part of a code, by which nobody is looked for."""
    return bool(FOR_A_TIME.fullmatch(codice)) or (len(codice) == LONG and codice.isalnum())


def check_letter(signs: str) -> str:
    """The sixteenth sign, from the fifteen before it."""
    values = (
        ODD[sign] if place % 2 == 0 else int(sign, 36) - (0 if sign.isdigit() else 10)
        for place, sign in enumerate(signs)
    )
    return chr(ord("A") + sum(values) % 26)
