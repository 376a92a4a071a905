"""The time zones that a person may choose."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


def zone_of(name: str) -> ZoneInfo:
    """Return a time zone, or UTC if this machine does not know the name (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # also for a folder of zones
        return ZoneInfo("UTC")


@cache
def zone_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Return the zones by area, for a select; UTC is on its own."""
    return [("UTC", "UTC"), *_by_area().items()]


def _by_area() -> dict[str, list[tuple[str, str]]]:
    areas: dict[str, list[tuple[str, str]]] = {area: [] for area in AREAS}
    for name in sorted(available_timezones()):
        area, _slash, place = name.partition("/")
        if place and area in areas:
            areas[area].append((name, place.replace("_", " ")))
    return areas


@cache
def zone_names() -> frozenset[str]:
    """Return every zone that may be chosen."""
    return frozenset(["UTC", *(name for zones in _by_area().values() for name, _place in zones)])


class ZoneSelect(forms.Select):
    """A select of 400 zones. Its options are rendered once per process, not by a template each."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        given = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = f'value="{value}"' if value in zone_names() else 'value="UTC"'
        options = mark_safe(_options().replace(chosen, f"{chosen} selected", 1))
        return format_html("<select{}>{}</select>", flatatt(given), options)


@cache
def _options() -> SafeString:
    (utc, *areas) = zone_choices()
    groups = (
        (area, format_html_join("", '<option value="{}">{}</option>', zones))
        for area, zones in areas
    )
    listed = format_html_join("", '<optgroup label="{}">{}</optgroup>', groups)
    return format_html('<option value="{}">{}</option>{}', *utc, listed)
