"""How USDA obtained a value, from its derivation and source codes."""

from foods.sources.record import KindName

KIND_OF_CODE: dict[str, KindName] = {
    "A": "analysed",
    "AI": "analysed",
    "AR": "analysed",
    "AS": "analysed",
    "JA": "analysed",
    "MA": "analysed",
    "FLA": "estimate",
    "FLC": "estimate",
    "FLM": "estimate",
    "LC": "label",
    "ML": "label",
    "Z": "assumed_zero",
}
"""Derivation codes of SR28 and FoodData Central; any other means a calculation."""
KIND_OF_SOURCE: dict[str, KindName] = {
    "1": "analysed",
    "5": "label",
    "6": "analysed",
    "7": "assumed_zero",
    "8": "label",
    "12": "analysed",
    "13": "analysed",
}
"""Source codes of SR28 (SRC_CD), for values without a derivation code."""
CODE_OF_ID = {
    "1": "A",
    "2": "AI",
    "3": "AR",
    "4": "AS",
    "39": "FLA",
    "40": "FLC",
    "41": "FLM",
    "42": "JA",
    "44": "LC",
    "46": "MA",
    "48": "ML",
    "68": "Z",
}
"""Ids of food_nutrient_derivation.csv that matter here, for downloads without that file."""


def kind_of(
    derivation: str, *, source: str = "", data_points: str = "", amount_ug: float | None
) -> KindName:
    """Return the kind of a value; without a code, samples count as analysis."""
    if amount_ug is None:
        return "unknown"
    if derivation:
        return KIND_OF_CODE.get(derivation, "calculated")
    if source:
        return KIND_OF_SOURCE.get(source, "calculated")
    return "analysed" if data_points.strip("0. ") else "calculated"
