from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from foods.download import downloaded
from foods.importer import ImportReport, import_foods
from foods.sources.recognise import KINDS, recognise
from foods.sources.record import SourceError

SHOWN_REFUSALS = 20


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
            "--may-shrink", action="store_true", help="accept a table that lost most of its foods"
        )

    def handle(self, *args, **options) -> None:
        if bool(options["files"]) == bool(options["download"]):
            raise CommandError("Give files to import, or --download fdc.")
        try:
            with ExitStack() as stack:
                files = options["files"] or stack.enter_context(downloaded())
                for path in files:
                    self._import(path, options["kind"], may_shrink=options["may_shrink"])
        except SourceError as error:
            raise CommandError(f"Nothing changed: {error}.") from error

    def _import(self, path: Path, kind: str, *, may_shrink: bool) -> None:
        with tqdm(desc=path.name[:40], unit=" foods", disable=None, leave=False) as bar:
            report = import_foods(recognise(path, kind), may_shrink=may_shrink, on_saved=bar.update)
        self._tell(path.name, report)

    def _tell(self, name: str, report: ImportReport) -> None:
        self.stdout.write(
            f"{name}: {report.created} created, {report.updated} updated, "
            f"{report.unchanged} unchanged, {report.retired} retired, "
            f"{len(report.rejected)} rejected; {report.linked} linked, {report.flagged} flagged."
        )
        for row in report.rejected[:SHOWN_REFUSALS]:
            self.stdout.write(f"  {row.row}: {row.reason}")
        if len(report.rejected) > SHOWN_REFUSALS:
            self.stdout.write(f"  … and {len(report.rejected) - SHOWN_REFUSALS} more")
