import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.label_form import LabelForm, fresh_initial, initial_of
from tracker.numbers.amounts import plain

OAT = {
    "name": "Oat drink",
    "brand": "Hafer",
    "source_class": "fortified_food",
    "origin": "added",
    "diet": "vegan",
    "amount": "0,38",
    "unit": "ug",
    "per": "100ml",
    "serving_size": "250",
    "serving_unit": "ml",
    "serving_word": "glass",
}
TABLET = OAT | {
    "source_class": "supplement",
    "per": "serving",
    "serving_size": "",
    "serving_unit": "piece",
    "serving_word": "",
}


def filled(**changed):
    return LabelForm(OAT | changed)


def test_a_short_label_becomes_a_draft():
    form = filled(gtin="5411188112778")

    assert form.is_valid(), form.errors
    draft = form.draft()
    assert draft.statement.b12_ug_per_100g == 0.38
    assert draft.statement.portion() == ("1 glass of 250 ml", 250)
    assert (draft.gtin, draft.fortification, draft.diet) == (
        "05411188112778",
        "fortified",
        "vegan",
    )


def test_a_label_that_does_not_mention_b12_is_unknown_and_not_zero():
    assert filled(amount="").is_valid()
    silent, none = filled(amount=""), filled(amount="0")
    assert silent.is_valid() and none.is_valid()

    assert silent.draft().statement.b12_ug_per_100g is None
    assert none.draft().statement.b12_ug_per_100g == 0


@pytest.mark.parametrize(
    ("amount", "unit", "per_100g"),
    [
        ("0.00038 mg", "ug", 0.38),
        ("40", "eu", 1.0),
        ("40 %", "eu", 1.0),
        ("2 mcg", "eu", 2.0),
        ("2.5 micrograms", "eu", 2.5),
        ("15% NRV", "fda1993", 0.375),
        ("15 % RI", "fda2016", 0.375),
        ("15% NRV", "ug", 0.375),
        ("25% DV", "fda1993", 1.5),
        ("15 %", "fda1993", 0.9),
    ],
)
def test_the_unit_next_to_the_number_is_understood(amount, unit, per_100g):
    form = filled(amount=amount, unit=unit)

    assert form.is_valid(), form.errors
    assert form.draft().statement.b12_ug_per_100g == pytest.approx(per_100g)


@pytest.mark.parametrize("name", ["\u3164", "\u00ad", "\ufeff\u2060", "\u200b", ""], ids=ascii)
def test_a_food_has_a_visible_name(name):
    assert filled(name=name).errors["name"] == ["Give the food a name."]
    blank = filled(brand=name, serving_word=name)
    assert blank.is_valid()
    assert (blank.draft().brand, blank.draft().statement.serving_word) == ("", "")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": " \t "}, "name"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "much"}, "amount"),
        ({"amount": "1,000"}, "amount"),
        ({"amount": "1,125 µg"}, "amount"),
        ({"amount": "1.500"}, "amount"),
        ({"serving_size": "1,000"}, "serving_size"),
        ({"amount": "2.5 IU"}, "amount"),
        ({"amount": "40 %"}, "unit"),
        ({"amount": "99999 mg"}, "amount"),
        ({"unit": "pint"}, "unit"),
        ({"per": "serving", "serving_size": ""}, "serving_size"),
        ({"serving_size": "", "serving_word": "2 biscuits"}, "serving_size"),
        ({"serving_size": "0"}, "serving_size"),
        ({"serving_size": "9999"}, "serving_size"),
        ({"serving_unit": "piece"}, "serving_unit"),
        ({"origin": "natural"}, "origin"),
        ({"gtin": "5411188112779"}, "gtin"),
        ({"name": "x" * 251}, "name"),
        ({"source_class": "stone"}, "source_class"),
    ],
)
def test_an_impossible_answer_is_reported_next_to_its_question(changed, field):
    form = filled(**changed)

    assert not form.is_valid()
    assert list(form.errors) == [field]


@pytest.mark.parametrize(("unit", "is_taken"), [("eu", False), ("ug", False), ("fda2016", True)])
def test_a_percentage_of_a_us_label_is_of_2_4_or_6_ug(unit, is_taken):
    assert list(filled(amount="40 % DV", unit=unit).errors) == ([] if is_taken else ["unit"])


@pytest.mark.parametrize("amount", ["-0", "-0.0", "\u22120 µg", "-0 %"])
def test_minus_zero_on_a_label_is_zero(amount):
    form = filled(amount=amount, unit="eu")

    assert form.is_valid(), form.errors
    assert plain(form.draft().statement.amount) == "0"
    assert math.copysign(1, form.draft().statement.b12_ug_per_100g) == 1


def test_a_thousandfold_amount_is_asked_about_first():
    asked = filled(amount="2.5 mg")

    assert list(asked.errors) == ["confirm"]
    assert asked.asks_to_confirm
    confirmed = filled(amount="2.5 mg", confirm="on")
    assert confirmed.is_valid()
    assert confirmed.draft().statement.b12_ug_per_100g == 2500


def test_500_ug_are_accepted_without_a_question():
    assert filled(amount="500").is_valid()
    assert not filled(amount="500.1").is_valid()


def test_a_tablet_is_counted_and_may_contain_a_lot():
    form = LabelForm(TABLET | {"amount": "1000"})

    assert form.is_valid(), form.errors
    draft = form.draft()
    assert (draft.fortification, draft.statement.portion()) == ("supplement", ("1 tablet", 1))
    assert draft.statement.b12_ug_per_100g == 100_000
    assert not LabelForm(TABLET | {"amount": "1000 mg"}).is_valid()


def test_a_dropper_is_a_serving_but_a_bottle_is_not():
    dropper = LabelForm(TABLET | {"amount": "1000", "serving_size": "30", "serving_word": "drops"})

    assert dropper.is_valid(), dropper.errors
    assert dropper.draft().statement.portion() == ("30 drops", 30)
    assert list(LabelForm(TABLET | {"amount": "1", "serving_size": "61"}).errors) == [
        "serving_size"
    ]


@pytest.mark.parametrize(
    ("amount", "size", "unit"), [("5000", "1", "ml"), ("1200", "0.25", "ml"), ("1000", "0.2", "g")]
)
def test_drops_and_powders_are_nearly_all_b12(amount, size, unit):
    said = {"amount": amount, "serving_size": size, "serving_unit": unit}

    form = LabelForm(TABLET | said)

    assert form.is_valid(), form.errors
    assert form.draft().statement.portion()[1] == float(size)
    assert list(LabelForm(TABLET | said | {"amount": "11 mg"}).errors) == ["amount"]
    assert list(LabelForm(OAT | said | {"per": "serving"}).errors) == ["amount"]


@given(st.dictionaries(st.sampled_from(sorted(OAT)), st.text(max_size=40)))
def test_whatever_is_typed_is_answered(changed):
    form = LabelForm(OAT | changed)

    if form.is_valid():
        per_100g = form.draft().statement.b12_ug_per_100g
        assert per_100g is None or 0 <= per_100g <= 500


@pytest.mark.parametrize("changed", [{}, {"amount": "1.125"}, {"amount": ""}, {"amount": "1234"}])
def test_a_saved_label_opens_as_it_was_typed(changed):
    first = filled(**changed, confirm="on")
    assert first.is_valid(), first.errors

    again = LabelForm(initial_of(first.draft()) | {"confirm": "on"})

    assert again.is_valid(), again.errors
    assert again.draft() == first.draft()


def test_a_new_label_has_no_diet_until_it_is_chosen():
    fresh = LabelForm(initial=fresh_initial(name="Oat drink"))

    assert fresh["diet"].value() in (None, "")
    assert fresh.fields["diet"].choices[0][0] == ""


def test_the_diet_has_to_be_chosen():
    form = filled(diet="")

    assert not form.is_valid()
    assert form.errors == {
        "diet": [
            "Choose the diet it fits. If you do not know, choose “contains meat, or not known”."
        ]
    }


@pytest.mark.parametrize("diet", ["vegan", "vegetarian", "pescatarian", "omnivore"])
def test_a_described_food_keeps_its_diet(diet):
    form = LabelForm(initial=initial_of(filled_draft(diet=diet)))

    assert form["diet"].value() == diet


def filled_draft(**changed):
    form = filled(**changed)
    assert form.is_valid(), form.errors
    return form.draft()
