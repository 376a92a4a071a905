from dataclasses import replace

import pytest

from foods.importer import import_foods
from foods.models import Food, Source
from foods.published import PUBLISHED
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
    """A reader that gives what it was made with."""

    kind = "fdc"
    size_bytes = 0

    def __init__(self, *found, datasets=("sr_legacy",)):
        self.found, self.datasets = found, datasets

    def read(self):
        yield from self.found


def many(count):
    return [replace(MILK, key=f"{n:05}", ndb_no=f"{n:05}", name=f"Food {n}") for n in range(count)]


def counts(report):
    return report.created, report.updated, report.unchanged, report.retired


def catalogue():
    """Return every stored fact, to see that nothing changed."""
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


def test_a_guess_that_says_the_same_takes_nothing_from_a_list_of_ingredients():
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


def test_a_table_without_ids_leaves_the_known_id():
    import_foods(Table(MILK))

    report = import_foods(Table(replace(MILK, fdc_id=None)))

    assert report.is_unchanged
    assert Food.objects.get().fdc_id == 171265


def test_a_food_that_left_the_table_is_retired_and_comes_back():
    import_foods(Table(MILK, *many(2)))

    gone = import_foods(Table(*many(2)))
    retired = Food.objects.get(source_key="01077").retired_at
    back = import_foods(Table(MILK, *many(2)))

    assert (gone.retired, back.retired, back.updated) == (1, 0, 1)
    assert retired is not None
    assert Food.objects.get(source_key="01077").retired_at is None


def test_a_refused_food_keeps_what_was_known_of_it():
    import_foods(Table(MILK, *many(2)))
    refusal = Rejected("line 2", "B12 is negative", "sr_legacy", "01077")

    report = import_foods(Table(refusal, *many(2)))

    assert report.rejected == [refusal]
    assert report.retired == 0
    assert Food.objects.get(source_key="01077").b12_ug_per_100g == 0.45


def test_a_refused_food_known_by_its_id_alone_is_not_retired():
    import_foods(Table(replace(MILK, fdc_id=5), *many(2)))
    refusal = Rejected("line 2", "no NDB number", "sr_legacy", fdc_id=5)

    report = import_foods(Table(refusal, many(2)[0]))

    assert (report.retired, report.held) == (1, [])
    assert Food.objects.get(source_key="01077").retired_at is None


@pytest.mark.parametrize("fdc_id", [None, 99])
def test_with_a_refused_food_that_nobody_can_name_nothing_is_retired(fdc_id):
    import_foods(Table(MILK, *many(2)))
    refusal = Rejected("line 2", "unreadable", "sr_legacy", fdc_id=fdc_id)

    report = import_foods(Table(refusal, *many(2)))

    assert (report.retired, report.held) == (0, ["USDA SR Legacy"])
    assert Food.objects.get(source_key="01077").retired_at is None


def test_many_refused_foods_mean_a_damaged_file():
    import_foods(Table(*many(100)))
    before = catalogue()
    refusals = [Rejected(f"line {n}", "bad", "sr_legacy", f"{n:05}") for n in range(40)]

    with pytest.raises(SourceError, match=r"40 foods of 101 .* first one: line 0, bad"):
        import_foods(Table(*refusals, MILK, *many(100)[40:]))

    assert catalogue() == before


def test_a_table_that_lost_most_of_its_foods_is_refused_unless_it_may_shrink():
    import_foods(Table(*many(120)))
    before = catalogue()

    with pytest.raises(SourceError, match="would retire 90 of 120 foods of USDA SR Legacy"):
        import_foods(Table(*many(30)))

    assert catalogue() == before
    assert import_foods(Table(*many(30)), may_shrink=True).retired == 90


def test_a_table_without_foods_is_refused():
    with pytest.raises(SourceError, match="0 foods of 0"):
        import_foods(Table())


def test_an_error_while_writing_leaves_the_catalogue_as_it_was(monkeypatch):
    import_foods(Table(MILK))
    before = catalogue()
    monkeypatch.setattr("foods.importer.flag_outliers", lambda _: 1 / 0)

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

    with django_assert_num_queries(11):
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
    """Let a test's text carry a byte that is not UTF-8."""

    def write(self, name, text):
        return writestr(self, name, text.encode("utf-8", "surrogateescape"))

    return write


def test_real_downloads_and_the_starter_table_become_one_catalogue():
    from foods.starter import load_starter_foods

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
