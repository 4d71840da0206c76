"""`make lock`: the dependency groups of pyproject.toml compiled into requirements with exact versions and hashes."""

from portal.embedded import places, python
from portal.embedded.console import run, step
from portal.embedded.refusal import Refusal

GROUPS: dict[str, list[str]] = {
    "base": [],
    "dev": ["dev", "test", "e2e"],
    "node": ["node"],
    "java": ["java"],
    "uv": ["uv"],
}
ALONE = ("node", "java", "uv")


def compile_all() -> None:
    """Write requirements/*.txt anew, keeping versions that still fit; no registry address goes into them."""
    uv = python.find_uv()
    if uv is None:
        raise Refusal("Per ricalcolare requirements serve uv, che qui non si può installare.")
    for name, groups in GROUPS.items():
        with step(f"requirements/{name}.txt"):
            run(
                "make lock",
                [uv, "pip", "compile", *_source(name, groups), "--output-file", places.REQUIREMENTS / f"{name}.txt"],
                env={"UV_CUSTOM_COMPILE_COMMAND": "make lock"},
            )


def _source(name: str, groups: list[str]) -> list[str]:
    wanted = [part for group in groups for part in ("--group", group)]
    if name == "dev":  # what is tested is what runs
        wanted += ["--constraint", str((places.REQUIREMENTS / "base.txt").relative_to(places.ROOT))]
    project = [] if name in ALONE else ["pyproject.toml"]
    return [*project, *wanted, "--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-find-links"]
