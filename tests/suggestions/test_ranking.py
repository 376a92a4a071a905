from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.suggestions.builders import (
    DAY,
    MORNING,
    beef,
    candidate,
    intake,
    pantry,
    plain_milk,
    row,
    standing,
)
from tracker.diary.slots import Slot
from tracker.intake.day import day_intake
from tracker.numbers.amounts import two_digits
from tracker.science.absorption import B12Split
from tracker.suggestions.outlook import outlook
from tracker.suggestions.ranking import rank
from tracker.suggestions.room import Place, row_at
from tracker.suggestions.suggestion import SuggestionKind

YESTERDAY = DAY - timedelta(days=1)


def ranked(*foods, days=(), held=None, now=MORNING, hidden=frozenset()):
    return rank(outlook(DAY, days, held or standing(), now), pantry(*foods, hidden=hidden))


def names(suggestions):
    return [suggestion.food.name for suggestion in suggestions]


# --- the order


def test_a_richer_food_comes_before_a_poorer_one():
    poor = candidate("Poor", group="a", split=B12Split(free_ug=0.5))
    rich = candidate("Rich", group="b", split=B12Split(free_ug=2.0))

    assert names(ranked(poor, rich)) == ["Rich", "Poor"]


def test_the_order_follows_absorption_and_not_the_label():
    bound = beef(split=B12Split(food_ug=2.5), name="Bound", diet="vegan")
    free = candidate("Free", split=B12Split(free_ug=2.0))
    held = standing("omnivore", "ppi")

    assert names(ranked(bound, free, held=held)) == ["Free", "Bound"]


def test_equal_gains_are_sorted_by_name():
    foods = [candidate(name, group=name) for name in ("c", "a", "b")]

    assert names(ranked(*foods)) == ["a", "b", "c"]


def test_an_own_food_that_helps_comes_before_a_richer_new_one():
    known = candidate("Known", split=B12Split(free_ug=1.5))
    stranger = candidate("Stranger", group="other", split=B12Split(free_ug=9.0))
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=known.pk, split=known.split))]

    found = ranked(known, stranger, days=days)

    assert names(found) == ["Known", "Stranger"]
    assert [s.kind for s in found] == [SuggestionKind.OWN, SuggestionKind.FORTIFIED]


def test_an_own_food_that_hardly_helps_does_not_come_first():
    known = candidate("Known", split=B12Split(free_ug=0.2))
    stranger = candidate("Stranger", group="other", split=B12Split(free_ug=9.0))
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=known.pk, split=known.split))]

    assert names(ranked(known, stranger, days=days)) == ["Stranger", "Known"]


def test_an_own_food_is_offered_in_its_usual_amount():
    known = candidate(mass_g=200.0)
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=known.pk, mass_g=300.0))]

    (found,) = ranked(known, days=days)

    assert (found.food.mass_g, found.food.b12_ug, found.amount, found.unit) == (
        300,
        1.5,
        "1.5",
        "p0",
    )


def test_fortified_foods_come_before_animal_foods():
    fortified = candidate("Oat milk", split=B12Split(free_ug=1.0))

    assert names(ranked(beef(split=B12Split(food_ug=5.0)), fortified)) == ["Oat milk", "Beef"]


@pytest.mark.parametrize("factor", ["ppi", "h2_blocker", "atrophic_gastritis"])
def test_with_little_acid_even_own_animal_foods_come_after_fortified_ones(factor):
    own = beef(split=B12Split(food_ug=3.0))
    days = [intake(YESTERDAY, row(YESTERDAY, Slot.DINNER, food_id=own.pk, split=own.split))]

    plain = ranked(own, candidate("Oat milk"), days=days)
    with_factor = ranked(own, candidate("Oat milk"), days=days, held=standing("omnivore", factor))

    assert (names(plain), names(with_factor)) == (["Beef", "Oat milk"], ["Oat milk", "Beef"])


def test_over_50_fortified_foods_come_first():
    own = beef(split=B12Split(food_ug=3.0))
    days = [intake(YESTERDAY, row(YESTERDAY, Slot.DINNER, food_id=own.pk, split=own.split))]

    found = ranked(own, candidate("Oat milk"), days=days, held=standing(age_years=71))

    assert names(found) == ["Oat milk", "Beef"]


def test_each_group_has_its_first_food_before_any_has_a_second():
    yeasts = [
        candidate(f"Yeast {n}", group="Yeast", split=B12Split(free_ug=9.0 - n)) for n in range(4)
    ]
    milk = candidate("Milk", group="Milk", split=B12Split(free_ug=0.5))

    assert names(ranked(*yeasts, milk)) == ["Yeast 0", "Milk", "Yeast 1", "Yeast 2"]


# --- exclusions


def test_a_food_already_logged_today_is_not_suggested():
    own, new = candidate("Own", group="a"), candidate("New", group="b")
    other = candidate("Other", group="c", split=B12Split(free_ug=0.9))
    days = [
        intake(YESTERDAY, row(YESTERDAY, food_id=own.pk, split=B12Split(free_ug=0.1))),
        intake(
            DAY,
            row(food_id=own.pk, split=B12Split(free_ug=0.1)),
            row(food_id=new.pk, split=B12Split(free_ug=0.1)),
        ),
    ]

    assert names(ranked(own, new, other, days=days)) == ["Other"]


def test_three_of_a_group_are_considered_besides_those_logged_today():
    yeasts = [
        candidate(f"Yeast {n}", group="Yeast", split=B12Split(free_ug=9.0 - n)) for n in range(6)
    ]
    today = intake(
        DAY, *(row(food_id=food.pk, split=B12Split(free_ug=0.01)) for food in yeasts[:3])
    )

    assert names(ranked(*yeasts, days=[today])) == ["Yeast 3", "Yeast 4", "Yeast 5"]


def test_a_swap_made_today_is_not_suggested():
    milk, brand = plain_milk(), candidate("Oat milk, fortified, brand")
    other = candidate("Oat milk, fortified")
    eaten = intake(YESTERDAY, row(YESTERDAY, food_id=milk.pk, split=milk.split))
    made = intake(DAY, row(food_id=brand.pk, split=B12Split(free_ug=0.1)))

    before = ranked(milk, brand, other, days=[eaten])
    after = ranked(milk, brand, other, days=[eaten, made])

    assert [s.kind for s in before][:1] == [SuggestionKind.SWAP]
    assert SuggestionKind.SWAP not in [s.kind for s in after]


def test_a_swap_of_another_food_is_still_suggested():
    milk, cereal = plain_milk(), candidate("Bran cereal", group="Breakfast cereals, fortified")
    oat = candidate("Oat milk, fortified")
    eaten = intake(YESTERDAY, row(YESTERDAY, food_id=milk.pk, split=milk.split))
    made = intake(DAY, row(food_id=cereal.pk, split=B12Split(free_ug=0.1)))

    assert SuggestionKind.SWAP in [s.kind for s in ranked(milk, cereal, oat, days=[eaten, made])]


@pytest.mark.parametrize(("dose_ug", "is_said"), [(0.2, False), (2.0, True)])
def test_a_food_that_does_not_change_the_shown_week_is_not_suggested(dose_ug, is_said):
    days = [
        intake(DAY - timedelta(days=n), row(DAY - timedelta(days=n), split=B12Split(free_ug=40.0)))
        for n in range(1, 4)
    ]
    food = candidate("Drink", split=B12Split(free_ug=dose_ug))

    found = ranked(food, days=days)

    assert bool(found) == is_said


@pytest.mark.parametrize("dose_ug", [0.05, 0.1, 0.2, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("had_ug", [0.0, 0.5, 2.0, 8.0, 500.0])
def test_no_suggestion_looks_the_same_before_and_after(dose_ug, had_ug):
    days = [
        intake(
            DAY - timedelta(days=n), row(DAY - timedelta(days=n), split=B12Split(free_ug=had_ug))
        )
        for n in range(4)
    ]

    for found in ranked(candidate(split=B12Split(free_ug=dose_ug)), days=days):
        assert two_digits(found.day_before_ug) != two_digits(found.day_after_ug)
        assert two_digits(found.week.mean_ug) != two_digits(found.week_after_ug)


@pytest.mark.parametrize(
    ("diet", "expected"),
    [("vegan", ["Oat milk"]), ("vegetarian", ["Oat milk"]), ("omnivore", ["Oat milk", "Beef"])],
)
def test_a_food_that_the_diet_excludes_is_never_suggested(diet, expected):
    assert names(ranked(beef(), candidate("Oat milk"), held=standing(diet))) == expected


def test_a_vegan_is_not_offered_the_cheese_that_they_logged_once():
    cheese = beef(name="Cheese", source_class="dairy", diet="vegetarian")
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=cheese.pk, split=cheese.split))]

    assert ranked(cheese, days=days, held=standing("vegan")) == []


def test_without_a_diet_only_own_foods_and_those_for_everybody_are_suggested():
    egg = beef(name="Egg", source_class="egg", diet="vegetarian", split=B12Split(egg_ug=2.0))
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=egg.pk, split=egg.split))]

    found = ranked(egg, beef(), candidate("Oat milk"), days=days, held=standing(""))

    assert sorted(names(found)) == ["Egg", "Oat milk"]


@pytest.mark.parametrize(
    "fields",
    [
        {"source_class": "supplement", "fortification": "supplement"},
        {
            "source_class": "algae_ferment",
            "fortification": "pseudo",
            "split": B12Split(inactive_ug=9.0),
        },
        {"group": "Energy and enhanced drinks"},
        {"name": "Egg, whole, raw"},
        {"name": "Plant-based milk, not further specified"},
        {"is_shared": False},
        {"split": B12Split()},
    ],
)
def test_some_foods_are_never_a_new_idea(fields):
    assert ranked(candidate(**fields)) == []


def test_a_supplement_is_not_offered_to_a_person_who_takes_it():
    tablet = candidate("Tablet", source_class="supplement", fortification="supplement")
    taken = row(YESTERDAY, food_id=tablet.pk, is_supplement=True)

    assert ranked(tablet, days=[intake(YESTERDAY, taken)]) == []


def test_liver_is_not_offered_in_pregnancy_even_if_already_eaten():
    liver = beef(name="Liver", source_class="organ_meat")
    days = [intake(YESTERDAY, row(YESTERDAY, Slot.LUNCH, food_id=liver.pk, split=liver.split))]
    pregnant = standing("omnivore", life_stage="pregnant")

    assert names(ranked(liver, beef(), days=days)) == ["Liver", "Beef"]
    assert names(ranked(liver, beef(), days=days, held=pregnant)) == ["Beef"]


def test_fish_is_offered_in_pregnancy_only_if_already_eaten():
    fish = beef(name="Fish", source_class="fish", group="Fish")
    pregnant = standing("omnivore", life_stage="pregnant")
    days = [intake(YESTERDAY, row(YESTERDAY, Slot.LUNCH, food_id=fish.pk, split=fish.split))]

    assert ranked(fish, held=pregnant) == []
    assert names(ranked(fish, held=pregnant, days=days)) == ["Fish"]


def test_a_hidden_food_is_not_offered_as_own_new_or_swap():
    milk, plain = candidate("Oat milk, fortified"), plain_milk("Oat milk, not fortified")
    rows = [row(YESTERDAY, food_id=food.pk, split=food.split) for food in (milk, plain)]

    found = ranked(milk, plain, days=[intake(YESTERDAY, *rows)], hidden=frozenset([milk.pk]))

    assert found == []


def test_nothing_is_offered_for_a_past_day():
    assert ranked(candidate(), now=MORNING + timedelta(days=1)) == []


# --- the best meal


def test_a_food_is_suggested_for_the_meal_with_the_least_b12():
    days = [intake(DAY, row(slot=Slot.BREAKFAST), row(slot=Slot.LUNCH))]

    (found,) = ranked(candidate(), days=days)

    assert found.slot == Slot.DINNER


def test_a_meal_still_ahead_counts_with_its_usual_foods():
    past = [DAY - timedelta(days=n) for n in (1, 2, 3)]
    dinners = [intake(day, row(day, Slot.DINNER, split=B12Split(food_ug=5.0))) for day in past]
    today = intake(DAY, row(slot=Slot.BREAKFAST))

    (found,) = ranked(candidate(), days=[*dinners, today])

    assert found.slot == Slot.LUNCH


def test_meat_is_not_proposed_for_breakfast():
    days = [intake(DAY, row(slot=Slot.LUNCH), row(slot=Slot.DINNER))]

    assert ranked(beef(), days=days)[0].slot in (Slot.LUNCH, Slot.DINNER)


def test_past_meals_are_not_proposed():
    (found,) = ranked(candidate(), now=MORNING.replace(hour=22, minute=15))

    assert (found.slot, found.clock.hour, found.clock.minute) == (Slot.SNACK, 22, 15)


def test_the_week_counts_today_and_its_days_with_entries():
    monday = DAY - timedelta(days=3)
    days = [intake(monday, row(monday)), intake(DAY - timedelta(days=7), row())]

    (found,) = ranked(candidate(), days=days)

    assert found.week.day_count == 2
    assert found.week.mean_ug == pytest.approx(0.576 / 2, abs=1e-3)
    assert found.week_after_ug == pytest.approx(0.576, abs=1e-3)


# --- swaps


def test_an_unfortified_drink_is_swapped_for_its_namesake_in_the_same_amount():
    plain, milk = plain_milk("Oat milk, not fortified"), candidate("Oat milk, fortified")
    stranger = candidate("Soy milk, fortified", split=B12Split(free_ug=5.0))
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=plain.pk, name=plain.name, split=B12Split(),
                                  mass_g=480.0))]  # fmt: skip

    found = ranked(plain, milk, stranger, days=days)

    assert names(found) == ["Oat milk, fortified", "Soy milk, fortified"]
    assert (found[0].kind, found[0].slot, found[0].food.b12_ug) == (
        SuggestionKind.SWAP,
        Slot.BREAKFAST,
        2.0,
    )
    assert found[0].habit.name == "Oat milk, not fortified"
    assert found[0].is_addable


def test_a_swap_of_a_food_eaten_today_is_for_next_time():
    plain, milk = plain_milk("Oat milk, not fortified"), candidate("Oat milk, fortified")
    had = row(food_id=plain.pk, split=B12Split())

    (found,) = ranked(plain, milk, days=[intake(DAY, had)])

    assert (found.kind, found.is_addable) == (SuggestionKind.SWAP, False)
    assert found.gain_ug == pytest.approx(0.576, abs=1e-3)


def test_a_different_food_of_the_same_group_is_not_a_swap():
    cooking = plain_milk("Coconut milk for cooking, canned, not fortified")
    drink = candidate("Coconut milk drink, fortified")
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=cooking.pk, split=B12Split()))]

    assert [s.kind for s in ranked(cooking, drink, days=days)] == [SuggestionKind.FORTIFIED]


def test_a_vegan_is_not_offered_a_sibling_that_contains_milk():
    plain = plain_milk("Oats, not fortified", group="Breakfast cereals, not fortified")
    flakes = candidate("Flakes", group="Breakfast cereals, fortified", diet="vegetarian")
    days = [intake(YESTERDAY, row(YESTERDAY, food_id=plain.pk, split=B12Split()))]

    assert ranked(plain, flakes, days=days, held=standing("vegan")) == []
    assert [s.kind for s in ranked(plain, flakes, days=days)] == [SuggestionKind.SWAP]


# --- properties for any person

FOODS = (
    candidate("Oat milk, fortified", pk=9001),
    candidate("Soy milk, fortified", pk=9002, split=B12Split(free_ug=3.2)),
    plain_milk("Oat milk, not fortified", pk=9003),
    candidate("Yeast, fortified", pk=9004, group="Yeast", split=B12Split(free_ug=17.0)),
    candidate("Flakes", pk=9005, group="Breakfast cereals, fortified", diet="vegetarian"),
    plain_milk("Porridge", pk=9006, group="Breakfast cereals, not fortified"),
    candidate("Bar", pk=9007, group="Bars", fortification="mixed", split=B12Split(0.6, 0.4)),
    beef(pk=9008),
    beef(pk=9009, name="Salmon", source_class="fish", group="Fish", diet="pescatarian"),
    beef(pk=9010, name="Liver", source_class="organ_meat", split=B12Split(food_ug=70.0)),
    beef(pk=9011, name="Egg", source_class="egg", diet="vegetarian", split=B12Split(egg_ug=1.1)),
    candidate("Nori", pk=9012, source_class="algae_ferment", fortification="pseudo",
              split=B12Split(inactive_ug=5.0)),
    candidate("Tablet", pk=9013, source_class="supplement", fortification="supplement",
              split=B12Split(free_ug=1000.0)),
)  # fmt: skip
BY_PK = {food.pk: food for food in FOODS}
ALLOWED = {
    "vegan": {"vegan"},
    "vegetarian": {"vegan", "vegetarian"},
    "pescatarian": {"vegan", "vegetarian", "pescatarian"},
    "omnivore": {"vegan", "vegetarian", "pescatarian", "omnivore"},
}


@st.composite
def entries(draw, day=DAY):
    food = draw(st.sampled_from(FOODS))
    share = draw(st.floats(0.25, 4))
    food = food.weighing(food.mass_g * share)
    return row(
        day,
        draw(st.sampled_from(list(Slot))),
        clock=draw(st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0))),
        food_id=draw(st.sampled_from([food.pk, None])),
        mass_g=food.mass_g,
        split=food.split,
        is_supplement=food.source_class == "supplement",
    )


@st.composite
def people(draw):
    diet = draw(st.sampled_from([*ALLOWED, ""]))
    factors = draw(st.sets(st.sampled_from(["ppi", "metformin", "gastric_bypass"])))
    age_years = draw(st.sampled_from([None, 25, 71]))
    held = standing(diet, *sorted(factors), age_years=age_years)
    history = [
        intake(day, *draw(st.lists(entries(day), max_size=4)), held=held)
        for day in (DAY - timedelta(days=n) for n in range(3, 0, -1))
    ]
    today = intake(DAY, *draw(st.lists(entries(), max_size=5)), held=held)
    now = MORNING.replace(hour=draw(st.integers(0, 23)))
    return held, [*history, today], now


@given(person=people())
def test_every_suggestion_has_the_stated_effect(person):
    held, days, now = person
    today = days[-1]
    eaten = {r.food_id for day in days for r in day.rows}

    found = rank(outlook(DAY, days, held, now), pantry(*FOODS))

    for suggestion in found:
        food = suggestion.food
        allowed = ALLOWED.get(held.diet, {"vegan"})
        assert food.diet in allowed or (held.diet == "" and food.pk in eaten)
        assert food.source_class not in ("supplement", "algae_ferment")
        assert suggestion.gain_ug > 0
        assert suggestion.gain_ug == pytest.approx(really_gained(suggestion, today, held), abs=1e-9)


def really_gained(suggestion, today, held):
    """Log the food, compute the whole day again, and return the difference."""
    rows = list(today.rows)
    if suggestion.swap and not suggestion.is_addable:
        replaced = [r for r in rows if r.food_id == suggestion.habit.food_id][:1]
        rows = [r for r in rows if r not in replaced]
    place = Place(suggestion.slot, suggestion.clock)
    rows.append(row_at(suggestion.food, DAY, place))
    return day_intake(DAY, rows, "", held).absorbed_ug - today.absorbed_ug


@given(person=people())
def test_the_order_does_not_depend_on_the_order_of_the_catalogue(person):
    held, days, now = person

    found = rank(outlook(DAY, days, held, now), pantry(*FOODS))
    again = rank(outlook(DAY, days, held, now), pantry(*reversed(FOODS)))

    assert found == again
    assert len({s.food.pk for s in found}) == len(found)
