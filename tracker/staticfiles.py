"""Where static files come from and how they are stored."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

PLOTLY_FILE, BASIC_FILE = "plotly.min.js", "plotly-basic.min.js"
LARGE_BYTES = 500_000
COMPILE_HINT = b"//# allFunctionsCalledOnLoad\n"
"""Chrome from 136 on then compiles a script while it arrives, beside the page's own thread, instead
of each function when it is first called. To others it is a comment."""


def plotly_folder() -> Path:
    """Return the folder of the installed plotly package that holds its JavaScript.

    find_spec does not import plotly: each worker would pay 34 ms and 7 MB for it.
    """
    spec = find_spec("plotly")
    assert spec is not None and spec.submodule_search_locations is not None
    return Path(spec.submodule_search_locations[0]) / "package_data"


class BundleStorage(FileSystemStorage):
    """Hands plotly.js to ``collectstatic`` with the hint as its first line."""

    prefix = "vendor"

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        return ContentFile(COMPILE_HINT + Path(self.path(name)).read_bytes(), name)


class PlotlyFinder(BaseFinder):
    """Serve plotly.js from where it is installed: no copy in the project, no CDN.

    ``vendor/plotly.min.js`` comes with the Python package, and ``vendor/plotly-basic.min.js``, a
    quarter of its size, is there after ``make vendor``, which needs Node.
    """

    prefix = BundleStorage.prefix

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        basic = Path(settings.NODE_MODULES) / "plotly.js-basic-dist-min"
        folders = {PLOTLY_FILE: plotly_folder(), BASIC_FILE: basic}
        self.storages = {
            name: BundleStorage(location=folder)
            for name, folder in folders.items()
            if (folder / name).is_file()
        }
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        name = path.removeprefix(f"{self.prefix}/")
        if name == path or name not in self.storages:
            return []  # never None: every 404 below /static/ would become a 500
        found = self.storages[name].path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        yield from self.storages.items()


class QuickCompressor(Compressor):
    """Brotli at its slowest for small files only: plotly.min.js alone takes 8 s at level 11."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=6 if len(data) > LARGE_BYTES else 11)


class CollectedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies, made once by ``collectstatic``."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        return QuickCompressor(**kwargs)
