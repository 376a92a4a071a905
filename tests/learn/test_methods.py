import pytest

from tracker.learn import methods
from tracker.learn.words import MARKS
from tracker.science.absorption import B12Split, absorbed_ug
from tracker.science.constants import CONSTANTS
from tracker.science.figures import dose_points
from tracker.science.reference_intakes import authorities, reference_rows
from tracker.science.risk_profile import RiskFactor, absorption_factors


def test_every_constant_is_printed_with_its_source():
    rows = methods.constant_rows()

    assert [row.constant for row in rows] == list(CONSTANTS)
    assert [row.constant.symbol for row in rows if not row.constant.source] == []


def test_a_constant_shows_the_digits_of_its_source():
    row = next(row for row in methods.constant_rows() if row.constant.symbol == "C")

    assert (row.value, row.span, row.unit) == ("1.25", "1 – 2", "µg")


def test_every_published_point_is_shown_with_the_models_value():
    rows = methods.point_rows()

    assert len(rows) == len(dose_points())
    carmel = next(row for row in rows if row.point.dose_ug == 10 and row.point.has_intrinsic_factor)
    assert carmel.point.model_ug == absorbed_ug(B12Split(free_ug=10.0))
    assert carmel.difference_percent == "\u221215"


def test_the_summary_gives_the_models_values():
    assert methods.share_texts() == ["58", "14", "1.3"]
    assert methods.rms_percent() == 16


def test_every_factor_is_printed_with_what_it_changes():
    rows = methods.factor_rows()

    assert {row.info.factor for row in rows} == set(RiskFactor)
    names = [row.name for row in rows]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("factor", "choice"),
    [
        (RiskFactor.PPI, {"ppi_dose": "standard"}),
        (RiskFactor.PPI, {"ppi_dose": "double"}),
        (RiskFactor.ILEAL_RESECTION, {"resected_ileum_cm": 10.0}),
        (RiskFactor.ILEAL_RESECTION, {"resected_ileum_cm": 40.0}),
        (RiskFactor.ILEAL_RESECTION, {"resected_ileum_cm": 80.0}),
        (RiskFactor.METFORMIN, {}),
    ],
)
def test_the_printed_values_are_those_the_estimate_uses(factor, choice):
    used = absorption_factors([factor], **choice)

    printed = [
        (row.food_release, row.if_route, row.loss_percent)
        for row in methods.factor_rows()
        if row.info.factor == factor
    ]
    numbers = (used.food_release, used.if_route, used.loss_per_day * 100)
    assert tuple(f"{number:.2f}" for number in numbers) in printed


def test_a_factor_that_changes_nothing_is_marked_so():
    unchanged = {row.info.factor for row in methods.factor_rows() if not row.changes_model}

    assert RiskFactor.VEGAN_DIET in unchanged
    assert RiskFactor.METFORMIN not in unchanged


def test_every_authority_in_force_is_printed_whole():
    tables = methods.authority_tables()

    assert [table.authority for table in tables] == list(authorities())
    for table in tables:
        assert [row.row for row in table.rows] == list(reference_rows(table.authority.code))


def test_every_mark_has_a_label():
    shown = [row.row.status for table in methods.authority_tables() for row in table.rows]
    shown += [row.constant.mark for row in methods.constant_rows()]
    shown += [item.statement.mark for row in methods.factor_rows() for item in row.evidence]

    assert set(shown) <= set(MARKS)
