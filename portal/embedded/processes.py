"""Is that process still ours, and how to end it."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path


def command_of(pid: int) -> str:
    """The command line of `pid`; empty when there is no such process or it is only waiting to be buried."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    found = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True)
    return found.stdout.strip()


def is_running(pid: int, word: str) -> bool:
    """Whether `pid` lives and is the program we think: process numbers are used again."""
    return pid > 0 and word in command_of(pid)


def wait_until(condition: Callable[[], bool], seconds: float, every: float = 0.1) -> bool:
    """Ask `condition` until it holds or `seconds` are over; say whether it held."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(every)
    return True


def end(pid: int, word: str, seconds: float = 10) -> None:
    """Ask `pid` to end, then force it."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if not is_running(pid, word):
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        if wait_until(lambda: not is_running(pid, word), seconds):
            return
