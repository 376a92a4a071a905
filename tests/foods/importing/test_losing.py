"""Known B12 that a file leaves out."""

from dataclasses import replace

import pytest

from foods.importing.importer import import_foods
from foods.models import Food
from foods.sources.recognise import recognise
from foods.sources.record import SourceError
from tests.foods.importing.test_importer import Table, catalogue, many
from tests.foods.sources.tables import AMOUNT_HEADER, csv_text, sr_legacy, zipped

pytestmark = pytest.mark.django_db


def silent(foods):
    return [replace(food, b12_ug_per_100g=None, b12_kind="unknown") for food in foods]


def known_count():
    return Food.objects.exclude(b12_ug_per_100g=None).count()


def test_a_file_without_a_share_of_the_known_values_is_refused_and_changes_nothing():
    import_foods(Table(*many(100)))
    before = catalogue()

    with pytest.raises(SourceError) as error:
        import_foods(Table(*many(60), *silent(many(100)[60:])))

    assert str(error.value) == (
        "the file would make the B12 of 40 of 100 foods of USDA SR Legacy unknown; "
        "with --may-shrink it does"
    )
    assert catalogue() == before


def test_known_values_are_removed_if_intended():
    import_foods(Table(*many(100)))

    report = import_foods(Table(*many(60), *silent(many(100)[60:])), may_shrink=True)

    assert (report.updated, known_count()) == (40, 60)


def test_a_few_missing_values_become_unknown_and_are_named():
    import_foods(Table(*many(100)))

    report = import_foods(Table(*many(98), *silent(many(100)[98:])))

    assert report.forgotten == ["00098 Food 98", "00099 Food 99"]
    assert known_count() == 98


def test_an_already_unknown_value_is_not_lost():
    import_foods(Table(*silent(many(100))))

    report = import_foods(Table(*silent(many(100))))

    assert (report.is_unchanged, report.forgotten) == (True, [])


def downloaded(tmp_path, *, with_figures, nutrient="1178"):
    """A download of 50 foods of which only the first ones have figures."""
    ids = range(1, 51)
    header = "fdc_id|data_type|description|food_category_id|publication_date"
    names = [f"{n}|sr_legacy_food|Food {n}|1|2019-04-01" for n in ids]
    rows = [f"{n}|{n}|{nutrient}|0.4|1|1" for n in ids[:with_figures]]
    tables = {
        "food.csv": csv_text(header, *names),
        "sr_legacy_food.csv": csv_text("fdc_id|NDB_number", *(f"{n}|{n}" for n in ids)),
        "food_nutrient.csv": csv_text(AMOUNT_HEADER, "0|1|1178|0.4|1|1", *rows),
        "food_portion.csv": csv_text(
            "id|fdc_id|seq_num|amount|measure_unit_id|portion_description|modifier|gram_weight"
        ),
    }
    return recognise(zipped(tmp_path / "sr.zip", sr_legacy(**tables)))


def test_a_truncated_file_of_figures_is_refused_by_an_empty_catalogue(tmp_path):
    reader = downloaded(tmp_path, with_figures=10)

    with pytest.raises(SourceError, match="no figure at all for 40 of its 50 foods, the first one"):
        import_foods(reader)

    assert not Food.objects.exists()


def test_a_truncated_file_of_figures_is_used_if_intended(tmp_path):
    import_foods(downloaded(tmp_path, with_figures=10), may_shrink=True)

    assert (Food.objects.count(), known_count()) == (50, 10)


def test_foods_with_other_figures_and_no_b12_are_a_whole_file(tmp_path):
    import_foods(downloaded(tmp_path, with_figures=50, nutrient="1003"))

    assert (Food.objects.count(), known_count()) == (50, 1)


def test_a_few_foods_without_figures_are_not_a_truncated_file(tmp_path):
    import_foods(downloaded(tmp_path, with_figures=32))

    assert known_count() == 32
