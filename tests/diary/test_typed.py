import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.label import UG_PER_UNIT
from tracker.diary.typed import Typed, read_typed


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("2 eggs", Typed("eggs", 2, "")),
        ("200 ml soy milk", Typed("soy milk", 200, "ml")),
        ("soy milk 200ml", Typed("soy milk", 200, "ml")),
        ("1,5 cups milk", Typed("milk", 1.5, "cup")),
        ("1 1/2 cups of milk", Typed("milk", 1.5, "cup")),
        ("1½ cup milk", Typed("milk", 1.5, "cup")),
        ("½ cup oat milk", Typed("oat milk", 0.5, "cup")),
        ("1⅓ cups milk", Typed("milk", pytest.approx(4 / 3), "cup")),
        ("milk ⅔ cup", Typed("milk", pytest.approx(2 / 3), "cup")),
        ("⅛ cup oat milk", Typed("oat milk", 0.125, "cup")),
        ("0.33333 µg", Typed("", 0.33333, "µg")),
        (".33333 µg", Typed("", 0.33333, "µg")),
        ("spray .33333 µg", Typed("spray .33333 µg")),
        ("3.33333 % milk", Typed("3.33333 % milk")),
        ("100g beef", Typed("beef", 100, "g")),
        ("8 fl oz milk", Typed("milk", 8, "fl oz")),
        ("a slice of bread", Typed("bread", 1, "slice")),
        ("cup of tea", Typed("tea", 1, "cup")),
        ("glass of milk", Typed("milk", 1, "glass")),
        ("slice of bread", Typed("bread", 1, "slice")),
        ("cup of", Typed("cup of")),
        ("tin tuna", Typed("tin tuna")),
        ("g of butter", Typed("g of butter")),
        ("two eggs", Typed("eggs", 2, "")),
        ("2 x egg", Typed("egg", 2, "")),
        ("salmon 2", Typed("salmon", 2, "")),
        ("12 µg", Typed("", 12, "µg")),
        ("12 μg", Typed("", 12, "µg")),  # Greek mu
        ("2,5mcg", Typed("", 2.5, "µg")),
        ("b12 1000", Typed("b12 1000")),
        ("2 tablets b12", Typed("b12", 2.0, "tablet")),
        ("2 tablets of vitamin b12", Typed("vitamin b12", 2.0, "tablet")),
        ("2 capsules b12 1000 µg", Typed("b12 1000 µg", 2.0, "tablet")),
        ("half a tablet b12 1000", Typed("b12 1000", 0.5, "tablet")),
        ("b12 2 tablets", Typed("b12", 2.0, "tablet")),
        ("b12 2 1/2 tablets", Typed("b12", 2.5, "tablet")),
        ("b12 1/2 tablet", Typed("b12", 0.5, "tablet")),
        ("milk 2 1/2 cups", Typed("milk", 2.5, "cup")),
        ("b12 1000 µg 2 tablets", Typed("b12 1000 µg", 2.0, "tablet")),
        ("2 vitamin b12 tablets", Typed("vitamin b12 tablets", 2.0, "tablet")),
        ("1 b12 tablet", Typed("b12 tablet", 1.0, "tablet")),
        ("20 b12 tablets", Typed("b12 tablets", 20.0, "tablet")),
        ("0.5 b12 tablets", Typed("b12 tablets", 0.5, "tablet")),
        ("half b12 tablets", Typed("b12 tablets", 0.5, "tablet")),
        ("10 drops b12", Typed("drops b12", 10, "")),
        ("b12 10 drops", Typed("b12 drops", 10, "")),
        ("b12 drops 10", Typed("b12 drops", 10, "")),
        ("60 b12 drops", Typed("b12 drops", 60, "")),
        ("5 gummies b12", Typed("gummies b12", 5, "")),
        ("5 b12 gummy", Typed("b12 gummy", 5, "")),
        ("half a lozenge b12", Typed("lozenge b12", 0.5, "")),
        ("b12 1000 µg 2 lozenges", Typed("b12 1000 µg lozenges", 2, "")),
        ("5 b12 spray", Typed("b12 spray", 5, "")),
        ("500 b12 gummy", Typed("500 b12 gummy")),
        ("b12 gummy 500", Typed("b12 gummy 500")),
        ("b12 500 µg gummy", Typed("b12 500 µg gummy")),
        ("b12 oral spray", Typed("b12 oral spray")),
        ("10 drops", Typed("drops", 10, "")),
        ("3 gummy bears", Typed("gummy bears", 3, "")),
        ("100 g, beef", Typed("beef", 100, "g")),
        ("10 b12 tablet", Typed("10 b12 tablet")),
        ("50 b12 tablets", Typed("50 b12 tablets")),
        ("b12 1000 tablets", Typed("b12 1000 tablets")),
        ("b12 1000 µg tablets", Typed("b12 1000 µg tablets")),
        ("tablets b12", Typed("tablets b12")),
        ("10 b12", Typed("10 b12")),
        ("cyanocobalamin 1000", Typed("cyanocobalamin 1000")),
        ("vitamin b12 1000 µg", Typed("vitamin b12 1000 µg")),
        ("2% milk", Typed("2% milk")),
        ("3.5 % milk", Typed("3.5 % milk")),
        ("85 percent chocolate", Typed("85 percent chocolate")),
        ("200 ml 2 % milk", Typed("2 % milk", 200, "ml")),
        ("7up", Typed("7up")),
        ("2x eggs", Typed("eggs", 2, "")),
        ("2 x eggs", Typed("eggs", 2, "")),
        ("2× eggs", Typed("eggs", 2, "")),
        ("x2 eggs", Typed("eggs", 2, "")),
        ("eggs x2", Typed("eggs", 2, "")),
        ("eggs x 2", Typed("eggs", 2, "")),
        ("eggs 2x", Typed("eggs", 2, "")),
        ("1,5x eggs", Typed("eggs", 1.5, "")),
        ("2 x 500 µg", Typed("", 1000, "µg")),
        ("2x50 µg", Typed("", 100, "µg")),
        ("500 µg x 2", Typed("", 1000, "µg")),
        ("2 x 1 000 µg", Typed("", 2000, "µg")),
        ("2 x 2 x 50 µg", Typed("", 200, "µg")),
        ("2x 500 mcg tablet", Typed("500 mcg tablet", 2, "")),
        ("2 x b12 500 µg", Typed("b12 500 µg", 2, "")),
        ("3 tablets b12 x 2", Typed("b12", 6, "tablet")),
        ("b12 500 x 2", Typed("b12 500", 2, "")),
        ("b12 2 x 500", Typed("b12 500", 2, "")),
        ("4 x 2.5 µg tablet", Typed("2.5 µg tablet", 4, "")),
        ("2 x 330 ml cola", Typed("cola", 660, "ml")),
        ("2 x 2 eggs", Typed("eggs", 4, "")),
        ("x2", Typed("x2")),
        (".5 µg", Typed("", 0.5, "µg")),
        ("1/2 µg", Typed("", 0.5, "µg")),
        ("2 1/2 µg", Typed("", 2.5, "µg")),
        ("omega 3 + 6", Typed("omega 3 +", 6, "")),
        ("eggs x", Typed("eggs x")),
        ("ham x cheese", Typed("ham x cheese")),
        ("1 tablet", Typed("tablet", 1, "tablet")),
        ("2 tablets", Typed("tablets", 2, "tablet")),
        ("2 pills", Typed("tablet", 2, "tablet")),
        ("half tablet", Typed("tablet", 0.5, "tablet")),
        ("half a tablet", Typed("tablet", 0.5, "tablet")),
        ("½ tablet", Typed("tablet", 0.5, "tablet")),
        ("half an egg", Typed("egg", 0.5, "")),
        ("200 g", Typed("", 200, "g")),
        ("1 000 µg", Typed("", 1000, "µg")),
        ("1\u00a0000\u00a0µg", Typed("", 1000, "µg")),
        ("1\u202f000 g milk", Typed("milk", 1000, "g")),
        ("1,000.5 g milk", Typed("milk", 1000.5, "g")),
        ("milk 1,000,000g", Typed("milk", 1e6, "g")),
        ("b12 1 000 µg", Typed("b12 1000 µg")),
        ("0,125 l milk", Typed("milk", 0.125, "l")),
        ("1.125 l milk", Typed("milk", 1.125, "l")),
        ("b-12", Typed("b-12")),
        ("b-12 1000", Typed("b-12 1000")),
        ("semi-skimmed", Typed("semi-skimmed")),
        ("7-up", Typed("7-up")),
        ("200 ml 7-up", Typed("7-up", 200, "ml")),
        ("omega -3 capsules", Typed("omega -3 capsules")),
        ("", Typed("")),
    ],
)
def test_read_typed_parses_amount_unit_and_food(text, typed):
    assert read_typed(text) == typed


@pytest.mark.parametrize(
    "text",
    ["25 tablets b12", "1000 tablets of b12", "21 capsules b12", "61 drops b12", "21 gummies b12"],
)
def test_a_number_that_may_be_a_strength_or_too_many_tablets_is_refused(text):
    problem = "That is too many at once. Give a strength in µg: “b12 1000 µg”."

    assert read_typed(text) == Typed("", problem=problem)


@pytest.mark.parametrize("text", ["0 tablets b12", "b12 0 tablets", "0 drops b12", "b12 drops 0"])
def test_zero_b12_tablets_are_refused(text):
    assert read_typed(text) == Typed("", problem="Enter an amount above 0.")


@pytest.mark.parametrize("text", ["b12 -2 tablets", "vitamin B12 1000 µg -1 tablet"])
def test_a_negative_number_of_b12_tablets_is_refused(text):
    assert read_typed(text) == Typed("", problem="An amount cannot be below zero.")


@pytest.mark.parametrize(
    "text", ["50 + 50 µg", "50 µg + 50 µg", "2 eggs + 200 ml milk", "milk 200 + 50 ml", "1+1 eggs"]
)
def test_a_sum_is_refused_instead_of_using_one_of_its_amounts(text):
    assert read_typed(text) == Typed("", problem="Enter one food with one amount at a time.")


def test_zero_times_a_food_is_refused():
    assert read_typed("0 x eggs") == Typed("", problem="Enter an amount above 0.")


@pytest.mark.parametrize("text", ["omega -3 capsules", "vitamin b -12 tablets", "b-12 tablets"])
def test_a_dash_in_a_name_is_not_a_minus(text):
    assert not read_typed(text).problem


@pytest.mark.parametrize("text", ["1/0 tablets b12", "1/0 b12 tablet", "b12 3 1/0 tablets"])
def test_a_fraction_with_denominator_zero_is_not_a_number_of_tablets(text):
    assert read_typed(text).problem == "Enter a number, like 1.5 or 1,5."


def test_a_plain_amount_of_b12_is_distinguished_from_a_food():
    assert read_typed("12 µg").is_plain_b12
    assert not read_typed("12 eggs").is_plain_b12


@pytest.mark.parametrize(
    "text",
    ["-5 µg", "- 5 µg", "\u22125 µg", "\u2212 5 µg", "–5 µg", "-1 tablet", "-2 eggs", "-½ cup milk",
     "-.5 cup milk", "-1,000 µg", "milk -200 ml", " -2"],
)  # fmt: skip
def test_a_negative_amount_is_reported_and_finds_nothing(text):
    assert read_typed(text) == Typed("", problem="An amount cannot be below zero.")


@pytest.mark.parametrize(
    "text", ["1,000 µg", "1,000 g milk", "milk 1,000g", "b12 1,000 µg", "1,000"]
)
def test_an_ambiguous_amount_is_reported_and_finds_nothing(text):
    said = "“1,000” can mean 1 or 1000: write 1000, or 1.0."

    assert read_typed(text) == Typed("", problem=said)


@pytest.mark.parametrize("text", ["1,00,000 µg", "1.2.3 g milk"])
def test_an_invalid_number_is_reported_and_finds_nothing(text):
    assert read_typed(text) == Typed("", problem="Enter a number, like 1.5 or 1,5.")


@given(
    st.sampled_from(["-", "- ", "\u2212", "\u2212 ", "–"]),
    st.sampled_from(["5", "0,5", "1,000", "1 000", "½", "1/2"]),
    st.sampled_from(["", " eggs", " µg", "g milk", " tablet", "x eggs"]),
)
def test_a_minus_is_never_dropped(minus, number, rest):
    assert read_typed(minus + number + rest).problem


@given(st.integers(1, 9999), st.sampled_from(["{} {}", "{}x {}", "{} x {}", "x{} {}"]))
def test_a_factor_before_a_food_is_parsed_in_any_order(count, pattern):
    expected = Typed("eggs", count, "")

    assert read_typed(pattern.format(count, "eggs")) == expected
    assert read_typed(f"eggs x{count}") == read_typed(f"eggs {count}x") == expected


@given(st.text(max_size=60))
def test_read_typed_never_fails(text):
    typed = read_typed(text)

    assert typed.amount is None or typed.amount >= 0


@pytest.mark.parametrize(
    ("text", "said"),
    [("1000000 g milk", "1,000,000 g"), ("0.0001 g milk", "0.0001 g"), ("10 kg milk", "10 kg")],
)
def test_an_amount_is_shown_as_it_was_parsed(text, said):
    assert read_typed(text).amount_text == said


@pytest.mark.parametrize("word", [word for word, ug in UG_PER_UNIT.items() if ug == 1])
def test_the_food_box_accepts_every_microgram_unit_that_labels_accept(word):
    assert read_typed(f"2.5 {word}") == Typed("", 2.5, "µg")


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("an egg", Typed("egg", 1, "")),
        ("one egg", Typed("egg", 1, "")),
        ("three eggs", Typed("eggs", 3, "")),
        ("four eggs", Typed("eggs", 4, "")),
        ("¼ cup milk", Typed("milk", 0.25, "cup")),
        ("¾ cup milk", Typed("milk", 0.75, "cup")),
        ("⅜ cup milk", Typed("milk", 0.375, "cup")),
        ("⅝ cup milk", Typed("milk", 0.625, "cup")),
        ("⅞ cup milk", Typed("milk", 0.875, "cup")),
        ("½ an egg", Typed("egg", 0.5, "")),
        ("½ a cup of milk", Typed("milk", 0.5, "cup")),
    ],
)
def test_a_number_may_be_a_word_or_a_fraction(text, typed):
    assert read_typed(text) == typed


@pytest.mark.parametrize(
    ("word", "unit"),
    [("kilos", "kg"), ("ounces", "oz"), ("lbs", "lb"), ("cl", "cl"), ("dl", "dl"),
     ("litres", "l"), ("liter", "l"), ("tbsps", "tablespoon"), ("tsp", "teaspoon"),
     ("pcs", "piece"), ("tins", "can"), ("portions", "serving"), ("patties", "patty"),
     ("scoops", "scoop"), ("sheets", "sheet"), ("pots", "container"), ("GRAMS", "g")],
)  # fmt: skip
def test_a_unit_has_several_spellings(word, unit):
    assert read_typed(f"2 {word} food") == Typed("food", 2, unit)


@pytest.mark.parametrize("text", ["coke 0", "0 % yogurt", "0% yogurt"])
def test_a_zero_in_a_name_is_no_amount(text):
    assert read_typed(text) == Typed(text)


@pytest.mark.parametrize("text", ["0 g milk", "milk 0 g", "0 eggs", "0,0 cups milk"])
def test_nothing_of_a_food_is_refused(text):
    assert read_typed(text) == Typed("", problem="Enter an amount above 0.")


def test_no_b12_is_an_amount_of_b12():
    assert read_typed("0 µg") == Typed("", 0, "µg")


def test_a_dash_before_a_weight_within_a_name_is_no_minus():
    assert read_typed("milk -2 l bottle").words == "milk -2 l bottle"
