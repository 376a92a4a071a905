import math
from itertools import pairwise

import pytest

from tracker.science._tables import csv_rows, version
from tracker.science.absorption import AbsorptionFactors
from tracker.science.reference_intakes import (
    NoReferenceIntakeError,
    absorbed_requirement_ug,
    absorbed_target_mark,
    absorbed_target_ug,
    amount_ug_from_percent,
    authorities,
    daily_value_ug,
    percent_daily_value,
    reference_intake,
    reference_rows,
)

ALL = [a.code for a in authorities(is_superseded_included=True)]


def values(authority, age, **state):
    row = reference_intake(authority, age, **state)
    return row.ear_ug, row.rda_ug, row.ai_ug


@pytest.mark.parametrize(
    ("age", "state", "expected"),
    [
        (25, {"pregnant": True}, (2.2, 2.6, None)),
        (25, {"lactating": True}, (2.4, 2.8, None)),
        (5, {}, (1.0, 1.2, None)),
        (8 / 12, {}, (None, None, 0.5)),
        (0, {}, (None, None, 0.4)),
        (0.49, {}, (None, None, 0.4)),
        (1, {}, (0.7, 0.9, None)),
        (3.99, {}, (0.7, 0.9, None)),
        (13.99, {}, (1.5, 1.8, None)),
        (14, {}, (2.0, 2.4, None)),
        (51, {}, (2.0, 2.4, None)),
        (120, {}, (2.0, 2.4, None)),
    ],
)
def test_the_iom_rows(age, state, expected):
    assert values("iom", age, **state) == expected


OTHER_ROWS = [
    ("efsa", 0.6, {}, 1.5, "verified"),
    ("efsa", 2, {}, 1.5, "verified"),
    ("efsa", 10.9, {}, 2.5, "verified"),
    ("efsa", 11, {}, 3.5, "verified"),
    ("efsa", 15, {}, 4.0, "verified"),
    ("efsa", 40, {}, 4.0, "verified"),
    ("efsa", 30, {"pregnant": True}, 4.5, "verified"),
    ("efsa", 30, {"lactating": True}, 5.0, "verified"),
    ("dach", 0.2, {}, 0.5, "second-hand"),
    ("dach", 0.5, {}, 1.4, "second-hand"),
    ("dach", 9, {}, 2.5, "second-hand"),
    ("dach", 12, {}, 3.5, "second-hand"),
    ("dach", 14, {}, 4.0, "second-hand"),
    ("dach", 40, {}, 4.0, "verified"),
    ("dach", 30, {"lactating": True}, 5.5, "verified"),
    ("uk", 0.2, {}, 0.3, "second-hand"),
    ("uk", 2, {}, 0.5, "unconfirmed"),
    ("uk", 12, {}, 1.2, "unconfirmed"),
    ("uk", 40, {}, 1.5, "second-hand"),
    ("uk", 30, {"pregnant": True}, 1.5, "unconfirmed"),
    ("uk", 30, {"lactating": True}, 2.0, "second-hand"),
    ("nhmrc", 5, {}, 1.2, "unconfirmed"),
    ("nhmrc", 40, {}, 2.4, "second-hand"),
    ("nhmrc", 30, {"pregnant": True}, 2.6, "second-hand"),
    ("nnr2023", 5, {}, 1.7, "unconfirmed"),
    ("nnr2023", 40, {}, 4.0, "unconfirmed"),
    ("nnr2023", 30, {"lactating": True}, 5.5, "unconfirmed"),
    ("japan2025", 0.2, {}, 0.4, "second-hand"),
    ("japan2025", 0.6, {}, 0.9, "second-hand"),
    ("japan2025", 70, {}, 4.0, "second-hand"),
    ("japan2025", 30, {"pregnant": True}, 4.0, "second-hand"),
    ("who", 0.6, {}, 0.7, "unconfirmed"),
    ("who", 8, {}, 1.8, "unconfirmed"),
    ("who", 40, {}, 2.4, "second-hand"),
    ("scf1993", 40, {}, 1.4, "second-hand"),
    ("scf1993", 30, {"lactating": True}, 1.9, "second-hand"),
    ("japan2015", 13, {}, 2.3, "second-hand"),
    ("japan2015", 30, {"pregnant": True}, 2.8, "second-hand"),
]


def test_the_rows_of_other_authorities_carry_their_status():
    found = []
    for authority, age, state, *_ in OTHER_ROWS:
        row = reference_intake(authority, age, **state)
        found.append((authority, age, state, row.intake_ug, row.status))

    assert found == OTHER_ROWS


def test_an_authority_with_only_an_ai_has_neither_ear_nor_rda():
    rows = [row for a in authorities() if a.kind == "ai" for row in reference_rows(a.code)]

    assert {row.authority for row in rows} == {"efsa", "dach", "nnr2023", "japan2025"}
    assert {(row.ear_ug, row.rda_ug) for row in rows} == {(None, None)}


def test_every_row_has_one_value_to_show_a_source_and_a_known_status():
    for row in (row for code in ALL for row in reference_rows(code)):
        assert row.intake_ug == (row.ai_ug if row.rda_ug is None else row.rda_ug), row
        assert (row.rda_ug is None) != (row.ai_ug is None), row
        assert {row.status, row.ear_status} <= {"verified", "second-hand", "unconfirmed", None}
        assert (row.ear_status is None) == (row.ear_ug is None), row
        assert row.ear_ug is None or row.ear_ug < row.intake_ug, row
        assert row.source and row.year >= 1991, row


def test_life_stages_have_no_gap_or_overlap():
    broken = set()
    for code in ALL:
        ages = [row for row in reference_rows(code) if not row.state]
        if any(a.age_below_years != b.age_from_years for a, b in pairwise(ages)):
            broken.add(code)
        assert ages[-1].age_below_years is None, code

    assert broken == {"japan2025"}  # its children's values were not found


def test_the_authorities_in_force_are_those_of_the_contract():
    codes = [a.code for a in authorities()]

    assert codes == ["iom", "efsa", "dach", "uk", "nhmrc", "nnr2023", "japan2025", "who"]


def test_superseded_authorities_name_their_successor():
    old = {a.code: a.superseded_by for a in authorities(is_superseded_included=True)}

    assert (old["scf1993"], old["japan2015"], old["iom"]) == ("efsa", "japan2025", "")


def test_sex_changes_no_value():
    assert reference_intake("iom", 40, sex="male") == reference_intake("iom", 40, sex="female")


def test_pregnant_and_lactating_gives_the_higher_row():
    row = reference_intake("iom", 30, pregnant=True, lactating=True)

    assert row.key == "iom.lactation"


def test_a_pregnancy_outside_the_ages_of_its_row_is_unconfirmed():
    row = reference_intake("iom", 52, pregnant=True)

    assert (row.rda_ug, row.status, row.ear_status) == (2.6, "unconfirmed", "unconfirmed")
    assert reference_intake("iom", 50.9, pregnant=True).status == "verified"


@pytest.mark.parametrize(
    ("authority", "age"), [("efsa", 0.3), ("nnr2023", 0.1), ("japan2025", 5), ("scf1993", 0.2)]
)
def test_a_life_stage_without_a_value_is_not_invented(authority, age):
    with pytest.raises(NoReferenceIntakeError, match=authority):
        reference_intake(authority, age)


@pytest.mark.parametrize("age", [-0.1, 120.1, math.nan, math.inf])
def test_impossible_ages_are_refused(age):
    with pytest.raises(ValueError, match="age_years"):
        reference_intake("iom", age)


def test_a_bool_is_not_an_age():
    with pytest.raises(TypeError, match="age_years must be a number"):
        reference_intake("iom", True)


@pytest.mark.parametrize(
    ("age", "state"),
    [
        (5, {"pregnant": True}),
        (61, {"lactating": True}),
        (30, {"pregnant": True, "sex": "male"}),
        (30, {"sex": "x"}),
    ],
)
def test_an_impossible_combination_is_refused(age, state):
    with pytest.raises(ValueError, match=r"pregnant|sex"):
        reference_intake("iom", age, **state)


def test_an_unknown_authority_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"'iom'.*got 'fao'"):
        reference_intake("fao", 30)


def test_label_values():
    assert [daily_value_ug(x) for x in ("fda2016", "fda1993", "eu")] == [2.4, 6.0, 2.5]
    assert daily_value_ug() == 2.4


def test_0_6_ug_is_25_percent_of_the_present_us_daily_value():
    assert percent_daily_value(0.6) == pytest.approx(25.0)
    assert percent_daily_value(0.6, "fda1993") == pytest.approx(10.0)
    assert amount_ug_from_percent(25.0) == pytest.approx(0.6)


@pytest.mark.parametrize("call", [percent_daily_value, amount_ug_from_percent])
@pytest.mark.parametrize("amount", [-1.0, math.nan])
def test_label_amounts_must_be_possible(call, amount):
    with pytest.raises(ValueError, match="must be finite"):
        call(amount)


def test_an_unknown_label_is_refused():
    with pytest.raises(ValueError, match="label must be one of"):
        daily_value_ug("usda")


@pytest.mark.parametrize(
    ("state", "requirement", "target"),
    [({}, 1.0, 1.2), ({"pregnant": True}, 1.1, 1.3), ({"lactating": True}, 1.2, 1.4)],
)
def test_the_absorbed_requirement_is_half_the_ear_and_the_target_half_the_rda(
    state, requirement, target
):
    row = reference_intake("iom", 30, **state)

    assert absorbed_requirement_ug(row) == pytest.approx(requirement)
    assert absorbed_target_ug(row) == pytest.approx(target)
    assert absorbed_target_mark(row) == "derived"


def test_the_extra_need_without_intrinsic_factor_is_added_to_both():
    row, factors = reference_intake("iom", 30), AbsorptionFactors(0.0, 0.0, 0.002, 0.5)

    assert absorbed_requirement_ug(row, factors) == pytest.approx(1.5)
    assert absorbed_target_ug(row, factors) == pytest.approx(1.7)


def test_an_ai_gives_no_requirement_and_a_target_marked_as_an_assumption():
    row = reference_intake("efsa", 30)

    assert absorbed_requirement_ug(row) is None
    assert (absorbed_target_ug(row), absorbed_target_mark(row)) == (2.0, "assumption")


@pytest.mark.parametrize(
    ("name", "rows"),
    [("reference_intakes.csv", 92), ("authorities.csv", 10), ("daily_values.csv", 3)],
)
def test_tables_have_a_version_and_their_rows(name, rows):
    assert version(name) == "version 1, 2026-11-20"
    assert len(csv_rows(name)) == rows


@pytest.mark.parametrize(("column", "total"), [("ear_ug", 54.9), ("rda_ug", 90.2), ("ai_ug", 98.1)])
def test_column_sums_of_the_intake_table(column, total):
    cells = [row[column] for row in csv_rows("reference_intakes.csv")]

    assert math.fsum(float(cell) for cell in cells if cell) == pytest.approx(total)


def test_row_keys_are_unique():
    keys = [row["key"] for row in csv_rows("reference_intakes.csv")]

    assert len(set(keys)) == len(keys)


# SCIENCE.md 4.1 and 4.2: each life stage from one age to just under the next, with EAR and value.
AGES_AND_VALUES = {
    "iom": [
        (0, 0.5, None, 0.4), (0.5, 1, None, 0.5), (1, 4, 0.7, 0.9), (4, 9, 1.0, 1.2),
        (9, 14, 1.5, 1.8), (14, 19, 2.0, 2.4), (19, 31, 2.0, 2.4), (31, 51, 2.0, 2.4),
        (51, 71, 2.0, 2.4), (71, 120, 2.0, 2.4),
    ],
    "efsa": [
        (7 / 12, 1, None, 1.5), (1, 4, None, 1.5), (4, 7, None, 1.5), (7, 11, None, 2.5),
        (11, 15, None, 3.5), (15, 18, None, 4.0), (18, 120, None, 4.0),
    ],
    "dach": [
        (0, 0.333, None, 0.5), (4 / 12, 1, None, 1.4), (1, 4, None, 1.5), (4, 7, None, 2.0),
        (7, 10, None, 2.5), (10, 13, None, 3.5), (13, 15, None, 4.0), (15, 120, None, 4.0),
    ],
    "uk": [
        (0, 0.5, None, 0.3), (7 / 12, 1, None, 0.4), (1, 4, None, 0.5), (4, 7, None, 0.8),
        (7, 11, None, 1.0), (11, 15, None, 1.2), (15, 120, 1.25, 1.5),
    ],
    "nhmrc": [
        (0, 0.5, None, 0.4), (0.5, 1, None, 0.5), (1, 4, 0.7, 0.9), (4, 9, 1.0, 1.2),
        (9, 14, 1.5, 1.8), (14, 19, 2.0, 2.4), (19, 120, 2.0, 2.4),
    ],
    "nnr2023": [
        (7 / 12, 1, None, 1.5), (1, 4, None, 1.5), (4, 7, None, 1.7), (7, 11, None, 2.5),
        (11, 15, None, 3.5), (15, 120, None, 4.0),
    ],
    "japan2025": [(0, 0.5, None, 0.4), (0.5, 1, None, 0.9), (18, 120, None, 4.0)],
    "who": [
        (0, 0.5, None, 0.4), (7 / 12, 1, None, 0.7), (1, 4, None, 0.9), (4, 7, None, 1.2),
        (7, 10, None, 1.8), (10, 19, None, 2.4), (19, 120, 2.0, 2.4),
    ],
    "scf1993": [
        (0.5, 1, None, 0.5), (1, 4, None, 0.7), (4, 7, None, 0.9), (7, 11, None, 1.0),
        (11, 15, None, 1.3), (15, 18, None, 1.4), (18, 120, None, 1.4),
    ],
}  # fmt: skip


@pytest.mark.parametrize("authority", AGES_AND_VALUES)
def test_each_life_stage_has_its_value_from_its_first_day_to_its_last(authority):
    stages = AGES_AND_VALUES[authority]

    for start, end, ear_ug, intake_ug in stages:
        for age in (start, end - 1e-6):
            row = reference_intake(authority, age)
            assert (age, row.ear_ug, row.intake_ug) == (age, ear_ug, intake_ug)


MOTHERS = [
    ("iom", (2.2, 2.6), (2.4, 2.8)),
    ("efsa", (None, 4.5), (None, 5.0)),
    ("dach", (None, 4.5), (None, 5.5)),
    ("uk", (1.25, 1.5), (None, 2.0)),
    ("nhmrc", (2.2, 2.6), (2.4, 2.8)),
    ("nnr2023", (None, 4.5), (None, 5.5)),
    ("japan2025", (None, 4.0), (None, 4.0)),
    ("who", (2.2, 2.6), (2.4, 2.8)),
    ("scf1993", (None, 1.6), (None, 1.9)),
]


@pytest.mark.parametrize(("authority", "pregnant", "lactating"), MOTHERS)
def test_each_authority_has_its_values_for_pregnancy_and_breast_feeding(
    authority, pregnant, lactating
):
    rows = [reference_intake(authority, 30, **{state: True}) for state in ("pregnant", "lactating")]

    assert [(row.ear_ug, row.intake_ug) for row in rows] == [pregnant, lactating]


def test_the_japanese_additions_of_2015_are_0_4_and_0_8_ug():
    adult, pregnant, lactating = (
        reference_intake("japan2015", 30, **state).intake_ug
        for state in ({}, {"pregnant": True}, {"lactating": True})
    )

    assert (pregnant - adult, lactating - adult) == pytest.approx((0.4, 0.8))


@pytest.mark.parametrize("age", [10, 60, 60.99])
def test_a_pregnancy_is_accepted_from_10_to_60_years(age):
    assert reference_intake("efsa", age, pregnant=True).intake_ug == 4.5


@pytest.mark.parametrize("age", [9.99, 61])
def test_a_pregnancy_beyond_10_to_60_years_is_refused(age):
    with pytest.raises(ValueError, match="age of 10 to 60 years"):
        reference_intake("efsa", age, pregnant=True)


@pytest.mark.parametrize(
    ("authority", "mark"),
    [
        ("iom", "derived"), ("nhmrc", "derived"), ("who", "derived"), ("uk", "assumption"),
        ("scf1993", "assumption"), ("japan2015", "assumption"), ("nnr2023", "assumption"),
    ],
)  # fmt: skip
def test_only_rdas_that_assume_half_is_absorbed_give_a_derived_target(authority, mark):
    assert absorbed_target_mark(reference_intake(authority, 40)) == mark


def test_an_infants_ai_gives_no_derived_target_even_from_the_iom():
    assert absorbed_target_mark(reference_intake("iom", 0.2)) == "assumption"
