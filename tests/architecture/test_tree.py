"""What lies in the repository: reasons beside dependencies, no trace of a machine or a person, short decisions."""

import ast
import re
import tomllib
from collections.abc import Iterator
from hashlib import sha256

import pytest

from tests.support.sources import PACKAGES, ROOT, TEXT, code, files, name, tree

# Registries are named nowhere, so that a mirror can stand in for them; npm's lock keeps no `resolved` address.
HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.(npmjs|yarnpkg)\.\w+|npmjs\.com|\"resolved\"\s*:|--index-url"
)
MACHINE = re.compile(r"/work/|/home/\w+/|/root/|/Users/\w+/|wt-\w+/")
NAME = re.compile(r"\b[A-Z][a-zà-ÿ]+ [A-Z][a-zà-ÿ]+\b")
# The source documents name real people. Fingerprints of those names, so that this file does not name them either.
PEOPLE = {
    "25ce9142f1f6609d",
    "8ef2cce5534ebabe",
    "c8ccfd905b663211",
    "947f833ad7e76d7e",
    "5ac7acc41380307e",
    "a4b2d70bc8d93f5e",
    "36e5b385e33a3fd7",
    "19094d138aa87fec",
    "672fa7fbc35e5c9d",
    "6ca62fc01696bf86",
    "1e29020c03b801cc",
    "c7b1002e995185c9",
    "2adcd843ea7f17da",
    "9a668abb78286285",
    "e0a31b238bf10b92",
    "97f1135a5793d850",
}


def texts() -> Iterator[tuple[str, str]]:
    for file in files(suffix=""):
        if file.suffix in TEXT and file.stat().st_size < 2_000_000:
            yield name(file), file.read_text(errors="replace")


def fingerprint(person: str) -> str:
    return sha256(person.lower().encode()).hexdigest()[:16]


def test_no_host_no_machine_no_real_person():
    this = "tests/architecture/test_tree.py"
    hosts, machines, people = [], [], []
    for file, text in texts():
        if file in {this, ".env"}:
            continue
        hosts += [file] if HOSTS.search(text) else []
        machines += [file] if MACHINE.search(text) else []
        people += [file for found in NAME.findall(text) if fingerprint(found) in PEOPLE]
    assert (hosts, machines, people) == ([], [], [])


def test_every_dependency_says_what_it_is_for():
    source = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(source)
    wanted = [*project["project"]["dependencies"]]
    for group in project["dependency-groups"].values():
        wanted += [each for each in group if isinstance(each, str)]
    silent = [each for each in wanted if not re.search(rf'"{re.escape(each)}",? +# \w', source)]
    assert silent == []


def test_env_example_names_what_the_settings_read():
    settings = "".join(file.read_text() for file in (ROOT / "portal" / "settings").glob("*.py"))
    read = set(re.findall(r"env\.\w+\(\s*[\"'](\w+)[\"']", settings))
    read.discard("DJANGO_SETTINGS_MODULE")  # Django's own
    shown = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert read == shown


def test_decisions_fit_on_a_page_and_have_a_number_each():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [file.name[:5] for file in decisions]
    assert all(re.fullmatch(r"\d{4}-", number) for number in numbers)
    assert len(set(numbers)) == len(numbers) > 0
    assert [file.name for file in decisions if len(file.read_text()) > 4_000] == []


def test_readme_is_short():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150


def calls(*folders: str) -> Iterator[tuple[str, ast.Call]]:
    for file in code(*folders):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call):
                yield f"{name(file)}:{node.lineno}", node


def test_nothing_sleeps():
    """`portal/embedded` waits for processes it has started: there is no event to wait for."""
    sleepy = [
        where
        for where, call in calls(*PACKAGES, "tests")
        if ast.unparse(call.func) in {"time.sleep", "sleep"} and not where.startswith("portal/embedded/")
    ]
    assert sleepy == []


def test_no_test_is_skipped_without_a_reason():
    silent = [
        where
        for where, call in calls("tests")
        if ast.unparse(call.func) in {"pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail", "pytest.skip"}
        and not (call.keywords and any(word.arg == "reason" for word in call.keywords))
        and not (ast.unparse(call.func) == "pytest.skip" and call.args)
    ]
    assert silent == []


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_nothing_is_left_for_later_in_the_code(word):
    assert [name(file) for file in code(*PACKAGES) if re.search(rf"#.*\b{word}\b", file.read_text())] == []
