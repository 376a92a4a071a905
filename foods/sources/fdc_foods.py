"""Which foods a FoodData Central download holds, before their values are read."""

from collections.abc import Iterator

from foods.sources.archive import TableFiles
from foods.sources.cells import shortened
from foods.sources.record import Rejected, SourceError
from foods.sources.usda import RawFood, padded_ndb

DATASETS = {
    "sr_legacy_food": "sr_legacy",
    "foundation_food": "foundation",
    "survey_fndds_food": "fndds",
}
COUNTS_FILE = "all_downloaded_table_record_counts.csv"


class FdcFoods:
    """The current foods of the three public tables, and their food groups."""

    def __init__(self, files: TableFiles) -> None:
        self.files = files
        self.rejected: list[Rejected] = []
        self.foods = self._current(dict(self._listed()))
        self.groups = self._groups()
        self.survey_groups = self._survey_groups()

    def _listed(self) -> Iterator[tuple[str, RawFood]]:
        """Yield the foods of food.csv by id; a file that lost rows is refused."""
        columns = ("fdc_id", "data_type", "description", "food_category_id", "publication_date")
        count = 0
        for line, (fdc_id, kind, name, category, date) in self.files.rows("food.csv", *columns):
            count += 1
            if kind not in DATASETS:
                continue
            row = f"food.csv line {line}"
            if not fdc_id.isdigit():
                self.rejected.append(Rejected(row, f"fdc_id {shortened(fdc_id)!r} is not a number"))
                continue
            yield fdc_id, RawFood(DATASETS[kind], name, row, date, category, fdc_id=int(fdc_id))
        stated = self._stated_count()
        if count < stated:
            raise SourceError(f"food.csv holds {count:,} rows where the download states {stated:,}")

    def _stated_count(self) -> int:
        if COUNTS_FILE not in self.files.names:
            return 0
        rows = self.files.rows(COUNTS_FILE, "Table", "Number of Records")
        return next((int(n) for _, (table, n) in rows if table == "food" and n.isdigit()), 0)

    def _current(self, foods: dict[str, RawFood]) -> dict[str, RawFood]:
        """Add the numbers that join the releases and keep the newest version of each food."""
        datasets = {food.dataset for food in foods.values()}
        if "sr_legacy" in datasets:
            self._number_from("sr_legacy_food.csv", foods)
        if "foundation" in datasets:
            # Old versions of Foundation foods stay in food.csv: only this list is current.
            current = self._number_from("foundation_food.csv", foods)
            foods = {i: f for i, f in foods.items() if f.dataset != "foundation" or i in current}
        if "fndds" in datasets:
            self._code_survey_foods(foods)
        newest: dict[tuple[str, str], str] = {}
        for fdc_id, food in sorted(foods.items(), key=lambda item: (item[1].date, int(item[0]))):
            newest[food.dataset, food.key] = fdc_id
        kept = set(newest.values())
        return {fdc_id: food for fdc_id, food in foods.items() if fdc_id in kept}

    def _number_from(self, name: str, foods: dict[str, RawFood]) -> set[str]:
        """Set the NDB numbers and return the ids that the file lists."""
        listed = set()
        for _, (fdc_id, ndb_no) in self.files.rows(name, "fdc_id", "NDB_number"):
            listed.add(fdc_id)
            if fdc_id in foods:
                foods[fdc_id].ndb_no = padded_ndb(ndb_no)
        return listed

    def _code_survey_foods(self, foods: dict[str, RawFood]) -> None:
        columns = ("fdc_id", "food_code", "wweia_category_code?", "wweia_category_number?")
        for _, (fdc_id, code, category, older) in self.files.rows(
            "survey_fndds_food.csv", *columns
        ):
            if fdc_id in foods:
                foods[fdc_id].food_code = code
                foods[fdc_id].category = category or older or foods[fdc_id].category
        for fdc_id in [i for i, f in foods.items() if f.dataset == "fndds"]:
            if not foods[fdc_id].food_code.isdigit():
                food = foods.pop(fdc_id)
                self.rejected.append(Rejected(food.row, f"{food.name}: no food code", "fndds"))

    def _groups(self) -> dict[str, tuple[str, str]]:
        """Return id → (four-digit code, description) of the USDA food groups."""
        if "food_category.csv" not in self.files.names:
            return {}
        rows = self.files.rows("food_category.csv", "id", "code", "description")
        return {ident: (code.zfill(4), text) for _, (ident, code, text) in rows}

    def _survey_groups(self) -> dict[str, str]:
        if "wweia_food_category.csv" not in self.files.names:
            return {}
        # The number's column is called wweia_food_category or wweia_food_category_code.
        columns = (
            "wweia_food_category?",
            "wweia_food_category_code?",
            "wweia_food_category_description",
        )
        rows = self.files.rows("wweia_food_category.csv", *columns)
        return {number or code: text for _, (number, code, text) in rows}
