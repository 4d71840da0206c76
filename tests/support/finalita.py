"""Every purpose that the code writes on the register, read from the code itself: constants, formatted strings, local
names, arguments handed on inside a module."""

import ast
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from pathlib import Path

from tests.support.sources import code, name, tree

Funzione = ast.FunctionDef | ast.AsyncFunctionDef
NUMBERS = ("pk", "_id")  # how the name of a row's key ends


def written() -> dict[str, set[str]]:
    """Purposes by module. What comes from outside it is `?` and its name: a choice of the caller's."""
    found = {name(file): set(_Modulo(file).purposes()) for file in code("casi/actions", "casi/selectors", "casi/views")}
    return {file: texts for file, texts in found.items() if texts}


class _Modulo:
    def __init__(self, file: Path) -> None:
        self.tree = tree(file)
        self.module = import_module(name(file).removesuffix(".py").replace("/", "."))
        self.calls = [each for each in ast.walk(self.tree) if isinstance(each, ast.Call)]
        self.functions = [each for each in ast.walk(self.tree) if isinstance(each, Funzione)]

    def purposes(self) -> Iterator[str]:
        for call in self.calls:
            if _called(call) in ("Dettaglio", "replace"):
                for keyword in call.keywords:
                    if keyword.arg == "finalita":
                        yield from self.said(keyword.value)

    def said(self, value: ast.expr) -> set[str]:
        match value:
            case ast.Constant(value=str(text)):
                found = {text}
            case ast.IfExp(body=one, orelse=other):
                found = self.said(one) | self.said(other)
            case ast.BoolOp(values=values):
                found = set().union(*(self.said(each) for each in values))
            case ast.JoinedStr(values=values):
                found = {"".join(parts) for parts in product(*(sorted(self.said(each)) for each in values))}
            case ast.FormattedValue(value=inner):
                found = {"12"} if self._is_number(inner) else self.said(inner)
            case ast.Name(id=word):
                found = self._named(word, self._around(value))
            case _:
                found = {f"?{ast.unparse(value)}"}
        return found

    def _named(self, word: str, around: list[Funzione]) -> set[str]:
        for function in around:
            if values := list(_assigned(function, word)):
                return set().union(*(self.said(each) for each in values))
            if word in _arguments(function):
                handed = [self._handed(call, function, word) for call in self.calls if _called(call) == function.name]
                return set().union(*map(self.said, filter(None, handed))) if handed else {f"?{word}"}
        constant = getattr(self.module, word, None)
        return {constant} if isinstance(constant, str) else {f"?{word}"}

    @staticmethod
    def _handed(call: ast.Call, function: Funzione, word: str) -> ast.expr | None:
        place = _arguments(function).index(word)
        by_name = next((each.value for each in call.keywords if each.arg == word), None)
        return call.args[place] if place < len(call.args) else by_name

    def _around(self, node: ast.AST) -> list[Funzione]:
        """The functions it is in, the innermost first."""
        holding = [each for each in self.functions if any(inner is node for inner in ast.walk(each))]
        return sorted(holding, key=lambda each: -each.lineno)

    def _is_number(self, value: ast.expr) -> bool:
        if isinstance(value, ast.Name):
            known = [each for function in self._around(value) for each in _all(function)]
            return any(each.arg == value.id and _annotated(each) == "int" for each in known)
        return isinstance(value, ast.Attribute) and value.attr.endswith(NUMBERS)


def _called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _arguments(function: Funzione) -> list[str]:
    return [each.arg for each in _all(function)]


def _all(function: Funzione) -> list[ast.arg]:
    return [*function.args.args, *function.args.kwonlyargs]


def _annotated(argument: ast.arg) -> str:
    return ast.unparse(argument.annotation) if argument.annotation else ""


def _assigned(function: Funzione, word: str) -> Iterator[ast.expr]:
    for each in ast.walk(function):
        if isinstance(each, ast.Assign):
            yield from _to(each.targets[0], each.value, word)


def _to(target: ast.expr, value: ast.expr, word: str) -> Iterator[ast.expr]:
    """What `word` is given by an assignment, also of several at once, one way or the other."""
    if isinstance(target, ast.Name) and target.id == word:
        yield value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.IfExp):
        yield from _to(target, value.body, word)
        yield from _to(target, value.orelse, word)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _to(one, other, word)
