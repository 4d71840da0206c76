"""What comes from outside (ASVS 15.1.2): all of it listed, each with one version and its digests."""

import json
import re
from importlib.metadata import distributions

import pytest

from tests.support.sources import ROOT

BLOCCO = re.compile(r"^(?P<nome>[\w.-]+)(\[[\w,]+\])?==(?P<versione>\S+)(?P<resto>(?:.|\n(?=\s))*)", re.M)


@pytest.mark.parametrize("name", sorted(file.name for file in (ROOT / "requirements").glob("*.txt")))
def test_everything_from_outside_is_listed_with_its_version_and_its_digest(name):
    text = (ROOT / "requirements" / name).read_text()
    listed = list(BLOCCO.finditer(text))
    lines = [each for each in text.splitlines() if each and not each.startswith((" ", "#"))]
    assert len(listed) == len(lines) > 0
    assert [each["nome"] for each in listed if "--hash=sha256:" not in each["resto"]] == []


def test_what_reaches_the_browser_is_listed_too():
    lock = json.loads((ROOT / "assets" / "package-lock.json").read_text())
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")] == []


def test_nothing_runs_here_that_is_not_listed():
    listed = set()
    for file in (ROOT / "requirements").glob("*.txt"):
        listed |= {_plain(each["nome"]) for each in BLOCCO.finditer(file.read_text())}
    installed = {_plain(each.metadata["Name"]) for each in distributions()}
    assert installed - listed - {"pip", "setuptools", "wheel", "tessere"} == set()


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
