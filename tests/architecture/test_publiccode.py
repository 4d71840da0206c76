"""publiccode.yml says what the standard asks for, version 0.7, within its limits."""

import re
import tomllib
from datetime import date

import pytest
import yaml
from django.conf import settings

from tests.support.sources import ROOT

MANDATORY = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}
OPTIONAL = {
    "softwareVersion",
    "releaseDate",
    "categories",
    "intendedAudience",
    "dependsOn",
    "supports",
    "organisation",
    "logo",
}


@pytest.fixture(scope="module")
def said() -> dict:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_mandatory_keys_are_there_and_no_deprecated_one(said):
    assert said.keys() >= MANDATORY
    assert said.keys() <= MANDATORY | OPTIONAL
    assert said["publiccodeYmlVersion"] == "0.7"


def test_values_are_of_the_controlled_lists(said):
    assert said["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert said["softwareType"] == "standalone/web"
    assert re.match(r"https://.+\.git$", said["url"])
    assert all(re.fullmatch(r"[A-Z]{2}", country) for country in said["intendedAudience"]["countries"])


@pytest.mark.parametrize("language", ["it", "en"])
def test_descriptions_keep_to_their_lengths(said, language):
    description = said["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]


def test_pictures_are_files_of_the_project(said):
    pictures = [said["logo"], *(shot for text in said["description"].values() for shot in text["screenshots"])]
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


def test_maintenance_names_whom_to_ask(said):
    maintenance = said["maintenance"]
    assert maintenance["type"] in {"internal", "community"}
    assert "contractors" not in maintenance
    assert all(contact["name"] and "@" in contact["email"] for contact in maintenance["contacts"])


def test_it_agrees_with_the_project(said):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert said["softwareVersion"] == project["version"]
    assert said["legal"]["license"] == project["license"]
    assert said["localisation"]["availableLanguages"] == [code for code, _name in settings.LANGUAGES]
    assert said["localisation"]["localisationReady"] is True
    assert date.fromisoformat(said["releaseDate"])


def test_licence_is_the_whole_eupl():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = [int(number) for number in re.findall(r"^(\d{1,2})\. ?[A-Z]", text, re.M)]
    assert articles == list(range(1, 16))
    assert text.rstrip().endswith("require the production of a new EUPL version.")
