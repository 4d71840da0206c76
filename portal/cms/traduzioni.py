"""One .po file per language of the interface against the words found in the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib

from portal.cms.messaggi import Messaggio

# How each language counts, as in the Unicode CLDR.
PLURALI = {
    "en": "nplurals=2; plural=(n != 1);",
    "uk": ("nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"),
    "ar": ("nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def forms(language: str) -> int:
    return int(PLURALI[language][len("nplurals=")])


def read(file: Path, language: str) -> polib.POFile:
    catalogue = polib.pofile(str(file), wrapwidth=110) if file.is_file() else polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "Tessere",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALI[language],
    }
    return catalogue


def key(entry: polib.POEntry) -> Messaggio:
    return Messaggio(entry.msgid, entry.msgid_plural, entry.msgctxt or "")


def update(catalogue: polib.POFile, wanted: dict[Messaggio, list[str]], language: str) -> None:
    """Take in the words that are new, drop those nobody says any more, note where each is said."""
    kept = {key(entry): entry for entry in catalogue if not entry.obsolete}
    catalogue.clear()
    for message in sorted(wanted, key=lambda each: (each.testo.lower(), each)):
        entry = kept.get(message) or _empty(message, language)
        entry.occurrences = [(file, "") for file in sorted(wanted[message])]
        entry.flags = ["python-format"] if "%(" in message.testo else []
        catalogue.append(entry)


def _empty(message: Messaggio, language: str) -> polib.POEntry:
    plural = {"msgid_plural": message.plurale, "msgstr_plural": dict.fromkeys(range(forms(language)), "")}
    return polib.POEntry(msgid=message.testo, msgctxt=message.contesto or None, **(plural if message.plurale else {}))


def problems(catalogue: polib.POFile, wanted: dict[Messaggio, list[str]], language: str) -> Iterator[str]:
    """Everything that keeps `catalogue` from being complete, in words for who maintains it."""
    known = {key(entry): entry for entry in catalogue if not entry.obsolete}
    yield from (f"manca «{each.testo}» ({wanted[each][0]})" for each in wanted if each not in known)
    yield from (f"non serve più «{each.testo}»" for each in known if each not in wanted)
    yield from (f"non serve più «{entry.msgid}»" for entry in catalogue if entry.obsolete)
    for entry in known.values():
        yield from (f"{fault} «{entry.msgid}»" for fault in _faults(entry, language))


def _faults(entry: polib.POEntry, language: str) -> Iterator[str]:
    said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if entry.fuzzy:
        yield "da rivedere"
    if entry.msgid_plural and len(said) != forms(language):
        yield "ha le forme plurali sbagliate"
    if not all(said):
        yield "non è tradotto"
        return
    named = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
    if any(not _agrees(text, named, exact=not entry.msgid_plural) for text in said):
        yield "ha altri segnaposti"


def _agrees(text: str, named: set[str], *, exact: bool) -> bool:
    """A plural form may leave its number out ("un servizio"); nothing may name what is not given."""
    found = set(PLACEHOLDER.findall(text))
    return found == named if exact else found <= named
