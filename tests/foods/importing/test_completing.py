"""What a sparser file leaves unchanged."""

from dataclasses import replace

import pytest

from foods.importing.importer import import_foods
from foods.models import Food
from foods.sources.recognise import recognise
from foods.sources.record import PortionRecord
from tests.foods.importing.test_importer import MILK, Table, catalogue, many
from tests.foods.sources.tables import PORTION_HEADER, csv_text, sr_legacy, survey, zipped

pytestmark = pytest.mark.django_db


def test_portions_and_names_that_left_a_table_which_has_some_leave_the_food():
    other = replace(MILK, key="00001", ndb_no="00001", name="Other")
    import_foods(Table(MILK, other))

    import_foods(Table(replace(MILK, portions=(), aliases=()), other))

    food = Food.objects.get(source_key="01077")
    assert (food.aliases, list(food.portions.all())) == ("", [])


def test_a_table_that_holds_no_portions_at_all_keeps_those_that_are_there():
    import_foods(Table(MILK, *many(2)))

    report = import_foods(Table(*(replace(f, portions=()) for f in (MILK, *many(2)))))

    assert report.is_unchanged
    assert report.kept == {"portions": 3}
    assert [p.label for p in Food.objects.get(source_key="01077").portions.all()] == [
        "1 cup",
        "1 tbsp",
    ]


def portioned(count, portions=MILK.portions):
    return [replace(food, portions=portions) for food in many(count)]


ONE_PORTION = (PortionRecord("1 tbsp", 15.0),)


def labels_of(key):
    portions = Food.objects.get(source_key=key).portions.all()
    return [(portion.label, portion.mass_g) for portion in portions]


def test_a_file_with_a_part_of_the_portions_adds_to_those_that_are_there():
    import_foods(Table(*portioned(100)))
    part = [*portioned(20), *portioned(60, ONE_PORTION)[20:], *portioned(100, ())[60:]]

    report = import_foods(Table(*part))

    assert report.kept == {"portions": 80}
    assert labels_of("00001") == [("1 cup", 244), ("1 tbsp", 15.2)]
    assert labels_of("00021") == [("1 cup", 244), ("1 tbsp", 15)]
    assert labels_of("00061") == [("1 cup", 244), ("1 tbsp", 15.2)]


def test_the_same_part_of_the_portions_twice_changes_nothing():
    import_foods(Table(*portioned(100)))
    glass = (PortionRecord("1 glass", 200.0),)
    part = [*portioned(50, glass), *portioned(100, ())[50:]]
    import_foods(Table(*part))
    before = catalogue()

    report = import_foods(Table(*part))

    assert report.is_unchanged
    assert catalogue() == before
    assert [label for label, _ in labels_of("00001")] == ["1 cup", "1 tbsp", "1 glass"]


def test_part_of_the_portions_replaces_all_if_intended():
    import_foods(Table(*portioned(100)))

    import_foods(Table(*portioned(100, ONE_PORTION)), may_shrink=True)

    assert labels_of("00001") == [("1 tbsp", 15)]


def test_a_few_portions_missing_from_a_table_are_removed():
    import_foods(Table(*portioned(100)))

    report = import_foods(Table(*portioned(20, ONE_PORTION), *portioned(100)[20:]))

    assert (report.updated, report.kept) == (20, {})
    assert labels_of("00001") == [("1 tbsp", 15)]


def test_a_file_with_a_part_of_the_other_names_adds_to_those_that_are_there():
    import_foods(Table(*many(100)))
    part = [replace(food, aliases=("milk",)) for food in many(100)]

    report = import_foods(Table(*part))

    food = Food.objects.get(source_key="00001")
    assert report.kept == {"aliases": 100}
    assert food.aliases == "full-fat milk\nmilk"
    assert " full" in food.search


def test_a_table_that_holds_no_other_names_at_all_keeps_them_findable():
    import_foods(Table(MILK))

    report = import_foods(Table(replace(MILK, aliases=())))

    food = Food.objects.get()
    assert report.is_unchanged
    assert report.kept == {"aliases": 1}
    assert (food.aliases, " full" in food.search) == ("full-fat milk", True)


def test_a_diet_from_a_list_of_ingredients_outlives_one_from_the_category():
    import_foods(Table(MILK))
    guess = replace(MILK, diet="omnivore", source_class="mixed_dish", diet_basis="guessed")

    report = import_foods(Table(guess))

    food = Food.objects.get()
    assert report.is_unchanged
    assert report.kept == {"diet": 1}
    assert (food.diet, food.source_class) == ("vegetarian", "dairy")


def test_a_diet_from_a_list_of_ingredients_replaces_one_from_the_category():
    import_foods(Table(replace(MILK, diet="omnivore", diet_basis="guessed")))
    assert Food.objects.get().diet_basis == "guessed"

    import_foods(Table(MILK))

    food = Food.objects.get()
    assert (food.diet, food.diet_basis) == ("vegetarian", "listed")


def test_a_matching_guess_does_not_weaken_a_list_of_ingredients():
    import_foods(Table(MILK))

    report = import_foods(Table(replace(MILK, diet_basis="guessed")))

    assert report.is_unchanged
    assert report.kept == {}
    assert Food.objects.get().diet_basis == "listed"


def test_a_later_guess_replaces_an_earlier_one():
    guess = replace(MILK, diet="omnivore", diet_basis="guessed")
    import_foods(Table(guess))

    import_foods(Table(replace(guess, diet="vegetarian")))

    assert Food.objects.get().diet == "vegetarian"


@pytest.mark.parametrize("basis", ["guessed", "listed"])
def test_a_diet_that_a_person_stated_stays_whatever_a_table_says(basis):
    import_foods(Table(MILK))
    Food.objects.update(diet="vegan", diet_basis="stated")

    report = import_foods(Table(replace(MILK, name="Milk, full", diet_basis=basis)))

    food = Food.objects.get()
    assert (food.name, food.diet, food.diet_basis) == ("Milk, full", "vegan", "stated")
    assert report.kept == {"diet": 1}


def test_new_figures_bring_their_class_and_leave_the_diet():
    import_foods(Table(MILK))
    guess = replace(MILK, diet="omnivore", source_class="fortified_food", diet_basis="guessed")

    import_foods(Table(replace(guess, b12_ug_per_100g=1.0)))

    food = Food.objects.get()
    assert (food.diet, food.source_class) == ("vegetarian", "fortified_food")


def test_a_renamed_food_is_another_recipe():
    import_foods(Table(MILK))

    import_foods(Table(replace(MILK, name="Milk drink", diet="omnivore", diet_basis="guessed")))

    assert Food.objects.get().diet == "omnivore"


def test_a_portion_whose_row_is_refused_stays_as_it_was():
    import_foods(Table(MILK))
    refused = replace(MILK, portions=ONE_PORTION, refused_portions=("1 cup",))

    report = import_foods(Table(refused))
    again = import_foods(Table(refused))

    assert labels_of("01077") == [("1 cup", 244), ("1 tbsp", 15)]
    assert (report.kept, again.is_unchanged) == ({"portions": 1}, True)


def test_only_the_refused_portion_stays_and_others_leave_as_before():
    import_foods(Table(MILK))

    import_foods(Table(replace(MILK, portions=(), refused_portions=("1 tbsp",)), *portioned(1)))

    assert labels_of("01077") == [("1 tbsp", 15.2)]


def test_an_unidentified_refused_portion_keeps_them_all():
    import_foods(Table(MILK))

    import_foods(Table(replace(MILK, portions=(), refused_portions=("",)), *portioned(1)))

    assert labels_of("01077") == [("1 cup", 244), ("1 tbsp", 15.2)]


@pytest.mark.parametrize("row", ["1|171265|1|1.0|9999||cup|0", "1|171265|1|x|9999||cup|244"])
def test_a_damaged_row_of_a_download_takes_no_portion_away(tmp_path, row):
    import_foods(recognise(zipped(tmp_path / "good.zip", sr_legacy())))
    rows = (row, "2|171265|2|1.0|9999||tbsp|15.2", "3|173889|1|1.0|9999||cup|30")
    tables = sr_legacy(**{"food_portion.csv": csv_text(PORTION_HEADER, *rows)})

    report = import_foods(recognise(zipped(tmp_path / "bad.zip", tables)))

    assert [refusal.row for refusal in report.rejected] == ["food_portion.csv line 2"]
    assert labels_of("01077") == [("1 cup", 244), ("1 tbsp", 15.2)]


def test_a_default_amount_without_mass_removes_no_portion(tmp_path):
    portion = "1|2705400|1||9999|{}|1|{}"
    good = [portion.format("1 cup", 244), portion.format("Quantity not specified", 200)]
    bad = [good[0], portion.format("Quantity not specified", 0)]
    for name, rows in {"good.zip": good, "bad.zip": bad}.items():
        tables = survey(**{"food_portion.csv": csv_text(PORTION_HEADER, *rows)})
        import_foods(recognise(zipped(tmp_path / name, tables)))

    assert labels_of("11320100") == [("usual amount", 200), ("1 cup", 244)]
