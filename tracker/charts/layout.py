"""What the layouts of all figures share."""

from typing import Any

from django.utils.formats import get_format

FONT_PX = 12


def base_layout(
    height: float, *, left: float, right: float, top: float, bottom: float
) -> dict[str, Any]:
    """Return a layout without legend (the page has a key) and background, in the locale. [px]"""
    separators = get_format("DECIMAL_SEPARATOR") + get_format("THOUSAND_SEPARATOR")
    return {
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom},
        "showlegend": False,
        "dragmode": False,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": separators,
        "font": {"size": FONT_PX},
    }


def note(text: str, token: str, **place: Any) -> dict[str, Any]:
    """Return words at a place, in the colour of a custom property."""
    fixed = {"showarrow": False, "borderpad": 0, "yanchor": "middle"}
    return {"text": text, "name": token, **fixed, **place}
