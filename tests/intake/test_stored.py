from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import DAY, make_entry, make_profile
from tests.insights.people import fish, row, standing, tablet, unknown
from tracker.diary import writing
from tracker.diary.models import DayMark, Entry
from tracker.history import steps
from tracker.intake.day import day_intake, day_intakes
from tracker.intake.models import StoredSummary
from tracker.intake.stored import RULES, answers_key, day_summaries, rebuild
from tracker.intake.summary import summarised
from tracker.memo.store import begin_request, forget_everything
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db

FIRST, LAST = DAY - timedelta(40), DAY + timedelta(40)


def next_request(profile):
    begin_request()
    return Profile.objects.get(pk=profile.pk)


def asked(profile):
    return day_summaries(next_request(profile), FIRST, LAST)


def fresh(profile):
    return [summarised(day) for day in day_intakes(next_request(profile), FIRST, LAST)]


@pytest.fixture
def person():
    profile = make_profile()
    make_entry(profile, day=DAY, b12_ug=3, free_ug=0, food_ug=3, source_class="fish")
    make_entry(profile, day=DAY, slot="lunch", b12_ug=None, free_ug=0)
    make_entry(profile, day=DAY + timedelta(2), b12_ug=1000, free_ug=1000, is_supplement=True)
    DayMark.objects.create(profile=profile, day=DAY, status="complete")
    DayMark.objects.create(profile=profile, day=DAY + timedelta(5), status="fasting")
    return profile


def test_stored_summaries_equal_computed_ones(person):
    worked_out, stored = asked(person), asked(person)

    assert worked_out == stored == fresh(person)
    assert StoredSummary.objects.count() == 3


def test_a_second_request_reads_no_rows(person, django_assert_num_queries):
    asked(person)
    again = next_request(person)
    day_summaries(again, FIRST, FIRST)  # this caches the answers

    with django_assert_num_queries(3):  # summaries, days with entries, days with marks
        day_summaries(again, FIRST, LAST)


def test_a_week_is_computed_and_not_stored(person):
    day_summaries(next_request(person), DAY, DAY + timedelta(6))

    assert not StoredSummary.objects.exists()


WRITES = {
    "one more entry": lambda p: make_entry(p, day=DAY, slot="dinner"),
    "a change": lambda p: first_entry(p).__class__.objects.filter(day=DAY).update(b12_ug=9),
    "a saved entry": lambda p: save_with(first_entry(p), food_ug=1.0),
    "another day": lambda p: save_with(first_entry(p), day=DAY + timedelta(1)),
    "deletion": lambda p: first_entry(p).delete(),
    "deletion of a day": lambda p: p.entries.filter(day=DAY).delete(),
    "another mark": lambda p: DayMark.objects.update_or_create(
        profile=p, day=DAY, defaults={"status": "partial"}
    ),
    "no mark": lambda p: p.day_marks.all().delete(),
    "many at once": lambda p: Entry.objects.bulk_create(
        [Entry(profile=p, day=DAY, slot="lunch", slot_order=1, name="x", b12_ug=2, free_ug=2)]
    ),
    "an acid blocker": lambda p: p.conditions.create(
        factor="ppi", since=DAY - timedelta(1), ppi_dose="standard"
    ),
    "another reference": lambda p: p.bases.create(
        valid_from=DAY - timedelta(10), authority="efsa", diet="vegan"
    ),
    "another year of birth": lambda p: Profile.objects.filter(pk=p.pk).update(birth_year=1940),
}


def first_entry(profile):
    return profile.entries.order_by("pk").first()


def save_with(entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_write_makes_the_day_be_computed_again(person, write):
    before = asked(person)

    write(next_request(person))

    assert asked(person) == fresh(person) != before


def test_a_write_drops_no_other_day(person):
    asked(person)

    make_entry(next_request(person), day=DAY)

    assert set(StoredSummary.objects.values_list("day", flat=True)) == {
        DAY + timedelta(2),
        DAY + timedelta(5),
    }


def test_undo_drops_the_day_it_restores(person):
    step = writing.delete(first_entry(person))
    asked(person)

    steps.undo(next_request(person), step.pk)

    assert asked(person) == fresh(person)


def test_a_write_during_the_computation_leaves_nothing_stale(person):
    profile = next_request(person)

    with once_after('FROM "diary_entry"', lambda: make_entry(person, day=DAY, slot="snack")):
        day_summaries(profile, FIRST, LAST)

    assert asked(person) == fresh(person)


@contextmanager
def once_after(words, act):
    """Call ``act`` once, right after a statement that contains these words and selects rows."""
    waiting = [act]

    def wrapper(execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        if waiting and words in sql and "b12_ug" in sql:
            waiting.pop()()
        return result

    with connection.execute_wrapper(wrapper):
        yield
    assert not waiting


def test_summaries_made_by_other_rules_are_replaced(person):
    asked(person)
    StoredSummary.objects.update(rules=RULES + 1, food_ug=99)

    assert asked(person) == fresh(person)
    assert set(StoredSummary.objects.values_list("rules", flat=True)) == {RULES}


def test_the_command_recomputes_everything(person):
    asked(person)
    StoredSummary.objects.update(food_ug=99.0)
    StoredSummary.objects.create(**columns_of(person, DAY + timedelta(20)))
    out = StringIO()

    call_command("rebuild_summaries", stdout=out)

    assert out.getvalue() == "3 days were summarised.\n"
    assert asked(person) == fresh(person)


def columns_of(profile, day):
    stored = StoredSummary.objects.values().first()
    return stored | {"id": None, "profile_id": profile.pk, "day": day}


def test_rebuilding_does_not_change_other_people(person):
    other = make_profile()
    make_entry(other, day=DAY)
    asked(other)

    assert rebuild(next_request(person)) == 3
    assert StoredSummary.objects.filter(profile=other).count() == 1


def test_an_empty_diary_has_an_empty_summary_for_each_day():
    found = asked(make_profile())

    assert [day.day for day in found] == [FIRST + timedelta(n) for n in range(81)]
    assert all(day.is_empty and not day.is_complete for day in found)


# --- any sequence of writes


def eat(profile, day, n):
    amount = float(n)
    kinds = [
        {"free_ug": amount},
        {"free_ug": 0, "food_ug": amount, "source_class": "fish"},
        {"free_ug": 0, "egg_ug": amount, "source_class": "egg", "slot": "dinner"},
        {"free_ug": 100 * amount, "is_supplement": True, "source_class": "supplement"},
        {"b12_ug": None, "free_ug": 0, "slot": "lunch"},
        {"free_ug": 0, "inactive_ug": amount, "source_class": "algae_ferment"},
        {"free_ug": 0, "b12_ug": 1000, "is_supplement": True, "is_injection": True},
    ]
    make_entry(profile, day=day, **{"b12_ug": amount, **kinds[n % len(kinds)]})


def mark(profile, day, n):
    status = ["complete", "partial", "fasting"][n % 3]
    DayMark.objects.update_or_create(profile=profile, day=day, defaults={"status": status})


def drop_first(profile, day, n):
    if entry := profile.entries.filter(day=day).first():
        writing.delete(entry)


def move(profile, day, n):
    if entry := first_entry(profile):
        save_with(entry, day=day)


def undo_or_put_back(profile, day, n):
    latest = steps.latest(profile)
    for step in filter(None, latest):
        (steps.put_back if step.is_undone else steps.undo)(profile, step.pk)
        if n % 2:
            return


def answer(profile, day, n):
    factor = ["ppi", "metformin", "nitrous_oxide"][n % 3]
    dose = "standard" if factor == "ppi" else ""
    if not profile.conditions.filter(factor=factor).exists():
        profile.conditions.create(factor=factor, since=day, ppi_dose=dose)


def age(profile, day, n):
    Profile.objects.filter(pk=profile.pk).update(birth_year=1930 + 10 * n)


def look(profile, day, n):
    day_summaries(profile, FIRST, LAST)


DEEDS = [eat, eat, eat, mark, mark, drop_first, move, undo_or_put_back, answer, age, look, look]
DEED = st.tuples(st.sampled_from(DEEDS), st.integers(-3, 3), st.integers(0, 9))


class Whatever(TestCase):
    @given(deeds=st.lists(DEED, min_size=1, max_size=25))
    def test_stored_days_always_equal_computed_ones(self, deeds):
        forget_everything()  # each example is rolled back, and the next one reuses its keys
        profile = make_profile()
        for deed, days, n in deeds:
            deed(next_request(profile), DAY + timedelta(days), n)

        assert asked(profile) == fresh(profile)
        assert asked(profile) == fresh(profile)


# --- what a summary depends on


def test_changed_numbers_need_a_new_version_of_the_rules():
    """If this fails, the same rows give other numbers: increase RULES and update the numbers."""
    bodies = [
        {},
        {"conditions": ["ppi"]},
        {"conditions": ["pernicious_anaemia"]},
        {"age_years": 71},
        {"authority": "efsa", "life_stage": "pregnant"},
    ]
    rows = [
        fish(3.0),
        row(free_ug=2.0, b12_ug=2.0, slot="lunch"),
        row(free_ug=0.0, egg_ug=1.0, source_class="egg", slot="dinner"),
        row(free_ug=0.0, inactive_ug=5.0, b12_ug=5.0, source_class="algae_ferment"),
        tablet(1000.0),
        unknown(slot="dinner"),
    ]
    days = [
        summarised(day_intake(DAY, some, status, standing(**body)))
        for body in bodies
        for some in (rows, rows[:2], rows[2:3], ())
        for status in ("complete", "fasting", "")
    ]
    plain = [
        {k: round(v, 9) if isinstance(v, float) else v for k, v in numbers(day).items()}
        for day in days
    ]

    assert (RULES, sha256(repr(plain).encode()).hexdigest()[:16]) == (1, "d6eaf578486e612b")


def numbers(day):
    found = {name: getattr(day, name) for name in day.__dataclass_fields__ if name != "standing"}
    low, high = found.pop("absorbed")
    return found | {"low": low, "high": high, "by_class": sorted(found["by_class"].items())}


@pytest.mark.parametrize(
    "other",
    [
        {"conditions": ["ppi"]},
        {"conditions": ["nitrous_oxide"]},
        {"age_years": 71},
        {"authority": "efsa"},
        {"life_stage": "pregnant"},
    ],
)
def test_other_answers_have_another_key(other):
    assert answers_key(standing(**other)) != answers_key(standing())
    assert answers_key(standing()) == answers_key(standing())


def test_an_own_target_and_a_diet_change_no_summary():
    assert answers_key(standing(own_target_ug=50.0)) == answers_key(standing())


@pytest.mark.parametrize("name", ["requirement_ug", "absorbed_target_ug"])
def test_each_amount_that_decides_whether_a_day_is_covered_is_part_of_the_key(name):
    other = replace(standing(), **{name: None if name == "requirement_ug" else 9.0})

    assert answers_key(other) != answers_key(standing())
