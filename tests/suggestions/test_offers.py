from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from foods.importing.starter import load_starter_foods
from foods.models import Food
from tests.factories import make_entry, make_profile
from tests.suggestions.builders import DAY, MORNING
from tracker.intake.day import absorbed_sittings, day_intakes
from tracker.memo.counters import with_counts
from tracker.memo.store import begin_request, forget_everything
from tracker.profiles.models import Profile
from tracker.profiles.standing import standing_on
from tracker.suggestions import room
from tracker.suggestions.candidates import catalogue
from tracker.suggestions.models import Hidden, hide, some_days_from
from tracker.suggestions.offers import offer, pantry_of
from tracker.suggestions.outlook import outlook
from tracker.suggestions.ranking import rank

pytestmark = pytest.mark.django_db


def loaded(profile):
    profiles = Profile.objects.prefetch_related("bases", "conditions").filter(pk=profile.pk)
    return with_counts(profiles).get()


def offered(profile, now=MORNING, day=DAY):
    profile = loaded(profile)
    intakes = day_intakes(profile, day - timedelta(days=13), day)
    return offer(profile, outlook(day, intakes, standing_on(profile, day), now))


@pytest.fixture
def oat_milk(make_food):
    return make_food("Oat milk, fortified", slug="oat-milk", group="Plant-based milks")


def test_a_new_person_gets_ideas(oat_milk):
    found = offered(make_profile(basis={"diet": "vegan"}))

    assert (found.gap.day_count, found.best.food.pk) == (0, oat_milk.pk)


@pytest.mark.parametrize("entry_count", [1, 3])
def test_an_offer_takes_two_queries_however_much_is_logged(
    oat_milk, entry_count, django_assert_num_queries
):
    profile = make_profile()
    for n in range(entry_count):
        make_entry(profile, day=DAY - timedelta(days=n), food=oat_milk)
    profile = loaded(profile)
    intakes = day_intakes(profile, DAY - timedelta(days=13), DAY)
    catalogue()

    with django_assert_num_queries(2):
        offer(profile, outlook(DAY, intakes, standing_on(profile, DAY), MORNING))


def test_own_foods_that_are_not_curated_take_one_more_query(make_food, django_assert_num_queries):
    profile = make_profile()
    mine = make_food("My bread", owner=profile.account, group="")
    make_entry(profile, day=DAY - timedelta(days=1), food=mine)
    profile = loaded(profile)
    intakes = day_intakes(profile, DAY - timedelta(days=13), DAY)
    catalogue()

    with django_assert_num_queries(3):
        found = offer(profile, outlook(DAY, intakes, standing_on(profile, DAY), MORNING))

    assert [s.food.pk for s in found.suggestions] == [mine.pk]


@pytest.mark.parametrize("factor", ["pernicious_anaemia", "total_gastrectomy"])
def test_nothing_is_ranked_if_food_cannot_help(oat_milk, factor):
    profile = make_profile()
    profile.conditions.create(factor=factor)

    found = offered(profile)

    assert (found.best, found.suggestions) == (None, ())
    assert found.reasons.food_cannot != ()
    assert "clinician" in found.reasons.ask.text


@pytest.mark.parametrize(("length_cm", "steps_back"), [(10, False), (40, False), (80, True)])
def test_the_length_of_the_removed_ileum_decides(oat_milk, length_cm, steps_back):
    profile = make_profile()
    profile.conditions.create(factor="ileal_resection", resected_ileum_cm=length_cm)

    assert bool(offered(profile).reasons.food_cannot) == steps_back


def test_an_acid_blocker_says_why_added_b12_comes_first_with_its_source(oat_milk):
    profile = make_profile()
    profile.conditions.create(factor="ppi", ppi_dose="standard")

    (reason,) = offered(profile).reasons.added_first

    assert "crystalline" in reason.cited[0].text
    assert "Institute of Medicine" in reason.cited[0].source


def test_over_50_says_why_added_b12_comes_first(oat_milk):
    (reason,) = offered(make_profile(birth_year=1955)).reasons.added_first

    assert (reason.name, len(reason.cited)) == ("Over 50 years", 2)


def test_young_people_without_a_factor_get_no_such_reason(oat_milk):
    assert offered(make_profile()).reasons.added_first == ()


def test_a_food_hidden_for_later_returns_after_its_days(oat_milk):
    profile = make_profile()
    hide(profile, oat_milk, until=some_days_from(DAY))

    backs = [
        offered(profile, MORNING + timedelta(days=n), DAY + timedelta(days=n)).best is not None
        for n in range(4)
    ]

    assert backs == [False, False, False, True]


def test_the_last_choice_about_a_food_applies(oat_milk):
    profile = make_profile()
    hide(profile, oat_milk, until=some_days_from(DAY))
    hide(profile, oat_milk, until=None)

    assert [row.until for row in Hidden.objects.all()] == [None]


def test_a_food_hidden_by_one_person_is_offered_to_another(oat_milk):
    hide(make_profile(), oat_milk, until=None)

    assert offered(make_profile()).best.food.pk == oat_milk.pk


def test_a_past_day_is_offered_nothing(oat_milk):
    assert offered(make_profile(), datetime(2026, 3, 6, 8)).best is None


def test_a_day_is_computed_per_meal_and_not_per_food(monkeypatch):
    load_starter_foods()
    profile = make_profile(basis={"diet": "omnivore"})
    foods = Food.objects.exclude(source_class="supplement").order_by("pk")[:40:2]
    for n, food in enumerate(foods):
        make_entry(profile, day=DAY - timedelta(days=n % 10), food=food)
    profile = loaded(profile)
    intakes = day_intakes(profile, DAY - timedelta(days=13), DAY)
    ahead = outlook(DAY, intakes, standing_on(profile, DAY), MORNING)
    pantry = pantry_of(profile, ahead, frozenset(), catalogue())
    days_worked_out = []

    def counted(rows, standing):
        days_worked_out.append(rows)
        return absorbed_sittings(rows, standing)

    monkeypatch.setattr(room, "absorbed_sittings", counted)
    found = rank(ahead, pantry)

    assert len(found) > 50
    swaps = sum(suggestion.swap is not None for suggestion in found)
    assert len(days_worked_out) <= 2 * (len(ahead.places) + 1) + swaps


@pytest.mark.django_db(transaction=True)
def test_data_read_before_a_write_is_not_ranked_after_it(oat_milk):
    """A page may have read the diary before it writes to it and then ranks ideas."""
    profile = make_profile(basis={"diet": "vegan"})
    profile = Profile.objects.get(pk=profile.pk)
    first, held = DAY - timedelta(days=13), standing_on(profile, DAY)
    before = day_intakes(profile, first, DAY)

    make_entry(profile, day=DAY, food=oat_milk, b12_ug=9, free_ug=9, source_class="fortified_food")
    offer(profile, outlook(DAY, before, held, MORNING))
    after = offer(profile, outlook(DAY, day_intakes(profile, first, DAY), held, MORNING))

    forget_everything()
    fresh = Profile.objects.get(pk=profile.pk)
    again = offer(
        fresh, outlook(DAY, day_intakes(fresh, first, DAY), standing_on(fresh, DAY), MORNING)
    )
    assert after.suggestions == again.suggestions
    assert after.suggestions != offer(profile, outlook(DAY, before, held, MORNING)).suggestions


def test_a_covered_day_has_no_best_food(oat_milk):
    profile = make_profile()
    for slot in ("breakfast", "lunch", "dinner"):
        make_entry(profile, day=DAY, slot=slot)

    found = offered(profile)

    assert (found.covered.day, found.best) == (DAY, None)
    assert [s.food.pk for s in found.suggestions] == [oat_milk.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_cached_of_an_offer_ends_with_the_catalogue_it_was_made_of(oat_milk):
    profile = make_profile()
    begin_request()
    assert offered(profile).best.food.pk == oat_milk.pk

    oat_milk.retired_at = timezone.now()
    oat_milk.save()

    assert offered(profile).suggestions == ()
