import math

import pytest

from foods.sources.cells import (
    animal_marker,
    b12_ug,
    cell_text,
    clean_text,
    european_b12,
    mass_g,
    name_problem,
    number,
    whole_number,
)


@pytest.mark.parametrize(
    ("text", "expected"), [("0.45", 0.45), (" 1.10 ", 1.1), (".5", 0.5), ("4.1E-2", 0.041)]
)
def test_a_plain_number_is_read(text, expected):
    assert number(text) == expected


@pytest.mark.parametrize(
    "text", ["", "abc", "nan", "inf", "1_000", "12 mg", "1e999", "0x1f", "1,5", "١٢", "1.５"]
)
def test_anything_else_is_not_a_number(text):
    with pytest.raises(ValueError, match="not a"):
        number(text)


def test_an_empty_b12_cell_is_unknown_and_not_zero():
    assert b12_ug("") is None
    assert b12_ug("0") == 0


@pytest.mark.parametrize("text", ["-0", "-0.0", "-0e0", "-1e-999"])
def test_minus_zero_in_a_cell_is_zero(text):
    assert math.copysign(1, b12_ug(text)) == 1
    assert math.copysign(1, european_b12(text, kind="published")[0]) == 1


@pytest.mark.parametrize("text", ["1e400", "nan", "inf", "-inf"])
def test_a_value_that_is_not_finite_is_refused(text):
    with pytest.raises(ValueError, match="not a"):
        b12_ug(text)


def test_negative_b12_is_refused():
    with pytest.raises(ValueError, match=r"negative: -0.28"):
        b12_ug("-0.28")


def test_b12_in_another_unit_is_refused():
    assert b12_ug("98.89") == 98.89
    with pytest.raises(ValueError, match="another unit"):
        b12_ug("500.1")


@pytest.mark.parametrize("text", ["0", "-5", "10000.1"])
def test_a_portion_has_a_plausible_mass(text):
    with pytest.raises(ValueError, match="portion of"):
        mass_g(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,45", (1.45, "published")),
        ("-", (None, "unknown")),
        ("N", (None, "unknown")),
        ("", (None, "unknown")),
        ("traces", (0.0, "trace")),
        ("Tr", (0.0, "trace")),
        ("< 0,1", (0.0, "below_limit")),
        ("0", (0.0, "published")),
    ],
)
def test_european_cells_distinguish_unknown_trace_and_limit(text, expected):
    assert european_b12(text, kind="published") == expected


@pytest.mark.parametrize("text", ["< abc", "1,4,5", "-0,2"])
def test_a_damaged_european_cell_is_refused(text):
    with pytest.raises(ValueError, match=r"not a number|negative"):
        european_b12(text, kind="published")


@pytest.mark.parametrize(
    ("text", "expected"), [("2040", 2040.0), ("Tr", 0.0), ("< 1", 0.0), ("N", None), ("", None)]
)
def test_cholesterol_is_not_read_as_b12(text, expected):
    assert animal_marker(text) == expected


def test_a_code_is_a_few_ascii_digits():
    assert whole_number("011320100") == 11320100


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is not a whole number"),
        ("1.5", "'1.5' is not a whole number"),
        ("-5", "'-5' is not a whole number"),
        ("²", "'²' is not a whole number"),
        ("12345678901234567890", "12345678901234567890 has 20 digits; at most 9 are read"),
        ("1" * 5000, f"{'1' * 39}… has 5000 digits; at most 9 are read"),
    ],
)
def test_anything_else_is_not_a_code(text, reason):
    with pytest.raises(ValueError) as error:
        whole_number(text)

    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("Milk,\n whole", ""),
        ("x" * 250, ""),
        ("\u3164", ": name of 0 characters; 1 to 250 are kept"),
        ("Choco\u00adlate", ""),
        (" \n", ": name of 0 characters; 1 to 250 are kept"),
        ("x" * 300, f"{'x' * 59}…: name of 300 characters; 1 to 250 are kept"),
        ("Mi\0lk", "Mi lk: a NUL character in the name"),
    ],
)
def test_a_name_without_nul_that_fits_its_column_is_kept(name, problem):
    assert name_problem(name) == problem


def test_names_lose_line_breaks_and_control_characters():
    assert clean_text("Cheese,\n  Edam\x00\x07 ") == "Cheese, Edam"


@pytest.mark.parametrize(
    ("value", "expected"), [(None, ""), (24999.0, "24999"), (0.5, "0.5"), ("0,5", "0,5")]
)
def test_spreadsheet_cells_read_as_text(value, expected):
    assert cell_text(value) == expected
