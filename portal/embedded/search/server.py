"""One search server of this checkout: started, stopped, asked how it is."""

import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import account, places, ports, processes, refusal
from portal.embedded.console import step
from portal.embedded.search import engines, install, java
from portal.embedded.search.engines import Engine

PORTS = {"elasticsearch": range(9210, 9250), "opensearch": range(9250, 9290)}
PATIENCE = 120
HEAP = "512m"
# Logs written beside the programs, which many share; a heap of another size; a module that a small Java lacks.
NOT_HERE = re.compile(r"=?logs/|HeapDump|^-Xm[sx]|incubator")


@dataclass(frozen=True)
class SearchServer:
    """A server whose configuration, data and pid file lie in `home`; its programs are shared by all checkouts."""

    engine: Engine
    home: Path

    @property
    def pid(self) -> int:
        """The process number, 0 when it does not run (any more)."""
        try:
            pid = int((self.home / "pid").read_text())
        except (OSError, ValueError):
            return 0
        return pid if processes.is_running(pid, str(self.home)) else 0

    @property
    def port(self) -> int:
        """The port it was last given, 0 before the first start."""
        kept = self.home / "porta"
        return int(kept.read_text()) if kept.is_file() else 0

    @property
    def url(self) -> str:
        """The address as SEARCH_URL wants it."""
        return f"{self.engine.name}://{ports.LOOPBACK}:{self.port}"

    def ready(self) -> bool:
        """Whether it answers that it can be written and searched."""
        question = f"http://{ports.LOOPBACK}:{self.port}/_cluster/health?wait_for_status=yellow&timeout=1s"
        try:
            with urllib.request.urlopen(question, timeout=5) as answer:
                return json.load(answer)["status"] in {"yellow", "green"}
        except (urllib.error.URLError, OSError, ValueError, KeyError):
            return False

    def start(self) -> None:
        """Fetch and build what is missing, start, wait until it answers; harmless when it already does."""
        if self.pid and self.ready():
            return
        self.stop()
        shared = account.home(places.CACHE / "programmi")
        runtime = java.find(self.engine.modules, shared)
        programs = install.installed(self.engine, runtime, shared)
        with step(self.engine.title):
            self._launch(programs, runtime)

    def stop(self) -> None:
        """Ask it to end, wait until it has."""
        processes.end(self.pid, str(self.home), seconds=30)

    @property
    def _log(self) -> Path:
        return places.log(self.engine.name)

    def _launch(self, programs: Path, runtime: Path) -> None:
        port = ports.first_free([*([self.port] if self.port else []), *PORTS[self.engine.name]])
        self._configure(programs, port)
        prefix = self.engine.prefix
        env = {
            **os.environ,
            f"{prefix}_JAVA_HOME": str(runtime),
            f"{prefix}_JAVA_OPTS": f"-Xms{HEAP} -Xmx{HEAP}",
            f"{prefix}_PATH_CONF": str(self.home / "config"),
            "HOME": str(self.home),
        }
        command = [str(programs / "bin" / self.engine.name), "-p", str(self.home / "pid-java")]
        told = self._log.stat().st_size if self._log.exists() else 0
        with self._log.open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=env,
                start_new_session=True,
                **account.identity(),
            )
        (self.home / "pid").write_text(str(process.pid))
        # Not by its command line, which is empty for the moment in which the script becomes Java.
        settled = processes.wait_until(lambda: process.poll() is not None or self.ready(), PATIENCE, every=0.25)
        if not settled or process.poll() is not None:
            self.stop()
            raise refusal.from_output(
                self.engine.title, self._log.read_bytes()[told:].decode(errors="replace"), self._log
            )

    def _configure(self, programs: Path, port: int) -> None:
        """Write the configuration anew: it belongs to this checkout and to the version of the programs."""
        config = self.home / "config"
        shutil.rmtree(config, ignore_errors=True)
        shutil.copytree(programs / "config", config)
        options = (config / "jvm.options").read_text().splitlines()
        (config / "jvm.options").write_text("\n".join(line for line in options if not NOT_HERE.search(line)))
        settings = {
            **engines.COMMON,
            **self.engine.settings,
            "http.port": str(port),
            "transport.port": str(ports.first_free(range(9310, 9390))),
            "path.data": str(self.home / "dati"),
            "path.logs": str(self.home / "log"),
        }
        (config / f"{self.engine.name}.yml").write_text(
            "".join(f"{name}: {value}\n" for name, value in settings.items())
        )
        (self.home / "porta").write_text(str(port))
        for path in [self.home, *(self.home / name for name in ("dati", "log")), config, *config.rglob("*")]:
            path.mkdir(exist_ok=True) if not path.exists() else None
            account.give(path)


def of_this_checkout(engine: Engine) -> SearchServer:
    """The server of `engine` that demo and tests use."""
    return SearchServer(engine, account.home(places.SEARCH) / engine.name)
