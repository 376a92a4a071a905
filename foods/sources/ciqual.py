"""Ciqual, the French food composition table, English edition (.xls or .xlsx)."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from foods.sources.archive import OnRead, ignore
from foods.sources.cells import animal_marker, clean_text, european_b12, told
from foods.sources.european import Codes, european_food
from foods.sources.record import FoodRecord, KindName, Rejected, SourceError
from foods.sources.usda_groups import PLANT, UNSURE, Placement
from foods.sources.workbook import Columns, Row, sheet_rows, squeezed

CODE, NAME = "alim_code", "alim_nom_eng"
GROUP_COLUMNS = ("alim_grp_nom_eng", "alim_ssgrp_nom_eng", "alim_ssssgrp_nom_eng")
FRENCH_NAME = "alim_nom_fr"
B12_WORDS = ("b12",)
CHOLESTEROL = "Cholesterol (mg/100g)"
DAIRY = Placement("dairy", "vegetarian")
MEAT = Placement("meat", "omnivore")
FISH = Placement("fish", "pescatarian")
SWEET = Placement("mixed_dish", "vegetarian")
STARCH = Placement("plant_food", "vegetarian")
POULTRY = Placement("poultry", "omnivore")
OFFALS = Placement("organ_meat", "omnivore")

DELICATESSEN = "meat, egg and fish/delicatessen meat and similar"
PLACES: dict[str, Placement] = {
    "milk and milk products": DAIRY,
    "milk and milk products/dairy products and similar/plant-based desserts": STARCH,
    "milk and milk products/cheese and similar/cheese alternatives for vegetarian": STARCH,
    "meat, egg and fish": MEAT,
    "meat, egg and fish/cooked meat/poultry": POULTRY,
    "meat, egg and fish/cooked meat/turkey": POULTRY,
    "meat, egg and fish/cooked meat/offals": OFFALS,
    "meat, egg and fish/raw meat/poultry": POULTRY,
    "meat, egg and fish/raw meat/turkey": POULTRY,
    "meat, egg and fish/raw meat/offals": OFFALS,
    f"{DELICATESSEN}/delicatessen alternatives for vegetarian": STARCH,
    "meat, egg and fish/eggs": Placement("egg", "vegetarian"),
    "meat, egg and fish/fish, raw": FISH,
    "meat, egg and fish/fish, cooked": FISH,
    "meat, egg and fish/fish products": FISH,
    "meat, egg and fish/seafood, raw": Placement("shellfish", "pescatarian"),
    "meat, egg and fish/seafood, cooked": Placement("shellfish", "pescatarian"),
    "meat, egg and fish/meat substitute": STARCH,
    "fruits, vegetables, legumes and nuts": PLANT,
    "cereal products": STARCH,
    "cereal products/pasta, rice and grains": PLANT,
    "beverages": PLANT,
    "beverages/non-alcoholic beverages/dairy beverages": DAIRY,
    "fats and oils/butters": DAIRY,
    "fats and oils/vegetable oils": PLANT,
    "fats and oils/fish oils": FISH,
    "fats and oils/margarines": STARCH,
    "fats and oils/other fats": MEAT,
    "sugar and confectionery": SWEET,
    "sugar and confectionery/breakfast cereals": STARCH,
    "sugar and confectionery/jam": PLANT,
    "sugar and confectionery/sugars and honey": PLANT,
    "sugar and confectionery/non-chocolate confectionery": UNSURE,
    "ice cream and sorbet": DAIRY,
    "ice cream and sorbet/sorbet": STARCH,
    "miscellaneous/seaweed": Placement("algae_ferment", "vegan"),
    "miscellaneous/herbs": PLANT,
    "miscellaneous/spices": PLANT,
    "miscellaneous/salts": PLANT,
    "miscellaneous/condiments": PLANT,
    "starters and dishes/dishes/vegetarian dishes": STARCH,
    "baby food/baby milk and beverages": Placement("fortified_food", "omnivore"),
}
"""Class and diet by group path; the longest listed path counts, other groups are uncertain."""


def header_of(path: Path) -> Row:
    """Return the first row of the table's sheet."""
    return next((row for _, row in islice(sheet_rows(path), 1)), ())


def is_ciqual(header: Row) -> bool:
    titles = {squeezed(cell) for cell in header}
    return CODE in titles and any(title.startswith("alim_") for title in titles - {CODE})


class Ciqual:
    """The table on one sheet; it does not say how the values were obtained."""

    kind = "ciqual"
    datasets = whole = ("ciqual",)

    def __init__(self, path: Path, on_read: OnRead = ignore) -> None:
        self.path, self._on_read = path, on_read

    @property
    def size_bytes(self) -> int:
        return self.path.stat().st_size

    def read(self) -> Iterator[FoodRecord | Rejected]:
        rows = sheet_rows(self.path, on_read=self._on_read)
        header = next(rows, (1, ()))[1]
        columns = Columns(self.path.name, header, CODE, NAME, *GROUP_COLUMNS)
        b12 = b12_title(self.path.name, header)
        codes = Codes("ciqual")
        for line, row in rows:
            place = f"{self.path.name} row {line}"
            code, name = columns.cell(row, CODE), clean_text(columns.cell(row, NAME))
            if not code and not name:
                continue
            refusal = codes.refusal(code, name, place)
            codes.add(name, refusal or self._food(columns, row, b12, place))
        yield from codes.told_apart()

    def _food(self, columns: Columns, row: Row, b12: str, place: str) -> FoodRecord | Rejected:
        code, name = columns.cell(row, CODE), columns.cell(row, NAME)
        path = [columns.cell(row, title).strip() for title in GROUP_COLUMNS]
        kind: KindName = "calculated" if "(average)" in name else "published"
        try:
            value = european_b12(columns.cell(row, b12), kind=kind)
            marker = animal_marker(columns.cell(row, CHOLESTEROL))
        except ValueError as error:
            return Rejected(place, f"{told(name)}: {error}", "ciqual", code)
        french = clean_text(columns.cell(row, FRENCH_NAME))
        return european_food(
            dataset="ciqual",
            title="Ciqual",
            release="",
            code=code,
            name=name,
            row=place,
            group=next((part for part in reversed(path) if part not in ("", "-")), ""),
            base=placement_of(path),
            value=value,
            animal_marker=marker,
            is_cereal="breakfast cereals" in path,
            is_drink=path[0] == "beverages" or path[1] == "milk",
            aliases=(french,) if french else (),
        )


def b12_title(name: str, header: Row) -> str:
    """Return the header of the B12 column, whose unit must be µg."""
    for title in header:
        cleaned = squeezed(title).replace("\u03bc", "\u00b5")
        if "vitamin" in cleaned and "b12" in cleaned:
            if "\u00b5g/100" not in cleaned.replace(" ", ""):
                raise SourceError(f"{name} gives B12 in another unit than µg per 100 g: {title}")
            return title
    raise SourceError(f"{name} has no column Vitamin B12 (µg/100g)")


def placement_of(path: list[str]) -> Placement:
    """Return the placement of the longest listed group path."""
    for length in range(len(path), 0, -1):
        found = PLACES.get("/".join(path[:length]))
        if found:
            return found
    return UNSURE
