"""Fetch the public FoodData Central files, from their own host only."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from foods.sources.archive import MIB
from foods.sources.recognise import recognise
from foods.sources.record import SourceError
from foods.timelimit import within

HOST = "fdc.nal.usda.gov"
FDC_FILES = {
    "sr_legacy": "FoodData_Central_sr_legacy_food_csv_2018-04.zip",
    "fndds": "FoodData_Central_survey_food_csv_2024-10-31.zip",
    "foundation": "FoodData_Central_foundation_food_csv_2024-10-31.zip",
}
MAX_DOWNLOAD_BYTES = 200 * MIB
TIMEOUT_S = 30.0
LONGEST_S = 30 * 60.0
"""For a whole file: a server that sends a byte now and then stays within the limit per step."""


def address_of(name: str) -> str:
    return f"https://{HOST}/fdc-datasets/{name}"


@contextmanager
def downloaded(transport: httpx.BaseTransport | None = None) -> Iterator[list[Path]]:
    """Give the downloaded and checked files, oldest table first; they are deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="cobalog-foods-"))
    try:
        with httpx.Client(timeout=TIMEOUT_S, transport=transport) as client:
            paths = [
                fetch_in_time(client, address_of(name), folder / name)
                for name in FDC_FILES.values()
            ]
        for dataset, path in zip(FDC_FILES, paths, strict=True):
            check(path, dataset)
        yield paths
    finally:
        shutil.rmtree(folder)


def fetch_in_time(client: httpx.Client, address: str, path: Path) -> Path:
    try:
        return within(LONGEST_S, lambda: fetch(client, address, path))
    except TimeoutError as error:
        raise SourceError(f"{path.name} did not come from {HOST}: {error}") from None


def fetch(client: httpx.Client, address: str, path: Path) -> Path:
    """Save one file; anything but a plain answer from the known host is refused."""
    url = httpx.URL(address)
    if url.host != HOST or url.scheme != "https":
        raise SourceError(f"{url.host} is not {HOST}")
    try:
        with client.stream("GET", url, follow_redirects=False) as answer:
            if answer.is_redirect:
                target = httpx.URL(answer.headers.get("location", "")).host
                raise SourceError(f"{HOST} sends on to {target or 'another page'}: not followed")
            if answer.status_code != httpx.codes.OK:
                raise SourceError(f"{HOST} answered {answer.status_code} for {path.name}")
            save(answer, path)
    except httpx.HTTPError as error:
        raise SourceError(f"{HOST} cannot be reached; try again later") from error
    return path


def save(answer: httpx.Response, path: Path) -> None:
    """Write the body, up to the size that a genuine download may have."""
    left = MAX_DOWNLOAD_BYTES
    with path.open("wb") as file:
        for part in answer.iter_bytes(MIB):
            left -= len(part)
            if left < 0:
                raise SourceError(f"{path.name} is larger than {MAX_DOWNLOAD_BYTES // MIB} MiB")
            file.write(part)


def check(path: Path, dataset: str) -> None:
    """Raise if a downloaded file is not the expected table."""
    reader = recognise(path, "fdc")
    if reader.datasets != (dataset,):
        raise SourceError(f"{path.name} holds {', '.join(reader.datasets) or 'no foods'}")
