"""Answers of Open Food Facts: small ones made here and the 40 constructed ones of the test data."""

import json
import os
from pathlib import Path
from typing import Any

import httpx
import pytest

BESIDE = Path(__file__).resolve().parents[4] / "shared" / "data"
DATA = Path(os.environ.get("COBALOG_DATA", BESIDE))

GTIN = "05411188112778"
CODE = "5411188112778"


def product(**changed: Any) -> dict[str, Any]:
    """An oat drink in the format of API 2, with 0.38 µg in 100 ml."""
    return {
        "code": CODE,
        "product_name": "Barley drink",
        "brands": "Hafer, Hafer AG",
        "serving_size": "250 ml (1 glass)",
        "serving_quantity": 250,
        "serving_quantity_unit": "ml",
        "nutrition_data_per": "100g",
        "nutriments": {"vitamin-b12_100g": 3.8e-07},
        "categories_tags": ["en:plant-based-foods-and-beverages", "en:beverages"],
        "countries_tags": ["en:germany"],
        "ingredients_analysis_tags": ["en:vegan", "en:vegetarian"],
        "last_modified_t": 1700000000,
    } | changed


def newest(value: Any, *, per: str = "100ml", preparation: str = "as_sold", **more: Any) -> dict:
    """The nutrition of API 3.5 with this B12."""
    nutrient = {"value": value, "unit": "g", "source": "packaging"} | more
    nutrients = {"vitamin-b12": nutrient}
    return {"aggregated_set": {"per": per, "preparation": preparation, "nutrients": nutrients}}


def found(**changed: Any) -> httpx.Response:
    return httpx.Response(200, json={"code": CODE, "status": 1, "product": product(**changed)})


def stored_answer(name: str) -> dict[str, Any]:
    """An answer from the test data; skips the test without the data."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the answers of Open Food Facts are not here (COBALOG_DATA): {name}")
    return json.loads(path.read_text(encoding="utf-8"))


def constructed() -> dict[str, Any]:
    """The 40 constructed products in the formats of API 2 and API 3.5."""
    return stored_answer("off_api_constructed_b12_40.json")
