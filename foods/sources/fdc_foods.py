"""Which foods a FoodData Central download holds, before their values are read."""

from collections.abc import Iterator

from foods.sources.archive import TableFiles
from foods.sources.cells import is_whole, shortened, told, whole_number
from foods.sources.record import Rejected, SourceError
from foods.sources.usda import RawFood, padded_ndb
from tracker.numbers.counting import so_many

DATASETS = {
    "sr_legacy_food": "sr_legacy",
    "foundation_food": "foundation",
    "survey_fndds_food": "fndds",
}
COUNTS_FILE = "all_downloaded_table_record_counts.csv"
FILES = frozenset(
    {
        *("food.csv", "sr_legacy_food.csv", "foundation_food.csv", "survey_fndds_food.csv"),
        *("food_category.csv", "wweia_food_category.csv", COUNTS_FILE),
    }
)


class FdcFoods:
    """The current foods of the three public tables, and their food groups."""

    def __init__(self, files: TableFiles) -> None:
        self.files = files
        self.rejected: list[Rejected] = []
        self.foods = self._current(dict(self._listed()))
        self.groups = self._groups()
        self.survey_groups = self._survey_groups()

    def _listed(self) -> Iterator[tuple[str, RawFood]]:
        """Yield the foods of food.csv by id; a file with missing rows is refused."""
        columns = ("fdc_id", "data_type", "description", "food_category_id", "publication_date")
        count = 0
        for line, (fdc_id, kind, name, category, date) in self.files.rows("food.csv", *columns):
            count += 1
            if kind not in DATASETS:
                continue
            row = f"food.csv line {line}"
            try:
                number = whole_number(fdc_id)
            except ValueError as error:
                reason = f"{told(name)}: fdc_id {error}"
                self.rejected.append(Rejected(row, reason, DATASETS[kind]))
                continue
            yield fdc_id, RawFood(DATASETS[kind], name, row, date, category, fdc_id=number)
        stated = self._stated_count()
        if count < stated:
            rows = so_many(count, "row")
            raise SourceError(f"food.csv holds {rows} where the download states {stated:,}")

    def _stated_count(self) -> int:
        if COUNTS_FILE not in self.files.names:
            return 0
        rows = self.files.rows(COUNTS_FILE, "Table", "Number of Records")
        return next((int(n) for _, (table, n) in rows if table == "food" and is_whole(n)), 0)

    def _current(self, foods: dict[str, RawFood]) -> dict[str, RawFood]:
        """Add the numbers that join the releases and keep the newest version of each food."""
        datasets = {food.dataset for food in foods.values()}
        if "sr_legacy" in datasets:
            self._number_from("sr_legacy_food.csv", "sr_legacy", foods)
            for fdc_id in [i for i, f in foods.items() if f.dataset == "sr_legacy"]:
                if not foods[fdc_id].ndb_no:
                    self._refuse(foods.pop(fdc_id), "no NDB number")
        if "foundation" in datasets:
            # Old versions of Foundation foods stay in food.csv: only this list is current.
            current = self._number_from("foundation_food.csv", "foundation", foods)
            foods = {i: f for i, f in foods.items() if f.dataset != "foundation" or i in current}
        if "fndds" in datasets:
            self._code_survey_foods(foods)
        newest: dict[tuple[str, str], str] = {}
        for fdc_id, food in sorted(foods.items(), key=lambda item: (item[1].date, int(item[0]))):
            newest[food.dataset, food.key] = fdc_id
        kept = set(newest.values())
        return {fdc_id: food for fdc_id, food in foods.items() if fdc_id in kept}

    def _number_from(self, name: str, dataset: str, foods: dict[str, RawFood]) -> set[str]:
        """Set the NDB numbers and return the ids that the file lists."""
        listed = set()
        for line, (fdc_id, ndb_no) in self.files.rows(name, "fdc_id", "NDB_number"):
            listed.add(fdc_id)
            is_readable = is_whole(ndb_no.strip()) or not ndb_no.strip()
            if fdc_id not in foods:
                key = padded_ndb(ndb_no) if is_readable else ""
                self._miss(f"{name} line {line}", dataset, fdc_id, key)
            elif is_readable:
                foods[fdc_id].ndb_no = padded_ndb(ndb_no)
            else:
                self._refuse(foods.pop(fdc_id), f"NDB number {shortened(ndb_no)!r}")
        return listed

    def _refuse(self, food: RawFood, reason: str) -> None:
        """Refuse a food of which only the id is known."""
        reason = f"{told(food.name)}: {reason}"
        self.rejected.append(Rejected(food.row, reason, food.dataset, fdc_id=food.fdc_id))

    def _miss(self, row: str, dataset: str, fdc_id: str, key: str) -> None:
        """Refuse a food that a table lists but that is missing or unreadable in food.csv."""
        reason = f"fdc_id {shortened(fdc_id)} is not in food.csv"
        number = int(fdc_id) if is_whole(fdc_id) else None
        self.rejected.append(Rejected(row, reason, dataset, key, number))

    def _code_survey_foods(self, foods: dict[str, RawFood]) -> None:
        columns = ("fdc_id", "food_code", "wweia_category_code?", "wweia_category_number?")
        name = "survey_fndds_food.csv"
        for line, (fdc_id, code, category, older) in self.files.rows(name, *columns):
            if fdc_id not in foods:
                self._miss(f"{name} line {line}", "fndds", fdc_id, code if is_whole(code) else "")
            else:
                foods[fdc_id].food_code = code
                foods[fdc_id].category = category or older or foods[fdc_id].category
        for fdc_id in [i for i, f in foods.items() if f.dataset == "fndds"]:
            if not is_whole(foods[fdc_id].food_code):
                food = foods.pop(fdc_id)
                code = food.food_code
                self._refuse(food, f"food code {shortened(code)!r}" if code else "no food code")

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
