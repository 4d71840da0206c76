"""The import-linter contracts of pyproject.toml hold, and each of them bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import PACKAGES, ROOT

VIOLATIONS = {
    "strati": ("catalogo/piantato.py", "import home.selectors"),
    "casi-strati": ("casi/models/piantato.py", "import casi.policies"),
    "casi-protetti": ("search/piantato.py", "import casi.ruoli"),
    "casi-senza-pagine": ("casi/piantato.py", "import wagtail"),
    "guardian": ("home/piantato.py", "import guardian"),
    "decisione": ("casi/selectors/piantato.py", "from casi.fatti import asked"),
    "viste-senza-modelli": ("casi/views/piantato.py", "from casi import models"),
    "avvio": ("portal/embedded/piantato.py", "import django"),
}


def lint(folder: Path, *contracts: str) -> subprocess.CompletedProcess:
    chosen = [argument for contract in contracts for argument in ("--contract", contract)]
    lint_imports = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [lint_imports, "--no-cache", "--config", folder / "pyproject.toml", *chosen],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
        env={"PYTHONPATH": str(folder), "COLUMNS": "300"},
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The project's code with every rule broken once."""
    folder = tmp_path_factory.mktemp("copia")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=lambda _, names: ignored(names))
    for file, line in VIOLATIONS.values():
        (folder / file).write_text(line + "\n")
    return folder


def ignored(names: list[str]) -> list[str]:
    return [each for each in names if "." in each and not each.endswith(".py")]


def test_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_contract_bites(copy, contract):
    result = lint(copy, contract)
    assert result.returncode == 1, result.stdout + result.stderr
    assert "0 kept, 1 broken" in result.stdout
    assert "piantato" in result.stdout


def test_every_contract_is_tried():
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert {contract["id"] for contract in settings["contracts"]} == set(VIOLATIONS)
    assert sorted(settings["root_packages"]) == sorted(PACKAGES)
