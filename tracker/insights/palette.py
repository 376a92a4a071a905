"""The source classes in charts: order, colour token and a short code beside the colour."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from foods.kinds import SourceClass
from tracker.intake.events import OTHER


class Shade(NamedTuple):
    """How one class looks; the code keeps the chart readable without colour."""

    key: str
    label: str | Promise
    code: str | Promise

    @property
    def token(self) -> str:
        """Name of the custom property in the style sheet."""
        return f"--class-{self.key}"


_CODES = {
    SourceClass.MEAT: pgettext_lazy("short code of a food class: meat", "Me"),
    SourceClass.ORGAN_MEAT: pgettext_lazy("short code of a food class: liver and organs", "Li"),
    SourceClass.POULTRY: pgettext_lazy("short code of a food class: poultry", "Po"),
    SourceClass.FISH: pgettext_lazy("short code of a food class: fish", "Fi"),
    SourceClass.SHELLFISH: pgettext_lazy("short code of a food class: shellfish", "Sh"),
    SourceClass.EGG: pgettext_lazy("short code of a food class: eggs", "Eg"),
    SourceClass.DAIRY: pgettext_lazy("short code of a food class: dairy", "Da"),
    SourceClass.FORTIFIED_FOOD: pgettext_lazy("short code of a food class: fortified", "Fo"),
    SourceClass.MIXED_DISH: pgettext_lazy("short code of a food class: mixed dishes", "Mi"),
    SourceClass.PLANT_FOOD: pgettext_lazy("short code of a food class: plants", "Pl"),
    SourceClass.ALGAE_FERMENT: pgettext_lazy("short code of a food class: algae", "Al"),
    SourceClass.SUPPLEMENT: pgettext_lazy("short code of a food class: supplements", "Su"),
}
SHADES: dict[str, Shade] = {
    **{choice.value: Shade(choice.value, choice.label, _CODES[choice]) for choice in SourceClass},
    OTHER: Shade(
        OTHER, _("Not classed"), pgettext_lazy("short code of a food class: not classed", "NC")
    ),
}


def shade(source_class: str) -> Shade:
    """Return the shade of a class; anything without a class (a quick add) is "other"."""
    return SHADES.get(source_class, SHADES[OTHER])


def shades_in(keys: set[str]) -> list[Shade]:
    """Return the shades of these classes in the order in which bars are stacked."""
    return [found for key, found in SHADES.items() if key in keys]
