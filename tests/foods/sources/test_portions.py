import pytest

from foods.sources.portions import in_order, is_household, portion_label
from foods.sources.record import PortionRecord


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        (("0.5", "cup", ""), "0.5 cup"),
        (("1.0", "", 'pat (1" sq, 1/3" high)'), '1 pat (1" sq, 1/3" high)'),
        (("5", "", "package (5 oz)"), "5 package (5 oz)"),
        (("", "", "1 slice, NFS"), "1 slice, NFS"),
        (("2", "tablespoon", "  sifted "), "2 tablespoon sifted"),
    ],
)
def test_labels_are_amount_unit_and_text(parts, label):
    assert portion_label(*parts) == label


def test_text_in_an_amount_is_refused():
    with pytest.raises(ValueError, match="'one' is not a number"):
        portion_label("one", "cup", "")


@pytest.mark.parametrize(
    "label",
    [
        "Quantity not specified",
        "Guideline amount per cup of hot cereal",
        "1 lb, yield from 1 lb raw",
        "1 cubic inch",
        "1 surface inch",
        "1 quart",
        "1 oz yields",
    ],
)
def test_internal_survey_notes_are_not_household_measures(label):
    assert not is_household(label)


def test_a_portion_with_the_usual_mass_comes_first():
    ordered = in_order([PortionRecord("1 oz", 28.35), PortionRecord("1 cup", 244)], 245)

    assert [portion.label for portion in ordered] == ["1 cup", "1 oz"]


def test_a_default_mass_without_a_measure_becomes_one():
    ordered = in_order([PortionRecord("1 cup", 240)], 62)

    assert ordered == (PortionRecord("usual amount", 62), PortionRecord("1 cup", 240))


def test_a_label_is_stored_once_and_cut_to_the_column_width():
    ordered = in_order(
        [PortionRecord("1 cup", 240), PortionRecord("1 cup", 100), PortionRecord("x" * 200, 5)],
        None,
    )

    assert [(len(p.label), p.mass_g) for p in ordered] == [(5, 240), (120, 5)]
