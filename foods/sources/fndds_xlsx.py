"""FNDDS "At A Glance" workbooks: values, portions, other names and ingredients of survey foods."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from foods.sources.archive import OnRead, ignore
from foods.sources.cells import b12_ug, clean_text, is_whole, number, told, whole_number
from foods.sources.recipes import Ingredient, Recipes
from foods.sources.record import FoodRecord, Rejected, SourceError
from foods.sources.usda import RawFood, add_portion, common_names, survey_food
from foods.sources.workbook import Columns, Row, sheet_rows, squeezed

HEADER_ROW = 2
B12 = "Vitamin B-12 (mcg)"
ADDED = "Vitamin B-12, added (mcg)"
PART_BY_COLUMN = {
    B12: "values",
    "Portion weight (g)": "portions",
    "Additional food description": "foods",
    "Ingredient code": "ingredients",
}


def part_of(path: Path) -> tuple[str, str]:
    """Return which of the four workbooks this is and its FNDDS cycle, or two empty strings."""
    rows = [row for _, row in islice(sheet_rows(path), HEADER_ROW)]
    if len(rows) < HEADER_ROW:
        return "", ""
    cycle = re.search(r"(\d{4}-\d{4}) Food and Nutrient Database", " ".join(rows[0]))
    titles = {squeezed(cell) for cell in rows[1]}
    if not cycle or "food code" not in titles:
        return "", ""
    part = next((p for title, p in PART_BY_COLUMN.items() if squeezed(title) in titles), "")
    return part, cycle[1]


class FnddsXlsx:
    """The workbooks of one FNDDS cycle; only the one with the values is required."""

    kind = "fndds"
    datasets = ("fndds",)

    def __init__(self, parts: dict[str, Path], release: str, on_read: OnRead = ignore) -> None:
        if "values" not in parts:
            raise SourceError('the workbook "FNDDS Nutrient Values" is not beside this one')
        self._parts, self.release, self._on_read = parts, release, on_read
        self._notes: list[Rejected] = []
        self._groups: dict[str, str] = {}
        self._is_whole = False

    @property
    def whole(self) -> tuple[str, ...]:
        """Empty without the list of foods: the values omit foods without any (human milk)."""
        return self.datasets if self._is_whole else ()

    @property
    def size_bytes(self) -> int:
        return sum(path.stat().st_size for path in self._parts.values())

    def read(self) -> Iterator[FoodRecord | Rejected]:
        foods: dict[str, RawFood] = {}
        self._read_values(foods)
        self._read_names(foods)
        self._read_portions(foods)
        recipes = self._recipes()
        for code, food in foods.items():
            yield survey_food(
                food,
                category=int(food.category or 0),
                group=self._groups[code],
                release=self.release,
                recipe_diet=recipes.diet_of(int(code)),
            )
        yield from self._notes

    def _rows(self, part: str, *needed: str) -> Iterator[tuple[str, Columns, Row, str]]:
        """Yield place, columns, row and food code of the rows below the header."""
        if part not in self._parts:
            return
        path = self._parts[part]
        rows = sheet_rows(path, on_read=self._on_read)
        header = next(islice(rows, HEADER_ROW - 1, None), (0, ()))[1]
        columns = Columns(path.name, header, "Food code", *needed)
        for line, row in rows:
            code = columns.cell(row, "Food code")
            place = f"{path.name} row {line}"
            if is_whole(code):
                yield place, columns, row, code
            elif part == "values" and (name := columns.cell(row, "Main food description")):
                self._refuse_code(place, name, code)

    def _refuse_code(self, place: str, name: str, code: str) -> None:
        try:
            whole_number(code)
        except ValueError as error:
            self._notes.append(Rejected(place, f"{told(name)}: food code {error}", "fndds"))

    def _food(self, foods: dict[str, RawFood], place: str, columns: Columns, row: Row) -> RawFood:
        """Return the food of this row, or a new one without values if it is not yet known."""
        code = columns.cell(row, "Food code")
        if code not in foods:
            name = columns.cell(row, "Main food description")
            foods[code] = RawFood("fndds", name, place, food_code=code)
            category = columns.cell(row, "WWEIA Category number")
            foods[code].category = category if is_whole(category) else ""
            self._groups[code] = clean_text(columns.cell(row, "WWEIA Category description"))
        return foods[code]

    def _read_values(self, foods: dict[str, RawFood]) -> None:
        for place, columns, row, _ in self._rows("values", "Main food description", B12, ADDED):
            food = self._food(foods, place, columns, row)
            try:
                food.total_ug = b12_ug(columns.cell(row, B12))
                food.added_ug = b12_ug(columns.cell(row, ADDED))
                cholesterol = columns.cell(row, "Cholesterol (mg)")
                food.cholesterol_mg = number(cholesterol) if cholesterol else None
            except ValueError as error:
                food.problem = (place, f"{told(food.name)}: {error}")
            food.kind = "unknown" if food.total_ug is None else "calculated"
        if all(food.total_ug is None and not food.problem for food in foods.values()):
            raise SourceError(f"{self._parts['values'].name} holds no B12 value")

    def _read_names(self, foods: dict[str, RawFood]) -> None:
        """Add other names, and the foods that have portions but no values (human milk)."""
        title = "Additional food description"
        unlisted = set(foods)
        for place, columns, row, code in self._rows("foods", "Main food description", title):
            unlisted.discard(code)
            food = self._food(foods, place, columns, row)
            food.aliases.extend(common_names(columns.cell(row, title), ";"))
        self._is_whole = not unlisted

    def _read_portions(self, foods: dict[str, RawFood]) -> None:
        text, grams = "Portion description", "Portion weight (g)"
        for place, columns, row, code in self._rows("portions", "Seq num", text, grams):
            if code not in foods:
                continue
            sequence, label = columns.cell(row, "Seq num"), clean_text(columns.cell(row, text))
            try:
                add_portion(foods[code], sequence, label, columns.cell(row, grams))
            except ValueError as error:
                foods[code].refused_portions.append(label)
                self._notes.append(Rejected(place, f"{told(foods[code].name)}: {error}"))

    def _recipes(self) -> Recipes:
        recipes = Recipes()
        code, name = "Ingredient code", "Ingredient description"
        for _, columns, row, food_code in self._rows("ingredients", code, name):
            part = columns.cell(row, code)
            if is_whole(part):
                recipes.add(int(food_code), Ingredient(int(part), columns.cell(row, name)))
        return recipes
