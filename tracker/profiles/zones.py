"""The time zones that a person may live in."""

from functools import cache
from zoneinfo import available_timezones

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


@cache
def zone_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Return the zones by area, ready for a select; UTC stands by itself."""
    areas: dict[str, list[tuple[str, str]]] = {area: [] for area in AREAS}
    for name in sorted(available_timezones()):
        area, _slash, place = name.partition("/")
        if place and area in areas:
            areas[area].append((name, place.replace("_", " ")))
    return [("UTC", "UTC"), *areas.items()]


@cache
def zone_names() -> frozenset[str]:
    """Return every zone that may be chosen."""
    named = (name for _area, zones in zone_choices()[1:] for name, _place in zones)
    return frozenset(["UTC", *named])
