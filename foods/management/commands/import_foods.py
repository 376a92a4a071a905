from argparse import ArgumentParser
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foods.importing.download import downloaded
from foods.importing.importer import ImportReport, import_foods
from foods.importing.progress import Bar
from foods.sources.archive import name_of, readable
from foods.sources.recognise import KINDS, recognise
from foods.sources.record import SourceError
from tracker.numbers.counting import so_many

SHOWN = 20
GONE = "Retired, for the table no longer has it"
FORGOTTEN = "B12 was known and is not in this file"
RENAMED = "The code stands for another name now"
UNLISTED = "Kept, though this file does not hold it (nor the whole table)"
WORDS = {"portions": "portions", "aliases": "other names", "diet": "diets"}


def in_short(report: ImportReport) -> str:
    """Summarise what an import did, kind by kind."""
    return (
        f"{report.created} created, {report.updated} updated, "
        f"{report.unchanged} unchanged, {report.retired} retired"
    )


class Command(BaseCommand):
    help = (
        "Import published food tables: FoodData Central CSV, SR28, FNDDS workbooks, Ciqual, CoFID. "
        "Importing twice changes nothing; a damaged file changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, metavar="FILE", help="zip, folder or table"
        )
        parser.add_argument("--kind", choices=KINDS, default="", help="refuse any other kind")
        parser.add_argument(
            "--download", choices=["fdc"], help="fetch the public FoodData Central files"
        )
        parser.add_argument(
            "--may-shrink",
            action="store_true",
            help="accept a table that lost most of its foods, or known B12",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["files"]) == bool(options["download"]):
            raise CommandError("Give files to import, or --download fdc.")
        try:
            with ExitStack() as stack:
                files = options["files"] or stack.enter_context(downloaded())
                self._import_all(files, options["kind"], may_shrink=options["may_shrink"])
        except SourceError as error:
            raise CommandError(f"Nothing changed: {error}.") from error

    def _import_all(self, files: Sequence[Path], kind: str, *, may_shrink: bool) -> None:
        """Import each file wholly or not at all; stop at the first failure."""
        done: list[str] = []
        for path in files:
            try:
                report = self._import(path, kind, may_shrink=may_shrink)
            except SourceError as error:
                if not done:
                    raise
                left = [name_of(other) for other in files[len(done) + 1 :]]
                not_read = f" Not read: {', '.join(left)}." if left else ""
                raise CommandError(
                    f"Nothing of {name_of(path)} was imported: {error}. "
                    f"Imported before it: {'; '.join(done)}.{not_read}"
                ) from error
            done.append(f"{name_of(path)} ({in_short(report)})")

    def _import(self, path: Path, kind: str, *, may_shrink: bool) -> ImportReport:
        name = name_of(path)
        with readable(name), Bar(name) as bar:
            reader = recognise(path, kind, bar.advance)
            report = import_foods(reader, may_shrink=may_shrink, progress=bar)
        self._tell(name, report)
        return report

    def _tell(self, name: str, report: ImportReport) -> None:
        self.stdout.write(
            f"{name}: {in_short(report)}, "
            f"{len(report.rejected)} rejected; {report.linked} linked, {report.flagged} flagged."
        )
        if report.kept:
            kept = ", ".join(
                f"{WORDS[fact]} of {so_many(n, 'food')}" for fact, n in report.kept.items()
            )
            self.stdout.write(f"  Not in this file and kept as they were: {kept}.")
        for source in report.held:
            self.stdout.write(
                f"  No food of {source} was retired: which one a refused row means is not known."
            )
        self._list(f"{GONE}: {food}" for food in report.gone)
        self._list(f"{RENAMED}: {food}" for food in report.renamed)
        self._list(f"{FORGOTTEN}: {food}" for food in report.forgotten)
        self._list(f"{UNLISTED}: {food}" for food in report.unlisted)
        self._list(f"{row.row}: {row.reason}" for row in report.rejected)

    def _list(self, found: Iterable[str]) -> None:
        lines = list(found)
        for line in lines[:SHOWN]:
            self.stdout.write(f"  {line}")
        if len(lines) > SHOWN:
            self.stdout.write(f"  … and {len(lines) - SHOWN} more")
