"""Open a zip, folder or gzip safely: sizes and ratios are checked, bytes counted."""

import csv
import errno
import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from foods.sources.damage import in_words
from foods.sources.record import SourceError
from tracker.numbers.counting import so_many

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MIB = 1024 * 1024
MAX_UNPACKED_BYTES = 8 * 1024 * MIB
"""The whole FoodData Central download unpacks to about 3 GiB."""
MAX_RATIO = 100
"""Food tables compress 5:1 to 30:1, a zip bomb 1,000:1."""
RATIO_FREE_BYTES = MIB
WATCHED_BUFFER_BYTES = 1024
READ_ERRORS = (
    OSError,
    EOFError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
)
"""What the standard library raises on a truncated, damaged, encrypted or exotic archive."""

OnRead = Callable[[int], object]
"""Called with the number of bytes just read, for a progress bar."""


def ignore(_count: int) -> None:
    """Do nothing with the number of bytes read."""


def name_of(path: Path) -> str:
    """Return the name of a file or folder, even if it is given as "."."""
    return path.name or path.resolve().name or str(path)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Say in one line why the system cannot read a file.

    Errors from the archive libraries themselves have no errno, or that of a seek to a position
    given in a damaged file: both are passed on.
    """
    try:
        yield
    except OSError as error:
        if error.errno in (None, errno.EINVAL):
            raise
        raise SourceError(f"{name} cannot be read: {error.strerror}") from error


class WatchedFile(io.FileIO):
    """A file that reports how much of it is read."""

    def __init__(self, path: Path, on_read: OnRead) -> None:
        super().__init__(path)
        self._on_read = on_read

    def readinto(self, buffer: "WriteableBuffer") -> int:
        count = super().readinto(buffer) or 0
        self._on_read(count)
        return count


def watched(path: Path, on_read: OnRead) -> io.BufferedReader:
    """Open a file for a library that unpacks it.

    The buffer is small because a zip file is read in scattered pieces, and unused bytes count too.
    """
    return io.BufferedReader(WatchedFile(path, on_read), WATCHED_BUFFER_BYTES)


class CountedBytes(io.RawIOBase):
    """A stream that raises after a number of bytes."""

    def __init__(
        self, raw: IO[bytes] | gzip.GzipFile, name: str, limit_bytes: int, on_read: OnRead = ignore
    ) -> None:
        self._raw, self._name, self._left, self._on_read = raw, name, limit_bytes, on_read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        try:
            with readable(self._name):
                place = memoryview(buffer)
                data = self._raw.read(len(place))
        except READ_ERRORS as error:
            raise SourceError(f"{self._name} is damaged: {in_words(error)}") from error
        self._left -= len(data)
        if self._left < 0:
            raise SourceError(f"{self._name} unpacks to more than it may")
        place[: len(data)] = data
        self._on_read(len(data))
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()


def check_zip(archive: zipfile.ZipFile, size_bytes: int, limit_bytes: int) -> None:
    """Raise SourceError if the members claim to be larger than a real table."""
    members = archive.infolist()
    claimed = sum(member.file_size for member in members)
    if claimed > limit_bytes:
        raise SourceError(f"the archive claims {claimed:,} bytes; at most {limit_bytes:,} are read")
    if sum(member.compress_size for member in members) > size_bytes:
        raise SourceError("the archive's members overlap: this is not an honest zip file")
    for member in members:
        large = member.file_size > RATIO_FREE_BYTES
        if large and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise SourceError(f"{member.filename} is packed more than {MAX_RATIO}:1: a zip bomb?")


def open_zip(path: Path, limit_bytes: int = MAX_UNPACKED_BYTES) -> zipfile.ZipFile:
    """Return the zip file, checked before anything is unpacked."""
    try:
        with readable(path.name):
            archive = zipfile.ZipFile(path)
    except READ_ERRORS as error:
        raise SourceError(f"{path.name} is not a whole zip file: {in_words(error)}") from error
    try:
        check_zip(archive, path.stat().st_size, limit_bytes)
    except SourceError:
        archive.close()
        raise
    return archive


@contextmanager
def open_gzip(path: Path, limit_bytes: int, on_read: OnRead = ignore) -> Iterator[IO[bytes]]:
    """Open a gzip file, whose unpacked length is not reliable."""
    with watched(path, on_read) as packed, gzip.open(packed) as raw:
        yield io.BufferedReader(CountedBytes(raw, path.name, limit_bytes))


class TableFiles:
    """The text files of a download, in a zip or a folder, with or without a top-level folder."""

    def __init__(self, path: Path, on_read: OnRead = ignore) -> None:
        self.path, self._on_read = path, on_read
        self._zip = None if path.is_dir() else open_zip(path)
        self._members = self._found()

    def close(self) -> None:
        if self._zip:
            self._zip.close()

    def _found(self) -> dict[str, str]:
        """Map lower-case base names to member names; if two match, the shallower one wins."""
        if self._zip:
            names = [m.filename for m in self._zip.infolist() if not m.is_dir()]
        else:
            files = (*self.path.glob("*"), *self.path.glob("*/*"))
            names = [file.relative_to(self.path).as_posix() for file in files if file.is_file()]
        kept = [n for n in names if "__MACOSX" not in n and n.rpartition("/")[2][:1] != "."]
        kept.sort(key=lambda name: (-name.count("/"), name))
        return {name.rpartition("/")[2].lower(): name for name in kept}

    @property
    def names(self) -> list[str]:
        return list(self._members)

    def size_bytes(self, name: str) -> int:
        """Return a file's unpacked length; 0 if there is no such file."""
        if name not in self._members:
            return 0
        if self._zip:
            return self._zip.getinfo(self._members[name]).file_size
        return (self.path / self._members[name]).stat().st_size

    @contextmanager
    def open(self, name: str, encoding: str = "utf-8-sig") -> Iterator[io.TextIOWrapper]:
        """Open one file as text; a wrong encoding or a damaged member is a SourceError."""
        try:
            with readable(name):
                raw = self._raw(name)
        except READ_ERRORS as error:
            raise SourceError(f"{name} cannot be opened: {in_words(error)}") from error
        counted = CountedBytes(raw, name, self.size_bytes(name), self._on_read)
        with io.TextIOWrapper(io.BufferedReader(counted, MIB), encoding, newline="") as text:
            try:
                yield text
            except UnicodeDecodeError as error:
                raise SourceError(f"{name} cannot be read: {in_words(error)}") from error

    def _raw(self, name: str) -> IO[bytes]:
        if name not in self._members:
            raise SourceError(f"{name} is missing from {self.path.name}")
        if self._zip:
            return self._zip.open(self._members[name])
        return (self.path / self._members[name]).open("rb")

    def rows(self, name: str, *columns: str) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Yield line number and the requested columns of a CSV file, found by their header names.

        A column whose name ends in "?" may be missing from the file: its cells are then empty.
        """
        with self.open(name) as text:
            yield from csv_rows(text, name, columns)


def csv_rows(
    text: io.TextIOBase, name: str, columns: tuple[str, ...]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield line number and the requested columns; see TableFiles.rows."""
    reader = csv.reader(text, strict=True)
    try:
        header = next(reader, [])
        pick = _picker(name, header, columns)
        width = len(header)
        for row in filter(None, reader):
            if len(row) != width:
                fields = so_many(len(row), "field")
                raise SourceError(
                    f"{name} line {reader.line_num}: {fields} where {width} are named"
                )
            row.append("")
            yield reader.line_num, pick(row)
    except csv.Error as error:
        raise SourceError(f"{name} line {reader.line_num}: {in_words(error)}") from error


def _picker(name: str, header: list[str], columns: tuple[str, ...]) -> Callable[[Any], Any]:
    """Return a function that picks the columns from a row with one extra empty cell at its end."""
    found = {title.strip().lower(): position for position, title in enumerate(header)}
    missing = [c for c in columns if not c.endswith("?") and c.lower() not in found]
    if missing:
        raise SourceError(f"{name} has no column {', '.join(missing)}")
    positions = [found.get(c.rstrip("?").lower(), len(header)) for c in columns]
    # itemgetter returns a single column bare, so it is given twice.
    asked = [*positions, *positions[: max(0, 2 - len(positions))]]
    return itemgetter(*asked)
