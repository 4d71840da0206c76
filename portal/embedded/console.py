"""One line per step with the time it took, and programs run quietly with their output in a log."""

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from portal.embedded import places, refusal

Command = Sequence[str | Path]


def say(text: str = "") -> None:
    """Print at once, also when the output is a pipe."""
    print(text, flush=True)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print `title` when the block begins and the seconds it took when it ends; what runs beside others is silent."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    started = time.monotonic()
    print(f"  {title:<46}", end="", flush=True)
    try:
        yield
    except BaseException:
        say("no")
        raise
    say(f"{time.monotonic() - started:6.1f} s")


def run(title: str, command: Command, *, cwd: Path = places.ROOT, env: Mapping[str, str] | None = None) -> None:
    """Run `command` with its output in a log; raise Refusal with a plain reason if it fails."""
    log = places.log("preparazione")
    result = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    _keep(log, title, result.stdout)
    if result.returncode:
        raise refusal.from_output(title, result.stdout, log)


def show(title: str, command: Command, *, env: Mapping[str, str] | None = None) -> None:
    """Run `command` with its progress shown as it comes; what it complains of goes to the log, as in `run`."""
    log = places.log("preparazione")
    started = time.monotonic()
    say(f"  {title}")
    result = subprocess.run(
        [str(part) for part in command],
        cwd=places.ROOT,
        env={**os.environ, **(env or {})},
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    _keep(log, title, result.stderr)
    if result.returncode:
        raise refusal.from_output(title, result.stderr, log)
    say(f"  {title + ': fatto':<46}{time.monotonic() - started:6.1f} s")


def _keep(log: Path, title: str, output: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(f"\n== {title}\n{output}")
