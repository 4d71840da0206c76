"""House rules of size: nobody scrolls to understand a function, and a file is about one thing."""

import ast
from collections.abc import Iterator

import pytest

from tests.support.sources import PACKAGES, ROOT, code, files, name, tree

LINES, LINES_OF_A_TEST, FUNCTION, ARGUMENTS = 300, 400, 40, 6
OURS = (*PACKAGES, "tests", "bench")


def functions(*folders: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for file in code(*folders):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(file)}:{node.lineno} {node.name}", node


def test_file_is_short():
    sources = [*code(*OURS), *files("templates", suffix=".html")]
    long = {
        name(file): lines
        for file in sources
        if (lines := len(file.read_text().splitlines()))
        > (LINES_OF_A_TEST if file.is_relative_to(ROOT / "tests") else LINES)
    }
    assert long == {}


def test_decision_is_read_in_one_sitting():
    assert len((ROOT / "casi/policies.py").read_text().splitlines()) <= 200


def test_function_is_short():
    long = {where: lines for where, node in functions(*OURS) if (lines := length(node)) > FUNCTION}
    assert long == {}


def length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def test_function_takes_few_arguments():
    greedy = {where: count for where, node in functions(*PACKAGES) if (count := arguments(node)) > ARGUMENTS}
    assert greedy == {}


def arguments(node: ast.FunctionDef) -> int:
    named = [each.arg for each in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    return len([each for each in named if each not in {"self", "cls"}])


def test_nothing_is_called_utils():
    assert [name(file) for file in code(*OURS) if file.stem in {"utils", "helpers", "misc", "common"}] == []


@pytest.mark.parametrize("lines", [FUNCTION, FUNCTION + 1])
def test_length_counts_every_line(lines):
    node = ast.parse("def f():\n" + "    x = 1\n" * (lines - 1)).body[0]
    assert length(node) == lines
