"""The real server, from an empty folder to its first page and its stop."""

import contextlib
import json
import os
import re
import shutil
import signal
import urllib.error
import urllib.request
from functools import partial
from pathlib import Path

import pytest

from tests.serving.running import (
    environment,
    free_port,
    get,
    is_dead,
    listeners_on,
    run,
    serving,
    until,
    workers_of,
)
from tracker.serving.server import GIVEN_UP

WORKERS = min(2, os.cpu_count() or 1)
on_linux = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux")


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("var"), free_port()
    with serving(folder, port) as process:
        process.folder, process.url = folder, f"http://127.0.0.1:{port}"
        yield process


def test_the_address_is_the_last_thing_said(server):
    assert server.said[-1] == f"Cobalog is at {server.url} (Ctrl-C stops it)\n"


def test_a_stranger_gets_the_sign_in_page_under_the_strict_policy(server):
    status, headers, body = get(f"{server.url}/")

    assert status == 200
    assert b"<h1>" in body
    policy = [part.strip() for part in headers["Content-Security-Policy"].split(";")]
    assert "script-src 'self'" in policy  # the order of the directives is not fixed


def test_static_files_are_hashed_compressed_and_cached_for_ever(server):
    _, _, body = get(f"{server.url}/accounts/login/")
    css = re.search(rb"/static/css/cobalog\.[0-9a-f]{12}\.css", body).group().decode()

    request = urllib.request.Request(f"{server.url}{css}", headers={"Accept-Encoding": "br"})
    status, headers, _ = get(request)

    assert status == 200
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]


def test_the_chart_library_comes_from_the_installed_package(server):
    manifest = json.loads((server.folder / "static" / "staticfiles.json").read_text())

    _, headers, _ = get(f"{server.url}/static/{manifest['paths']['vendor/plotly.min.js']}")

    assert headers["Content-Type"].startswith("text/javascript")


def test_a_database_that_is_deleted_under_it_is_no_longer_ready(server, tmp_path):
    idle = shutil.ignore_patterns("*-shm")
    folder, port = shutil.copytree(server.folder, tmp_path / "var", ignore=idle), free_port()
    ready = f"http://127.0.0.1:{port}/readyz"
    with serving(folder, port):
        assert get(ready)[0] == 200
        for file in folder.glob("cobalog.sqlite3*"):
            file.unlink()

        until(lambda: status_of(ready) == 503)


def status_of(address):
    try:
        return get(address)[0]
    except urllib.error.HTTPError as error:
        return error.code


def test_a_port_in_use_is_reported_in_one_line(server):
    port = server.url.rsplit(":", 1)[1]

    done = run("serve", "--port", port, **environment(server.folder))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Cobalog: Port {port} is in use; choose another one, for example with "
        f"PORT={int(port) + 1}.\n"
    )


@pytest.mark.slow
def test_a_second_start_keeps_the_key_and_ends_cleanly(server):
    key, port = (server.folder / "secret_key").read_text(), free_port()

    with serving(server.folder, port) as again:
        # One worker has answered; the other may still be loading.
        until(lambda: not Path("/proc/net/tcp").exists() or listeners_on(port) == WORKERS)

    assert again.said == again.said[-1:]  # nothing to set up, nothing to collect
    # A busy machine may need longer than a worker is given: then granian says that it killed it.
    assert again.rest.splitlines()[-1] == "Cobalog has stopped"
    assert again.returncode == 0
    assert (server.folder / "secret_key").read_text() == key


def is_replaced_on(port, server, before):
    now = workers_of(server)
    return len(now) == len(before) and before[-1] not in now and listeners_on(port) == WORKERS


@pytest.mark.slow
@on_linux
def test_a_worker_that_died_is_replaced(server):
    port = free_port()
    with serving(server.folder, port) as process:
        until(lambda: listeners_on(port) == WORKERS)
        for _again in range(2):  # granian itself gives up at the second one
            before = sorted(workers_of(process.pid))
            os.kill(before[-1], signal.SIGKILL)  # the newest, so it is the same one twice
            until(partial(is_replaced_on, port, process.pid, before))

        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200


@pytest.mark.slow
@on_linux
def test_the_server_gives_up_on_workers_that_keep_ending(server):
    port = free_port()
    with serving(server.folder, port) as process:
        until(lambda: listeners_on(port) == WORKERS)

        def has_given_up():
            for worker in workers_of(process.pid):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(worker, signal.SIGKILL)
            return process.poll() is not None

        until(has_given_up)

    assert process.returncode == 1
    assert process.rest.splitlines()[-1] == GIVEN_UP


@pytest.mark.slow
@on_linux
def test_workers_end_with_a_killed_server(server):
    port = free_port()
    with serving(server.folder, port) as process:
        until(lambda: listeners_on(port) == WORKERS)
        workers = workers_of(process.pid)
        os.kill(process.pid, signal.SIGKILL)

        until(lambda: all(is_dead(worker) for worker in workers), patience_s=5)
        # A process counts as dead while its last threads still hold its sockets.
        until(lambda: listeners_on(port) == 0, patience_s=5)


@pytest.mark.slow
@on_linux
def test_a_terminal_that_is_closed_ends_it_cleanly(server):
    port = free_port()
    with serving(server.folder, port) as process:
        until(lambda: listeners_on(port) == WORKERS)
        os.killpg(process.pid, signal.SIGHUP)
        until(lambda: process.poll() is not None, patience_s=10)

    assert process.returncode == 0
    assert process.rest.splitlines()[-1] == "Cobalog has stopped"
    until(lambda: listeners_on(port) == 0, patience_s=5)
