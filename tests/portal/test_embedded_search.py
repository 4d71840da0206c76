"""What comes before a search server runs: the right Java, a file that is the one expected, names that exist."""

from pathlib import Path

import pytest

from portal.embedded.refusal import Refusal
from portal.embedded.search import engines, install, java, maven, server


def fake_java(folder: Path, version: str, *modules: str) -> Path:
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    listed = "\n".join(f"echo {module}@25" for module in modules)
    told = f"echo 'openjdk version \"{version}\"' >&2"
    program.write_text(f'#!/bin/sh\nif [ "$1" = -version ]; then {told}; else :\n{listed}\nfi\n')
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ('openjdk version "25.0.2" 2026-01-20', 25),
        ('java version "1.8.0_392"', 8),
        ('openjdk version "21"', 21),
        ("", 0),
    ],
)
def test_major_reads_what_java_says(told: str, number: int):
    assert java.major(told) == number


def test_java_suits_when_new_enough_and_whole_enough(tmp_path: Path):
    old = fake_java(tmp_path / "vecchio", "17.0.1", "jdk.jlink") / "bin" / "java"
    small = fake_java(tmp_path / "piccolo", "25.0.2", "java.base") / "bin" / "java"
    whole = fake_java(tmp_path / "intero", "21.0.5", "java.base", "jdk.jlink", "jdk.compiler") / "bin" / "java"
    needed = engines.ELASTICSEARCH.modules
    assert [java.suits(each, frozenset()) for each in (old, small, whole)] == [False, True, True]
    assert [java.suits(each, needed) for each in (old, small, whole)] == [False, False, True]
    assert not java.suits(tmp_path / "manca", frozenset())


def test_java_home_comes_first_then_the_newest_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("java-17-openjdk", "temurin-25-jdk", "java-21-openjdk"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("JAVA_HOME", "/mio/java")
    names = [home.name for home in java.candidates(tmp_path)]
    assert names[:4] == ["java", "temurin-25-jdk", "java-21-openjdk", "java-17-openjdk"]


def test_without_a_whole_jdk_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(java, "candidates", lambda: iter(()))
    with pytest.raises(Refusal, match="Elasticsearch serve un JDK 21"):
        java.find(engines.ELASTICSEARCH.modules, tmp_path)


def test_file_with_another_sum_is_refused_and_removed(tmp_path: Path):
    artefact = maven.Artefact("it.prova", "cosa", "1.0", "zip", "0" * 64)
    file = artefact.path(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text("altro")
    with pytest.raises(Refusal, match="impronta"):
        maven.fetch(artefact, tmp_path)
    assert not file.exists()


def test_without_maven_one_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(maven.shutil, "which", lambda name: None)
    with pytest.raises(Refusal, match="apt install maven"):
        maven.fetch(engines.OPENSEARCH.archive, tmp_path)


@pytest.mark.parametrize("name", ["", "solr"])
def test_unknown_engine_names_those_there_are(name: str):
    with pytest.raises(Refusal, match="elasticsearch o opensearch"):
        engines.named(name)


def test_plugin_is_for_the_version_we_run():
    descriptor = (install.PLUGIN / "plugin-descriptor.properties").read_text()
    assert f"elasticsearch.version={engines.ELASTICSEARCH.version}" in descriptor


def test_server_that_never_started_is_off(tmp_path: Path):
    never = server.SearchServer(engines.OPENSEARCH, tmp_path)
    assert (never.pid, never.port) == (0, 0)
    never.stop()
