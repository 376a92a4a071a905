import re

import pytest

from foods.catalogue.search import find_foods, index_food, search_foods
from foods.importing.importer import import_foods
from foods.importing.starter import load_starter_foods
from foods.models import Food
from foods.sources.recognise import recognise
from tests.foods.catalogue.queries import ABSENT, EVERYDAY, FURTHER, MENDED, SLIPS
from tests.foods.sources.tables import shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelve(make_food):
    """Make a food as the importer would, with everything that the search uses."""

    def make(name, *, aliases="", **fields):
        search, head, rank = index_food(name, aliases=aliases)
        values = {"search": search, "head": head, "rank": rank, "aliases": aliases}
        return make_food(name, **values | fields)

    return make


def names(text, **options):
    return [food.name for food in search_foods(text, **options)]


def test_name_and_other_names_are_stored_apart_and_folded():
    found = index_food("Pâté, de foie gras, 2%", brand="Crème", aliases="liver spread\npates")

    assert found == (" pate de foie gra 2 percent | creme | liver spread | pate", "pate", 0)


@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("Milk, whole", "milk"),
        ("Fish, cod, Atlantic, raw", "cod"),
        ("Mollusks, squid, mixed species", "squid"),
        ("Fish", "fish"),
    ],
)
def test_a_category_name_is_not_a_head(name, head):
    assert index_food(name)[1] == head


def test_every_typed_word_must_begin_a_word(shelve):
    shelve("Milk, whole")
    shelve("Buttermilk")

    assert names("mil who") == ["Milk, whole"]
    assert names("ilk") == []
    assert names("milk goat") == []


@pytest.mark.parametrize(
    "text", ["", "  ", "!!!", "µ" * 500, "x" * 5000, "%", "_", "'; --", "\x00"]
)
def test_odd_input_finds_nothing_and_breaks_nothing(shelve, text):
    shelve("Milk, whole")

    assert names(text) == []


def test_accents_plurals_and_case_do_not_matter(shelve):
    shelve("Crème brûlée")
    shelve("Anchovies, canned")

    assert names("CREME BRULEES") == ["Crème brûlée"]
    assert names("anchovy") == ["Anchovies, canned"]


def test_stop_words_are_not_searched_for(shelve):
    shelve("Macaroni, cheese sauce")

    assert names("macaroni with the cheese") == ["Macaroni, cheese sauce"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("beef mince", "Beef, ground, 80% lean"),
        ("prawns", "Shrimp, cooked"),
        ("soymilk", "Soy milk, unsweetened"),
        ("nooch", "Yeast, nutritional, flakes"),
        ("lasagne", "Lasagna with meat"),
        ("cornf", "Cereal, corn flakes"),
        ("fresh prawn", "Shrimp, fresh"),
    ],
)
def test_british_and_american_words_find_the_same_food(shelve, typed, name):
    shelve(name)
    shelve("Something else")

    assert names(typed) == [name]


def test_an_alias_of_a_starter_food_finds_it_before_similar_foods(shelve):
    shelve("Yeast, nutritional")
    shelve("Nutritional yeast", rank=8)
    shelve("Nutritional yeast flakes, fortified, of a maker", aliases="nooch", rank=8)

    assert names("nooch")[0] == "Nutritional yeast flakes, fortified, of a maker"


def test_a_food_that_was_not_fortified_comes_later_unless_asked(shelve):
    shelve("Oat milk, not fortified")
    shelve("Oat milk, fortified, of a maker")

    assert names("oat milk")[0] == "Oat milk, fortified, of a maker"
    assert names("oat milk not fortified")[0] == "Oat milk, not fortified"


@pytest.mark.parametrize("text", ["b12 1000mcg", "B12 1000µg", "b12 1000 mcg", "1000ug b12"])
def test_a_strength_may_be_joined_to_its_unit(shelve, text):
    shelve("Vitamin B12 tablet 1000 µg")
    shelve("Vitamin B12 tablet 100 µg")

    assert names(text) == ["Vitamin B12 tablet 1000 µg"]


def test_milch_is_not_corrected_to_pilchard(shelve):
    shelve("Pilchard, canned")
    assert names("milch") == []

    shelve("Milk, whole")

    assert names("milch") == ["Milk, whole"]


def test_another_name_of_a_food_finds_it_after_its_own_name(shelve):
    shelve("Corn, sweet", aliases="maize\nindian corn")
    shelve("Maize porridge")

    assert names("maize")[0] == "Corn, sweet"
    assert names("indian") == ["Corn, sweet"]


def test_the_head_of_a_name_counts_more_than_its_details(shelve):
    shelve("Almond milk, sweetened")
    shelve("Milk, whole, with added vitamin D")
    shelve("Rice pudding, with milk")

    assert names("milk")[0] == "Milk, whole, with added vitamin D"


def test_a_detail_before_its_head_finds_the_head_first(shelve):
    shelve("Ricotta, whole milk")
    shelve("Milk, whole, with added vitamin D")

    assert names("whole milk")[0] == "Milk, whole, with added vitamin D"


def test_a_state_comes_later_unless_asked_for(shelve):
    shelve("Beef, liver, raw")
    shelve("Beef, liver, cooked, pan-fried slices of a calf")

    assert names("beef liver") == [
        "Beef, liver, cooked, pan-fried slices of a calf",
        "Beef, liver, raw",
    ]
    assert names("beef liver raw")[0] == "Beef, liver, raw"


def test_a_starter_food_comes_before_similar_foods(shelve):
    shelve("Oat milk, plain")
    shelve("Oat milk, fortified", rank=8)

    assert names("oat milk")[0] == "Oat milk, fortified"


def test_what_a_person_logged_comes_first(shelve):
    shelve("Oat milk", rank=8)
    habit = shelve("Organic oat milk drink, vanilla")

    assert names("oat milk", recent_ids=[habit.pk])[0] == habit.name


@pytest.mark.parametrize(
    ("typed", "named", "habit"),
    [
        ("milk", "Milk, whole", "Soy milk"),
        ("whole milk", "Milk, whole", "Greek yogurt, plain, whole milk"),
        ("milk", "Milk, whole", "Milk powder"),
        ("tuna", "Tuna, canned", "Tuna salad sandwich"),
    ],
)
def test_a_habit_that_only_mentions_the_words_stays_behind(shelve, typed, named, habit):
    shelve("Milk chocolate bar, whole, of tuna")
    shelve(named)
    eaten = shelve(habit, rank=8)

    assert names(typed, recent_ids=[eaten.pk])[:2] == [named, habit]


def test_among_foods_named_by_the_query_the_one_eaten_comes_first(shelve):
    shelve("Milk, whole", rank=8)
    eaten = shelve("Milk, fat free (skim), of a dairy")

    assert names("mil", recent_ids=[eaten.pk])[0] == eaten.name
    assert names("milk", recent_ids=[eaten.pk])[0] == eaten.name


def test_a_habit_comes_first_while_its_word_is_being_typed(shelve):
    shelve("Pear", rank=8)
    eaten = shelve("Peanut butter")

    assert names("pea", recent_ids=[eaten.pk])[0] == eaten.name


@pytest.mark.parametrize("typed", ["soymilk", "soy milk", "oatly", "barista"])
def test_an_own_food_or_brand_that_is_typed_comes_first(ada, shelve, typed):
    eaten = shelve("Soy milk, plain", rank=8, aliases="soymilk")
    shelve("Oat milk", rank=8)
    for name, brand in (("Barista soy milk", ""), ("Morning drink", "Oatly")):
        search, head, rank = index_food(name, brand=brand)
        shelve(name, owner=ada, search=search, head=head, rank=rank)

    first = "Morning drink" if typed == "oatly" else "Barista soy milk"
    assert names(typed, account=ada, recent_ids=[eaten.pk])[0] == first


def test_own_foods_are_found_only_by_their_owner(ada, shelve):
    shelve("Granola, mine", owner=ada)

    assert names("granola", account=ada) == ["Granola, mine"]
    assert names("granola") == []


def test_own_foods_come_before_the_shared_ones(ada, shelve):
    shelve("Granola", rank=8)
    shelve("Granola of the market, with nuts", owner=ada)

    assert names("granola", account=ada)[0] == "Granola of the market, with nuts"


def test_the_diet_is_a_hard_filter(shelve):
    shelve("Sausage, pork", diet="omnivore")
    shelve("Sausage, seitan", diet="vegan")
    shelve("Sausage, quorn", diet="vegetarian")

    assert names("sausage", diet="vegan") == ["Sausage, seitan"]
    assert sorted(names("sausage", diet="vegetarian")) == ["Sausage, quorn", "Sausage, seitan"]


def test_a_queryset_limits_the_results_however_low_they_rank(shelve):
    for number in range(120):
        shelve(f"Milk, kind {number}")
    late = shelve("Rice drink of the co-operative, in place of milk", fortification="mixed")

    found = search_foods("milk", among=Food.objects.filter(fortification="mixed"))

    assert [food.pk for food in found] == [late.pk]


def test_retired_and_superseded_foods_are_not_offered(shelve, django_assert_num_queries):
    kept = shelve("Milk, whole")
    shelve("Milk, old", superseded_by=kept)
    gone = shelve("Milk, gone")
    assert sorted(names("milk")) == ["Milk, gone", "Milk, whole"]

    Food.objects.filter(pk=gone.pk).update(retired_at="2026-01-01T00:00Z")

    assert names("milk") == ["Milk, whole"]


def test_a_new_food_is_found_at_once(shelve):
    shelve("Milk, whole")
    assert names("kefir") == []

    shelve("Kefir")

    assert names("kefir") == ["Kefir"]


def test_forms_of_one_food_share_a_line(shelve):
    shelve("Clams, cooked", rank=8)
    shelve("Clams, raw")
    shelve("Clams, canned, drained")
    shelve("Clams, razor")

    found = search_foods("clams")

    assert [food.name for food in found] == ["Clams, cooked", "Clams, razor"]
    assert sorted(form.name for form in found[0].variants) == [
        "Clams, canned, drained",
        "Clams, raw",
    ]
    assert found[1].variants == []


def test_a_typing_mistake_is_corrected_and_reported(shelve):
    shelve("Yogurt, plain")

    found = find_foods("yogrut plain")

    assert [food.name for food in found.foods] == ["Yogurt, plain"]
    assert found.corrected == "yogurt plain"
    assert find_foods("yogurt").corrected == ""


def test_two_typing_mistakes_in_a_word_find_nothing(shelve):
    shelve("Yogurt, plain")

    assert find_foods("ygorut").foods == []


def test_the_limit_and_the_queries_of_a_search(ada, shelve, django_assert_num_queries):
    for number in range(15):
        shelve(f"Milk, kind {number}")
    names("milk")

    # the newest food, own foods, the foods, their portions
    with django_assert_num_queries(4):
        found = search_foods("milk", account=ada, limit=5)
        assert [food.portions.all()[0].label for food in found] == ["1 cup"] * 5
        assert {food.source.name for food in found} == {"A table"}


def misses(queries):
    """Return the queries whose first result is wrong, with that result."""
    hits = {text: (names(text, limit=3) or [""])[0] for text in queries}
    return {text: hit for text, hit in hits.items() if not re.search(queries[text], hit)}


def test_everyday_queries_find_the_right_food_first_in_the_whole_catalogue():
    survey = shared("fdc_survey_csv_2024-10-31_b12_rebuilt.zip")
    sr_legacy = shared("fdc_sr_legacy_csv_2018-04_b12_rebuilt.zip")
    load_starter_foods()
    import_foods(recognise(sr_legacy))
    import_foods(recognise(survey))

    slips = {text: find_foods(text).corrected for text in SLIPS}

    assert len(EVERYDAY) == 47
    assert len(misses(EVERYDAY)) <= 3, misses(EVERYDAY)
    assert len(misses(FURTHER)) <= 3, misses(FURTHER)
    assert misses(MENDED) == {}
    assert slips == SLIPS
    assert {text: names(text, limit=1) for text in ABSENT} == {text: [] for text in ABSENT}
