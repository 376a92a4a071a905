import re
from datetime import timedelta

import pytest

from tests.insights.people import MONDAY, day, fish, row, tablet, week
from tracker.intake.day import day_intake
from tracker.intake.period import Period
from tracker.intake.verdict import certainty, judged, mean_band, over_50_mean_ug, usual_absorbed
from tracker.science import adequacy

GOOD = [row(free_ug=3.0)]
POOR = [row(free_ug=0.2)]
MIDDLING = [row(free_ug=2.4)]


def key(*days, **fields):
    return certainty(week(*days, **fields)).key


@pytest.mark.parametrize("complete", [0, 1, 2])
def test_fewer_than_three_complete_days_give_no_verdict(complete):
    found = certainty(week(*[GOOD] * 7, complete=complete))

    assert found.key == "not_enough_days"
    assert re.findall(r"\d+", found.words) == [str(3 - complete)]


@pytest.mark.parametrize("complete", [3, 6, 7])
def test_three_complete_days_can_be_enough(complete):
    days = [[row(free_ug=2.0), row(free_ug=2.0, slot="dinner", clock=None)]] * 7

    assert key(*days, complete=complete) == "likely_enough"


@pytest.mark.parametrize(
    ("complete", "expected"),
    [(3, "looks_low_keep_logging"), (6, "looks_low_keep_logging"), (7, "likely_low")],
)
def test_likely_low_needs_seven_days(complete, expected):
    assert key(*[POOR] * 7, complete=complete) == expected


@pytest.mark.parametrize(("complete", "expected"), [(3, "too_early"), (7, "uncertain")])
def test_a_mean_close_to_the_requirement_is_unclear(complete, expected):
    assert key(*[MIDDLING] * 7, complete=complete) == expected


def test_the_interval_is_shown_with_the_requirement():
    found = certainty(week(*[MIDDLING] * 7))

    usual = usual_absorbed(week(*[MIDDLING] * 7))
    assert found.detail.count("µg") == 3
    assert usual.low_ug < usual.mean_ug < usual.high_ug


def test_supplements_are_added_as_a_steady_mean():
    found = usual_absorbed(week(*[[row(), tablet(1000.0)]] * 4, complete=4))

    food_ug = day_intake(MONDAY, [row()], "", week().standing).absorbed_ug
    expected = adequacy.usual_absorbed([food_ug] * 4, supplement_ug=found.supplement_ug)
    assert found == expected
    assert found.supplement_ug > 5.0


@pytest.mark.parametrize("authority", ["efsa", "dach", "nnr2023", "japan2025"])
@pytest.mark.parametrize(
    ("days", "expected"),
    [([[fish(9.0)]] * 7, "at_or_above_ai"), ([POOR] * 7, "below_ai_nothing_follows")],
)
def test_an_authority_with_only_an_ai_gets_no_probability(authority, days, expected):
    found = certainty(week(*days, authority=authority))

    assert found.key == expected
    assert "likely" not in found.words.lower()


def test_the_text_says_that_nothing_follows_from_a_mean_below_the_ai():
    assert "Nothing follows from that alone" in certainty(week(*[POOR] * 7, authority="efsa")).words


@pytest.mark.parametrize("condition", ["ppi", "metformin", "gastric_bypass"])
def test_people_who_absorb_less_are_not_compared_with_an_ai(condition):
    found = key(*[[fish(9.0)]] * 7, authority="efsa", conditions=[condition])

    assert found == "ai_does_not_apply"


@pytest.mark.parametrize("condition", ["pernicious_anaemia", "total_gastrectomy"])
@pytest.mark.parametrize("authority", ["iom", "efsa"])
def test_nothing_is_compared_if_food_cannot_help(condition, authority):
    found = certainty(week(*[[fish(90.0)]] * 7, authority=authority, conditions=[condition]))

    assert (found.key, found.is_for_clinician) == ("withheld_food_cannot_do_it", True)


def test_nitrous_oxide_never_reassures():
    found = certainty(week(*[[fish(90.0)]] * 7, conditions=["nitrous_oxide"]))

    assert (found.key, found.is_for_clinician) == ("withheld_nitrous_oxide", True)


def test_a_week_with_an_injection_is_not_compared():
    shot = row(b12_ug=1000.0, free_ug=0.0, is_supplement=True, is_injection=True)

    assert key([shot], *[GOOD] * 6) == "withheld_injection"


def test_the_effect_of_a_profile_is_shown_as_a_band():
    band = mean_band(week(*[[fish(2.0)]] * 3, complete=3, conditions=["ppi"]))

    assert (band.low_ug, band.high_ug) == pytest.approx((0.4861, 0.8975), abs=1e-4)


def test_a_profile_that_changes_nothing_has_no_band():
    assert mean_band(week(*[[fish(2.0)]] * 3, complete=3)) is None
    assert mean_band(week(complete=0, conditions=["ppi"])) is None


def test_over_fifty_the_low_acid_mean_is_given_and_lower():
    older = week(*[[fish(2.0)]] * 3, complete=3, age_years=66)

    assert over_50_mean_ug(older) == pytest.approx(0.4861, abs=1e-4)
    assert older.mean_absorbed_ug == pytest.approx(0.8975, abs=1e-4)


@pytest.mark.parametrize(
    "fields", [{"age_years": 30}, {"age_years": 66, "conditions": ["ppi"]}, {"age_years": None}]
)
def test_the_low_acid_mean_is_none_if_it_adds_nothing(fields):
    assert over_50_mean_ug(week(*[[fish(2.0)]] * 3, complete=3, **fields)) is None


@pytest.mark.parametrize("authority", ["iom", "efsa"])
@pytest.mark.parametrize("food", [fish, tablet])
def test_absurd_amounts_cause_no_error(authority, food):
    found = week(*[[food(1e9)]] * 7, authority=authority)

    assert certainty(found).key in {"likely_enough", "at_or_above_ai"}


def test_no_text_names_a_disease_or_a_dose():
    weeks = [
        week(*days, complete=complete, **fields)
        for days in ([GOOD] * 7, [POOR] * 7, [MIDDLING] * 7)
        for complete in range(8)
        for fields in ({}, {"authority": "efsa"}, {"conditions": ["pernicious_anaemia"]})
    ]

    for found in map(certainty, weeks):
        said = f"{found.words} {found.detail}".lower()
        assert not re.search(r"deficien|anaemi|diagnos|risk|take \d|dose", said), said


# --- answers that change within a period


PLENTY = [row(free_ug=2.0), row(free_ug=2.0, slot="dinner", clock=None)]


def changed_week(*, on, before, after, complete=7, rows=PLENTY):
    """Return a week in which the profile changes on a given day."""
    days = [
        day(
            rows,
            "complete" if n < complete else "",
            MONDAY + timedelta(n),
            **(before if n < on else after),
        )
        for n in range(7)
    ]
    return Period(tuple(days), MONDAY + timedelta(6))


PLAIN, STOMACH = {"conditions": ()}, {"conditions": ("pernicious_anaemia",)}


def test_each_stretch_is_judged_by_the_answers_valid_then():
    first, second = judged(changed_week(on=3, before=PLAIN, after=STOMACH))

    assert [len(stretch.period.days) for stretch in (first, second)] == [3, 4]
    assert first.certainty.key == "likely_enough"
    assert second.certainty.key == "withheld_food_cannot_do_it"


def test_a_withheld_comparison_starts_a_stretch_even_if_no_number_changes():
    told = judged(changed_week(on=3, before=PLAIN, after={"conditions": ("nitrous_oxide",)}))

    keys = [stretch.certainty.key for stretch in told]
    assert keys == ["likely_enough", "withheld_nitrous_oxide"]


def test_a_stretch_without_complete_days_is_not_judged():
    (only,) = judged(changed_week(on=3, before=PLAIN, after=STOMACH, complete=3))

    assert (only.period.last, only.certainty.key) == (MONDAY + timedelta(2), "likely_enough")


def test_a_period_without_complete_days_is_judged_once_as_a_whole():
    (only,) = judged(changed_week(on=3, before=PLAIN, after=STOMACH, complete=0))

    assert len(only.period.days) == 7


@pytest.mark.parametrize(
    "after", [{"age_years": 31}, {"diet": "vegan"}], ids=["a birthday", "another diet"]
)
def test_answers_that_no_comparison_depends_on_start_no_stretch(after):
    (only,) = judged(changed_week(on=3, before={}, after=after))

    assert only.certainty.key == "likely_enough"


def test_an_injection_also_affects_the_neighbouring_stretch():
    injected = [*GOOD, row(name="Injection", is_injection=True, b12_ug=1000.0, free_ug=0.0)]
    week_of_two = changed_week(on=3, before={"authority": "iom"}, after={"authority": "uk"})
    days = (day(injected, "complete", MONDAY), *week_of_two.days[1:])

    told = judged(Period(days, MONDAY + timedelta(6)))

    assert [stretch.certainty.key for stretch in told] == ["withheld_injection"] * 2


@pytest.mark.parametrize(("days", "named"), [(7, "this week"), (5, "these days")])
def test_an_injection_is_named_with_the_period_it_was_given_in(days, named):
    shot = row(b12_ug=1000.0, free_ug=0.0, is_supplement=True, is_injection=True)
    whole = week([shot], [fish(2.0)], [fish(2.0)], complete=3)
    found = Period(whole.days[:days], whole.today)

    assert f"the food of {named} is not compared" in certainty(found).words
