from dataclasses import replace

import pytest

from foods.importing.importer import import_foods
from foods.importing.published import PUBLISHED
from foods.models import Food, Source
from foods.sources.recognise import recognise
from foods.sources.record import FoodRecord, PortionRecord, Rejected, SourceError
from tests.foods.sources import test_cofid
from tests.foods.sources.tables import (
    AMOUNT_HEADER,
    csv_text,
    shared,
    sr_legacy,
    survey,
    zipped,
)

pytestmark = pytest.mark.django_db

MILK = FoodRecord(
    dataset="sr_legacy",
    key="01077",
    name="Milk, whole",
    b12_ug_per_100g=0.45,
    b12_added_ug_per_100g=0.0,
    b12_kind="analysed",
    group="Dairy and Egg Products",
    source_class="dairy",
    fortification="natural",
    diet="vegetarian",
    diet_basis="listed",
    release="2018-04",
    source_text="USDA SR Legacy 2018-04: Milk, whole",
    aliases=("full-fat milk",),
    portions=(PortionRecord("1 cup", 244.0), PortionRecord("1 tbsp", 15.2)),
    fdc_id=171265,
    ndb_no="01077",
    is_drink=True,
)


class Table:
    """A reader that returns what it was created with."""

    kind = "fdc"
    size_bytes = 0

    def __init__(self, *found, datasets=("sr_legacy",), whole=("sr_legacy",)):
        self.found, self.datasets, self.whole = found, datasets, whole

    def read(self):
        yield from self.found


def many(count):
    return [replace(MILK, key=f"{n:05}", ndb_no=f"{n:05}", name=f"Food {n}") for n in range(count)]


def counts(report):
    return report.created, report.updated, report.unchanged, report.retired


def catalogue():
    """Return every stored fact, to check that nothing changed."""
    portions = Food.objects.values_list("pk", "portions__label", "portions__mass_g")
    return list(Food.objects.order_by("pk").values()), sorted(portions, key=str)


def test_a_food_arrives_with_its_source_portions_and_search_words():
    report = import_foods(Table(MILK))

    food = Food.objects.get(source__slug="usda-sr-legacy", source_key="01077")
    assert counts(report) == (1, 0, 0, 0)
    assert (food.b12_ug_per_100g, food.b12_added_ug_per_100g) == (0.45, 0.0)
    assert (food.ndb_no, food.fdc_id, food.is_drink) == ("01077", 171265, True)
    assert [(p.label, p.mass_g) for p in food.portions.all()] == [("1 cup", 244), ("1 tbsp", 15.2)]
    assert food.head == "milk"
    assert " fat" in food.search
    assert food.source.release == "2018-04"


def test_unknown_b12_stays_unknown():
    unknown = replace(MILK, b12_ug_per_100g=None, b12_added_ug_per_100g=None, b12_kind="unknown")

    import_foods(Table(unknown))

    assert Food.objects.get().b12_ug_per_100g is None


def test_a_second_import_changes_nothing():
    import_foods(Table(MILK, *many(3)))
    before = catalogue()

    report = import_foods(Table(MILK, *many(3)))

    assert counts(report) == (0, 0, 4, 0)
    assert report.is_unchanged
    assert catalogue() == before


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"b12_ug_per_100g": 0.5}, {"b12_ug_per_100g": 0.5}),
        ({"b12_ug_per_100g": None}, {"b12_ug_per_100g": None}),
        ({"diet": "vegan"}, {"diet": "vegan"}),
        ({"name": "Milk, full"}, {"name": "Milk, full"}),
        ({"aliases": ("cow's milk",)}, {"aliases": "cow's milk"}),
    ],
)
def test_a_changed_value_updates_its_food_in_place(changed, expected):
    import_foods(Table(MILK))
    pk = Food.objects.get().pk

    report = import_foods(Table(replace(MILK, **changed)))

    assert counts(report) == (0, 1, 0, 0)
    assert Food.objects.values(*expected).get(pk=pk) == expected


def test_changed_portions_replace_the_old_ones():
    import_foods(Table(MILK))

    report = import_foods(Table(replace(MILK, portions=(PortionRecord("1 glass", 200.0),))))

    assert counts(report) == (0, 1, 0, 0)
    assert [p.label for p in Food.objects.get().portions.all()] == ["1 glass"]


def test_a_table_without_ids_leaves_the_known_id():
    import_foods(Table(MILK))

    report = import_foods(Table(replace(MILK, fdc_id=None)))

    assert report.is_unchanged
    assert Food.objects.get().fdc_id == 171265


def test_many_refused_foods_mean_a_damaged_file():
    import_foods(Table(*many(100)))
    before = catalogue()
    refusals = [Rejected(f"line {n}", "bad", "sr_legacy", f"{n:05}") for n in range(40)]

    with pytest.raises(SourceError, match=r"40 of 101 foods .* first one: line 0, bad"):
        import_foods(Table(*refusals, MILK, *many(100)[40:]))

    assert catalogue() == before


@pytest.mark.parametrize(("lost_count", "food_count"), [(20, 100), (50, 450)])
def test_a_few_refused_foods_are_left_out(lost_count, food_count):
    refusals = [Rejected(f"line {n}", "bad", "sr_legacy", f"x{n}") for n in range(lost_count + 1)]
    foods = many(food_count)

    report = import_foods(Table(*refusals[1:], *foods))

    assert (report.created, len(report.rejected)) == (food_count, lost_count)
    with pytest.raises(SourceError, match="cannot be read"):
        import_foods(Table(*refusals, *foods))


def test_a_table_without_foods_is_refused():
    with pytest.raises(SourceError, match="0 of 0 foods"):
        import_foods(Table())


def test_an_error_while_writing_leaves_the_catalogue_as_it_was(monkeypatch):
    import_foods(Table(MILK))
    before = catalogue()
    monkeypatch.setattr("foods.importing.importer.flag_outliers", lambda _: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        import_foods(Table(replace(MILK, name="Other"), *many(600)))

    assert catalogue() == before
    assert Source.objects.count() == 1


def test_a_table_only_touches_its_own_shared_foods(ada, make_food):
    source = Source.objects.create(slug="usda-sr-legacy", name="old")
    own = make_food("My milk", source=source, source_key="01077", owner=ada)
    other = make_food("Other")

    report = import_foods(Table(MILK))

    assert counts(report) == (1, 0, 0, 0)
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.name, own.retired_at, other.retired_at) == ("My milk", None, None)


def test_every_dataset_that_a_reader_can_give_has_a_source():
    assert sorted(PUBLISHED) == ["ciqual", "cofid", "fndds", "foundation", "sr28", "sr_legacy"]


@pytest.mark.parametrize("count", [10, 300])
def test_the_number_of_queries_does_not_grow_with_the_foods(count, django_assert_num_queries):
    import_foods(Table(*many(count)))

    with django_assert_num_queries(15):
        import_foods(Table(*many(count)))


BAD_FILES = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-30]),
    "not a zip": lambda path: path.write_bytes(b"hello"),
    "bomb": lambda path: zipped(path, sr_legacy(**{"food_nutrient.csv": "0" * 3_000_000})),
    "wrong encoding": lambda path: zipped(
        path, sr_legacy(**{"food.csv": sr_legacy()["food.csv"].replace("O's", "\udcff")})
    ),
    "missing column": lambda path: zipped(
        path, sr_legacy(**{"food_nutrient.csv": csv_text("id|fdc_id|nutrient_id", "1|171265|1178")})
    ),
    "all negative": lambda path: zipped(
        path,
        sr_legacy(
            **{
                "food_nutrient.csv": csv_text(
                    AMOUNT_HEADER, "1|171265|1178|-1|1|1", "2|173889|1178|x|1|1"
                )
            }
        ),
    ),
}


@pytest.mark.parametrize("damage", sorted(BAD_FILES))
def test_bad_input_leaves_the_catalogue_as_it_was(tmp_path, monkeypatch, damage):
    path = zipped(tmp_path / "x.zip", sr_legacy())
    import_foods(recognise(path))
    before = catalogue()
    monkeypatch.setattr(
        "zipfile.ZipFile.writestr", surrogates_as_bytes(__import__("zipfile").ZipFile.writestr)
    )

    BAD_FILES[damage](path)
    with pytest.raises(SourceError):
        import_foods(recognise(path))

    assert catalogue() == before


def surrogates_as_bytes(writestr):
    """Let a test's text contain a byte that is not UTF-8."""

    def write(self, name, text):
        return writestr(self, name, text.encode("utf-8", "surrogateescape"))

    return write


def test_real_downloads_and_the_starter_table_become_one_catalogue():
    from foods.importing.starter import load_starter_foods

    load_starter_foods()
    for name in (
        "fdc_sr_legacy_csv_2018-04_b12_rebuilt.zip",
        "fdc_survey_csv_2024-10-31_b12_rebuilt.zip",
        "fdc_foundation_food_csv_2024-10-31.zip",
    ):
        report = import_foods(recognise(shared(name)))
        again = import_foods(recognise(shared(name)))
        assert report.created > 300
        assert again.is_unchanged

    liver = Food.objects.get(slug="beef-liver-fried")
    spread = Food.objects.get(source__slug="usda-sr-legacy", ndb_no="04613")
    assert Food.objects.current().count() > 13_000
    assert {f.source.slug for f in liver.supersedes.all()} == {"usda-sr-legacy"}
    assert spread.review.startswith("47 times the median")
    assert not Food.objects.filter(superseded_by__superseded_by__isnull=False).exists()


def test_two_foods_that_share_a_code_stay_two_however_often_they_come(tmp_path):
    rows = ("13-669|Aubergine||DG|0|0", "13-669|Watercress||DG|0|0")
    first = import_foods(recognise(test_cofid.table(tmp_path, *rows)))
    before = catalogue()

    again = import_foods(recognise(test_cofid.table(tmp_path, *reversed(rows))))

    assert (first.created, counts(again)) == (2, (0, 0, 2, 0))
    assert again.is_unchanged
    assert catalogue() == before


def test_the_survey_and_its_source_keep_their_release(tmp_path):
    import_foods(recognise(zipped(tmp_path / "x.zip", survey())))

    assert Source.objects.get(slug="usda-fndds").release == "2021-2023"
