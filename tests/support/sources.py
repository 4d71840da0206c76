"""The project's own files, for the tests that read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "home", "catalogo", "search", "casi")
MADE = {"node_modules", "dist", "static", "media", "__pycache__", "test-results", "risultati"}
HIDDEN_BUT_OURS = {".ci", ".env.example", ".gitignore", ".npmrc"}
TEXT = {".py", ".html", ".md", ".toml", ".txt", ".yml", ".json", ".scss", ".js", ".mjs", ".svg", ".po", ".csv", ""}


def files(*folders: str, suffix: str) -> Iterator[Path]:
    """Files of these folders (of the whole project when none is named) whose name ends with `suffix`."""
    for folder in folders or (".",):
        for file in sorted((ROOT / folder).rglob(f"*{suffix}")):
            if file.is_file() and all(map(is_written, file.relative_to(ROOT).parts)):
                yield file


def is_written(part: str) -> bool:
    """Whether a file or folder of this name is written by people rather than made by a program."""
    return part not in MADE and (not part.startswith(".") or part in HIDDEN_BUT_OURS)


def code(*folders: str) -> Iterator[Path]:
    """Python files, migrations apart: those are written once, by a program."""
    return (file for file in files(*folders, suffix=".py") if "migrations" not in file.parts)


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), str(file))


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))
