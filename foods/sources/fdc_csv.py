"""FoodData Central CSV downloads: SR Legacy, Foundation and Survey, separately or all in one."""

from collections.abc import Iterator
from functools import cached_property

from foods.sources.archive import TableFiles
from foods.sources.cells import b12_ug, is_whole, number, told
from foods.sources.derivations import CODE_OF_ID, kind_of
from foods.sources.fdc_foods import FILES, FdcFoods
from foods.sources.portions import portion_label
from foods.sources.recipes import Ingredient, Recipes
from foods.sources.record import FoodRecord, Rejected, SourceError
from foods.sources.usda import (
    SURVEY_CYCLES,
    RawFood,
    add_portion,
    common_names,
    grouped_food,
    survey_food,
)

NUTRIENTS = {"418": "total_ug", "578": "added_ug", "601": "cholesterol_mg"}
"""Vitamin B-12, its added part, and cholesterol (a plant food has none) by nutrient number."""
UNIT_OF_NUTRIENT = {"418": "UG", "578": "UG", "601": "MG"}
ID_OF_NUTRIENT = {"1178": "418", "1246": "578", "1253": "601"}
UNDETERMINED_UNIT = "9999"
SURVEY_FILE, RECIPE_FILE = "survey_fndds_food.csv", "input_food.csv"
READ = FILES | {
    *("nutrient.csv", "food_nutrient.csv", "food_nutrient_derivation.csv", "measure_unit.csv"),
    *("food_portion.csv", "food_attribute_type.csv", "food_attribute.csv"),
}
"""Files read from every download; the list of ingredients is one where there are survey foods."""
ALIAS_TYPES = {"common name", "additional description"}
SR_LEGACY_RELEASE = "2018-04"


class FdcCsv:
    """A FoodData Central download, read by header names."""

    kind = "fdc"

    def __init__(self, files: TableFiles) -> None:
        self.files = files
        self._notes: list[Rejected] = []

    @cached_property
    def _index(self) -> FdcFoods:
        return FdcFoods(self.files)

    @property
    def size_bytes(self) -> int:
        has_recipes = SURVEY_FILE in self.files.names
        names = READ | {RECIPE_FILE} if has_recipes else READ
        return sum(self.files.size_bytes(name) for name in names)

    @property
    def datasets(self) -> tuple[str, ...]:
        return tuple(sorted({food.dataset for food in self._index.foods.values()}))

    @property
    def whole(self) -> tuple[str, ...]:
        return self.datasets

    def read(self) -> Iterator[FoodRecord | Rejected]:
        foods = self._index.foods
        if not foods:
            raise SourceError(
                f"{self.files.path.name} holds no SR Legacy, Foundation or survey food"
            )
        self._read_amounts(foods)
        self._read_portions(foods)
        self._read_aliases(foods)
        recipes = self._read_recipes(foods)
        releases = self._releases()
        yield from self._index.rejected
        for food in foods.values():
            yield self._record(food, releases[food.dataset], recipes)
        yield from self._notes

    def _nutrient_ids(self) -> dict[str, str]:
        """Map each form of a nutrient id (1178 or, in the survey file, 418) to our field."""
        fields = {**NUTRIENTS, **{i: NUTRIENTS[n] for i, n in ID_OF_NUTRIENT.items()}}
        for _, (ident, unit, text) in self.files.rows(
            "nutrient.csv", "id", "unit_name", "nutrient_nbr"
        ):
            nutrient = text.removesuffix(".0")
            nutrient = nutrient if nutrient in NUTRIENTS else ID_OF_NUTRIENT.get(ident, "")
            if not nutrient:
                continue
            expected = UNIT_OF_NUTRIENT[nutrient]
            if unit.upper() != expected:
                raise SourceError(
                    f"nutrient.csv gives nutrient {ident} in {unit!r}, not {expected}"
                )
            fields[ident] = NUTRIENTS[nutrient]
        return fields

    def _read_amounts(self, foods: dict[str, RawFood]) -> None:
        wanted = self._nutrient_ids()
        codes = self._derivation_codes()
        columns = ("fdc_id", "nutrient_id", "amount", "data_points?", "derivation_id?")
        seen_b12 = False
        for food in foods.values():
            food.has_figures = False
        for line, (fdc_id, nutrient_id, amount, points, derivation) in self.files.rows(
            "food_nutrient.csv", *columns
        ):
            if fdc_id not in foods:
                continue
            food = foods[fdc_id]
            food.has_figures = True
            if nutrient_id not in wanted:
                continue
            field = wanted[nutrient_id]
            seen_b12 = seen_b12 or field == "total_ug"
            try:
                set_amount(food, field, amount, codes.get(derivation, ""), points)
            except ValueError as error:
                food.problem = (f"food_nutrient.csv line {line}", f"{told(food.name)}: {error}")
        if not seen_b12:
            raise SourceError(
                "food_nutrient.csv holds no B12 (nutrient 1178 or 418) of these foods"
            )

    def _derivation_codes(self) -> dict[str, str]:
        if "food_nutrient_derivation.csv" not in self.files.names:
            return CODE_OF_ID
        rows = self.files.rows("food_nutrient_derivation.csv", "id", "code")
        return {ident: code for _, (ident, code) in rows}

    def _read_portions(self, foods: dict[str, RawFood]) -> None:
        if "food_portion.csv" not in self.files.names:
            return
        units = self._units()
        columns = "fdc_id seq_num? amount measure_unit_id portion_description modifier gram_weight"
        for line, (fdc_id, sequence, amount, unit, text, modifier, grams) in self.files.rows(
            "food_portion.csv", *columns.split()
        ):
            food = foods.get(fdc_id)
            if food is None:
                continue
            # In the survey file `modifier` is a code that means nothing to people.
            words = text if food.dataset == "fndds" else text or modifier
            label = ""
            try:
                label = portion_label(amount, units.get(unit, ""), words)
                add_portion(food, sequence, label, grams)
            except ValueError as error:
                food.refused_portions.append(label)
                self._notes.append(
                    Rejected(f"food_portion.csv line {line}", f"{told(food.name)}: {error}")
                )

    def _units(self) -> dict[str, str]:
        if "measure_unit.csv" not in self.files.names:
            return {}
        rows = self.files.rows("measure_unit.csv", "id", "name")
        return {ident: name for _, (ident, name) in rows if ident != UNDETERMINED_UNIT}

    def _read_aliases(self, foods: dict[str, RawFood]) -> None:
        names = {"food_attribute.csv", "food_attribute_type.csv"}
        if not names <= set(self.files.names):
            return
        rows = self.files.rows("food_attribute_type.csv", "id", "name")
        types = {ident for _, (ident, name) in rows if name.strip().lower() in ALIAS_TYPES}
        columns = ("fdc_id", "food_attribute_type_id", "value")
        for _, (fdc_id, kind, value) in self.files.rows("food_attribute.csv", *columns):
            if kind in types and fdc_id in foods:
                between = ";" if foods[fdc_id].dataset == "fndds" else ";,"
                foods[fdc_id].aliases.extend(common_names(value, between))

    def _read_recipes(self, foods: dict[str, RawFood]) -> Recipes:
        """Read the ingredients of survey foods, if the download has them."""
        recipes = Recipes()
        if RECIPE_FILE not in self.files.names or "fndds" not in self.datasets:
            return recipes
        columns = (
            "fdc_id",
            "sr_code?",
            "sr_description?",
            "ingredient_code?",
            "ingredient_description?",
        )
        for _, (fdc_id, *parts) in self.files.rows(RECIPE_FILE, *columns):
            food = foods.get(fdc_id)
            code, name = parts[2] or parts[0], parts[3] or parts[1]
            if food and food.dataset == "fndds" and is_whole(code):
                recipes.add(int(food.food_code), Ingredient(int(code), name))
        return recipes

    def _releases(self) -> dict[str, str]:
        latest: dict[str, str] = {}
        for food in self._index.foods.values():
            latest[food.dataset] = max(latest.get(food.dataset, ""), food.date)
        survey_date = latest.get("fndds", "")
        cycle = SURVEY_CYCLES.get(survey_date, survey_date)
        return {**latest, "fndds": cycle, "sr_legacy": SR_LEGACY_RELEASE}

    def _record(self, food: RawFood, release: str, recipes: Recipes) -> FoodRecord | Rejected:
        if food.dataset != "fndds":
            code, group = self._index.groups.get(food.category, ("", ""))
            return grouped_food(food, group_code=code, group=group, release=release)
        category = int(food.category) if is_whole(food.category) else 0
        return survey_food(
            food,
            category=category,
            group=self._index.survey_groups.get(food.category, ""),
            release=release,
            recipe_diet=recipes.diet_of(int(food.food_code)),
        )


def set_amount(food: RawFood, field: str, amount: str, code: str, points: str) -> None:
    """Keep one nutrient value, the first of two; the total also says how it was obtained."""
    if getattr(food, field) is not None:
        return
    if field == "cholesterol_mg":
        food.cholesterol_mg = number(amount) if amount.strip() else None
        return
    value = b12_ug(amount)
    setattr(food, field, value)
    if field == "total_ug":
        survey = food.dataset == "fndds" and not code
        food.kind = kind_of(code or ("RC" if survey else ""), data_points=points, amount_ug=value)
