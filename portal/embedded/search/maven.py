"""Artefacts from Maven's registry, fetched by Maven itself so that an office's own mirror is used; checked by sum."""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.console import run, step
from portal.embedded.refusal import NO_HASH, Refusal

NO_MAVEN = "Per scaricare i motori di ricerca serve Maven: installalo (su Debian: apt install maven)."


@dataclass(frozen=True)
class Artefact:
    """One file of the registry: group, name, version, kind, and the sum it must have."""

    group: str
    name: str
    version: str
    kind: str
    sha256: str

    def path(self, repository: Path) -> Path:
        """Where Maven puts it under its local repository."""
        folder = repository.joinpath(*self.group.split("."), self.name, self.version)
        return folder / f"{self.name}-{self.version}.{self.kind}"


def fetch(artefact: Artefact, repository: Path) -> Path:
    """The file of `artefact` under `repository`, fetched if it is not there; a wrong sum removes it and refuses."""
    file = artefact.path(repository)
    if not file.is_file():
        with step(f"Scarico {artefact.name} {artefact.version}"):
            _get(artefact, repository)
    if not file.is_file() or sha256(file) != artefact.sha256:
        file.unlink(missing_ok=True)
        raise Refusal(NO_HASH)
    return file


def sha256(file: Path) -> str:
    """The sum of a file read in pieces."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _get(artefact: Artefact, repository: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Refusal(NO_MAVEN)
    coordinates = f"{artefact.group}:{artefact.name}:{artefact.version}:{artefact.kind}"
    arguments = [f"-Dmaven.repo.local={repository}", f"-Dartifact={coordinates}", "-Dtransitive=false"]
    run(f"Maven, {artefact.name}", [maven, "-q", "-B", "dependency:get", *arguments])
