"""The data of one saved meal or recipe for its page."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import reswap, retarget, trigger_client_event

from tracker.accounts.models import User
from tracker.diary.slots import slot_for
from tracker.numbers.amounts import plain
from tracker.profiles.models import Profile
from tracker.profiles.requests import DiaryRequest
from tracker.profiles.standing import standing_on
from tracker.recipes.content import Content, content_of
from tracker.recipes.editing import last_removed
from tracker.recipes.finding import FoodRow, food_rows
from tracker.recipes.forms import RecipeForm, ShareForm
from tracker.recipes.models import Recipe
from tracker.recipes.share import Measure
from tracker.versions.forms import focus_first


class RecipePage:
    """What the page shows; each part is made when it is first needed."""

    def __init__(
        self,
        recipe: Recipe,
        profile: Profile,
        account: User,
        *,
        q: str = "",
        day: date | None = None,
        slot: str = "",
    ) -> None:
        self.recipe, self.profile, self.account = recipe, profile, account
        self.query, self.day, self.slot = q, day, slot

    @cached_property
    def content(self) -> Content:
        return content_of(self.recipe)

    @cached_property
    def found(self) -> tuple[list[FoodRow], str]:
        """The search results, or why there are none. Two queries, none without a text."""
        if not self.query:
            return [], ""
        within = {line.item.food_id for line in self.content.lines}
        return food_rows(self.query, account=self.account, within=within)

    @property
    def rows(self) -> list[FoodRow]:
        return self.found[0]

    @property
    def problem(self) -> str:
        """Why the typed amount cannot be used; empty if it can."""
        return self.found[1]

    @property
    def absorbed_ug(self) -> float:
        """What this person would probably absorb from one serving eaten alone. [µg]"""
        factors = standing_on(self.profile, self.profile.today()).factors
        return self.content.absorbed_serving_ug(factors)

    @property
    def fresh_uuid(self) -> UUID:
        """The key of a form: a new one each time it is shown."""
        return uuid4()

    def share_form(self) -> ShareForm:
        measure = Measure.WHOLE if self.recipe.is_saved_meal else Measure.SERVINGS
        now = self.profile.now()
        initial = {
            "amount": "1",
            "measure": measure,
            "day": self.day or now.date(),
            "slot": self.slot or self.recipe.usual_slot or slot_for(now.time()),
            "client_uuid": uuid4(),
            "shown": self.content.seen,
        }
        return ShareForm(content=self.content, today=now.date(), initial=initial)

    def about_form(self, data: Any = None, *, is_first: bool = False) -> RecipeForm:
        recipe = self.recipe
        weight = "" if recipe.cooked_mass_g is None else plain(recipe.cooked_mass_g)
        initial = {
            "name": recipe.name,
            "kind": recipe.kind,
            "servings": plain(recipe.servings),
            "cooked_mass_g": weight,
        }
        form = RecipeForm(data, initial=initial)
        if is_first:
            focus_first(form)
        return form


def answer(
    request: DiaryRequest,
    page: RecipePage,
    *,
    said: str = "",
    problems: Sequence[str] = (),
    share_form: ShareForm | None = None,
    about_form: RecipeForm | None = None,
    asked: dict[str, Any] | None = None,
    is_logged: bool = False,
) -> HttpResponse:
    """Return the page; under htmx only what changed: the problems, or the dish and its totals.

    ``asked`` is the pick of a food that is already in it, with the text of the question;
    ``is_logged`` asks before a second log.
    """
    context: dict[str, Any] = {
        "page": page,
        "said": said,
        "removed": last_removed(page.recipe),
        "problems": problems,
        "asked": asked,
        "is_logged": is_logged,
    }
    if request.htmx and asked:
        response = render(request, "today/_ask.html", context)
        return _varying(reswap(retarget(response, "#problems"), "outerHTML"))
    if request.htmx and problems:
        response = render(request, "today/_problems.html", context)
        return _varying(reswap(retarget(response, "#problems"), "outerHTML"))
    if share_form is not None and share_form.errors:
        focus_first(share_form)
    context["share_form"] = share_form or page.share_form()
    if request.htmx:
        dish = render(request, "recipes/_changed.html", context)
        response = reswap(retarget(dish, "#dish"), "outerHTML")
        if said:
            trigger_client_event(response, "recipe-changed", after="settle")
        return _varying(response)
    is_asked_for = "about" in request.GET
    if about_form is not None:  # it was refused
        focus_first(about_form)
    context["about_form"] = about_form or page.about_form(is_first=is_asked_for)
    context["is_about_open"] = about_form is not None or is_asked_for
    return _varying(render(request, "recipes/recipe.html", context))


def _varying(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response


def problems_of(form: forms.Form) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]
