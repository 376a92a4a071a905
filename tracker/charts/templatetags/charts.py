"""A chart in a template: its drawing, its key and the URL of plotly.js."""

from functools import cache

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from tracker.charts import drawing

register = template.Library()
register.simple_tag(drawing.figure_svg)
register.simple_tag(drawing.figure_key)

FULL = "vendor/plotly.min.js"
BASIC = "vendor/plotly-basic.min.js"
"""A quarter of the size; only there after ``make vendor``, which needs Node."""


@register.simple_tag
@cache
def chart_bundle() -> str:
    """Return the URL of the smallest plotly.js that is installed and collected."""
    if finders.find(BASIC):
        try:
            return static(BASIC)
        except ValueError:
            pass  # installed after the last collectstatic
    return static(FULL)
