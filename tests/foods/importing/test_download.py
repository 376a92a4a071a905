import threading

import httpx
import pytest

from foods.importing import download
from foods.importing.download import FDC_FILES, HOST, downloaded, fetch
from foods.sources.record import SourceError
from tests.foods.sources.tables import foundation, sr_legacy, survey, zipped

TABLES = {"sr_legacy": sr_legacy, "fndds": survey, "foundation": foundation}


def serving(answers):
    """A transport that answers by file name and records every requested host."""
    hosts = []

    def answer(request):
        hosts.append(request.url.host)
        found = answers[request.url.path.rpartition("/")[2]]
        return found if isinstance(found, httpx.Response) else httpx.Response(200, content=found)

    return httpx.MockTransport(answer), hosts


def honest_files(tmp_path):
    return {
        FDC_FILES[name]: zipped(tmp_path / name, make()).read_bytes()
        for name, make in TABLES.items()
    }


def test_the_three_files_are_downloaded_checked_and_deleted_afterwards(tmp_path):
    transport, hosts = serving(honest_files(tmp_path))

    with downloaded(transport) as paths:
        names = [path.name for path in paths]
        assert all(path.exists() for path in paths)

    assert names == list(FDC_FILES.values())
    assert hosts == [HOST] * 3
    assert not any(path.exists() for path in paths)


def test_a_file_with_another_table_in_it_is_refused(tmp_path):
    files = honest_files(tmp_path)
    files[FDC_FILES["fndds"]] = files[FDC_FILES["sr_legacy"]]
    transport, _ = serving(files)

    with pytest.raises(SourceError, match="holds sr_legacy"), downloaded(transport):
        pass


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(404), "answered 404"),
        (httpx.Response(503), "answered 503"),
        (httpx.Response(302, headers={"location": "https://evil.example/x"}), "to evil.example"),
        (httpx.Response(200, content=b"<html>"), "none of the food tables"),
    ],
)
def test_any_other_answer_is_refused(tmp_path, answer, reason):
    transport, hosts = serving(honest_files(tmp_path) | {FDC_FILES["sr_legacy"]: answer})

    with pytest.raises(SourceError, match=reason), downloaded(transport):
        pass

    assert set(hosts) == {HOST}


def test_no_network_is_one_sentence():
    def unreachable(_request):
        raise httpx.ConnectError("no route")

    with (
        pytest.raises(SourceError, match=f"^{HOST} cannot be reached; try again later$"),
        downloaded(httpx.MockTransport(unreachable)),
    ):
        pass


@pytest.mark.parametrize("address", ["https://example.org/x.zip", f"http://{HOST}/x.zip"])
def test_other_hosts_are_never_asked(tmp_path, address):
    with httpx.Client(transport=serving({})[0]) as client, pytest.raises(SourceError):
        fetch(client, address, tmp_path / "x.zip")


def test_an_endless_body_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("foods.importing.download.MAX_DOWNLOAD_BYTES", 1000)
    transport, _ = serving(honest_files(tmp_path) | {FDC_FILES["sr_legacy"]: b"0" * 1001})

    with pytest.raises(SourceError, match="is larger than"), downloaded(transport):
        pass


def test_a_file_that_takes_too_long_is_abandoned(monkeypatch):
    monkeypatch.setattr(download, "LONGEST_S", 0.05)
    let_go = threading.Event()
    transport = httpx.MockTransport(lambda _request: let_go.wait(10))

    late = rf"did not come from {HOST}: no answer within 0\.05 s"

    with pytest.raises(SourceError, match=late), downloaded(transport):
        pass
    let_go.set()
