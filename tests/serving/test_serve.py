"""The real server, from an empty folder to its first page and its end."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def serving(folder, port):
    """Yield the server's process as soon as it has said where it is; stop it like Ctrl-C."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env={"PATH": os.defpath, "COBALOG_VAR": str(folder), "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        process.said = [process.stdout.readline()]
        while process.said[-1] and "Cobalog is at" not in process.said[-1]:
            process.said.append(process.stdout.readline())
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGINT)
        process.rest = process.communicate(timeout=20)[0]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder, port = tmp_path_factory.mktemp("var"), free_port()
    with serving(folder, port) as process:
        process.folder, process.url = folder, f"http://127.0.0.1:{port}"
        yield process


def get(url):
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.status, response.headers, response.read()


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


def test_a_port_in_use_is_one_line(server):
    port = server.url.rsplit(":", 1)[1]

    done = subprocess.run(
        [sys.executable, "manage.py", "serve", "--port", port],
        cwd=ROOT,
        env={"PATH": os.defpath, "COBALOG_VAR": str(server.folder)},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"Cobalog: Port {port} is in use; choose another one, for example with "
        f"PORT={int(port) + 1}.\n"
    )


def test_a_second_start_keeps_the_key_and_ends_cleanly(server, tmp_path):
    key = (server.folder / "secret_key").read_text()

    with serving(server.folder, free_port()) as again:
        time.sleep(1)  # one worker has answered; the other may still be loading

    assert again.said == again.said[-1:]  # nothing to set up, nothing to collect
    assert again.rest == "Cobalog has stopped\n"
    assert again.returncode == 0
    assert (server.folder / "secret_key").read_text() == key


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux")
def test_a_worker_that_died_is_replaced(tmp_path):
    port = free_port()
    with serving(tmp_path, port) as process:
        before = workers_of(process.pid)
        os.kill(before[0], signal.SIGKILL)
        until = time.monotonic() + 20
        while workers_of(process.pid) in (before, before[1:]) and time.monotonic() < until:
            time.sleep(0.1)

        assert len(workers_of(process.pid)) == len(before)
        assert get(f"http://127.0.0.1:{port}/healthz")[0] == 200


def workers_of(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if not is_dead(child)]


def is_dead(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
