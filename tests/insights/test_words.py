from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.insights.people import MONDAY, SUNDAY, day, fish, row, standing, tablet, unknown, week
from tracker.insights.words import (
    bar_label,
    bar_lines,
    day_summary,
    mean_of,
    name_of_day,
    period_summary,
    reference_sentence,
    status_words,
)
from tracker.intake.bars import IntakeBar
from tracker.intake.period import Period
from tracker.intake.spans import Span


def test_an_empty_week_is_one_sentence():
    assert period_summary(week(complete=0)) == "Nothing is logged for this week."


def test_a_week_is_described_in_plain_sentences():
    found = week([fish(4.0)], [row(free_ug=2.0)], complete=2)

    assert period_summary(found).replace("\u00a0", " ") == (
        "The mean of 2 complete days is 3.0 µg a day, of which about 1.0 µg is absorbed. "
        "Food provided the most on Monday (4.0 µg) and the least on Tuesday (2.0 µg). "
        "Food reached the target of 2.4 µg on 1 of 2 logged days."
    )


def test_supplements_are_described_apart_from_food():
    said = period_summary(week([row(), tablet(1000.0)], complete=1)).replace("\u00a0", " ")

    assert said.startswith(
        "The mean of 1 complete day is 1.0 µg from food and 1,000 µg from supplements a day"
    )


def test_an_unknown_food_makes_the_mean_an_at_least_amount():
    said = period_summary(week([row(), unknown()], complete=1)).replace("\u00a0", " ")

    assert said.startswith("The mean of 1 complete day is at least 1.0 µg a day")


def test_days_without_a_mark_have_no_mean():
    said = period_summary(week([row()], [row()], complete=0))

    assert said.startswith("2 days have entries, but none is marked complete yet.")


def test_the_lowest_day_is_a_complete_one():
    said = period_summary(week([fish(4.0)], [fish(3.0)], [row(free_ug=0.1)], complete=2))

    assert "least on Tuesday (3.0" in said


def test_a_minimum_is_described_as_at_least():
    said = period_summary(week([fish(4.0)], [row(), unknown()], complete=2)).replace("\u00a0", " ")

    assert "least on Tuesday (at least 1.0 µg)" in said


def test_one_complete_day_is_neither_the_highest_nor_the_lowest():
    assert "least" not in period_summary(week([fish(4.0)], [row()], complete=1))


def test_equal_days_have_neither_a_highest_nor_a_lowest():
    assert "least" not in period_summary(week([row()], [row()], complete=2))


def test_a_day_of_unknown_foods_is_not_the_lowest_day():
    said = period_summary(week([fish(4.0)], [fish(3.0)], [unknown()], complete=3))

    assert "least on Tuesday (3.0" in said


def test_no_target_is_named_if_nothing_is_compared():
    assert "target" not in period_summary(week([row()], complete=1), has_target=False)


def reached(*days_rows, **fields):
    """Return what the summary says about the target: its last sentences."""
    said = period_summary(week(*days_rows, **fields)).replace("\u00a0", " ")
    start = said.index("Food provided") + 1 if "Food provided" in said else 0
    return said[said.index("Food", start) :]


def test_a_target_reached_with_a_supplement_is_described_so():
    assert reached([row(), tablet(25.0)], [fish(4.0)], [row()], complete=3) == (
        "Food and supplements together reached the target of 2.4 µg on 2 of 3 logged days."
    )


def test_an_at_least_amount_below_the_target_is_not_called_below():
    assert reached(
        [row(), unknown()], [fish(4.0), unknown()], [unknown()], [row()], complete=4
    ) == (
        "Food reached the target of 2.4 µg on 1 of 4 logged days. "
        "2 days are unclear because the B12 of a food is not known."
    )


def test_days_with_different_targets_are_compared_with_their_own():
    found = week([row()], [fish(4.0)], complete=2)
    own = replace(found.days[0], standing=standing(own_target_ug=50.0))

    said = period_summary(replace(found, days=(own, *found.days[1:]))).replace("\u00a0", " ")

    assert said.endswith("Food reached the target for the day on 1 of 2 logged days.")


def test_a_day_is_described_in_one_sentence():
    said = day_summary(day([fish(2.0), unknown()])).replace("\u00a0", " ")

    assert said == "at least 2.0 µg from food, about 0.90 µg absorbed, complete"


def test_a_day_of_unknown_foods_has_no_absorbed_amount():
    assert day_summary(day([unknown()], "")) == "B12 not known, not marked complete"


def test_a_day_names_its_supplement():
    assert "1,000\u00a0µg supplement" in day_summary(day([tablet(1000.0)], ""))


def test_a_day_without_anything_says_so():
    assert day_summary(day([], "")) == "nothing logged"
    assert status_words(day([], "")) == "nothing logged"


def test_a_fasting_day_counts_as_zero():
    said = day_summary(day([], "fasting", MONDAY)).replace("\u00a0", " ")

    assert said == "0 µg from food, about 0 µg absorbed, fasting: nothing eaten"


def test_the_reference_is_named_with_its_source():
    said = reference_sentence(standing("efsa")).replace("\u00a0", " ")

    assert said == (
        "Reference: AI 4.0 µg a day, adults (European Food Safety Authority, Scientific Opinion "
        "on Dietary Reference Values for cobalamin (vitamin B12), EFSA Journal 2015;13(7):4150)."
    )


@pytest.mark.parametrize(("authority", "said"), [("uk", "restate"), ("nnr2023", "from memory")])
def test_a_reference_cited_from_a_secondary_source_says_so(authority, said):
    assert said in reference_sentence(standing(authority))


def test_mean_of_counts_its_days():
    assert [mean_of(1), mean_of(4)] == ["mean of 1 complete day", "mean of 4 complete days"]


def lines(*rows, status="complete"):
    return [line.replace("\u00a0", " ") for line in bar_lines(bar_of(day(rows, status)))]


def test_the_hover_box_shows_food_supplement_absorbed_target_and_coverage():
    assert lines(row(), tablet(1000.0)) == [
        "All food: 1.0 µg",
        "Supplements: 1,000 µg",
        "Absorbed (estimate): 14 µg",
        "Target: 2.4 µg",
        "B12 known for 2 of 2 foods",
    ]


def test_the_hover_box_of_a_supplement_alone_has_no_food():
    assert lines(tablet(1000.0))[:2] == ["All food: 0 µg", "Supplements: 1,000 µg"]


def test_the_hover_box_shows_what_is_unknown():
    assert lines(row(), unknown())[0] == "All food: at least 1.0 µg"
    assert lines(row(), unknown())[-1] == "B12 known for 1 of 2 foods"
    assert lines(unknown())[:3] == [
        "All food: not known",
        "Supplements: 0 µg",
        "Absorbed (estimate): not known",
    ]


def test_the_hover_box_of_a_day_without_entries_has_its_target():
    assert lines(status="") == ["nothing logged", "Target: 2.4 µg"]


# --- bars of any length


def bar_of(*days, span="day"):
    return IntakeBar(Period(tuple(days), SUNDAY), Span(span))


def days_from(first, count, **fields):
    return [day(on=first + timedelta(n), **fields) for n in range(count)]


@pytest.mark.parametrize(
    ("first", "count", "span", "label"),
    [
        ("2026-03-02", 1, "day", "Mon 2"),
        ("2026-03-02", 7, "week", "Mar 2 to Mar 8"),
        ("2026-12-28", 7, "week", "Dec 28 to Jan 3"),
        ("2026-03-02", 1, "week", "Mar 2"),
        ("2026-03-01", 31, "month", "Mar 2026"),
        ("2026-03-30", 2, "month", "Mar 2026"),
    ],
)
def test_the_label_below_a_bar_names_its_days(first, count, span, label):
    bar = bar_of(*days_from(date.fromisoformat(first), count, status=""), span=span)

    assert bar_label(bar) == label


@pytest.mark.parametrize(
    ("statuses", "said"),
    [
        (["complete", "complete", ""], "mean of 2 complete days"),
        (["complete", "", ""], "mean of 1 complete day"),
        (["", "", "partial"], "mean of 3 days with entries, none marked complete"),
        ([""], "1 day with entries, not marked complete"),
    ],
)
def test_a_bar_of_several_days_says_which_mean_it_is(statuses, said):
    days = [day([fish(3.0)], status, MONDAY + timedelta(n)) for n, status in enumerate(statuses)]

    assert bar_lines(bar_of(*days, span="week"))[-1] == said


def test_a_bar_of_one_day_does_not_mention_a_mean():
    assert not any("mean" in line for line in bar_lines(bar_of(day([fish(3.0)]))))


def test_the_uncertainty_of_a_bar_is_stated():
    lines = bar_lines(bar_of(day([fish(3.0), unknown()]), span="week"))

    assert lines[0].replace("\u00a0", " ") == "All food: at least 3.0 µg"
    assert "B12 known for 1 of 2 foods" in lines


def test_an_empty_bar_says_so():
    bar = bar_of(*days_from(MONDAY, 7, status=""), span="week")

    assert bar_lines(bar)[0] == "nothing logged"


# --- periods of any length


@pytest.mark.parametrize(
    ("first", "count", "name"),
    [
        ("2026-03-02", 7, "this week"),
        ("2026-03-02", 1, "this day"),
        ("2026-03-01", 31, "this month"),
        ("2026-01-01", 365, "this year"),
        ("2026-03-02", 9, "these days"),
    ],
)
def test_sentences_call_a_period_by_its_name(first, count, name):
    days = days_from(date.fromisoformat(first), count, status="")

    assert period_summary(Period(tuple(days), SUNDAY)) == f"Nothing is logged for {name}."


def test_a_day_is_named_by_its_date_if_weekdays_repeat():
    days = tuple(days_from(MONDAY, 8))

    assert name_of_day(MONDAY, Period(days[:7], SUNDAY)) == "Monday"
    assert name_of_day(MONDAY, Period(days, SUNDAY)) == "March 2, 2026"
