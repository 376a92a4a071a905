import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foods.barcodes.gtin import looks_like_gtin
from foods.barcodes.product import number, read_b12, read_product
from tests.foods.barcodes.products import GTIN, constructed, newest, product, stored_answer

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
KEYS = [*sorted(product()), "nutrition", "labels_tags", "vitamins_tags"]


def older(value, **more):
    return product(nutriments={"vitamin-b12_100g": value} | more)


def only_newest(value, **more):
    return product(nutriments={}, nutrition=newest(value, **more))


# --- how much


@pytest.mark.parametrize(
    ("answer", "ug_per_100g"),
    [
        (older(3.8e-07), 0.38),
        (older("3.8e-07"), 0.38),
        (older("0,00000038"), 0.38),
        (older(0), 0.0),
        (older(None), None),
        (older(""), None),
        (older("traces"), None),
        (older(True), None),
        (older([1]), None),
        (older(float("nan")), None),
        (older(float("inf")), None),
        (older(10**400), None),
        (product(nutriments=None), None),
        (product(nutriments=[]), None),
        (only_newest(3.8e-07), 0.38),
        (only_newest("3.8e-07"), 0.38),
        (only_newest(0.38, unit="µg"), 0.38),
        (only_newest(0.38, unit="\u03bcg"), 0.38),
        (only_newest(0.38, unit="mcg"), 0.38),
        (only_newest(0.00038, unit="mg"), 0.38),
        (only_newest(15, unit="% DV"), None),
        (only_newest(3.8e-07, source="estimate"), None),
        (only_newest(3.8e-07, preparation="prepared"), None),
        (only_newest(3.8e-07, per="serving"), None),
        (product(nutrition=[]), 0.38),
    ],
)
def test_b12_is_read_from_either_format(answer, ug_per_100g):
    assert read_b12(answer).ug_per_100g == ug_per_100g


def test_the_newest_format_takes_precedence():
    assert read_b12(product(nutrition=newest(1e-06))).ug_per_100g == 1.0


def test_an_estimate_is_not_taken_from_the_old_format_either():
    assert read_b12(product(nutrition=newest(1e-06, source="estimate"))).ug_per_100g is None


def test_a_value_as_prepared_leaves_the_old_one_as_sold():
    assert read_b12(product(nutrition=newest(1e-06, preparation="prepared"))).ug_per_100g == 0.38


@pytest.mark.parametrize(
    ("modifier", "ug_per_100g", "kind"),
    [
        ("<", 0.0, "below_limit"),
        ("<=", 0.0, "below_limit"),
        ("~", 0.38, "estimate"),
        (">", 0.38, "label"),
        ("-", None, "unknown"),
        (None, 0.38, "label"),
    ],
)
def test_a_sign_before_the_number_is_stored_as_the_kind_of_value(modifier, ug_per_100g, kind):
    for answer in (
        older(3.8e-07, **{"vitamin-b12_modifier": modifier}),
        only_newest(3.8e-07, modifier=modifier),
    ):
        reported = read_b12(answer)
        assert (reported.ug_per_100g, reported.kind) == (ug_per_100g, kind)


def test_missing_b12_is_unknown_and_not_zero():
    read = read_product(product(nutriments={}), GTIN)

    assert read.draft.statement.b12_ug_per_100g is None
    assert (read.kind, read.doubt) == ("unknown", "")


# --- what needs a look at the label


@pytest.mark.parametrize(
    ("answer", "doubt", "begins_with"),
    [
        (older(-1e-06), "less than 0", None),
        (older(6e-04), "its unit is wrong", None),
        (older(2.1e-05), "21 µg per 100 g", 21.0),
        (older(2e-05), "", 20.0),
        (older(0) | {"countries_tags": ["en:united-states"]}, "US label", 0.0),
        (older(0) | {"countries_tags": [], "code": "0036000291452"}, "US label", 0.0),
        (older(0), "", 0.0),
        (older(6e-05) | {"categories_tags": ["en:nutritional-yeasts"]}, "", 60.0),
        (older(6e-05) | {"categories_tags": ["en:beef-livers"]}, "", 60.0),
        (older(6e-05) | {"categories_tags": ["en:canned-mussels"]}, "", 60.0),
        (older(2e-03) | {"categories_tags": ["en:dietary-supplements"]}, "counted", None),
    ],
)
def test_an_implausible_value_must_be_checked_on_the_label(answer, doubt, begins_with):
    read = read_product(answer, looks_like_gtin(answer["code"]))

    assert doubt in read.doubt and bool(doubt) == bool(read.doubt)
    assert read.draft.statement.amount == begins_with


# --- what it is


@pytest.mark.parametrize(
    ("analysis", "labels", "diet", "basis"),
    [
        (["en:vegan", "en:vegetarian"], [], "vegan", "listed"),
        (["en:non-vegan", "en:vegetarian"], [], "vegetarian", "listed"),
        (["en:non-vegan", "en:non-vegetarian"], [], "omnivore", "listed"),
        (["en:non-vegan"], [], "omnivore", "guessed"),
        (["en:maybe-vegan", "en:maybe-vegetarian"], [], "omnivore", "guessed"),
        (["en:vegan-status-unknown"], [], "omnivore", "guessed"),
        ([], [], "omnivore", "guessed"),
        (None, [], "omnivore", "guessed"),
        ([], ["en:vegan"], "vegan", "listed"),
        (["en:non-vegan"], ["en:vegan"], "vegetarian", "listed"),
        (["en:non-vegetarian"], ["en:vegan"], "omnivore", "listed"),
    ],
)
def test_a_diet_is_claimed_only_if_it_was_stated(analysis, labels, diet, basis):
    tags = {"ingredients_analysis_tags": analysis, "labels_tags": labels}

    draft = read_product(product(**tags), GTIN).draft

    assert (draft.diet, draft.diet_basis) == (diet, basis)


@pytest.mark.parametrize(
    ("changed", "source_class", "fortification"),
    [
        ({}, "fortified_food", "fortified"),
        ({"nutriments": {}}, "plant_food", "unknown"),
        ({"categories_tags": ["en:dairies", "en:milks"]}, "dairy", "natural"),
        (
            {"categories_tags": ["en:milks"], "vitamins_tags": ["en:vitamin-b12"]},
            "dairy",
            "mixed",
        ),
        (
            {"categories_tags": ["en:dairy-substitutes", "en:milk-substitutes"]},
            "fortified_food",
            "fortified",
        ),
        ({"categories_tags": ["en:meat-alternatives"]}, "fortified_food", "fortified"),
        ({"categories_tags": ["en:seafood", "en:fishes-and-their-products"]}, "fish", "natural"),
        ({"categories_tags": ["en:chicken-eggs"]}, "egg", "natural"),
        ({"categories_tags": ["en:beverages", "en:kombuchas"]}, "algae_ferment", "pseudo"),
        ({"product_name": "Kombucha Ginger"}, "algae_ferment", "pseudo"),
        ({"categories_tags": ["en:dietary-supplements"]}, "supplement", "supplement"),
        (
            {"categories_tags": [], "ingredients_analysis_tags": [], "serving_size": ""},
            "fortified_food",
            "fortified",
        ),
        (
            {
                "categories_tags": ["en:snacks"],
                "ingredients_analysis_tags": [],
                "serving_size": "",
                "serving_quantity": None,
            },
            "mixed_dish",
            "unknown",
        ),
    ],
)
def test_kind_and_origin_follow_from_the_tags(changed, source_class, fortification):
    draft = read_product(product(**changed), GTIN).draft

    assert (draft.source_class, draft.fortification) == (source_class, fortification)


def test_names_are_made_readable():
    draft = read_product(product(product_name=" Oat &amp;\x00 barley\n"), GTIN).draft

    assert (draft.name, draft.brand) == ("Oat & barley", "Hafer")


def test_a_product_without_a_name_is_named_after_its_brand_or_number():
    nameless = product(product_name="")

    assert read_product(nameless, GTIN).draft.name == "Hafer"
    assert read_product(nameless | {"brands": ""}, GTIN).draft.name == "5411188112778"


def test_an_answer_about_another_product_is_refused():
    with pytest.raises(ValueError, match="another product"):
        read_product(product(code="7622210288257"), GTIN)


def test_the_source_text_names_product_and_date():
    read = read_product(product(), GTIN)

    assert read.source_text == "Open Food Facts, product 5411188112778, changed November 14, 2023"


@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING))
def test_whatever_contributors_typed_is_read_or_left_out(changed):
    answer = product(**changed) | {"code": "5411188112778"}

    read = read_product(answer, GTIN)

    per_100g = read.draft.statement.b12_ug_per_100g
    assert per_100g is None or 0 <= per_100g <= 500
    assert read.draft.name and len(read.draft.name) <= 250
    json.dumps(read.source_text)


@given(ANYTHING)
def test_a_number_is_finite_or_none(value):
    found = number(value)

    assert found is None or math.isfinite(found)


@pytest.mark.parametrize("value", ["-0", "-0.0", -0.0, "-0,0"])
def test_minus_zero_is_zero(value):
    assert math.copysign(1, number(value)) == 1


# --- the test data


@pytest.mark.parametrize("shape", ["v2", "v3_5"])
def test_all_constructed_products_give_what_the_contributor_typed(shape):
    data = constructed()
    typed = {
        answer["code"]: answer["product"]["nutriments"]["vitamin-b12_value"]
        for answer in data["v2"]
    }

    read = {}
    for answer in data[shape]:
        gtin = looks_like_gtin(answer["code"]) or answer["code"].zfill(14)
        read[answer["code"]] = read_b12(answer["product"]).ug_per_100g
        assert read_product(answer["product"], gtin).doubt == ""

    assert len(read) == 40
    assert read == pytest.approx(typed)


def test_both_formats_of_a_constructed_product_give_one_food():
    data = constructed()

    for old, new in zip(data["v2"], data["v3_5"], strict=True):
        gtin = old["code"].zfill(14)
        first = read_product(old["product"], gtin).draft
        second = read_product(new["product"], gtin).draft
        assert first.statement.b12_ug_per_100g == second.statement.b12_ug_per_100g
        assert (first.name, first.source_class, first.diet, first.fortification) == (
            second.name,
            second.source_class,
            second.diet,
            second.fortification,
        )


def test_a_serving_of_8_ml_that_is_8_fl_oz_is_corrected():
    servings = {
        answer["code"]: read_product(answer["product"], answer["code"].zfill(14)).draft.statement
        for answer in constructed()["v2"]
    }

    assert servings["0722430000169"].serving_size == 240
    assert servings["0031200011886"].portion() == ("1 can of 248 ml", 248)


def test_the_recorded_product_has_no_b12():
    answer = stored_answer("off_api_v0_recorded_7622210288257.json")

    read = read_product(answer["product"], "07622210288257")

    assert (read.draft.name, read.draft.brand) == ("Grand Arôme", "Poulain")
    assert (read.draft.statement.amount, read.draft.diet) == (None, "omnivore")
