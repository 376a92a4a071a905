import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.science._tables import toml_table, version
from tracker.science.absorption import HEALTHY, AbsorptionFactors, B12Split, absorbed_ug
from tracker.science.risk_profile import (
    Mechanism,
    RiskFactor,
    absorption_factors,
    advice,
    clinician_statement,
    factor_info,
    factor_infos,
    over_50_scenario,
    statements,
)

F = RiskFactor
AVOIDED = re.compile(
    r"\b(diagnos\w*|detect\w*|screen\w*|monitor\w*|treat\w*|cur(e|es|ed|ing)|predict\w*|alarm\w*"
    r"|prevent\w*|proven|you should|high risk|low risk|analysis)\b|\btake \d",
    re.IGNORECASE,
)


@pytest.mark.parametrize(
    ("factor", "g", "a", "k", "extra"),
    [
        (F.PPI, 0.40, 1, 0.0010, 0),
        (F.H2_BLOCKER, 0.47, 1, 0.0010, 0),
        (F.ATROPHIC_GASTRITIS, 0.40, 1, 0.0015, 0),
        (F.AGE_OVER_50, 1, 1, 0.0010, 0),
        (F.METFORMIN, 1, 0.81, 0.0010, 0),
        (F.PERNICIOUS_ANAEMIA, 1, 0, 0.0020, 0.5),
        (F.TOTAL_GASTRECTOMY, 1, 0, 0.0020, 0.5),
        (F.GASTRIC_BYPASS, 0.2, 0.3, 0.0015, 0),
        (F.SLEEVE_GASTRECTOMY, 0.4, 0.8, 0.0010, 0),
        (F.DISTAL_GASTRECTOMY, 0.4, 0.8, 0.0010, 0),
        (F.ILEAL_RESECTION, 1, 0.5, 0.0015, 0),
        (F.CROHNS_DISEASE, 1, 1, 0.0010, 0),
        (F.COELIAC_UNTREATED, 1, 0.7, 0.0010, 0),
        (F.COELIAC_GLUTEN_FREE, 1, 1, 0.0010, 0),
        (F.ALCOHOL_MODERATE, 1, 0.95, 0.0010, 0),
        (F.ALCOHOL_HEAVY, 0.7, 0.95, 0.0010, 0),
        (F.NITROUS_OXIDE, 1, 1, 0.0010, 0),
    ],
)
def test_one_factor_gives_the_row_of_the_model(factor, g, a, k, extra):
    assert absorption_factors([factor]) == AbsorptionFactors(g, a, k, extra)


MEASURED = {
    F.PPI, F.H2_BLOCKER, F.ATROPHIC_GASTRITIS, F.METFORMIN, F.PERNICIOUS_ANAEMIA,
    F.TOTAL_GASTRECTOMY, F.GASTRIC_BYPASS, F.SLEEVE_GASTRECTOMY, F.DISTAL_GASTRECTOMY,
    F.ILEAL_RESECTION, F.COELIAC_UNTREATED, F.ALCOHOL_MODERATE, F.ALCOHOL_HEAVY,
}  # fmt: skip


def test_factors_without_a_number_leave_the_model_alone():
    changing = {factor for factor in F if absorption_factors([factor]) != HEALTHY}

    assert changing == MEASURED


def test_no_factor_is_the_healthy_default():
    assert absorption_factors([]) == HEALTHY


def test_a_double_ppi_dose_is_stronger_and_touches_nothing_else():
    assert absorption_factors([F.PPI], ppi_dose="double").food_release == 0.23
    assert absorption_factors([F.H2_BLOCKER], ppi_dose="double").food_release == 0.47


@pytest.mark.parametrize(
    ("factors", "g", "a"),
    [
        ([F.PPI, F.H2_BLOCKER], 0.40, 1.0),
        ([F.ALCOHOL_MODERATE, F.ALCOHOL_HEAVY], 0.7, 0.95),
        ([F.PPI, F.METFORMIN], 0.40, 0.81),
        ([F.PPI, F.ATROPHIC_GASTRITIS], 0.16, 1.0),
        ([F.METFORMIN, F.COELIAC_UNTREATED], 1.0, 0.567),
        ([F.METFORMIN, F.METFORMIN], 1.0, 0.81),
        ([F.METFORMIN, F.PERNICIOUS_ANAEMIA], 1.0, 0.0),
    ],
)
def test_shares_multiply_but_acid_drugs_count_once(factors, g, a):
    found = absorption_factors(factors)

    assert (found.food_release, found.if_route) == pytest.approx((g, a))


def test_the_fastest_loss_and_the_largest_extra_need_apply_not_their_sum():
    found = absorption_factors([F.PERNICIOUS_ANAEMIA, F.TOTAL_GASTRECTOMY, F.ATROPHIC_GASTRITIS])

    assert (found.loss_per_day, found.extra_need_ug) == (0.0020, 0.5)


@pytest.mark.parametrize(
    ("length_cm", "a", "k", "extra"),
    [
        (0, 1.0, 0.0010, 0.0),
        (19.9, 1.0, 0.0010, 0.0),
        (20, 0.5, 0.0015, 0.0),
        (60, 0.5, 0.0015, 0.0),
        (60.1, 0.0, 0.0020, 0.5),
        (None, 0.5, 0.0015, 0.0),
    ],
)
def test_the_length_of_removed_ileum_decides(length_cm, a, k, extra):
    found = absorption_factors([F.ILEAL_RESECTION], resected_ileum_cm=length_cm)

    assert found == AbsorptionFactors(1.0, a, k, extra)


def test_a_length_without_a_resection_changes_nothing():
    assert absorption_factors([F.CROHNS_DISEASE], resected_ileum_cm=80) == HEALTHY


def test_the_over_50_scenario_is_separate_from_the_normal_result():
    assert over_50_scenario().food_release == 0.40
    assert over_50_scenario(AbsorptionFactors(food_release=0.23)).food_release == 0.23


@settings(max_examples=25)
@given(st.sets(st.sampled_from(F)), st.sampled_from(F))
def test_one_more_factor_never_raises_absorption(factors, another):
    dose = B12Split(free_ug=2.0, food_ug=2.0)

    before = absorbed_ug(dose, absorption_factors(factors))

    assert absorbed_ug(dose, absorption_factors(factors | {another})) <= before + 1e-12


@pytest.mark.parametrize(
    ("change", "message"),
    [({"ppi_dose": "triple"}, "ppi_dose"), ({"resected_ileum_cm": -1}, "resected_ileum_cm")],
)
def test_impossible_settings_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        absorption_factors([F.PPI, F.ILEAL_RESECTION], **change)


def test_an_unknown_factor_is_refused():
    with pytest.raises(ValueError, match="'bad_luck' is not a valid RiskFactor"):
        absorption_factors(["bad_luck"])


def test_advice_lists_first_where_food_is_not_enough_then_the_clinician():
    found = advice([F.VEGAN_DIET, F.NITROUS_OXIDE, F.PERNICIOUS_ANAEMIA], 40)

    order = list(dict.fromkeys(item.factor for item in found))
    assert order == [F.PERNICIOUS_ANAEMIA, F.NITROUS_OXIDE, F.VEGAN_DIET]


@pytest.mark.parametrize(
    ("factors", "length_cm", "expected"),
    [
        ([F.PERNICIOUS_ANAEMIA], None, True),
        ([F.TOTAL_GASTRECTOMY], None, True),
        ([F.ILEAL_RESECTION], 61, True),
        ([F.ILEAL_RESECTION], 60, False),
        ([F.ILEAL_RESECTION], None, False),
        ([F.GASTRIC_BYPASS], None, False),
        ([F.VEGAN_DIET], None, False),
    ],
)
def test_food_is_not_enough_exactly_if_no_intrinsic_factor_route_is_left(
    factors, length_cm, expected
):
    found = advice(factors, 40, resected_ileum_cm=length_cm)

    assert {item.food_cannot_do_it for item in found} == {expected}
    route = absorption_factors(factors, resected_ileum_cm=length_cm).if_route
    assert (route == 0.0) is expected


TO_CLINICIAN = {
    F.PERNICIOUS_ANAEMIA, F.TOTAL_GASTRECTOMY, F.DISTAL_GASTRECTOMY, F.GASTRIC_BYPASS,
    F.SLEEVE_GASTRECTOMY, F.ILEAL_RESECTION, F.PREGNANCY, F.NITROUS_OXIDE,
}  # fmt: skip


def test_the_clinician_is_named_for_the_factors_of_the_app_rule():
    named = {item.factor for item in advice(F, 40) if item.key == "talk_to_clinician"}

    assert named == TO_CLINICIAN


@pytest.mark.parametrize(("length_cm", "is_named"), [(19, False), (20, True), (70, True)])
def test_a_short_resection_does_not_name_the_clinician(length_cm, is_named):
    found = advice([F.ILEAL_RESECTION], 40, resected_ileum_cm=length_cm)

    assert {item.talk_to_clinician for item in found} == {is_named}


@pytest.mark.parametrize(("age", "is_added"), [(50.9, False), (51, True), (None, False)])
def test_an_age_over_50_adds_its_advice(age, is_added):
    assert bool(advice([], age)) is is_added


@pytest.mark.parametrize("age", [-1, math.nan, 121])
def test_an_impossible_age_is_refused(age):
    with pytest.raises(ValueError, match="age_years"):
        advice([], age)


def test_every_factor_has_its_entry_and_no_entry_is_left_over():
    assert list(toml_table("risk_factors.toml")["factor"]) == [factor.value for factor in F]
    assert version("risk_factors.toml") == "version 1, 2026-11-20"


def test_every_factor_gives_its_effect_and_evidence():
    for info in factor_infos():
        assert info.acts_on, info.factor
        assert info.effect.endswith("."), info.factor
        assert info.evidence or info.advice, info.factor


def test_exactly_the_factors_with_numbers_have_a_mark_for_them():
    marked = {info.factor for info in factor_infos() if info.factor_mark != "none"}

    assert marked == MEASURED | {F.CROHNS_DISEASE, F.COELIAC_GLUTEN_FREE}


def test_mechanisms_of_the_main_factors():
    assert factor_info(F.PPI).acts_on == (Mechanism.FOOD_BOUND,)
    assert factor_info(F.METFORMIN).acts_on == (Mechanism.BOTH,)
    assert factor_info(F.NITROUS_OXIDE).acts_on == (Mechanism.INACTIVATES,)
    assert factor_info(F.VEGAN_DIET).acts_on == (Mechanism.INTAKE,)


def test_assumptions_are_marked_as_such():
    marks = {info.factor for info in factor_infos() if info.factor_mark == "assumption"}

    assert marks == {
        F.ATROPHIC_GASTRITIS, F.DISTAL_GASTRECTOMY, F.GASTRIC_BYPASS, F.SLEEVE_GASTRECTOMY,
        F.ILEAL_RESECTION, F.COELIAC_UNTREATED, F.ALCOHOL_HEAVY,
    }  # fmt: skip


def test_every_sentence_has_a_unique_key_a_source_and_a_mark():
    found = statements()

    assert len({item.key for item in found}) == len(found)
    assert all(item.source and item.text for item in found)
    marks = {item.mark for item in found}
    assert marks == {"verified", "second-hand", "unconfirmed", "derived"}
    assert clinician_statement() in found


def test_nice_is_second_hand_in_every_sentence():
    marks = {s.mark for s in statements() if s.key.endswith(".nice") or "NICE" in s.text}

    assert marks == {"second-hand"}


def test_guidance_after_an_ileal_resection_links_to_the_page_that_states_it():
    info = factor_info(F.ILEAL_RESECTION)

    assert info.advice[0].address.endswith(
        "/what-vitamins-are-recommended-for-patients-after-ileal-resection"
    )


def test_every_source_of_the_table_is_quoted():
    table = toml_table("risk_factors.toml")
    entries = [*table["factor"].values(), {"advice": table["common"].values()}]

    quoted = {s["source"] for e in entries for k in ("evidence", "advice") for s in e.get(k, ())}
    assert set(table["source"]) - quoted == {"model"}


def test_no_sentence_uses_an_avoided_word_or_proposes_a_dose():
    assert [item.key for item in statements() if AVOIDED.search(item.text)] == []


def test_a_change_between_two_measured_numbers_gives_the_unit():
    change = re.compile(r"\bfrom [\d.]++ to [\d.]++(?! (%|µg|cm)(?!\w))")

    assert [item.key for item in statements() if change.search(item.text)] == []


def test_no_sentence_uses_the_greek_letter_for_micro():
    assert "\u03bc" not in "".join(item.text for item in statements())


def test_the_over_50_scenario_takes_the_lower_release_never_the_product():
    already = AbsorptionFactors(food_release=0.47, if_route=0.81, loss_per_day=0.0015)

    assert over_50_scenario(already) == AbsorptionFactors(0.40, 0.81, 0.0015)


def test_a_slow_loss_beside_a_fast_one_leaves_the_fast_one():
    found = absorption_factors([F.PERNICIOUS_ANAEMIA, F.METFORMIN])

    assert (found.loss_per_day, found.extra_need_ug) == (0.0020, 0.5)


@pytest.mark.parametrize("pair", [(F.PPI, F.H2_BLOCKER), (F.H2_BLOCKER, F.PPI)])
def test_a_double_ppi_dose_is_the_stronger_of_two_acid_drugs(pair):
    assert absorption_factors(pair, ppi_dose="double").food_release == 0.23


@pytest.mark.parametrize("length_cm", [-0.1, math.nan, math.inf])
def test_an_impossible_length_of_ileum_is_refused_in_advice_too(length_cm):
    with pytest.raises(ValueError, match="resected_ileum_cm must be finite"):
        advice([F.ILEAL_RESECTION], 40, resected_ileum_cm=length_cm)


# SCIENCE.md 6: F is food-bound, B both, R loss or need.
ACTS_ON = {
    F.H2_BLOCKER: {"food_bound"},
    F.AGE_OVER_50: {"food_bound"},
    F.PERNICIOUS_ANAEMIA: {"both", "loss_or_need"},
    F.TOTAL_GASTRECTOMY: {"both", "loss_or_need"},
    F.DISTAL_GASTRECTOMY: {"food_bound", "both"},
    F.GASTRIC_BYPASS: {"food_bound", "both", "loss_or_need"},
    F.ILEAL_RESECTION: {"both", "loss_or_need"},
    F.COELIAC_UNTREATED: {"both"},
    F.PANCREATIC_INSUFFICIENCY: {"food_bound"},
    F.VEGETARIAN_DIET: {"intake"},
    F.PREGNANCY: {"loss_or_need"},
    F.LACTATION: {"loss_or_need"},
}


def test_each_factor_acts_on_what_the_sources_say():
    assert {factor: set(factor_info(factor).acts_on) for factor in ACTS_ON} == ACTS_ON
