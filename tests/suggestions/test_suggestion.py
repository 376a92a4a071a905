import pytest

from tests.suggestions.builders import DAY, candidate
from tracker.diary.slots import Slot
from tracker.suggestions.gap import WeekSoFar
from tracker.suggestions.suggestion import Suggestion, SuggestionKind


def suggestion(*, day_ug=0.5, gain_ug=0.5, week_ug=0.5, week_days=2, **fields):
    return Suggestion(
        kind=SuggestionKind.FORTIFIED,
        food=candidate(),
        day=DAY,
        slot=Slot.LUNCH,
        clock=None,
        gain_ug=gain_ug,
        expected_gain_ug=gain_ug,
        day_before_ug=day_ug,
        gap_ug=1.0,
        week=WeekSoFar(week_ug, week_days),
        **fields,
    )


@pytest.mark.parametrize(
    ("amounts", "reads"),
    [
        ({}, True),
        # The day: 10.2 and 10.4 are both shown as "10".
        ({"day_ug": 10.2, "gain_ug": 0.2, "week_ug": 0.2}, False),
        ({"day_ug": 10.4, "gain_ug": 0.2, "week_ug": 0.2}, True),
        # The week: 1.2 and 1.22 are both shown as "1.2".
        ({"gain_ug": 0.14, "week_ug": 1.2, "week_days": 7}, False),
        ({"gain_ug": 0.42, "week_ug": 1.2, "week_days": 7}, True),
        # Below 1 µg hundredths are shown.
        ({"gain_ug": 0.07, "week_ug": 0.5, "week_days": 7}, True),
        ({"day_ug": 0.0, "gain_ug": 0.002, "week_ug": 0.0}, True),
    ],
)
def test_a_change_counts_only_if_it_is_visible(amounts, reads):
    assert suggestion(**amounts).reads_as_a_change == reads


def test_a_swap_for_next_time_shows_no_week_and_is_judged_by_the_day():
    amounts = {"gain_ug": 0.14, "week_ug": 1.2, "week_days": 7}

    assert suggestion(**amounts, is_addable=False).reads_as_a_change
    assert not suggestion(day_ug=10.2, gain_ug=0.2, is_addable=False).reads_as_a_change
