"""One embedded PostgreSQL server: made on first use, started, stopped, asked how it is."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import account, binaries, places, ports, processes, refusal, roles
from portal.embedded.refusal import Refusal

FIRST_PORT, LAST_PORT = 54320, 54399
SETTINGS = {
    "listen_addresses": ports.LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "128MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "synchronous_commit": "off",  # a power cut may cost the last half second, never the consistency
}
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class PidFile:
    """What a running server writes in `postmaster.pid`."""

    pid: int
    port: int
    ready: bool

    @classmethod
    def read(cls, file: Path) -> "PidFile | None":
        """None when the file is missing or half-written."""
        try:
            lines = file.read_text().splitlines()
            return cls(int(lines[0]), int(lines[3]), ready=len(lines) > 7 and lines[7].strip() == "ready")
        except (OSError, ValueError, IndexError):
            return None


@dataclass(frozen=True)
class Server:
    """A server whose data and passwords lie in `home`; without `durable` a power cut may lose all (tests)."""

    home: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "dati"

    @property
    def pid_file(self) -> Path:
        return self.data / "postmaster.pid"

    def running(self) -> PidFile | None:
        """The live server, or None; a file left by one that was killed does not count."""
        found = PidFile.read(self.pid_file)
        return found if found and found.ready and processes.is_running(found.pid, "postgres") else None

    def url(self, role: str) -> str:
        """The address of the running server for `role`, as DATABASE_URL wants it."""
        found = self.running()
        if found is None:
            raise Refusal("La banca dati è spenta: accendila con «make demo-start».")
        password = roles.read(self.home / "segreti.json")[role]
        return f"postgres://{role}:{password}@{ports.LOOPBACK}:{found.port}/{roles.DATABASE}"

    def start(self) -> None:
        """Start the server and wait until it answers; the data are made first if there are none."""
        if self.running():
            return
        if not self.data.is_dir():
            self._create()
        self._forget_the_dead()
        told = self._log.stat().st_size if self._log.exists() else 0
        if not processes.wait_until(self._try_to_start, seconds=10, every=0.5):
            why = self._log.read_bytes()[told:].decode(errors="replace")
            raise refusal.from_output("PostgreSQL", why, self._log)

    def stop(self) -> None:
        """Stop the server if it runs; open connections are closed."""
        if self.running():
            self._control("stop", "-m", "fast", "-t", "30")

    @property
    def _log(self) -> Path:
        return places.log(f"postgres-{self.home.name}")

    @property
    def _programs(self) -> Path:
        return binaries.installed(self.home.parent)

    def _try_to_start(self) -> bool:
        """One try; the port kept from last time may be taken, or a killed server not yet wholly gone."""
        kept = self.home / "porta"
        last = [int(port) for port in (kept.read_text() if kept.is_file() else "").split()]
        port = ports.first_free([*last, *range(FIRST_PORT, LAST_PORT + 1)])
        settings = {**SETTINGS, **({} if self.durable else NOT_DURABLE), "port": str(port)}
        options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
        if self._control("start", "-t", "60", "-o", options):
            return False
        kept.write_text(str(port))
        return True

    def _control(self, action: str, *arguments: str) -> int:
        command = [str(self._programs / "pg_ctl"), action, "-D", str(self.data), "-w", "-s", *arguments]
        with self._log.open("ab") as log:
            return subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **account.identity()
            ).returncode

    def _forget_the_dead(self) -> None:
        """Remove the pid file of a killed server whose number another program now has."""
        found = PidFile.read(self.pid_file)
        if found and not processes.is_running(found.pid, "postgres"):
            self.pid_file.unlink(missing_ok=True)

    def _create(self) -> None:
        """Make data and passwords beside their place and move them there whole, so that no half is left."""
        unfinished = Server(self.home.with_name(f"{self.home.name}.nuovo"))
        shutil.rmtree(unfinished.home, ignore_errors=True)
        unfinished.data.mkdir(parents=True)
        unfinished.home.chmod(0o755)
        account.give(unfinished.data)
        passwords = roles.new_passwords()
        roles.write(passwords, unfinished.home / "segreti.json")
        unfinished.initdb(passwords[roles.SUPERUSER])
        unfinished.single_user(roles.first_sql(passwords))
        shutil.rmtree(self.home, ignore_errors=True)
        os.replace(unfinished.home, self.home)

    def initdb(self, password: str) -> None:
        """Make an empty cluster: Italian order of letters (ICU), passwords asked of everybody."""
        password_file = self.home / "superutente"
        password_file.touch(mode=0o600)
        password_file.write_text(password)
        account.give(password_file)
        self._run(
            "initdb",
            "--encoding=UTF8",
            f"--locale={_c_locale()}",
            "--locale-provider=icu",
            "--icu-locale=it",
            f"--username={roles.SUPERUSER}",
            "--auth=scram-sha-256",
            f"--pwfile={password_file}",
        )
        password_file.unlink()

    def single_user(self, sql: str) -> None:
        """Run `sql` on template1 without a server; statements end with an empty line."""
        self._run("postgres", "--single", "-j", "template1", text=sql)

    def _run(self, program: str, *arguments: str, text: str = "") -> None:
        single = arguments[:1] == ("--single",)
        command = [str(self._programs / program), *arguments[:1], "-D", str(self.data), *arguments[1:]]
        result = subprocess.run(command, input=text, capture_output=True, text=True, **account.identity())
        output = result.stdout + result.stderr
        with self._log.open("a") as log:
            log.write(output)
        if result.returncode or (single and ("ERROR:" in output or "FATAL:" in output)):
            raise refusal.from_output("Creazione della banca dati", output, self._log)


def _c_locale() -> str:
    """Byte order with UTF-8 letters where the system has it (Linux does); ICU does the sorting anyhow."""
    import locale

    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        return name
    return "C"
