"""A real embedded server, made in a folder of its own by whoever runs the tests, root or not."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from portal.embedded import environment, places, processes, roles
from portal.embedded.server import Server

pytestmark = pytest.mark.skipif(
    not (places.NPM / "node_modules").is_dir(), reason="an external DATABASE_URL is in use: no embedded programs"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """Not in tmp_path, which pytest closes to everybody else: root's server runs as another user."""
    home = Path(tempfile.mkdtemp(prefix="tessere-"))
    home.chmod(0o755)
    made = Server(home / "prova", durable=False)
    made.start()
    yield made
    made.stop()
    shutil.rmtree(home)


def ask(server: Server, role: str, query: str) -> list[tuple]:
    with psycopg.connect(server.url(role)) as connection:
        return connection.execute(query).fetchall()


def test_new_server_has_utf8_italian_order_and_extensions(server: Server):
    query = "SELECT extname FROM pg_extension WHERE extname = ANY(%s)"
    with psycopg.connect(server.url(roles.OWNER)) as connection:
        found = {name for (name,) in connection.execute(query, [list(roles.EXTENSIONS)])}
        letters = connection.execute("SELECT string_agg(x, '' ORDER BY x) FROM unnest('{z,è,E,a,Z,f}'::text[]) x")
        assert letters.fetchone() == ("aEèfzZ",)
    assert found == set(roles.EXTENSIONS)
    assert ask(server, roles.OWNER, "SHOW server_encoding") == [("UTF8",)]


def test_owner_can_make_databases_and_act_as_both_processes(server: Server):
    with psycopg.connect(server.url(roles.OWNER), autocommit=True) as connection:
        connection.execute("CREATE DATABASE altra")
        connection.execute("DROP DATABASE altra")
        for role in roles.PROCESSES:
            connection.execute(f"SET ROLE {role}")
            assert connection.execute("SELECT current_user").fetchone() == (role,)


@pytest.mark.parametrize("role", roles.PROCESSES)
def test_process_role_cannot_create_anything(server: Server, role: str):
    with psycopg.connect(server.url(role), autocommit=True) as connection:
        for statement in ("CREATE TABLE t (x int)", "CREATE SCHEMA s", "CREATE DATABASE d", "CREATE ROLE r"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_server_listens_only_on_loopback_and_asks_for_the_password(server: Server):
    assert ask(server, roles.OWNER, "SHOW listen_addresses") == [("127.0.0.1",)]
    assert ask(server, roles.SUPERUSER, "SHOW unix_socket_directories") == [("",)]
    secret = roles.read(server.home / "segreti.json")[roles.OWNER]
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url(roles.OWNER).replace(secret, "sbagliata"))
    assert (server.home / "segreti.json").stat().st_mode & 0o077 == 0


def test_data_and_port_survive_a_restart_and_a_kill(server: Server):
    with psycopg.connect(server.url(roles.OWNER)) as connection:
        connection.execute("CREATE TABLE resta (x int)")
    before = server.running()
    server.stop()
    assert server.running() is None
    server.start()
    assert server.running().port == before.port

    os.kill(server.running().pid, signal.SIGKILL)
    assert processes.wait_until(lambda: server.running() is None, seconds=5)
    assert server.pid_file.exists()
    server.start()
    assert ask(server, roles.OWNER, "SELECT count(*) FROM resta") == [(0,)]


def test_pid_file_left_with_the_number_of_another_program_does_not_stop_the_start(server: Server):
    text = server.pid_file.read_text()
    server.stop()
    server.pid_file.write_text(text.replace(text.splitlines()[0], str(os.getpid()), 1))
    server.start()
    assert server.running().pid != os.getpid()


def test_last_command_that_uses_the_database_of_the_tests_stops_it(server: Server, tmp_path, monkeypatch):
    monkeypatch.setattr(places, "RUN", tmp_path)
    monkeypatch.setattr(environment, "external", lambda: None)
    monkeypatch.setattr(environment, "server", lambda name: server)
    with environment.database_of_tests() as addresses:
        with environment.database_of_tests() as the_same:
            assert the_same == addresses
        with psycopg.connect(addresses["DATABASE_URL"]):
            pass
    stopped = server.running() is None
    server.start()  # the other tests of this file use it
    assert stopped
