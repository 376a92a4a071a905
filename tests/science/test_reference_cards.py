import re

import pytest

from tracker.science._tables import version
from tracker.science.biomarkers import ANALYTES
from tracker.science.reference_cards import Circumstance, caveats, reference_card

from .test_risk_profile import AVOIDED

C = Circumstance


def keys(card):
    return [c.key for c in card.replaced_by], [c.key for c in card.caveats]


def test_the_laboratory_comes_first_and_the_row_has_a_note_on_methods():
    card = reference_card("b12", 210, "ng/L", age_years=40, laboratory_low=180)

    assert (card.laboratory_low, card.laboratory_position) == (180, "within")
    assert (card.row.row, card.row.label) == ("indeterminate", "indeterminate")
    assert keys(card) == ([], ["caveat.method"])


def test_nitrous_oxide_replaces_a_reassuring_row():
    card = reference_card("b12", 400, "ng/L", age_years=30, circumstances=[C.NITROUS_OXIDE])

    assert card.row is None
    assert keys(card) == (["caveat.nitrous_oxide.b12"], [])
    assert re.search("homocysteine or MMA", card.replaced_by[0].text)
    assert card.ranges == ()


def test_pregnancy_replaces_the_row_of_total_b12():
    card = reference_card("b12", 150, "ng/L", age_years=30, circumstances=[C.PREGNANT])

    assert card.row is None
    assert keys(card) == (["caveat.pregnant.b12"], [])
    assert re.search("Active B12 is the test", card.replaced_by[0].text)


def test_pregnancy_leaves_the_row_of_active_b12():
    card = reference_card("holotc", 30, "pmol/L", age_years=30, circumstances=[C.PREGNANT])

    assert card.row.row == "indeterminate"
    assert keys(card) == ([], ["caveat.pregnant.holotc", "caveat.method"])


def test_on_injections_a_high_value_is_not_informative_and_raises_no_flag():
    card = reference_card(
        "b12", 1500, "ng/L", age_years=70, laboratory_high=914, circumstances=[C.ON_REPLACEMENT]
    )

    assert card.row is None
    assert keys(card) == (["caveat.on_replacement.b12"], [])
    assert re.search("Not informative", card.replaced_by[0].text)


@pytest.mark.parametrize("analyte", ["mma", "homocysteine"])
def test_replacement_also_replaces_what_mma_and_homocysteine_would_say(analyte):
    card = reference_card(
        analyte, 30, units_of(analyte), age_years=40, circumstances=[C.ON_REPLACEMENT]
    )

    assert (card.row, card.ranges) == (None, ())
    assert keys(card)[0] == ["caveat.on_replacement.mma_homocysteine"]


def units_of(analyte):
    return {"mma": "nmol/L", "homocysteine": "µmol/L"}[analyte]


@pytest.mark.parametrize("analyte", ["b12", "holotc"])
def test_under_16_no_row_is_shown(analyte):
    card = reference_card(analyte, 150, "pmol/L", age_years=15)

    assert card.row is None
    assert keys(card) == (["caveat.under_16"], [])


def test_under_16_the_homocysteine_bands_are_left_out_as_this_projects_own_choice():
    card = reference_card("homocysteine", 12, "µmol/L", age_years=15)

    assert (card.row, card.ranges) == (None, ())
    assert keys(card)[0] == ["caveat.under_16.homocysteine"]
    assert card.replaced_by[0].mark == "assumption"


def test_without_an_age_the_card_says_why_no_row_is_shown():
    card = reference_card("b12", 150, "ng/L", age_years=None)

    assert (card.row, keys(card)) == (None, (["caveat.age_unknown"], []))


def test_the_row_called_unlikely_does_not_reassure():
    card = reference_card("b12", 500, "ng/L", age_years=40)

    assert keys(card) == ([], ["caveat.method", "caveat.unlikely"])


@pytest.mark.parametrize(
    ("value", "name", "limits", "ticked", "is_said"),
    [
        (915, "ng/L", {}, [], True),
        (914, "ng/L", {}, [], False),
        (915, "ng/L", {}, [C.RECENT_SUPPLEMENT], False),
        (700, "pmol/L", {}, [], False),
        (700, "pmol/L", {"laboratory_high": 664}, [], True),
    ],
)
def test_high_without_supplements_is_for_a_clinician(value, name, limits, ticked, is_said):
    card = reference_card("b12", value, name, age_years=40, circumstances=ticked, **limits)

    assert ("caveat.high_not_supplementing" in keys(card)[1]) is is_said


@pytest.mark.parametrize(
    ("analyte", "ticked", "expected"),
    [
        ("mma", C.KIDNEY, "caveat.kidney"),
        ("homocysteine", C.KIDNEY, "caveat.kidney"),
        ("homocysteine", C.LOW_FOLATE, "caveat.folate.homocysteine"),
        ("b12", C.LOW_FOLATE, "caveat.folate.b12"),
        ("b12", C.INTRINSIC_FACTOR_ANTIBODIES, "caveat.antibodies"),
        ("b12", C.BIOTIN, "caveat.biotin"),
        ("b12", C.COMBINED_PILL, "caveat.combined_pill"),
        ("b12", C.HIV_OR_MYELOMA, "caveat.hiv_myeloma"),
        ("b12", C.LIVER_OR_BLOOD_DISEASE, "caveat.liver_or_blood"),
        ("b12", C.ETHNICITY, "caveat.ethnicity"),
        ("b12", C.RECENT_SUPPLEMENT, "caveat.recent_supplement.b12"),
        ("mma", C.RECENT_ANTIBIOTICS, "caveat.antibiotics"),
        ("mma", C.DEHYDRATION_OR_OVERGROWTH, "caveat.dehydration"),
        ("mma", C.PREGNANT, "caveat.pregnant.mma_homocysteine"),
        ("homocysteine", C.HOMOCYSTEINE_RAISERS, "caveat.homocysteine_raisers"),
        ("homocysteine", C.NITROUS_OXIDE, "caveat.nitrous_oxide.mma_homocysteine"),
    ],
)
def test_a_confounder_is_shown_with_the_result(analyte, ticked, expected):
    name = {"b12": "ng/L", "mma": "nmol/L", "homocysteine": "µmol/L"}[analyte]
    plain = reference_card(analyte, 200, name, age_years=40)

    card = reference_card(analyte, 200, name, age_years=40, circumstances=[ticked])

    assert set(keys(card)[1]) - set(keys(plain)[1]) == {expected}
    assert card.row == plain.row


def test_a_confounder_of_another_analyte_is_not_shown():
    card = reference_card("b12", 300, "ng/L", age_years=40, circumstances=[C.KIDNEY])

    assert keys(card) == ([], ["caveat.method"])


def test_all_active_caveats_are_shown():
    card = reference_card("mma", 300, "nmol/L", age_years=70, circumstances=[C.KIDNEY, C.PREGNANT])

    assert keys(card)[1] == [
        "caveat.pregnant.mma_homocysteine",
        "caveat.kidney",
        "caveat.age.mma",
    ]


def test_the_value_stays_as_entered_and_other_units_are_added():
    card = reference_card("b12", 200, "pg/ml", age_years=40)

    assert (card.value, card.unit) == (200, "pg/mL")
    assert [(round(v, 1), u) for v, u in card.also] == [(147.6, "pmol/L"), (200.0, "ng/L")]


@pytest.mark.parametrize(
    ("low", "high", "place"),
    [(180, 900, "below"), (None, 140, "above"), (100, None, "within"), (None, None, None)],
)
def test_the_laboratory_range_may_be_open(low, high, place):
    card = reference_card(
        "b12", 150, "ng/L", age_years=40, laboratory_low=low, laboratory_high=high
    )

    assert card.laboratory_position == place


def test_an_inverted_laboratory_range_is_refused():
    with pytest.raises(ValueError, match="laboratory_low must be <="):
        reference_card("b12", 150, "ng/L", age_years=40, laboratory_low=9, laboratory_high=1)


def test_caveats_have_unique_keys_sources_and_known_analytes():
    found = caveats()

    assert version("biomarker_caveats.toml") == "version 1, 2026-11-20"
    assert len({c.key for c in found}) == len(found) == 30
    assert {a for c in found for a in c.analytes} <= set(ANALYTES)
    assert all(c.source and c.address for c in found)
    assert {c.when for c in found} >= {c.value for c in C}


def test_no_caveat_uses_an_avoided_word():
    assert [caveat.key for caveat in caveats() if AVOIDED.search(caveat.text)] == []


@pytest.mark.parametrize(("age", "is_said"), [(64.99, False), (65, True)])
def test_the_note_for_older_people_starts_at_65(age, is_said):
    card = reference_card("mma", 300, "nmol/L", age_years=age)

    assert ("older" in {caveat.when for caveat in card.caveats}) is is_said


def test_914_picograms_are_as_high_as_914_nanograms():
    said = [
        "caveat.high_not_supplementing" in keys(reference_card("b12", v, "pg/mL", age_years=40))[1]
        for v in (914, 914.1)
    ]

    assert said == [False, True]


def test_a_laboratory_range_of_one_value_is_no_mistake():
    card = reference_card("b12", 200, "ng/L", age_years=40, laboratory_low=200, laboratory_high=200)

    assert card.laboratory_position == "within"


@pytest.mark.parametrize("name", ["laboratory_low", "laboratory_high"])
@pytest.mark.parametrize("limit", [-1.0, float("nan"), float("inf")])
def test_an_impossible_laboratory_limit_is_refused_by_name(name, limit):
    with pytest.raises(ValueError, match=f"{name} must be finite"):
        reference_card("b12", 200, "ng/L", age_years=40, **{name: limit})


def test_an_unknown_circumstance_is_refused():
    with pytest.raises(ValueError, match="'tired' is not a valid Circumstance"):
        reference_card("b12", 200, "ng/L", age_years=40, circumstances=["tired"])
