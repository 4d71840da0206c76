"""The first code a newcomer runs: stamps, ports, states, and sentences instead of tracebacks."""

import errno
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from portal.embedded import (
    account,
    commands,
    console,
    environment,
    help_text,
    node,
    places,
    ports,
    processes,
    refusal,
    roles,
)
from portal.embedded.children import port_of
from portal.embedded.refusal import Refusal
from portal.embedded.server import PidFile, Server
from portal.embedded.stamps import Stamp, digest

POSTMASTER = "4242\n/dati\n1700000000\n54321\n\n127.0.0.1\n  123 0\nready   \n"


@pytest.fixture
def busy_port():
    with socket.socket() as listener:
        listener.bind((ports.LOOPBACK, 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_stamp_is_fresh_only_for_what_it_was_pressed_for(tmp_path: Path):
    source, output = tmp_path / "fonti", tmp_path / "esito"
    source.mkdir()
    (source / "a.txt").write_text("uno")
    output.touch()

    def stamp() -> Stamp:
        return Stamp("prova", source, also="3.11", outputs=[output], folder=tmp_path / "timbri")

    assert not stamp().fresh()
    stamp().press()
    assert stamp().fresh()
    (source / "a.txt").write_text("due")
    assert not stamp().fresh()
    stamp().press()
    output.unlink()
    assert not stamp().fresh()


def test_digest_sees_names_and_extra_text_but_not_what_was_installed(tmp_path: Path):
    (tmp_path / "a").write_text("x")
    first = digest(tmp_path)
    assert digest(tmp_path, also="altro") != first
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "b").write_text("y")
    assert digest(tmp_path) == first
    (tmp_path / "a").rename(tmp_path / "c")
    assert digest(tmp_path) != first


def test_first_free_passes_over_a_busy_port(busy_port: int):
    assert not ports.is_free(busy_port)
    free = ports.first_free([busy_port, 0])
    assert free == 0
    with pytest.raises(Refusal, match="porta libera"):
        ports.first_free([busy_port])


def test_demand_free_on_a_busy_port_names_the_way_out(busy_port: int):
    with pytest.raises(Refusal, match=f"{busy_port} è già occupata.*make demo PORTA_PUBBLICO={busy_port + 100}"):
        ports.demand_free(busy_port, "PORTA_PUBBLICO")


@pytest.mark.parametrize("written", ["80", "ottomila", "99999", "-1"])
def test_port_of_refuses_what_is_no_usable_port(monkeypatch: pytest.MonkeyPatch, written: str):
    monkeypatch.setenv("PORTA_PUBBLICO", written)
    with pytest.raises(Refusal, match="PORTA_PUBBLICO"):
        port_of("pubblico")


def test_port_of_takes_the_usual_port_when_make_exports_an_empty_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(places, "RUN", tmp_path)  # no demo is on
    monkeypatch.setenv("PORTA_RISERVATO", "")
    assert port_of("riservato") == 8001


def test_pid_file_reads_number_port_and_readiness(tmp_path: Path):
    file = tmp_path / "postmaster.pid"
    file.write_text(POSTMASTER)
    assert PidFile.read(file) == PidFile(4242, 54321, ready=True)
    file.write_text(POSTMASTER.replace("ready   ", "starting"))
    assert PidFile.read(file) == PidFile(4242, 54321, ready=False)


@pytest.mark.parametrize("text", ["", "4242\n", "non un numero\n/dati\n1\n2\n"])
def test_pid_file_half_written_is_none(tmp_path: Path, text: str):
    file = tmp_path / "postmaster.pid"
    assert PidFile.read(file) is None
    file.write_text(text)
    assert PidFile.read(file) is None


def test_server_whose_number_another_program_has_is_not_running(tmp_path: Path):
    server = Server(tmp_path)
    server.data.mkdir()
    server.pid_file.write_text(POSTMASTER.replace("4242", str(os.getpid())))
    assert server.running() is None
    with pytest.raises(Refusal, match="spenta"):
        server.url(roles.OWNER)


def test_process_is_running_only_as_the_program_we_think():
    assert processes.is_running(os.getpid(), "python")
    assert not processes.is_running(os.getpid(), "postgres")
    assert not processes.is_running(0, "")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("CommandError: Conflicting migrations detected; multiple leaf nodes", refusal.OLD_DATA),
        ("error: Failed to fetch: dns error", refusal.NO_NETWORK),
        ("error: Failed to fetch\n cause: invalid peer certificate: UnknownIssuer", refusal.NO_TRUST),
        ("npm error code ENOTFOUND", refusal.NO_NETWORK),
        ("OSError: [Errno 28] No space left on device", refusal.NO_DISK),
        ("Hash mismatch for `Django==5.2`", refusal.NO_HASH),
        ("ensurepip is not available", refusal.NO_VENV),
    ],
)
def test_known_troubles_become_one_sentence(output: str, sentence: str):
    assert str(refusal.from_output("Ambiente Python", output, Path("x.log"))) == sentence


def test_unknown_trouble_points_at_its_log():
    told = refusal.from_output("Stili e script", "boh", places.LOGS / "preparazione.log")
    assert str(told) == "«Stili e script» non è riuscito: il perché è in fondo a .local/log/preparazione.log."


def test_full_disk_and_closed_folder_are_told_apart():
    assert str(refusal.from_os_error(OSError(errno.ENOSPC, "no space", "f"))) == refusal.NO_DISK
    assert "permesso" in str(refusal.from_os_error(OSError(errno.EACCES, "denied", "/chiusa")))


def test_full_disk_while_copying_a_folder_is_told_as_such():
    many = shutil.Error([("da", "a", str(OSError(errno.ENOSPC, "No space left on device")))])
    assert str(refusal.from_os_error(many)) == refusal.NO_DISK


def test_trouble_without_a_file_says_nothing_of_none():
    assert "None" not in str(refusal.from_os_error(OSError("strano")))


def test_show_keeps_complaints_in_the_log_and_tells_a_known_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture
):
    monkeypatch.setattr(places, "LOGS", tmp_path)
    code = "import sys; print('12 aggiunti', flush=True); sys.exit('psycopg.errors.DiskFull: No space left on device')"
    with pytest.raises(Refusal, match="disco è pieno"):
        console.show("Dati", [sys.executable, "-c", code])
    shown = capfd.readouterr()
    assert "12 aggiunti" in shown.out
    assert "DiskFull" not in shown.out + shown.err
    assert "DiskFull" in places.log("preparazione").read_text()


def test_reader_that_goes_away_ends_the_command_quietly():
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "portal.embedded", "help"]
    ended = subprocess.run(command, check=False, cwd=places.ROOT, stdout=writer, stderr=subprocess.PIPE, text=True)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, "")


def test_command_prints_a_refusal_and_ends_with_one(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    def refuse() -> None:
        raise Refusal("Non si può.")

    monkeypatch.setitem(commands.COMMANDS, "help", refuse)
    assert commands.main([]) == 1
    assert capsys.readouterr().out == "\nNon si può.\n"
    assert commands.main(["che-cosa"]) == 2
    assert "che-cosa" in capsys.readouterr().out


def test_help_lists_every_target_and_refuses_a_mute_one():
    documented = help_text.targets((places.ROOT / "Makefile").read_text())
    assert {"demo", "demo-start", "demo-stop", "test", "check", "e2e", "bench", "help"} <= set(documented)
    with pytest.raises(Refusal, match="muto"):
        help_text.targets("detto: ## Parla.\n\tx\nmuto: detto\n\ty\n")


def test_node_major_reads_the_version():
    assert node.major("v22.3.0") == 22
    assert node.major("") == 0


def test_addresses_come_from_the_environment_before_the_file(tmp_path: Path):
    file = tmp_path / ".env"
    file.write_text("# nota\nDATABASE_URL='postgres://file'\nDATABASE_URL_PUBBLICO=postgres://p\n")
    found = environment.given(file, {"DATABASE_URL": "postgres://ambiente"})
    assert found == {"DATABASE_URL": "postgres://ambiente", "DATABASE_URL_PUBBLICO": "postgres://p"}


def test_own_database_without_all_three_roles_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(environment, "given", lambda: {"DATABASE_URL": "postgres://x"})
    with pytest.raises(Refusal, match="DATABASE_URL_PUBBLICO e DATABASE_URL_RISERVATO"):
        environment.external()
    monkeypatch.setattr(environment, "given", dict)
    assert environment.external() is None


def test_secret_key_is_drawn_once_and_private(tmp_path: Path):
    file = tmp_path / "chiave"
    first = environment.secret_key(file)
    assert environment.secret_key(file) == first
    assert len(first) > 60
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("")  # as a full disk leaves it
    assert len(environment.secret_key(file)) > 60


@pytest.mark.skipif(bool(os.geteuid()), reason="only root runs the server as somebody else")
def test_home_out_of_reach_becomes_a_link_to_a_reachable_folder(tmp_path: Path):
    closed, system = tmp_path / "chiusa", tmp_path / "sistema"
    closed.mkdir(mode=0o700)
    found = account.home(closed / "postgres", system)
    assert found.parent == system
    assert account.home(closed / "postgres", system) == found


def test_set_up_modules_need_only_the_standard_library():
    """They run before .venv exists; `messages` runs in it."""
    foreign = []
    for file in (places.ROOT / "portal" / "embedded").glob("*.py"):
        imports = [line.split()[1] for line in file.read_text().splitlines() if line.startswith(("import ", "from "))]
        roots = {name.split(".")[0] for name in imports}
        if file.name != "messages.py":
            foreign += sorted(roots - sys.stdlib_module_names - {"portal"})
    assert foreign == []


def test_processes_share_what_python_compiles_in_our_own_folder():
    environ = {"PYTHONDONTWRITEBYTECODE": "1", "PATH": "/bin"}
    commands.keep_compiled(environ)
    assert environ == {"PATH": "/bin", "PYTHONPYCACHEPREFIX": str(places.LOCAL / "pycache")}
