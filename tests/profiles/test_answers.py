from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests import factories
from tracker.profiles.answers import Answers, FactorAnswer, keep_answers, settle
from tracker.profiles.models import Profile
from tracker.profiles.standing import standing_on

JOINED = date(2026, 1, 10)
TODAY = date(2026, 3, 2)
YESTERDAY = TODAY - timedelta(days=1)
SAME = Answers(
    birth_year=1990,
    time_zone="UTC",
    diet="",
    life_stage="",
    authority="iom",
    own_target_ug=None,
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Answered the first questions on the day of joining: only the year of birth."""
    profile = factories.make_profile(basis={"valid_from": JOINED})
    return profile


@pytest.fixture
def newcomer():
    return factories.make_profile(welcomed_at=None, birth_year=None, basis={"valid_from": TODAY})


def answer(person, today=TODAY, **changes):
    return keep_answers(person, replace(SAME, **changes), today)


def tick(person, factor="metformin", today=TODAY, **details):
    answer(person, today, factors=(FactorAnswer(factor, **details),))


def bases(person):
    return list(person.bases.values_list("valid_from", "diet", "authority", "own_target_ug"))


def conditions(person):
    rows = person.conditions.order_by("since", "pk")
    return list(rows.values_list("since", "until"))


# --- basis


def test_the_first_answers_hold_for_all_days(newcomer):
    answer(newcomer, diet="vegan", authority="efsa")

    assert [row[1:] for row in bases(newcomer)] == [("vegan", "efsa", None)]
    newcomer.refresh_from_db()
    assert standing_on(newcomer, date(2020, 1, 1)).diet == "vegan"


def test_the_same_answers_again_change_nothing(person):
    before = bases(person)

    answer(person)

    assert bases(person) == before


def test_a_change_begins_today_and_old_days_keep_their_target(person):
    answer(person, own_target_ug=6.0)

    person = Profile.objects.get(pk=person.pk)
    assert standing_on(person, YESTERDAY).target_ug == pytest.approx(2.4)
    assert standing_on(person, TODAY).target_ug == pytest.approx(6.0)


def test_changing_twice_on_one_day_keeps_the_last_answer(person):
    answer(person, authority="efsa")
    answer(person, authority="uk")

    assert bases(person) == [(JOINED, "", "iom", None), (TODAY, "", "uk", None)]


def test_undoing_a_change_on_the_same_day_leaves_no_trace(person):
    before = bases(person)

    answer(person, authority="efsa")
    answer(person)

    assert bases(person) == before


def test_a_basis_dated_ahead_by_a_zone_change_is_replaced(person):
    person.bases.create(valid_from=TODAY + timedelta(days=1), authority="uk")

    answer(person, authority="efsa")

    assert [row[0] for row in bases(person)] == [JOINED, TODAY]


TOMORROW = TODAY + timedelta(days=1)


def test_an_answer_of_tomorrow_counts_from_today(person):
    """Answered on the date in the east, before the person moved west over midnight."""
    answer(person, TOMORROW, own_target_ug=50.0)

    settle(person, TODAY)

    assert bases(person) == [(JOINED, "", "iom", None), (TODAY, "", "iom", 50.0)]


def test_the_last_answer_replaces_one_of_the_same_day(person):
    answer(person, TODAY, own_target_ug=20.0)
    answer(person, TOMORROW, own_target_ug=50.0)

    settle(person, TODAY)

    assert bases(person) == [(JOINED, "", "iom", None), (TODAY, "", "iom", 50.0)]


def test_saving_in_the_west_deletes_no_answer_from_the_east(person):
    answer(person, TOMORROW, own_target_ug=50.0, life_stage="lactating")

    changed = answer(person, own_target_ug=50.0, life_stage="lactating", diet="vegan")

    held = person.bases.get(valid_from=TODAY)
    assert (held.own_target_ug, held.life_stage, held.diet) == (50.0, "lactating", "vegan")
    assert changed == (TODAY, None)
    assert person.bases.filter(valid_from__gt=TODAY).count() == 0


def test_a_tick_of_tomorrow_counts_from_today(person):
    tick(person, today=TOMORROW)

    settle(person, TODAY)

    (condition,) = person.conditions.all()
    assert (condition.since, condition.until, condition.recorded_on) == (TODAY, None, TODAY)


def test_a_dated_tick_given_tomorrow_can_be_undone_without_a_trace(person):
    tick(person, today=TOMORROW, since=date(2020, 1, 1))
    settle(person, TODAY)
    assert conditions(person) == [(date(2020, 1, 1), None)]

    answer(person)

    assert conditions(person) == []


def test_a_condition_unticked_tomorrow_does_not_hold_today(person):
    tick(person, today=JOINED, since=JOINED)
    answer(person, TOMORROW)
    assert conditions(person) == [(JOINED, TODAY)]

    settle(person, TODAY)

    assert conditions(person) == [(JOINED, YESTERDAY)]


def test_a_condition_begun_today_and_unticked_tomorrow_is_deleted(person):
    tick(person, today=TODAY)
    answer(person, TOMORROW)
    assert conditions(person) == [(TODAY, TODAY)]

    settle(person, TODAY)

    assert conditions(person) == []


def test_another_dose_of_tomorrow_follows_the_first_one_today(person):
    tick(person, "ppi", today=JOINED, since=JOINED, ppi_dose="standard")
    tick(person, "ppi", today=TOMORROW, since=JOINED, ppi_dose="double")
    assert conditions(person) == [(JOINED, TODAY), (TOMORROW, None)]

    settle(person, TODAY)

    assert conditions(person) == [(JOINED, YESTERDAY), (TODAY, None)]
    assert person.conditions.get(until=None).ppi_dose == "double"


def test_answers_that_are_not_ahead_stay_as_they_are(person):
    tick(person, today=JOINED, since=None)
    answer(person, YESTERDAY, diet="vegan")
    before = bases(person), conditions(person)

    settle(person, TODAY)

    assert (bases(person), conditions(person)) == before


def test_year_of_birth_and_zone_are_stored(person):
    answer(person, birth_year=1955, time_zone="Europe/Berlin")

    person.refresh_from_db()
    assert (person.birth_year, person.time_zone) == (1955, "Europe/Berlin")


# --- conditions


def test_a_first_answer_without_a_date_holds_for_all_days(newcomer):
    tick(newcomer)

    assert conditions(newcomer) == [(None, None)]


def test_a_later_tick_without_a_date_counts_from_today(person):
    tick(person)

    assert conditions(person) == [(TODAY, None)]


def test_a_date_counts_from_that_date(person):
    tick(person, since=date(2019, 1, 1))

    assert conditions(person) == [(date(2019, 1, 1), None)]


def test_posting_twice_is_posting_once(person):
    tick(person)
    tick(person)

    assert conditions(person) == [(TODAY, None)]


def test_unticking_ends_a_condition_yesterday(person):
    tick(person, since=date(2019, 1, 1), today=JOINED)

    answer(person)

    assert conditions(person) == [(date(2019, 1, 1), YESTERDAY)]


def test_unticking_what_was_ticked_today_leaves_no_trace(person):
    tick(person, since=date(2019, 1, 1))

    answer(person)

    assert conditions(person) == []


def test_ticking_again_on_the_same_day_continues_the_condition(person):
    tick(person, since=date(2019, 1, 1), today=JOINED)

    answer(person)
    tick(person)

    assert conditions(person) == [(date(2019, 1, 1), None)]


def test_ticking_again_much_later_begins_a_new_condition(person):
    tick(person, since=date(2019, 1, 1), today=JOINED)
    answer(person, today=JOINED + timedelta(days=5))

    tick(person)

    assert conditions(person) == [(date(2019, 1, 1), JOINED + timedelta(days=4)), (TODAY, None)]


def test_an_earlier_date_corrects_the_condition(person):
    tick(person, today=JOINED)

    tick(person, since=date(2015, 1, 1))

    assert conditions(person) == [(date(2015, 1, 1), None)]


def test_no_date_is_not_a_correction(person):
    tick(person, since=date(2019, 1, 1), today=JOINED)

    tick(person)

    assert conditions(person) == [(date(2019, 1, 1), None)]


def test_two_periods_of_one_condition_never_overlap(person):
    tick(person, since=date(2019, 1, 1), today=JOINED)
    answer(person, today=JOINED + timedelta(days=5))

    tick(person, since=date(2020, 1, 1))

    assert conditions(person) == [(date(2019, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), None)]


def test_a_period_that_ended_on_the_day_of_a_new_one_ends_a_day_earlier(person):
    first, last = date(2019, 1, 1), JOINED + timedelta(days=4)
    tick(person, since=first, today=JOINED)
    answer(person, today=last + timedelta(days=1))

    tick(person, since=last)

    assert conditions(person) == [(first, last - timedelta(days=1)), (last, None)]


def test_a_period_that_began_on_the_day_of_a_new_one_is_replaced(person):
    first = date(2019, 1, 1)
    tick(person, since=first, today=JOINED)
    answer(person, today=JOINED + timedelta(days=5))

    tick(person, since=first)

    assert conditions(person) == [(first, None)]


def test_a_new_period_replaces_those_inside_it(person):
    tick(person, since=date(2019, 1, 1), today=JOINED)
    answer(person, today=JOINED + timedelta(days=5))

    tick(person, since=date(2010, 1, 1))

    assert conditions(person) == [(date(2010, 1, 1), None)]


# --- doses and lengths


def doses(person):
    return list(person.conditions.order_by("since").values_list("since", "until", "ppi_dose"))


def test_another_dose_counts_from_today(person):
    tick(person, "ppi", since=date(2023, 1, 1), ppi_dose="standard", today=JOINED)

    tick(person, "ppi", since=date(2023, 1, 1), ppi_dose="double")

    assert doses(person) == [(date(2023, 1, 1), YESTERDAY, "standard"), (TODAY, None, "double")]


def test_another_dose_posted_twice_by_the_same_page_is_kept_once(person):
    tick(person, "ppi", ppi_dose="standard", today=JOINED)

    tick(person, "ppi", ppi_dose="double")
    tick(person, "ppi", ppi_dose="double")

    assert doses(person) == [(JOINED, YESTERDAY, "standard"), (TODAY, None, "double")]


def test_another_dose_with_its_own_date_counts_from_there(person):
    tick(person, "ppi", since=date(2023, 1, 1), ppi_dose="standard", today=JOINED)

    tick(person, "ppi", since=date(2025, 1, 1), ppi_dose="double")

    assert doses(person) == [
        (date(2023, 1, 1), date(2024, 12, 31), "standard"),
        (date(2025, 1, 1), None, "double"),
    ]


def test_a_dose_typed_wrong_today_is_corrected_in_place(person):
    tick(person, "ppi", ppi_dose="standard")

    tick(person, "ppi", ppi_dose="double")

    assert doses(person) == [(TODAY, None, "double")]


def test_the_dose_at_the_time_determines_absorption(person):
    tick(person, "ppi", since=date(2023, 1, 1), ppi_dose="standard", today=JOINED)
    tick(person, "ppi", ppi_dose="double")

    person = Profile.objects.get(pk=person.pk)
    releases = [standing_on(person, day).factors.food_release for day in (YESTERDAY, TODAY)]

    assert releases == pytest.approx([0.40, 0.23])


def test_the_length_of_ileum_is_stored(person):
    tick(person, "ileal_resection", since=date(2020, 6, 1), resected_ileum_cm=70)

    assert person.conditions.get().resected_ileum_cm == 70


# --- another dose, and unticked on the same day

LONG_AGO = date(2023, 1, 1)
AUTUMN = date(2025, 9, 1)


def ppi(person, dose, since=None, today=TODAY):
    tick(person, "ppi", today=today, since=since, ppi_dose=dose)


@pytest.fixture
def on_a_ppi(person):
    ppi(person, "standard", LONG_AGO, today=JOINED)
    return person


def test_a_restored_dose_keeps_its_beginning(on_a_ppi):
    ppi(on_a_ppi, "double", LONG_AGO)

    ppi(on_a_ppi, "standard", TODAY)

    assert doses(on_a_ppi) == [(LONG_AGO, None, "standard")]


@pytest.mark.parametrize("since", [LONG_AGO, TODAY])
def test_a_restored_dose_ends_yesterday_when_unticked(on_a_ppi, since):
    ppi(on_a_ppi, "double", LONG_AGO)
    ppi(on_a_ppi, "standard", since)

    changed = answer(on_a_ppi)

    assert doses(on_a_ppi) == [(LONG_AGO, YESTERDAY, "standard")]
    assert changed == (None, TODAY)


def test_an_earlier_day_of_another_dose_stays_when_it_is_unticked(on_a_ppi):
    ppi(on_a_ppi, "double")
    ppi(on_a_ppi, "double", AUTUMN)
    both = [(LONG_AGO, AUTUMN - timedelta(1), "standard"), (AUTUMN, None, "double")]
    assert doses(on_a_ppi) == both

    answer(on_a_ppi)
    assert doses(on_a_ppi) == [both[0], (AUTUMN, YESTERDAY, "double")]

    ppi(on_a_ppi, "double")
    assert doses(on_a_ppi) == both


def test_dose_and_date_in_one_save_stay_when_they_are_unticked(on_a_ppi):
    ppi(on_a_ppi, "double", AUTUMN)

    answer(on_a_ppi)

    assert doses(on_a_ppi) == [
        (LONG_AGO, AUTUMN - timedelta(1), "standard"),
        (AUTUMN, YESTERDAY, "double"),
    ]


def test_a_tick_of_today_leaves_no_trace_whatever_the_dose(person):
    ppi(person, "standard", LONG_AGO)
    ppi(person, "double", AUTUMN)

    answer(person)

    assert doses(person) == []
