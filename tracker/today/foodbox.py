"""The food box: the rows it shows for a typed text, and before anything is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foods.barcodes.gtin import as_printed, looks_like_gtin
from tracker.accounts.models import User
from tracker.diary.typed import read_typed
from tracker.recipes.finding import RecipeOffer, recipe_offers, usual_recipe_offers
from tracker.today.added import with_added
from tracker.today.day import DayPage
from tracker.today.offers import (
    FoodOffer,
    first_offers,
    found_offers,
    has_habit,
    usual_offers,
    with_recipes,
)

LONGEST_SHOWN = 120


@dataclass(frozen=True)
class FoodBox:
    """What the box shows below its field: rows, a barcode, or why an amount is refused."""

    heading: str
    offers: Sequence[FoodOffer | RecipeOffer] = ()
    query: str = ""
    gtin: str = ""
    problem: str = ""


def food_box(text: str, page: DayPage, account: User, *, is_whole_page: bool) -> FoodBox:
    """Return the box of a day for a typed text, which may be empty.

    The browser's Back may show a whole page again after one of its rows was logged. So there,
    rows of foods in the meal are marked, and their buttons ask first.
    """
    if not text:
        return _before_a_key(page)
    if gtin := looks_like_gtin(text):
        return FoodBox(_("A barcode"), query=text, gtin=as_printed(gtin))
    typed, query = read_typed(text), text[:LONGEST_SHOWN]
    found = found_offers(typed, account=account, profile=page.profile, day=page.day)
    if found.problem:
        return FoodBox(_("Check the amount"), query=query, problem=found.problem)
    offers = with_recipes(found.offers, recipe_offers(typed, page.profile))
    heading = _("Found")
    if found.corrected:
        heading = _("Did you mean “%(words)s”?") % {"words": found.corrected}
    return FoodBox(heading, with_added(offers, page) if is_whole_page else offers, query)


def _before_a_key(page: DayPage) -> FoodBox:
    """Return what was eaten at this meal before, else foods that many people log first."""
    meals = usual_recipe_offers(page.slot, page.profile)
    usual = usual_offers(page.rows, page.slot)
    if usual:
        heading = _("Logged at this meal before")
        if has_habit(page.rows, page.slot):
            heading = _("Usual at this meal")
        return FoodBox(heading, with_added([*meals, *usual], page))
    if meals:
        return FoodBox(_("Saved meals and recipes"), with_added(meals, page))
    first = first_offers(page.slot, diet=page.standing.diet)
    return FoodBox(_("Foods to start with"), with_added(first, page))
