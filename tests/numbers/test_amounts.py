import math
import re
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.formats import number_format
from hypothesis import given
from hypothesis import strategies as st

from tracker.numbers.amounts import (
    AmountField,
    _grouped,
    as_typed,
    micrograms,
    plain,
    two_digits,
)
from tracker.numbers.reading import AmbiguousNumber, read_number
from tracker.numbers.running import written_plainly
from tracker.numbers.templatetags.cobalog import percent_of, ug, ug_number


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.996, "1.0"), (3.14159, "3.1"), (0.0312, "0.03"), (0.331, "0.33"), (71.4, "71"),
     (9.96, "10"), (1000, "1,000"), (1234.4, "1,234"), (0.001, "< 0.01"), (12.25, "12")],
)  # fmt: skip
def test_two_digits_keeps_two_significant_digits(value, text):
    assert two_digits(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.5, "13"), (11.5, "12"), (2.45, "2.5"), (0.125, "0.13"), (1234.5, "1,235"),
     (9.95, "10"), (-12.5, "-13"), (0.285, "0.29"), (12.499, "12"), (2.25 + 0.1 + 0.1, "2.5")],
)  # fmt: skip
def test_a_half_is_rounded_up_as_people_round(value, text):
    assert two_digits(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(12.5, "12.5"), (12.0, "12"), (1000, "1,000"), (0.125, "0.125"), (2.4, "2.4")],
)
def test_a_typed_number_is_shown_as_typed(value, text):
    assert as_typed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.00005, "0.00005"), (1e11, "100,000,000,000"), (-0.0, "0"), (1 / 3, "0.3333333333"),
     (123456789.1, "123,456,789.1")],
)  # fmt: skip
def test_a_typed_number_is_never_written_with_an_exponent(value, text):
    assert as_typed(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(-0.0, "0"), (-1e-9, "0"), (2.5, "2.5"), (1234567.0, "1234567"), (1e-5, "0.00001"),
     (100, "100")],
)  # fmt: skip
def test_a_plain_number_has_no_marks_no_exponent_and_no_minus_zero(value, text):
    assert plain(value) == text


FINITE = st.floats(-1e12, 1e12)
WRITERS = {
    "two_digits": two_digits,
    "as_typed": as_typed,
    "plain": plain,
    "ug": ug,
    "ug_number": ug_number,
    "percent_of": lambda value: percent_of(value, 2.4),
}


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@given(FINITE)
def test_no_number_is_written_as_minus_zero_or_with_an_exponent(write, value):
    text = write(value).translate({ord("\u00a0"): " "}).removesuffix(" µg").removesuffix(" %")

    number = text.removeprefix("< ").removeprefix("> ")
    assert re.fullmatch(r"-?(\d{1,3}(,\d{3})*|\d+)(\.\d+)?", number), text
    assert not re.fullmatch(r"-[0.,]+", number), text


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_value_that_is_not_a_number_is_never_written(write, value):
    with pytest.raises(ValueError, match="not a finite number"):
        write(value)


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0,00", "\u22120", "+0", "-.0"])
def test_minus_zero_is_read_as_zero(text):
    assert math.copysign(1, read_number(text)) == 1
    assert AmountField(minimum=0, maximum=10).clean(text) == 0


def test_amounts_follow_the_locale():
    with translation.override("de"):
        assert micrograms(3.14) == "3,1\u00a0µg"


def test_an_unknown_amount_is_shown_as_unknown_and_not_zero():
    assert micrograms(None) == "not known"


@pytest.mark.parametrize(
    ("text", "value"), [("1.5", 1.5), ("1,5", 1.5), (" 2 ", 2), (".5", 0.5), ("\u22123", -3.0)]
)
def test_read_number_accepts_point_and_comma(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", 0.5), ("0,125", 0.125), ("12,5", 12.5), ("1.125", 1.125), ("1.0", 1), ("1,0", 1),
        ("0.000", 0), ("1000", 1000), ("1 000", 1000), ("1\u00a0000", 1000),
        ("1\u202f000,5", 1000.5),
        ("12 345 678", 12_345_678), ("1,000.5", 1000.5), ("1.000,5", 1000.5), ("1,000,000", 1e6),
        ("1.000.000", 1e6), ("1,000,000.25", 1_000_000.25), ("0.333333", 0.333333), ("1.0000", 1),
    ],
)  # fmt: skip
def test_read_number_accepts_unambiguous_thousands(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,000", "“1,000” can mean 1 or 1000: write 1000, or 1.0."),
        ("1.000", "“1.000” can mean 1 or 1000: write 1000, or 1.0."),
        ("12,500", "“12,500” can mean 12.5 or 12500: write 12500, or 12.5."),
        ("1,125", "“1,125” can mean 1.125 or 1125: write 1125, or 1.125."),
    ],
)
def test_an_ambiguous_number_is_never_guessed(text, said):
    with pytest.raises(AmbiguousNumber) as refused:
        read_number(text)
    with pytest.raises(ValidationError) as beside:
        AmountField(minimum=0.1, maximum=1e6).clean(text)

    assert refused.value.advice == said
    assert beside.value.messages == [said]


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from([",", " ", "\u00a0", "\u202f"]))
def test_a_group_of_three_digits_is_a_thousand_or_refused(head, tail, mark):
    text = f"{head}{mark}{tail:03}"

    if mark == ",":
        with pytest.raises(AmbiguousNumber):
            read_number(text)
    else:
        assert read_number(text) == head * 1000 + tail


@given(st.decimals(0, 99_999, places=3, allow_nan=False))
def test_what_the_app_prints_is_never_read_as_another_number(value):
    with suppress(AmbiguousNumber):
        assert read_number(as_typed(float(value))) == pytest.approx(float(value))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1e3",
        "nan",
        "inf",
        "abc",
        "1 2",
        "--1",
        "0x10",
        "1,00,000",
        "1,000,00",
        "0,000,5",
        "0 500",
        "1.000.5",
        "1,2,3",
        "1 00",
    ],
)
def test_read_number_refuses_anything_but_one_plain_number(text):
    with pytest.raises(ValueError, match="not a plain number"):
        read_number(text)


@given(st.text(max_size=30))
def test_read_number_gives_a_finite_number_or_refuses(text):
    with suppress(ValueError):
        assert abs(read_number(text)) < 1e13


@pytest.mark.parametrize("text", ["-1", "0", "5001", "1e9", "NaN", "9" * 21])
def test_amount_field_refuses_what_is_out_of_bounds(text):
    field = AmountField(minimum=0.1, maximum=5000, unit="g")

    with pytest.raises(ValidationError):
        field.clean(text)


def test_a_large_share_is_never_shown_as_thousands_of_percent():
    assert percent_of(57.6, 2.4) == "> 100\u00a0%"
    assert percent_of(1.2, 2.4) == "50\u00a0%"
    assert percent_of(None, 2.4) == "–"


@pytest.mark.parametrize("language", ["en", "en-gb", "de", "fr", "ja", "sv", "pt-br", "af"])
@given(value=st.floats(0.001, 1e6), places=st.integers(0, 2))
def test_quick_grouping_matches_django(language, value, places):
    with translation.override(language):
        rounded = round(value, places)

        expected = number_format(rounded, places, force_grouping=True)
        assert _grouped(rounded, places) == expected


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("1 000 µg", "1000 µg"),
        ("10\u202f500 g", "10500 g"),
        ("2 330 ml cans", "2 330 ml cans"),
        ("1 500 g milk", "1 500 g milk"),
    ],
)
def test_a_count_before_a_size_is_not_a_thousand(typed, plain):
    assert written_plainly(typed) == plain
