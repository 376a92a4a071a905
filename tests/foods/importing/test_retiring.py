"""Which foods are retired from the catalogue, and which never are."""

from dataclasses import replace

import pytest

from foods.importing.importer import import_foods
from foods.importing.retiring import refuse_shrunk, retire
from foods.models import Food, Source
from foods.sources.record import Rejected, SourceError
from tests.foods.importing.test_importer import MILK, Table, catalogue, many

pytestmark = pytest.mark.django_db


def test_a_food_that_left_the_table_is_retired_and_comes_back():
    import_foods(Table(MILK, *many(2)))

    gone = import_foods(Table(*many(2)))
    retired = Food.objects.get(source_key="01077").retired_at
    back = import_foods(Table(MILK, *many(2)))

    assert (gone.retired, back.retired, back.updated) == (1, 0, 1)
    assert retired is not None
    assert Food.objects.get(source_key="01077").retired_at is None


def test_retired_foods_are_reported_by_number_and_name():
    import_foods(Table(MILK, *many(2)))

    report = import_foods(Table(many(2)[0]))

    assert report.gone == ["00001 Food 1", "01077 Milk, whole"]


def test_a_file_that_is_not_the_whole_table_retires_nothing_and_says_what_it_lacks():
    import_foods(Table(MILK, *many(200)))

    report = import_foods(Table(*many(30), whole=()))

    assert (report.retired, report.gone) == (0, [])
    assert len(report.unlisted) == 171
    assert report.unlisted[-1] == "01077 Milk, whole"
    assert not Food.objects.exclude(retired_at=None).exists()


def test_an_already_retired_food_is_not_reported_again():
    import_foods(Table(MILK, *many(2)))
    import_foods(Table(*many(2)))

    report = import_foods(Table(*many(2), whole=()))

    assert report.unlisted == []


def test_a_refused_food_keeps_what_was_known_of_it():
    import_foods(Table(MILK, *many(2)))
    refusal = Rejected("line 2", "B12 is negative", "sr_legacy", "01077")

    report = import_foods(Table(refusal, *many(2)))

    assert report.rejected == [refusal]
    assert report.retired == 0
    assert Food.objects.get(source_key="01077").b12_ug_per_100g == 0.45


def test_a_refused_food_known_only_by_its_id_is_not_retired():
    import_foods(Table(replace(MILK, fdc_id=5), *many(2)))
    refusal = Rejected("line 2", "no NDB number", "sr_legacy", fdc_id=5)

    report = import_foods(Table(refusal, many(2)[0]))

    assert (report.retired, report.held) == (1, [])
    assert Food.objects.get(source_key="01077").retired_at is None


@pytest.mark.parametrize("fdc_id", [None, 99])
def test_an_unidentified_refused_food_prevents_retiring(fdc_id):
    import_foods(Table(MILK, *many(2)))
    refusal = Rejected("line 2", "unreadable", "sr_legacy", fdc_id=fdc_id)

    report = import_foods(Table(refusal, *many(2)))

    assert (report.retired, report.held) == (0, ["USDA SR Legacy"])
    assert Food.objects.get(source_key="01077").retired_at is None


def test_a_table_that_lost_most_of_its_foods_is_refused_unless_it_may_shrink():
    import_foods(Table(*many(120)))
    before = catalogue()

    with pytest.raises(SourceError, match="would retire 90 of 120 foods of USDA SR Legacy"):
        import_foods(Table(*many(30)))

    assert catalogue() == before
    assert import_foods(Table(*many(30)), may_shrink=True).retired == 90


@pytest.mark.parametrize(("food_count", "most"), [(60, 50), (120, 60)])
def test_a_file_may_lack_50_foods_or_half_of_them_and_no_more(food_count, most):
    import_foods(Table(*many(food_count)))
    source = Source.objects.get()

    refuse_shrunk(source, range(most))
    with pytest.raises(SourceError, match=rf"would retire {most + 1} of {food_count} foods"):
        refuse_shrunk(source, range(most + 1))


def test_a_retired_food_has_no_successor(make_food):
    food = make_food(superseded_by=make_food())

    retire([food.pk])

    food.refresh_from_db()
    assert food.retired_at is not None
    assert food.superseded_by is None
