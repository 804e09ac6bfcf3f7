"""The launcher: real servers started and stopped, no process left behind, words for who cannot go on."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from dev import frontend, keys, postgres, run, servers, system, valkey
from dev.home import Home, home, open_to_all
from dev.paths import ROOT
from dev.say import GivesUp

NEVER = system.Need("libnowhere", lambda: False, "nothing")
HERE = system.Need("libhere", lambda: True, "something")


@pytest.fixture
def no_servers_named(monkeypatch):
    for name in servers.ADDRESSES:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def place():
    made = home(f"launcher-{os.getpid()}")
    yield made
    postgres.stop(made)
    valkey.stop(made)
    shutil.rmtree(made.base)
    if made.sockets.exists():
        shutil.rmtree(made.sockets)


@pytest.fixture(scope="module")
def started(place) -> Home:
    assert postgres.start(place, durable=False)
    assert valkey.start(place)
    return place


def pids_of(place: Home) -> list[int]:
    """Processes that name the place on their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_bytes().decode(errors="replace")
            except OSError:
                continue
            if str(place.base) + "/" in words and int(entry.name) != os.getpid():
                found.append(int(entry.name))
    return found


def test_the_two_roles_pass_no_wall_and_only_the_owner_owns(started):
    rows = postgres.psql(
        started,
        "SELECT rolname, rolcanlogin, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles"
        " WHERE rolname LIKE 'pm\\_%' ORDER BY 1",
    ).split()
    assert rows == ["pm_app|t|f|f|f|f", "pm_owner|t|f|f|f|t"]
    owner = postgres.psql(started, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'pm'")
    assert owner.strip() == "pm_owner"


def test_a_second_start_finds_the_servers_up_and_changes_nothing(started):
    assert not postgres.start(started)
    assert not valkey.start(started)


def test_the_database_listens_on_its_socket_only(started):
    assert postgres.psql(started, "SHOW listen_addresses").strip() == ""
    assert len(str(started.sockets / ".s.PGSQL.5432")) < 100
    assert stat.S_IMODE(started.sockets.stat().st_mode) == 0o700


def test_the_address_connects_as_the_role_it_names(started):
    import psycopg2

    for role in ("pm_app", "pm_owner"):
        with psycopg2.connect(postgres.url(started, role)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT current_user, current_database()")
            assert cursor.fetchone() == (role, "pm")
        connection.close()


def test_the_queue_keeps_an_append_only_file_and_wants_its_password(started):
    import redis

    with redis.Redis.from_url(valkey.url(started)) as client:
        assert client.config_get("appendonly") == {"appendonly": "yes"}
        client.set("kept", "yes")
    with redis.Redis(port=valkey._port(started)) as stranger, pytest.raises(redis.AuthenticationError):
        stranger.get("kept")


def test_stopped_servers_leave_no_process_and_keep_their_data(started):
    import redis

    postgres.psql(started, "CREATE TABLE kept AS SELECT 7 AS n", database="pm")
    postgres.stop(started)
    valkey.stop(started)
    assert not postgres.running(started)
    assert not valkey.running(started)
    assert not pids_of(started)
    assert postgres.start(started, durable=False)
    assert valkey.start(started)
    assert postgres.psql(started, "SELECT n FROM kept", database="pm").strip() == "7"
    with redis.Redis.from_url(valkey.url(started)) as client:
        assert client.get("kept") == b"yes"


def test_the_last_user_stops_the_servers_and_nobody_before_him(started, no_servers_named):
    with servers.servers(started.name, durable=False):
        with servers.servers(started.name, durable=False) as env:
            assert env["DATABASE_URL"] == postgres.url(started, "pm_app")
        assert postgres.running(started)
        assert valkey.running(started)
    assert not postgres.running(started)
    assert not valkey.running(started)


@pytest.mark.parametrize("after", [0.15, 0.4, 0.9])
def test_a_signal_while_the_servers_start_leaves_none_behind(place, no_servers_named, after):
    code = textwrap.dedent(f"""
        from dev.commands import foreground, main_of
        from dev.servers import servers
        def main(arguments):
            print("begun", flush=True)
            with servers({place.name!r}, durable=False) as env:
                return foreground(["sleep", "600"], env)
        main_of(main)
    """)
    child = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"begun\n"
    time.sleep(after)
    child.terminate()
    assert child.wait(timeout=30) == 128 + signal.SIGTERM
    assert not pids_of(place)


def test_servers_named_by_the_environment_are_used_and_none_is_started(monkeypatch, place):
    before = pids_of(place)
    for name in servers.ADDRESSES:
        monkeypatch.setenv(name, f"somewhere://{name.lower()}")
    with servers.servers(place.name) as env:
        assert env["DATABASE_URL"] == "somewhere://database_url"
        assert pids_of(place) == before


def test_half_named_servers_are_refused(monkeypatch, no_servers_named):
    monkeypatch.setenv("REDIS_URL", "redis://somewhere")
    with pytest.raises(GivesUp, match="DATABASE_URL, MIGRATION_DATABASE_URL"):
        servers.external()


def test_a_folder_below_a_closed_one_is_not_open_to_all(tmp_path):
    closed = tmp_path / "closed"
    (closed / "data").mkdir(parents=True)
    closed.chmod(0o700)
    assert not open_to_all(closed / "data")


def test_secrets_are_made_once_and_readable_by_their_maker_only(monkeypatch, tmp_path):
    monkeypatch.setattr(keys, "SECRETS", tmp_path / "secrets")
    first = keys.secret("a")
    assert len(first) >= 50
    assert keys.secret("a") == first != keys.secret("b")
    assert stat.S_IMODE((tmp_path / "secrets" / "a").stat().st_mode) == 0o600


def test_who_may_not_install_is_told_one_command_and_why():
    told = system.refusal([NEVER, system.Need("fonts-nowhere", lambda: False, "letters")])
    assert told.splitlines()[-1].strip() == (
        "sudo apt-get install -y --no-install-recommends libnowhere fonts-nowhere"
    )
    assert "libnowhere: nothing" in told


def test_a_missing_package_stops_everybody_but_root(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert system.missing([HERE, NEVER]) == [NEVER]
    system.ensure([HERE])
    with pytest.raises(GivesUp, match="libnowhere"):
        system.ensure([HERE, NEVER])


def test_root_installs_only_what_is_missing_and_looks_again(monkeypatch):
    asked = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "_install", lambda needs: asked.extend(needs) or True)
    with pytest.raises(GivesUp, match="libnowhere"):
        system.ensure([HERE, NEVER])
    assert asked == [NEVER]


def test_the_first_free_port_is_taken_and_a_busy_wish_is_refused():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        with pytest.raises(GivesUp, match="not a free port"):
            run.choose_port(str(busy.getsockname()[1]))
    with pytest.raises(GivesUp, match="not a free port"):
        run.choose_port("eighty")
    assert run.choose_port(None) >= run.FIRST_PORT


def test_an_old_node_is_not_good_enough():
    assert frontend.version("v20.20.2") < frontend.OLDEST_NODE <= frontend.version("v24.1.0")
    assert frontend.version("garbage") == (0, 0)


SUPERVISED = """
    import sys
    from dev.supervisor import Service, Supervisor
    lasting = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
    services = [
        Service("tree", [sys.executable, "-c", lasting, "{mark}"]),
        Service("mule", [sys.executable, "-c", stubborn, "{mark}"]),
        Service("short", [sys.executable, "-c", "import time; print('hello'); time.sleep({lives})", "{mark}"]),
    ]
    env = dict(__import__("os").environ, MARK="{mark}")
    started = lambda stop: print("started", flush=True)
    sys.exit(Supervisor(services, env, ".", grace_seconds=0.5).run(started))
"""


def supervised(mark: str, lives: float) -> subprocess.Popen[str]:
    code = textwrap.dedent(SUPERVISED).format(mark=mark, lives=lives)
    child = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert child.stdout is not None
    while "started" not in child.stdout.readline():
        assert child.poll() is None
    return child


def marked(mark: str) -> list[str]:
    """Living processes that inherited MARK, whoever their parent is by now."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes().split(b"\0")
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
            except OSError:
                continue
            if f"MARK={mark}".encode() in environment and state != "Z":
                found.append(entry.name)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_signal_ends_every_process_grandchildren_and_stubborn_ones_too(number):
    mark = f"stop-{os.getpid()}-{number}"
    child = supervised(mark, lives=600)
    assert len(marked(mark)) >= 3
    child.send_signal(number)
    assert child.wait(timeout=20) == 0
    assert not marked(mark)


def test_one_service_that_ends_takes_the_others_with_it():
    mark = f"ends-{os.getpid()}"
    child = supervised(mark, lives=0.3)
    output, _ = child.communicate(timeout=20)
    assert child.returncode == 1
    assert "short  | hello" in output
    assert "short ended with status 0" in output
    assert not marked(mark)


def test_services_end_when_their_supervisor_is_killed():
    mark = f"killed-{os.getpid()}"
    child = supervised(mark, lives=600)
    before = len(marked(mark))
    child.kill()
    child.wait()
    deadline = time.monotonic() + 10
    while len(marked(mark)) >= before and time.monotonic() < deadline:
        time.sleep(0.05)
    left = marked(mark)
    assert len(left) < before
    for pid in left:  # the one that ignores SIGTERM and the grandchild
        os.kill(int(pid), signal.SIGKILL)


LOCKS = ["requirements/base.txt", "requirements/dev.txt", "frontend/package-lock.json"]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_files_name_no_registry(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "resolved" not in text
    assert not re.search(r"index-url|find-links|registry|pypi|npmjs", text)


@pytest.mark.parametrize("name", LOCKS[:2])
def test_every_locked_requirement_has_a_hash(name):
    blocks = re.split(r"\n(?=\w)", (ROOT / name).read_text(encoding="utf-8").strip())
    assert len(blocks) > 20
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)


def test_every_locked_front_end_package_has_a_hash():
    import json

    packages = json.loads((ROOT / "frontend/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)


def test_the_ci_runs_the_two_checks_of_the_house():
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make lint" in script
    assert "make test" in script
    assert os.access(ROOT / ".ci/run", os.X_OK)
