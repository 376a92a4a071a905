import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.science._tables import csv_rows, version
from tracker.science.biomarkers import (
    ANALYTES,
    ImplausibleValueError,
    convert,
    nice_row,
    position,
    published_row,
    reference_ranges,
    unit,
    units,
)


@pytest.mark.parametrize(
    ("analyte", "value", "start", "end", "expected"),
    [
        ("b12", 200, "ng/L", "pmol/L", 147.6),
        ("b12", 200, "pg/mL", "pmol/L", 147.6),
        ("b12", 300, "pmol/L", "ng/L", 406.5),
        ("holotc", 25, "pmol/L", "ng/L", 33.9),
        ("holotc", 70, "pmol/L", "ng/L", 94.9),
        ("mma", 0.40, "nmol/mL", "nmol/L", 400),
        ("mma", 0.40, "nmol/mL", "µmol/L", 0.40),
        ("mma", 0.40, "nmol/mL", "ng/mL", 47.2),
        ("mma", 40, "ng/mL", "nmol/L", 338.7),
        ("homocysteine", 2.3, "mg/L", "µmol/L", 17.0),
        ("homocysteine", 17, "µmol/L", "mg/dL", 0.23),
        ("homocysteine", 12, "nmol/mL", "µmol/L", 12),
        ("folate", 3, "µg/L", "nmol/L", 6.8),
    ],
)
def test_conversions(analyte, value, start, end, expected):
    assert convert(analyte, value, start, end) == pytest.approx(expected, rel=5e-3)


@settings(max_examples=25)
@given(st.sampled_from(ANALYTES), st.data())
def test_converting_back_and_forth_gives_the_value(analyte, data):
    start, end = (data.draw(st.sampled_from(units(analyte))) for _ in range(2))
    value = data.draw(st.floats(start.lowest * 1.001, start.highest * 0.999))

    there = convert(analyte, value, start.name, end.name)

    assert convert(analyte, there, end.name, start.name) == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("analyte", "value", "name", "hint"),
    [
        ("mma", 180, "µmol/L", "would fit nmol/L"),
        ("mma", 0.18, "nmol/L", "would fit µmol/L or nmol/mL"),
        ("b12", 5, "pmol/L", "expected 10 to 100000 pmol/L"),
        ("homocysteine", 12, "mg/dL", "would fit µmol/L"),
        ("folate", 900, "nmol/L", "expected 0.5 to 500"),
        ("b12", 0, "ng/L", "not plausible"),
    ],
)
def test_implausible_pairs_are_refused_with_a_reason(analyte, value, name, hint):
    with pytest.raises(ImplausibleValueError, match=hint):
        convert(analyte, value, name, units(analyte)[0].name)


@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_impossible_values_are_refused(value):
    with pytest.raises(ValueError, match="value must be finite"):
        convert("b12", value, "ng/L", "pmol/L")


@pytest.mark.parametrize("value", [True, None, "200"])
def test_what_is_not_a_number_is_refused(value):
    with pytest.raises(TypeError, match="value must be a number"):
        nice_row("b12", value, "ng/L", age_years=40)


@pytest.mark.parametrize(
    ("analyte", "name", "message"),
    [("b12", "mg/L", "unit of b12"), ("ferritin", "µg/L", "analyte must be one of")],
)
def test_unknown_units_and_analytes_are_refused(analyte, name, message):
    with pytest.raises(ValueError, match=message):
        convert(analyte, 100, name, name)


@pytest.mark.parametrize("name", ["umol/L", "µmol/l", "\u03bcmol/L", " µmol / L "])
def test_spellings_of_micromole_are_one_unit(name):
    assert unit("homocysteine", name).name == "µmol/L"


B12_ROWS = [
    (179, "ng/L", "confirmed"),
    (180, "ng/L", "indeterminate"),
    (210, "pg/mL", "indeterminate"),
    (350, "ng/L", "indeterminate"),
    (350.5, "ng/L", "unlikely"),
    (351, "ng/L", "unlikely"),
    (132, "pmol/L", "confirmed"),
    (133, "pmol/L", "indeterminate"),
    (258, "pmol/L", "indeterminate"),
    (259, "pmol/L", "unlikely"),
]


def test_total_b12_falls_in_its_nice_row():
    found = [(v, u, nice_row("b12", v, u, age_years=40)) for v, u, _ in B12_ROWS]

    assert found == B12_ROWS


@pytest.mark.parametrize(
    ("value", "row"),
    [(24.9, "confirmed"), (25, "indeterminate"), (70, "indeterminate"), (71, "unlikely")],
)
def test_active_b12_falls_in_its_nice_row(value, row):
    assert nice_row("holotc", value, "pmol/L", age_years=40) == row


def test_a_result_is_classified_in_the_unit_entered_never_after_converting():
    converted = convert("b12", 132.9, "pmol/L", "ng/L")

    assert nice_row("b12", 132.9, "pmol/L", age_years=40) == "confirmed"
    assert nice_row("b12", converted, "ng/L", age_years=40) == "indeterminate"


WITHOUT_ROW = [
    ("b12", 150, "ng/L", 15),
    ("b12", 150, "ng/L", 15.99),
    ("b12", 150, "ng/L", None),
    ("holotc", 40, "ng/L", 40),
    ("mma", 300, "nmol/L", 40),
    ("homocysteine", 12, "µmol/L", 40),
    ("folate", 10, "nmol/L", 40),
]


def test_without_a_published_row_there_is_none():
    found = [nice_row(analyte, v, name, age_years=age) for analyte, v, name, age in WITHOUT_ROW]

    assert found == [None] * len(WITHOUT_ROW)


def test_the_nice_row_starts_at_16():
    assert nice_row("b12", 150, "ng/L", age_years=16) == "confirmed"


HOMOCYSTEINE_ROWS = [
    (12, "normal"),
    (14.9, "normal"),
    (15.0, "above_15"),
    (15.9, "above_15"),
    (16, "moderate"),
    (30, "moderate"),
    (30.5, "above_30"),
    (31, "intermediate"),
    (100, "intermediate"),
    (101, "severe"),
]


def test_homocysteine_falls_in_the_liverpool_bands_and_their_gaps_stay_gaps():
    for name, age in (("µmol/L", 40), ("nmol/mL", None)):
        found = [
            (v, published_row("homocysteine", v, name, age_years=age).row)
            for v, _ in HOMOCYSTEINE_ROWS
        ]
        assert found == HOMOCYSTEINE_ROWS


def test_homocysteine_has_no_row_in_a_mass_unit_or_under_16():
    assert published_row("homocysteine", 2.0, "mg/L", age_years=40) is None
    assert published_row("homocysteine", 12, "µmol/L", age_years=15) is None


@settings(max_examples=25)
@given(st.sampled_from([("b12", "ng/L"), ("b12", "pmol/L"), ("holotc", "pmol/L")]), st.data())
def test_every_plausible_value_falls_in_exactly_one_row(pair, data):
    analyte, name = pair
    span = unit(analyte, name)
    value = data.draw(st.floats(span.lowest, span.highest))

    assert published_row(analyte, value, name, age_years=40) is not None


def test_reference_ranges_are_those_for_the_age():
    keys = [span.key for span in reference_ranges("mma", 70)]

    assert keys == [
        "mma.mayo",
        "mma.us_reflex",
        "mma.canada",
        "mma.denmark_65",
        "mma.norway_over_50",
    ]


@pytest.mark.parametrize("age", [math.nan, -1, 121])
def test_ranges_for_an_impossible_age_are_refused_not_empty(age):
    with pytest.raises(ValueError, match="age_years must be finite"):
        reference_ranges("b12", age)


def spans(analyte):
    return {span.key: span for span in reference_ranges(analyte)}


@pytest.mark.parametrize(
    ("value", "name", "key", "place"),
    [
        (300, "nmol/L", "mma.mayo", "above"),
        (0.271, "µmol/L", "mma.mayo", "within"),
        (400, "nmol/L", "mma.canada", "within"),
        (401, "nmol/L", "mma.canada", "above"),
        (0.05, "nmol/mL", "mma.mayo", "below"),
        (40, "ng/mL", "mma.mayo", None),
    ],
)
def test_a_value_is_placed_in_a_range_without_a_molar_mass(value, name, key, place):
    assert position(spans("mma")[key], "mma", value, name) == place


def test_pmol_and_ng_of_b12_are_never_compared():
    assert position(spans("b12")["b12.general"], "b12", 300, "pmol/L") is None
    assert position(spans("b12")["b12.general"], "b12", 300, "ng/L") == "within"
    assert position(spans("b12")["b12.denmark_adult"], "b12", 700, "pmol/L") == "above"


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [
        ("biomarker_units.csv", 18, {"per_canonical": 12.689509, "highest_canonical": 818500}),
        ("biomarker_rows.csv", 15, {"low": 1208.0, "high": 1208.0}),
        ("reference_ranges.csv", 20, {"low": 1545.32, "high": 6124.9}),
    ],
)
def test_tables_have_a_version_their_rows_and_their_sums(name, rows, columns):
    found = csv_rows(name)

    assert version(name) == "version 1, 2026-11-20"
    assert len(found) == rows
    for column, total in columns.items():
        cells = [float(row[column]) for row in found if row[column]]
        assert math.fsum(cells) == pytest.approx(total)


# One canonical amount in every unit of its analyte.
EQUAL_AMOUNTS = {
    "b12": (100, {"ng/L": 135.5, "pg/mL": 135.5}),
    "holotc": (100, {"ng/L": 135.5, "pg/mL": 135.5}),
    "mma": (1000, {"µmol/L": 1.0, "nmol/mL": 1.0, "ng/mL": 118.09, "µg/L": 118.09}),
    "homocysteine": (7.397, {"nmol/mL": 7.397, "mg/L": 1.0, "mg/dL": 0.1}),
    "folate": (2.266, {"µg/L": 1.0, "ng/mL": 1.0}),
}


@pytest.mark.parametrize("analyte", EQUAL_AMOUNTS)
def test_one_amount_in_every_unit_of_its_analyte(analyte):
    canonical, expected = EQUAL_AMOUNTS[analyte]
    first, *others = (found.name for found in units(analyte))

    assert {name: convert(analyte, canonical, first, name) for name in others} == pytest.approx(
        expected, rel=1e-4
    )


PLAUSIBLE = [
    ("b12", "pmol/L", 10, 100_000),
    ("holotc", "pmol/L", 1, 5000),
    ("mma", "nmol/L", 20, 100_000),
    ("homocysteine", "µmol/L", 1, 500),
    ("folate", "nmol/L", 0.5, 500),
]


@pytest.mark.parametrize(("analyte", "name", "lowest", "highest"), PLAUSIBLE)
def test_the_ends_of_what_is_plausible_are_accepted(analyte, name, lowest, highest):
    assert [convert(analyte, v, name, name) for v in (lowest, highest)] == [lowest, highest]


@pytest.mark.parametrize(("analyte", "name", "lowest", "highest"), PLAUSIBLE)
def test_beyond_the_ends_of_what_is_plausible_a_value_is_refused(analyte, name, lowest, highest):
    for value in (0.99 * lowest, 1.01 * highest):
        with pytest.raises(ImplausibleValueError, match="is not plausible: expected"):
            convert(analyte, value, name, name)


@pytest.mark.parametrize("name", ["ug/L", "UG/L", "\u03bcg/l", "\u00b5g/L"])
def test_spellings_of_microgram_are_one_unit(name):
    assert unit("folate", name).name == "µg/L"


def test_the_pair_of_mass_units_is_compared_without_a_molar_mass():
    general = spans("b12")["b12.general"]

    assert [position(general, "b12", v, "ng/L") for v in (199, 200, 900, 901)] == [
        "below", "within", "within", "above",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (11.99, set()),
        (12, {"b12.denmark_12_17"}),
        (17.99, {"b12.denmark_12_17"}),
        (18, {"b12.denmark_adult"}),
        (120, {"b12.denmark_adult"}),
    ],
)
def test_the_danish_range_of_b12_changes_at_12_and_18_years(age, expected):
    keys = {span.key for span in reference_ranges("b12", age)}

    assert {key for key in keys if "denmark" in key} == expected


# (low, high) as printed by each source, in its own unit.
PRINTED_RANGES = {
    "b12.general": (200, 900, "pg/mL"),
    "b12.us_laboratory": (232, 1245, "pg/mL"),
    "b12.new_zealand": (170, 800, "pmol/L"),
    "b12.denmark_12_17": (200, 800, "pmol/L"),
    "b12.denmark_adult": (200, 600, "pmol/L"),
    "b12.who": (150, None, "pmol/L"),
    "b12.bath": (180, 914, "ng/L"),
    "holotc.supplier": (25, 165, "pmol/L"),
    "holotc.common_limit": (35, None, "pmol/L"),
    "holotc.grey_zone": (75, None, "pmol/L"),
    "mma.mayo": (73, 271, "nmol/L"),
    "mma.us_reflex": (0, 378, "nmol/L"),
    "mma.canada": (0.10, 0.40, "µmol/L"),
    "mma.denmark_18_64": (0.10, 0.40, "µmol/L"),
    "mma.denmark_65": (0.12, 0.46, "µmol/L"),
    "mma.norway_under_50": (None, 0.28, "µmol/L"),
    "mma.norway_over_50": (None, 0.36, "µmol/L"),
    "homocysteine.south_tees": (5, 15, "µmol/L"),
    "homocysteine.medlabs_15_65": (None, 15, "µmol/L"),
    "homocysteine.medlabs_over_65": (None, 20, "µmol/L"),
}


def test_each_reference_range_has_its_own_limits_and_unit():
    found = [span for analyte in ANALYTES for span in reference_ranges(analyte)]

    assert {span.key: (span.low, span.high, span.unit) for span in found} == PRINTED_RANGES


@pytest.mark.parametrize(
    ("value", "row"),
    [
        (132.999, "confirmed"), (133.0, "indeterminate"),
        (258.0, "indeterminate"), (258.001, "unlikely"),
    ],
)  # fmt: skip
def test_the_molar_row_of_b12_changes_right_at_its_bounds(value, row):
    assert nice_row("b12", value, "pmol/L", age_years=40) == row


@pytest.mark.parametrize("age", [-0.1, 120.1, math.nan])
def test_a_row_for_an_impossible_age_is_refused(age):
    with pytest.raises(ValueError, match="age_years must be finite"):
        published_row("b12", 150, "ng/L", age_years=age)
