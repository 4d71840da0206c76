"""The words of the interface, found as gettext's own programs would: a bare machine has none of those.

Python is read as a syntax tree; templates become Python-like text by Django's `templatize`, as in `makemessages`.
"""

import ast
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from django.utils.translation.template import templatize

# Which arguments of each function are singular, plural and context.
FUNCTIONS = {
    "gettext": (0, None, None),
    "ngettext": (0, 1, None),
    "pgettext": (1, None, 0),
    "npgettext": (1, 2, 0),
}
ALIASES = {"_": "gettext", "gettext_noop": "gettext"}
CALL = re.compile(r"\b(n?p?gettext|_)\(")

# Operators work in Italian: of the reserved area, only what people without an account read is translated.
SOLO_ITALIANO = ("casi/", "templates/casi/")
DELL_AREA_PER_TUTTI = (
    "casi/actions/freno.py",
    "casi/actions/pubblico.py",
    "casi/forms/pubblico.py",
    "casi/forms/rapporto",  # the person's report on who looked at her case
    "casi/frasi.py",
    "casi/parole_estratto.py",
    "casi/selectors/rapporto.py",
    "casi/views/pubblico.py",
    "casi/views/rapporto",
    "templates/casi/500.html",  # of the pages for anybody too
    "templates/casi/componenti/ritrova.html",
    "templates/casi/componenti/scritto.html",
    "templates/casi/estratto_",  # the copy of her data
    "templates/casi/pubblico/",
    "templates/casi/rapporto",
)


class Messaggio(NamedTuple):
    """What a catalogue is keyed by; `plurale` and `contesto` are empty where there is none."""

    testo: str
    plurale: str = ""
    contesto: str = ""


def in_project(root: Path, packages: tuple[str, ...]) -> dict[Messaggio, list[str]]:
    """Every message of `packages` and of templates/ that is translated, with the files that say it."""
    found: dict[Messaggio, list[str]] = {}
    for file in filter(lambda each: translated(each.relative_to(root).as_posix()), _files(root, packages)):
        read = in_python if file.suffix == ".py" else in_template
        for message in filter(lambda each: each.testo, read(file.read_text(encoding="utf-8"))):
            where = found.setdefault(message, [])
            if (name := file.relative_to(root).as_posix()) not in where:
                where.append(name)
    return found


def translated(name: str) -> bool:
    """Whether the file `name`, relative to the project, speaks every language."""
    return name.startswith(DELL_AREA_PER_TUTTI) or not name.startswith(SOLO_ITALIANO)


def _files(root: Path, packages: tuple[str, ...]) -> Iterator[Path]:
    for package in packages:
        yield from (file for file in sorted((root / package).rglob("*.py")) if "migrations" not in file.parts)
    for folder in ("templates", *packages):
        yield from sorted(file for kind in ("*.html", "*.txt") for file in (root / folder).rglob(kind))


def in_python(source: str) -> Iterator[Messaggio]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2].removesuffix("_lazy")
            if (function := ALIASES.get(name, name)) in FUNCTIONS:
                yield _message(function, [_literal(argument) for argument in node.args])


def in_template(source: str) -> Iterator[Messaggio]:
    text = templatize(source)
    for call in CALL.finditer(text):
        function = ALIASES.get(call[1], call[1])
        yield _message(function, list(_strings(text[call.end() :])))


def _strings(text: str) -> Iterator[str]:
    """The string arguments up to the closing parenthesis."""
    for token in tokenize.generate_tokens(StringIO(text).readline):
        if token.type == tokenize.STRING:
            yield ast.literal_eval(token.string)
        elif token.string == ")":
            return


def _literal(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _message(function: str, arguments: list[str]) -> Messaggio:
    return Messaggio(*(arguments[place] if place is not None else "" for place in FUNCTIONS[function]))
