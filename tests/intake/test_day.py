from datetime import time, timedelta

import pytest

from tests.factories import make_entry, make_profile
from tests.insights.people import MONDAY, day, fish, row, standing, tablet, unknown
from tracker.diary.models import DayMark
from tracker.intake.coverage import Coverage
from tracker.intake.day import absorbed_sittings, day_intake, day_intakes
from tracker.memo.counters import with_counts
from tracker.memo.store import begin_request
from tracker.science.absorption import B12Split, absorbed_ug


def test_food_and_supplements_are_summed_separately():
    found = day([row(), fish(3.0), tablet(1000.0)])

    assert (found.food_ug, found.supplement_ug, found.swallowed_ug) == (4.0, 1000.0, 1004.0)


def test_an_unknown_lowers_the_coverage_and_never_the_sum():
    found = day([row(), unknown()])

    assert (found.food_ug, found.coverage) == (1.0, Coverage(1, 2))


def test_inactive_forms_do_not_count_as_swallowed():
    found = day([row(b12_ug=5.0, free_ug=0.0, inactive_ug=5.0)])

    assert (found.swallowed_ug, found.inactive_ug, found.absorbed_ug) == (0.0, 5.0, 0.0)


def test_an_injection_is_known_but_not_swallowed():
    found = day([row(b12_ug=1000.0, free_ug=0.0, is_supplement=True, is_injection=True)])

    assert (found.swallowed_ug, found.coverage.known, found.injection_count) == (0.0, 1, 1)


def test_supplements_and_quick_adds_have_their_own_classes():
    found = day([fish(3.0), tablet(1000.0), row(source_class="")])

    assert found.by_class == {"fish": 3.0, "supplement": 1000.0, "other": 1.0}
    assert found.food_by_class == {"fish": 3.0, "other": 1.0}


def test_entries_within_four_hours_share_the_capacity():
    together = day([row(free_ug=2.0), row(free_ug=2.0, clock=time(11, 59))])
    apart = day([row(free_ug=2.0), row(free_ug=2.0, clock=time(12))])

    assert together.absorbed_ug == pytest.approx(1.1846, abs=1e-4)
    assert apart.absorbed_ug == pytest.approx(1.7950, abs=1e-4)


def test_a_tablet_during_a_meal_counts_as_taken_with_food():
    alone = absorbed_sittings([tablet(1000.0)], standing())
    beside = absorbed_sittings([tablet(1000.0), row(free_ug=0.0, clock=time(16, 30))], standing())

    assert [s.is_with_food for s in alone + beside] == [False, True]
    assert beside[0].absorbed_ug < alone[0].absorbed_ug


@pytest.mark.parametrize(
    ("meal_at", "is_with_food"), [(time(8), True), (time(4, 31), True), (time(4, 30), False)]
)
def test_a_tablet_after_a_meal_without_b12_counts_as_taken_with_food(meal_at, is_with_food):
    later = tablet(1000.0, slot="breakfast", clock=time(8, 30))

    found = absorbed_sittings([row(free_ug=0.0, clock=meal_at), later], standing())

    assert found[-1].is_with_food is is_with_food


def test_absorption_from_food_alone_excludes_supplements():
    found = day([fish(2.0), tablet(1000.0, slot="breakfast", clock=time(8))])

    assert found.absorbed_food_ug == absorbed_ug(B12Split(food_ug=2.0))
    assert found.absorbed_supplement_ug == found.absorbed_ug - found.absorbed_food_ug > 0


def test_acid_blockers_lower_absorption_of_food_bound_b12_only():
    plain, on_ppi = standing(), standing(conditions=["ppi"])

    assert day_intake(MONDAY, [fish(2.0)], "", on_ppi).absorbed_ug == pytest.approx(
        0.4861, abs=1e-4
    )
    added = [day_intake(MONDAY, [row(free_ug=2.0)], "", s).absorbed_ug for s in (plain, on_ppi)]
    assert added[0] == added[1]


@pytest.mark.django_db
def test_a_range_holds_every_day_in_two_queries(django_assert_num_queries):
    profile = make_profile()
    make_entry(profile, day=MONDAY)
    make_entry(profile, day=MONDAY + timedelta(2), slot="lunch", clock=None)
    make_entry(day=MONDAY)  # somebody else's
    DayMark.objects.create(profile=profile, day=MONDAY, status="complete")
    profiles = type(profile).objects.prefetch_related("bases", "conditions")
    profile = with_counts(profiles).get(pk=profile.pk)
    begin_request()

    with django_assert_num_queries(2):
        found = day_intakes(profile, MONDAY, MONDAY + timedelta(3))

    assert [d.entry_count for d in found] == [1, 0, 1, 0]
    assert [d.is_complete for d in found] == [True, False, False, False]
