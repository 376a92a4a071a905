import pytest

from tracker.intake.coverage import Coverage, covered_amount, covered_number


def test_coverage_says_how_many_foods_report():
    assert Coverage(4, 5).text == "B12 known for 4 of 5 foods"


def test_coverage_of_one_food_is_singular():
    assert Coverage(1, 1).text == "B12 known for 1 of 1 food"


def test_no_foods_give_no_coverage_text():
    assert Coverage().text == ""


def test_coverages_add_up():
    assert Coverage(4, 5) + Coverage(1, 3) == Coverage(5, 8)


@pytest.mark.parametrize(
    ("amount_ug", "coverage", "text"),
    [
        (3.14, Coverage(5, 5), "3.1\u00a0µg"),
        (3.14, Coverage(4, 5), "at least 3.1\u00a0µg"),
        (0.0, Coverage(0, 2), "not known"),
        (0.0, Coverage(0, 0), "0\u00a0µg"),
        (None, Coverage(0, 0), "not known"),
    ],
)
def test_a_total_states_its_uncertainty(amount_ug, coverage, text):
    assert covered_amount(amount_ug, coverage) == text


@pytest.mark.parametrize(
    ("amount_ug", "coverage", "text"),
    [
        (3.14, Coverage(5, 5), "3.1"),
        (3.14, Coverage(4, 5), "at least 3.1"),
        (0.0, Coverage(0, 2), "not known"),
    ],
)
def test_amounts_in_a_column_have_no_unit(amount_ug, coverage, text):
    assert covered_number(amount_ug, coverage) == text
