"""How to interpret a food's B12: where it comes from, and how much of it counts."""

from django.utils.translation import gettext as _

from foods.binding import UNPROVEN_CLASSES
from foods.kinds import Fortification, SourceClass, ValueKind
from foods.models import Food


def how_to_read(food: Food) -> str:
    """Return a sentence or two about the food's B12, as specific as possible."""
    if food.is_injection:
        return _(
            "An injection bypasses the gut. It is recorded in the diary and never mixed with what "
            "is swallowed."
        )
    if food.little:
        return on_little(food)
    if food.fortification == Fortification.NONE:
        return on_none(food)
    return on_origin(food)


def on_little(food: Food) -> str:
    if food.b12_kind == ValueKind.TRACE:
        return _("The source found a trace but gives no number for it. It adds 0 to a day's total.")
    return _(
        "The source looked for B12 and found less than its method can measure. It adds 0 to a "
        "day's total."
    )


def on_none(food: Food) -> str:
    if food.source_class in UNPROVEN_CLASSES:
        return _("Plants make no B12. Traces come from soil or bacteria and are not counted.")
    return _(
        "The source states that this food contains no B12. That is a value of 0, not an unknown "
        "one."
    )


def on_origin(food: Food) -> str:
    """Return what the origin of the B12 means for the body."""
    said = {
        Fortification.FORTIFIED: _(
            "The B12 was added by the maker. Added B12 is free: the stomach does not have to "
            "release it, so people with little stomach acid absorb it too. Makers differ, so read "
            "the label of your product."
        ),
        Fortification.SUPPLEMENT: _(
            "A supplement contains free B12, as declared on the label. Only a small share of a "
            "large dose is absorbed. Ask a pharmacist or clinician before starting one."
        ),
        Fortification.MIXED: _("Part of the B12 was added, and part comes from the ingredients."),
        Fortification.PSEUDO: _("Shown for completeness; the amount is not counted."),
    }
    if food.fortification in said:
        return said[Fortification(food.fortification)]
    if food.source_class == SourceClass.EGG:
        return _(
            "Egg B12 is tightly bound, so about half of it counts in the absorption estimate. "
            "Most of it is in the yolk."
        )
    if food.fortification == Fortification.UNKNOWN:
        return _("The source does not say whether the B12 is natural or added.")
    return _("The B12 is bound to protein. The stomach has to release it first, which needs acid.")
