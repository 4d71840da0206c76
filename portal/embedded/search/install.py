"""A search server's programs, unpacked once per version in a folder that all checkouts share, with our plugin in."""

import os
import shutil
import zipfile
from pathlib import Path

from portal.embedded import places
from portal.embedded.console import run, step
from portal.embedded.search import maven
from portal.embedded.search.engines import Engine
from portal.embedded.stamps import digest

PLUGIN = Path(__file__).resolve().parent / "plugin"


def installed(engine: Engine, java: Path, home: Path) -> Path:
    """The folder of the programs of `engine` under `home`, made there once per version (and plugin)."""
    target = home / f"{engine.name}-{engine.version}{_plugin_mark(engine)}"
    if not target.is_dir():
        archive = maven.fetch(engine.archive, places.CACHE / "maven")
        with step(f"Preparo {engine.title} {engine.version}"):
            _make(engine, archive, java, target)
    return target


def _plugin_mark(engine: Engine) -> str:
    return f"-{digest(PLUGIN)[:12]}" if engine.plugin else ""


def _make(engine: Engine, archive: Path, java: Path, target: Path) -> None:
    """Unpack beside `target` and move there whole, so that no half is left."""
    unfinished = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        with zipfile.ZipFile(archive) as content:
            content.extractall(unfinished)
        programs = next(unfinished.iterdir())
        if engine.plugin:
            _add_plugin(programs, java)
        _open_to_all(programs)
        programs.rename(target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _add_plugin(programs: Path, java: Path) -> None:
    """Compile our plugin against the server's own libraries into the folder where the server looks for plugins."""
    folder = programs / "plugins" / "tessere-analisi"
    classes = programs / "classi"
    libraries = os.pathsep.join(str(jar) for jar in sorted((programs / "lib").glob("*.jar")))
    command: list[str | Path] = [
        java / "bin" / "javac",
        "--release",
        "21",
        "-encoding",
        "UTF-8",
        "-nowarn",
        "-proc:none",
    ]
    run("Estensione di analisi", [*command, "-classpath", libraries, "-d", classes, PLUGIN / "Analisi.java"])
    folder.mkdir(parents=True)
    shutil.copy(PLUGIN / "plugin-descriptor.properties", folder)
    with zipfile.ZipFile(folder / "tessere-analisi.jar", "w") as jar:
        for file in sorted(classes.rglob("*.class")):
            jar.write(file, file.relative_to(classes))
    shutil.rmtree(classes)


def _open_to_all(folder: Path) -> None:
    """An archive read by Python carries no modes: everybody reads, programs run."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
