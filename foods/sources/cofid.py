"""UK CoFID (McCance and Widdowson), sheet "1.5 Vitamins" of the workbook or exported as CSV."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from foods.sources.archive import MIB, CountedBytes, OnRead, ignore, open_gzip
from foods.sources.cells import animal_marker, clean_text, european_b12, shortened, told
from foods.sources.damage import in_words
from foods.sources.european import Codes, european_food
from foods.sources.record import FoodRecord, KindName, Rejected, SourceError
from foods.sources.usda_groups import PLANT, UNSURE, Placement
from foods.sources.workbook import Columns, Row, sheet_names, sheet_rows, squeezed

SHEET = "1.5 Vitamins"
CODE, NAME, GROUP, DESCRIPTION = "Food Code", "Food Name", "Group", "Description"
B12 = "Vitamin B12 (\u00b5g)"
RETINOL = "Retinol (\u00b5g)"
MAX_CSV_BYTES = 64 * MIB
GZIP_MAGIC = b"\x1f\x8b"
CODE_PATTERN = re.compile(r"[0-9]+-[0-9]+[A-Za-z]?")

DAIRY = Placement("dairy", "vegetarian")
MEAT = Placement("meat", "omnivore")
POULTRY = Placement("poultry", "omnivore")
STARCH = Placement("plant_food", "vegetarian")
PASTRY = Placement("mixed_dish", "vegetarian")
PLACES: dict[str, tuple[str, Placement]] = {
    "A": ("Cereals and cereal products", PASTRY),
    "AA": ("Flours, grains and starches", PLANT),
    "AB": ("Sandwiches", UNSURE),
    "AC": ("Rice", PLANT),
    "AD": ("Pasta", STARCH),
    "AE": ("Pizzas", UNSURE),
    "AF": ("Breads", STARCH),
    "AG": ("Rolls", STARCH),
    "AI": ("Breakfast cereals", STARCH),
    "AS": ("Puddings", UNSURE),
    "AT": ("Savouries", UNSURE),
    "B": ("Milk and milk products", DAIRY),
    "BF": ("Infant formulas", Placement("fortified_food", "omnivore")),
    "BH": ("Milk-based drinks", DAIRY),
    "BJS": ("Cream substitutes", PASTRY),
    "BR": ("Puddings and chilled desserts", UNSURE),
    "BTM": ("Cooking fats", STARCH),
    "BV": ("Savoury dishes and sauces", PASTRY),
    "C": ("Eggs", Placement("egg", "vegetarian")),
    "CD": ("Egg dishes", UNSURE),
    "D": ("Vegetables", PLANT),
    "DR": ("Vegetable dishes", STARCH),
    "F": ("Fruit", PLANT),
    "G": ("Nuts and seeds", PLANT),
    "H": ("Herbs and spices", PLANT),
    "J": ("Fish and fish products", Placement("fish", "pescatarian")),
    "JK": ("Crustacea", Placement("shellfish", "pescatarian")),
    "JM": ("Molluscs", Placement("shellfish", "pescatarian")),
    "JR": ("Fish products and dishes", Placement("fish", "pescatarian")),
    "M": ("Meat and meat products", MEAT),
    "MC": ("Poultry", POULTRY),
    "MG": ("Offal", Placement("organ_meat", "omnivore")),
    "MR": ("Meat dishes", UNSURE),
    "O": ("Fats and oils", UNSURE),
    "OA": ("Spreading fats", DAIRY),
    "OC": ("Oils", PLANT),
    "P": ("Beverages", STARCH),
    "PA": ("Powdered drinks, essences and infusions", STARCH),
    "PC": ("Soft drinks", PLANT),
    "PE": ("Juices", PLANT),
    "Q": ("Alcoholic beverages", PLANT),
    "S": ("Sugars, preserves and snacks", PASTRY),
    "SC": ("Sugars, syrups and preserves", STARCH),
    "SE": ("Confectionery", UNSURE),
    "SEA": ("Chocolate confectionery", PASTRY),
    "SN": ("Savoury snacks", STARCH),
    "W": ("Soups, sauces and miscellaneous foods", UNSURE),
    "WE": ("Pickles and chutneys", PLANT),
}
"""Group name, class and diet by group letters; the longest listed prefix counts."""
DRINKS = ("BA", "BC", "P", "Q")


class Cofid:
    """The vitamins sheet: `N` means present but unknown, `Tr` a trace."""

    kind = "cofid"
    datasets = whole = ("cofid",)

    def __init__(self, path: Path, on_read: OnRead = ignore) -> None:
        self.path, self._on_read = path, on_read

    @property
    def size_bytes(self) -> int:
        return self.path.stat().st_size

    def read(self) -> Iterator[FoodRecord | Rejected]:
        with table_rows(self.path, self._on_read) as rows:
            header = next(rows, (1, ()))[1]
            columns = Columns(self.path.name, header, CODE, NAME, GROUP, B12)
            codes = Codes("cofid")
            for line, row in rows:
                code, name = columns.cell(row, CODE).strip(), clean_text(columns.cell(row, NAME))
                if not name:
                    continue  # two more header lines, and notes below the table
                place = f"{self.path.name} row {line}"
                if not CODE_PATTERN.fullmatch(code):
                    reason = f"{told(name)}: food code {shortened(code)!r}"
                    yield Rejected(place, reason, "cofid")
                    continue
                refusal = codes.refusal(code, name, place)
                codes.add(name, refusal or self._food(columns, row, place))
        yield from codes.told_apart()

    def _food(self, columns: Columns, row: Row, place: str) -> FoodRecord | Rejected:
        code, name = columns.cell(row, CODE).strip(), columns.cell(row, NAME)
        letters = columns.cell(row, GROUP).strip()
        group, base = group_of(letters)
        try:
            kind = kind_of(columns.cell(row, DESCRIPTION), name)
            value = european_b12(columns.cell(row, B12), kind=kind)
            marker = animal_marker(columns.cell(row, RETINOL))
        except ValueError as error:
            return Rejected(place, f"{told(name)}: {error}", "cofid", code)
        return european_food(
            dataset="cofid",
            title="UK CoFID 2021",
            release="2021",
            code=code,
            name=name,
            row=place,
            group=group,
            base=base,
            value=value,
            animal_marker=marker,
            is_cereal=letters.startswith("AI"),
            is_drink=letters.startswith(DRINKS),
        )


@contextmanager
def table_rows(path: Path, on_read: OnRead = ignore) -> Iterator[Iterator[tuple[int, Row]]]:
    """Open the vitamins sheet in any file format and give its numbered rows."""
    with path.open("rb") as file:
        magic = file.read(2)
    if magic == b"PK":
        if SHEET not in sheet_names(path):
            raise SourceError(f"{path.name} has no sheet {SHEET!r}")
        yield sheet_rows(path, SHEET, on_read)
        return
    opened = open_gzip if magic == GZIP_MAGIC else open_plain
    with (
        opened(path, MAX_CSV_BYTES, on_read) as raw,
        io.TextIOWrapper(raw, "utf-8-sig", newline="") as text,
    ):
        yield csv_lines(path, text)


@contextmanager
def open_plain(path: Path, limit_bytes: int, on_read: OnRead) -> Iterator[BinaryIO]:
    with path.open("rb") as raw:
        yield io.BufferedReader(CountedBytes(raw, path.name, limit_bytes, on_read))


def csv_lines(path: Path, text: io.TextIOBase) -> Iterator[tuple[int, Row]]:
    """Yield line number and cells; damage or a wrong encoding raises SourceError."""
    reader = csv.reader(text, strict=True)
    try:
        for row in reader:
            yield reader.line_num, tuple(row)
    except (csv.Error, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name} line {reader.line_num + 1}: {in_words(error)}") from error


def is_cofid(path: Path) -> bool:
    """Return whether the file's first row is that of the vitamins sheet."""
    with table_rows(path) as rows:
        header = next((row for _, row in islice(rows, 1)), ())
    titles = {squeezed(cell) for cell in header}
    return {squeezed(CODE), squeezed(NAME), squeezed(B12)} <= titles


def group_of(letters: str) -> tuple[str, Placement]:
    """Return name and placement of a group, by the longest listed prefix of its letters."""
    for length in range(len(letters), 0, -1):
        found = PLACES.get(letters[:length])
        if found:
            return found
    return "", UNSURE


def kind_of(description: str, name: str) -> KindName:
    """Return how a value was obtained, as far as the table's description says."""
    lowered = description.lower()
    if re.search(r"recipe|calculat|average of", lowered) or "homemade" in name.lower():
        return "calculated"
    if "manufactur" in lowered or "label" in lowered:
        return "label"
    if re.search(r"\d+ (sample|can|pack|bottle|brand)|sample|analy|literature", lowered):
        return "analysed"
    return "published"
