"""Changes functions that are loaded already into those of another text of their module, wherever they are held."""

import gc
from collections.abc import Iterator
from inspect import CO_NEWLOCALS
from pathlib import Path
from types import CodeType, FunctionType


def transplant(file: Path, old: str, new: str) -> bool:
    """Whether it could be done: not where the module or a class says something else outside its functions, nor where
    none of them is loaded yet."""
    try:
        pairs = list(_differing(compile(old, str(file), "exec"), compile(new, str(file), "exec")))
    except DifferentError:
        return False
    changed = False
    loaded = [each for each in gc.get_objects() if type(each) is FunctionType]
    for before, after in pairs:
        found = [each for each in loaded if _place(each.__code__) == _place(before)]
        if found and before.co_freevars != after.co_freevars:
            return False
        for function in found:
            function.__code__ = after
            changed = True
    return changed


class DifferentError(Exception):
    """Something other than the inside of a function has changed."""


def _differing(before: CodeType, after: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The functions that differ, each with its successor, also those made by a function. Raises DifferentError."""
    if _bare(before) == _bare(after):
        return
    inner, others = _inner(before), _inner(after)
    function = bool(before.co_flags & CO_NEWLOCALS)  # neither a module nor the body of a class
    if len(inner) != len(others) or not (function or _shell(before) == _shell(after)):
        raise DifferentError
    if function:
        yield before, after
    for one, other in zip(inner, others, strict=True):
        yield from _differing(one, other)


def _inner(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _bare(code: CodeType) -> CodeType:
    """Without the numbers of its lines."""
    consts = tuple(_bare(each) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_consts=consts, co_firstlineno=1, co_linetable=b"")


def _shell(code: CodeType) -> CodeType:
    """Without what is inside its functions."""
    return _bare(code.replace(co_consts=tuple(each for each in code.co_consts if not isinstance(each, CodeType))))


def _place(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_qualname, code.co_firstlineno
