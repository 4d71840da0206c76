"""What somebody typed, made into terms: the one place where words are cleaned, cut and widened, for every engine."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .sinonimi import sinonimi
from .tipi import TESTO_MASSIMO

LETTO = 2_000  # characters looked at: what follows is cut before any work
TERMINI = 12
FRASE = 4  # words of the longest expression that may have synonyms
APOSTROFI = re.compile("[\u2018\u2019\u02bc\u02b9\u0060\u00b4\u2032\uff07]")
ELISIONE = re.compile(
    r"\b(?:(?:d|n|s)(?:e|a|u)ll|all|coll|dell|gl|agl|dagl|degl|negl|sugl|l|un|d|c|m|t|s|v|n|quest|quell|bell|sant|dov"
    r"|cos|com|quant|anch|mezz|tutt|nient|qualcos|senz)'(?=\w)",
    re.IGNORECASE,
)
PAROLA = re.compile(r"[^\W_]+")
VOCALI = "aeio"
PERSONE = ("iamo", "amo", "ate", "ete", "ite", "ano", "ono", "a", "e", "i", "o")
VOCALI_ARABE = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")


@dataclass(frozen=True)
class Domanda:
    """`testo` as understood, to be shown again; each term of `termini` is the word and what may stand for it.

    An alternative of several words means all of them.
    """

    testo: str = ""
    termini: tuple[tuple[str, ...], ...] = ()
    corretta: bool = False  # its spelling was looked at before: what has as many terms as possible is the answer


def normalizza(testo: str) -> str:
    """One line of printable characters, at most TESTO_MASSIMO; marks of direction and of joining leave no gap."""
    kept = []
    for each in unicodedata.normalize("NFKC", str(testo)[:LETTO]):
        category = unicodedata.category(each)
        if category.startswith("C"):
            kept.append("" if category == "Cf" else " ")
        else:
            kept.append(" " if category.startswith("Z") else each)
    return " ".join("".join(kept).split())[:TESTO_MASSIMO].strip()


def piana(testo: str) -> str:
    """Lower case without accents, signs and vowel marks, one space between words: what two spellings share."""
    letters = unicodedata.normalize("NFKD", testo.casefold())
    return " ".join(PAROLA.findall("".join(each for each in letters if not unicodedata.combining(each))))


def senza_segni_vocalici(testo: str) -> str:
    """Arabic vowel marks, which nobody types, taken out of a composed text."""
    return VOCALI_ARABE.sub("", unicodedata.normalize("NFC", testo))


def comprendi(testo: str, lingua: str) -> Domanda:
    """The question of who typed `testo` reading in `lingua`; no terms where nothing of it can be looked for."""
    clean = normalizza(testo)
    words = parole(clean)
    spare = vuote(lingua) | vuote("it")
    return Domanda(clean, tuple(_termini([word for word in words if piana(word) not in spare], lingua))[:TERMINI])


def parole(testo: str) -> list[str]:
    """Words of a normalised text, each once, articles and prepositions before an apostrophe left out."""
    plain = ELISIONE.sub("", APOSTROFI.sub("'", senza_segni_vocalici(testo)))
    return list(dict.fromkeys(word.lower() for word in PAROLA.findall(plain)))


@cache
def vuote(lingua: str) -> frozenset[str]:
    """Words that say nothing about what is looked for, in their plain form; none where we have no list."""
    file = Path(__file__).with_name("parole_vuote") / f"{lingua}.txt"
    return frozenset(piana(word) for word in file.read_text().split()) if file.is_file() else frozenset()


def _termini(words: list[str], lingua: str) -> list[tuple[str, ...]]:
    known, terms, at = sinonimi(lingua), [], 0
    while at < len(words):
        length = _expression(words, at, known)
        said = " ".join(words[at : at + length])
        terms.append(significati(said, lingua, known))
        at += length
    return terms


def significati(said: str, lingua: str, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A word or expression, its forms and what else may be meant, by the synonyms `known`."""
    inflected = " " not in said and lingua == "it"
    forms = [said, *_forme(said)] if inflected else [said]
    asked = [*forms, *_infiniti(said)] if inflected else forms
    meant = [other for form in asked for other in known.get(piana(form), ())]
    return tuple(dict.fromkeys((*forms, *meant)))


def _expression(words: list[str], at: int, known: dict[str, tuple[str, ...]]) -> int:
    """How many words from `at` on make an expression that has synonyms of its own; otherwise one."""
    for length in range(min(FRASE, len(words) - at), 1, -1):
        if piana(" ".join(words[at : at + length])) in known:
            return length
    return 1


def _infiniti(word: str) -> list[str]:
    """Infinitives that an Italian word may be a form of ("picchia"): so are verbs written among synonyms."""
    stems = [word.removesuffix(ending) for ending in PERSONE if word.endswith(ending) and len(word) - len(ending) > 2]
    return [stem + infinitive for stem in stems for infinitive in ("are", "ere", "ire")]


def _forme(word: str) -> list[str]:
    """Singular, plural, feminine and masculine of an Italian word, as far as its last vowel tells ("anziani")."""
    if len(word) < 5 or word[-1] not in VOCALI:
        return []
    return [word[:-1] + vowel for vowel in VOCALI if vowel != word[-1]]
