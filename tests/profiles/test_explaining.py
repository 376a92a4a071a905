import re
from datetime import date

import pytest

from tracker.profiles import urgent
from tracker.profiles.explaining import explain, mark_text
from tracker.profiles.models import Basis, Condition
from tracker.profiles.standing import standing_from
from tracker.science.absorption import B12Split, absorbed_ug
from tracker.science.risk_profile import RiskFactor, factor_infos

AVOIDED = re.compile(
    r"diagnos|detect|screen|monitor|treat|\bcure|prevent|predict|alarm|high risk|you are deficient",
    re.IGNORECASE,
)


def explained(*conditions, age=30, authority="iom", **basis):
    standing = standing_from(Basis(authority=authority, **basis), conditions, age)
    return explain(standing, authority)


def factor(name, **details):
    return Condition(factor=name, **details)


def names(factors):
    return [text.name for text in factors]


def test_with_nothing_ticked_nothing_changes():
    explanation = explained()

    assert (explanation.urgent, explanation.factors, explanation.food_cannot_do_it) == ((), (), ())
    assert (explanation.absorption_changes, explanation.clinician) == (False, None)


def test_the_reference_comes_with_its_source_and_how_well_it_was_checked():
    reference = explained().reference

    assert (reference.intake_ug, reference.label, reference.year) == (2.4, "RDA", 1998)
    assert reference.mark == "verified: read in the source"
    assert reference.address.startswith("http")


def test_an_unconfirmed_row_says_so():
    assert explained(authority="nnr2023").reference.mark == (
        "unconfirmed: written from memory, not yet checked"
    )


def test_a_missing_year_of_birth_is_mentioned():
    assert explained(age=None).reference.is_age_assumed
    assert not explained(age=30).reference.is_age_assumed


def test_the_use_of_another_authority_is_mentioned():
    assert explained(age=0, authority="efsa").reference.is_other_authority
    assert not explained(age=30, authority="efsa").reference.is_other_authority


def test_an_acid_blocker_changes_food_and_not_what_was_added_to_it():
    food, added, tablet = explained(factor("ppi", ppi_dose="standard")).examples

    assert food.usual_ug == pytest.approx(absorbed_ug(B12Split(food_ug=2.0)))
    assert food.yours_ug < 0.6 * food.usual_ug
    assert (added.yours_ug, tablet.yours_ug) == (added.usual_ug, tablet.usual_ug)


def test_people_over_fifty_see_the_low_acid_scenario_next_to_the_normal_one():
    food, added, _tablet = explained(age=71).examples

    assert food.yours_ug == food.usual_ug
    assert food.low_acid_ug < 0.6 * food.usual_ug
    assert added.low_acid_ug == added.usual_ug


@pytest.mark.parametrize("age", [30, 50, None])
def test_the_scenario_is_for_people_over_fifty(age):
    assert {example.low_acid_ug for example in explained(age=age).examples} == {None}


def test_on_an_acid_blocker_the_scenario_would_say_nothing_new():
    examples = explained(factor("ppi", ppi_dose="standard"), age=71).examples

    assert {example.low_acid_ug for example in examples} == {None}


@pytest.mark.parametrize(
    "condition",
    [
        factor("pernicious_anaemia"),
        factor("total_gastrectomy"),
        factor("ileal_resection", resected_ileum_cm=61),
    ],
)
def test_if_food_is_not_enough_that_is_said_with_who_to_ask(condition):
    explanation = explained(condition)

    assert len(explanation.food_cannot_do_it) == 1
    assert explanation.factors == ()
    assert "clinician" in explanation.clinician.text
    assert explanation.urgent == (explained(condition).urgent[0],)


@pytest.mark.parametrize("length_cm", [None, 19, 20, 60])
def test_after_a_shorter_resection_food_still_contributes(length_cm):
    explanation = explained(factor("ileal_resection", resected_ileum_cm=length_cm))

    assert explanation.food_cannot_do_it == ()
    assert names(explanation.factors) == ["End of the small bowel removed (ileal resection)"]


def test_nitrous_oxide_comes_first_and_nothing_reassures():
    first = explained(factor("nitrous_oxide"), factor("pernicious_anaemia")).urgent[0]

    assert first.text == str(urgent.NITROUS_OXIDE.text)


def test_breast_feeding_mentions_the_child():
    texts = [line.text for line in explained(life_stage="lactating").urgent]

    assert texts == [str(urgent.BREAST_FED_CHILD.text)]


@pytest.mark.parametrize("info", factor_infos(), ids=lambda info: info.factor.value)
def test_every_sentence_has_a_source(info):
    standing = standing_from(Basis(authority="iom"), (factor(info.factor.value),), 30)

    explanation = explain(standing)

    found = explanation.factors + explanation.food_cannot_do_it
    cited = [line for text in found for line in text.evidence + text.advice]
    assert all(line.source and line.mark for line in (*cited, *explanation.urgent))


@pytest.mark.parametrize("info", factor_infos(), ids=lambda info: info.factor.value)
def test_no_sentence_of_ours_diagnoses_or_promises(info):
    standing = standing_from(Basis(authority="iom"), (factor(info.factor.value),), 71)

    explanation = explain(standing)

    found = explanation.factors + explanation.food_cannot_do_it
    texts = [text.effect for text in found] + [line.text for line in explanation.urgent]
    texts += [line.text for text in found for line in text.advice + text.evidence]
    assert [text for text in texts if AVOIDED.search(text)] == []


@pytest.mark.parametrize(
    ("condition", "about"),
    [
        (factor("ppi", ppi_dose="double", since=date(2023, 5, 1)), "double dose, since May 2023"),
        (factor("ileal_resection", resected_ileum_cm=30), "30\u00a0cm"),
        (factor("metformin"), ""),
    ],
)
def test_dose_length_and_date_are_shown_with_the_name(condition, about):
    assert explained(condition).factors[0].about == about


def test_a_double_dose_changes_the_examples_more():
    standard, double = (
        explained(factor("ppi", ppi_dose=dose)).examples[0] for dose in ("standard", "double")
    )

    assert double.yours_ug < standard.yours_ug


@pytest.mark.parametrize(
    "mark", ["verified", "second-hand", "unconfirmed", "derived", "assumption"]
)
def test_every_mark_of_the_core_has_a_label(mark):
    assert mark_text(mark)


def test_every_factor_mark_is_known_or_silent():
    marks = {info.factor_mark for info in factor_infos()}

    assert {mark for mark in marks if not mark_text(mark)} <= {"none"}


def test_urgent_lines_depend_only_on_ticks():
    assert urgent.lines_for(set(), False) == []
    assert urgent.lines_for({RiskFactor.NITROUS_OXIDE}, True) == [
        urgent.NITROUS_OXIDE,
        urgent.CORD_OR_SIGHT,
    ]
