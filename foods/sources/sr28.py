"""USDA National Nutrient Database for Standard Reference 28: text files with ^ and ~, Latin-1."""

from collections.abc import Iterator

from foods.sources.archive import TableFiles
from foods.sources.cells import b12_ug, number, told, whole_number
from foods.sources.derivations import kind_of
from foods.sources.portions import portion_label
from foods.sources.record import FoodRecord, Rejected, SourceError
from foods.sources.usda import RawFood, add_portion, common_names, grouped_food
from tracker.numbers.counting import so_many

RELEASE = "28 (2016)"
FOOD_FIELDS = 14
VALUE_FIELDS = 18
PORTION_FIELDS = 7
NUTRIENTS = {"418": "total_ug", "578": "added_ug", "601": "cholesterol_mg"}
READ_ONCE = ("nutr_def.txt", "fd_group.txt", "food_des.txt", "weight.txt")


class Sr28:
    """The SR28 ASCII release."""

    kind = "sr28"
    datasets = whole = ("sr28",)

    def __init__(self, files: TableFiles) -> None:
        self.files = files
        self._notes: list[Rejected] = []

    @property
    def size_bytes(self) -> int:
        once = sum(self.files.size_bytes(name) for name in READ_ONCE)
        return once + len(NUTRIENTS) * self.files.size_bytes("nut_data.txt")

    def read(self) -> Iterator[FoodRecord | Rejected]:
        self._check_unit()
        groups = {code: text for _, (code, text) in self._rows("fd_group.txt", 2)}
        foods = {food.ndb_no: food for food in self._foods()}
        self._read_amounts(foods)
        self._read_portions(foods)
        for food in foods.values():
            group = groups.get(food.category, "")
            yield grouped_food(food, group_code=food.category, group=group, release=RELEASE)
        yield from self._notes

    def _rows(self, name: str, width: int, holding: str = "") -> Iterator[tuple[int, list[str]]]:
        """Yield line number and fields of the non-empty lines."""
        with self.files.open(name, "latin-1") as text:
            for line, row in enumerate(text, start=1):
                if holding in row and row.strip():
                    fields = [field.strip("~") for field in row.rstrip("\r\n").split("^")]
                    if len(fields) != width:
                        found = so_many(len(fields), "field")
                        raise SourceError(f"{name} line {line}: {found} where {width} belong")
                    yield line, fields

    def _check_unit(self) -> None:
        units = {fields[0]: fields[1] for _, fields in self._rows("nutr_def.txt", 6)}
        if units.get("418") != "\u00b5g":
            raise SourceError(f"nutr_def.txt gives nutrient 418 in {units.get('418')!r}, not µg")

    def _foods(self) -> Iterator[RawFood]:
        for line, fields in self._rows("food_des.txt", FOOD_FIELDS):
            ndb_no, group, name, _, common, *_ = fields
            row = f"FOOD_DES.txt line {line}"
            try:
                whole_number(ndb_no)
            except ValueError as error:
                self._notes.append(Rejected(row, f"{told(name)}: NDB number {error}", "sr28"))
                continue
            food = RawFood("sr28", name, row, category=group, ndb_no=ndb_no)
            food.aliases.extend(common_names(common))
            yield food

    def _read_amounts(self, foods: dict[str, RawFood]) -> None:
        for nutrient, field in NUTRIENTS.items():
            for line, fields in self._rows("nut_data.txt", VALUE_FIELDS, f"^~{nutrient}~^"):
                food = foods.get(fields[0])
                if food is None:
                    continue
                try:
                    set_amount(food, field, fields)
                except ValueError as error:
                    food.problem = (f"NUT_DATA.txt line {line}", f"{told(food.name)}: {error}")
        for food in foods.values():
            figures = (food.total_ug, food.added_ug, food.cholesterol_mg)
            food.has_figures = any(figure is not None for figure in figures)
        if all(food.total_ug is None and not food.problem for food in foods.values()):
            raise SourceError("NUT_DATA.txt holds no B12 (nutrient 418) of these foods")

    def _read_portions(self, foods: dict[str, RawFood]) -> None:
        for line, fields in self._rows("weight.txt", PORTION_FIELDS):
            ndb_no, sequence, amount, text, grams, *_ = fields
            if ndb_no not in foods:
                continue
            label = ""
            try:
                label = portion_label(amount, "", text)
                add_portion(foods[ndb_no], sequence, label, grams)
            except ValueError as error:
                foods[ndb_no].refused_portions.append(label)
                reason = f"{told(foods[ndb_no].name)}: {error}"
                self._notes.append(Rejected(f"WEIGHT.txt line {line}", reason))


def set_amount(food: RawFood, field: str, fields: list[str]) -> None:
    """Keep one value; the total also says how it was obtained."""
    amount, points, source, derivation = fields[2], fields[3], fields[5], fields[6]
    if field == "cholesterol_mg":
        food.cholesterol_mg = number(amount)
        return
    value = b12_ug(amount)
    setattr(food, field, value)
    if field == "total_ug":
        food.kind = kind_of(derivation, source=source, data_points=points, amount_ug=value)
