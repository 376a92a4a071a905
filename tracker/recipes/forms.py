"""All input about saved meals and recipes. A form returns domain types and saves nothing."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foods.models import Food
from tracker.accounts.models import User
from tracker.diary.days import DAYS_AHEAD, EARLIEST_DAY, is_loggable
from tracker.diary.forms import (
    NO_FOOD,
    NOT_A_FOOD,
    NOT_A_MEAL,
    NOT_A_MEASURE,
    ROW_CHANGED,
    MeasuredForm,
    SlotForm,
)
from tracker.diary.measures import MAX_AMOUNT, quantity_of, weigh
from tracker.diary.picks import is_as_shown, unpack
from tracker.diary.slots import Slot
from tracker.fields.choices import set_choices
from tracker.fields.names import NameField, TypedField
from tracker.numbers.amounts import AmountField
from tracker.profiles.models import Profile
from tracker.recipes.content import Content, content_of, covered
from tracker.recipes.finding import PICK, pick_recipe
from tracker.recipes.models import MAX_COOKED_MASS_G, MAX_SERVINGS, Item, Recipe, RecipeKind
from tracker.recipes.share import NOT_AN_AMOUNT, Measure, Share, quantity_of_share, read_share
from tracker.versions.forms import VersionedForm

BIGGEST_PK = 2**62
WRONG_NUMBER = ("required", "invalid", "min_value", "max_value")
NO_SUCH_MEAL = _("That meal or recipe no longer exists. Choose another one.")


FOOD_CHANGED = _(
    "This food was changed since the row was shown, so nothing was added. Choose it again."
)
CHANGED_SINCE = _(
    "This was changed in another window, so nothing was logged yet. Look at what is in it now, "
    "then log it again."
)


class RecipeForm(VersionedForm):
    """Name, and for a recipe its yield."""

    name = NameField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(
        label=_("How it is logged"),
        choices=[
            (
                RecipeKind.SAVED_MEAL,
                _("Saved meal: foods eaten together, each on its own line"),
            ),
            (RecipeKind.RECIPE, _("Recipe: one dish of several servings, on one line")),
        ],
        widget=forms.RadioSelect,
        initial=RecipeKind.RECIPE,
    )
    servings = AmountField(
        label=_("Servings it makes"), required=False, minimum=0.1, maximum=MAX_SERVINGS
    )
    cooked_mass_g = AmountField(
        label=_("Total weight, ready to eat"),
        required=False,
        minimum=1,
        maximum=MAX_COOKED_MASS_G,
        unit="g",
        help_text=_("In g (optional). You can then log a part by weight."),
    )
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if values.get("kind") == RecipeKind.SAVED_MEAL:
            for name in ("servings", "cooked_mass_g"):
                self.errors.pop(name, None)
            return values | {"servings": 1.0, "cooked_mass_g": None}
        if "servings" in values and values["servings"] is None:
            self.add_error("servings", _("Enter how many servings it makes."))
        return values


class FindForm(forms.Form):
    """A search for foods, and where to log; invalid values mean no text and today."""

    q = TypedField(required=False, max_length=200)
    day = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
    slot = forms.ChoiceField(required=False, choices=[("", ""), *Slot.choices])


class ItemForm(forms.Form):
    """A food to add, by the button of its row: ``food:<pk>:<amount>:<unit>``."""

    pick = forms.CharField(max_length=120, error_messages=NOT_A_FOOD | {"required": NO_FOOD})
    client_uuid = forms.UUIDField(required=False)

    def __init__(self, data: Any, *, account: User) -> None:
        super().__init__(data)
        self.account = account

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if self.errors:
            return values
        form = PickedFoodForm(unpack(values["pick"]))
        if not form.is_valid():
            raise ValidationError(NO_FOOD, code="no-food")
        shown = unpack(values["pick"]).get("shown", "")
        found = self._weighed(**form.cleaned_data)
        if not is_as_shown(shown, found["mass_g"], found["food"].b12_ug(found["mass_g"])):
            raise ValidationError(FOOD_CHANGED, code="row-changed")
        return values | found

    def _weighed(self, food: int, amount: float, unit: str) -> dict[str, Any]:
        foods = Food.objects.visible_to(self.account).filter(retired_at=None, is_injection=False)
        found = foods.prefetch_related("portions").filter(pk=food).first()
        if found is None:
            raise ValidationError(
                _("That food is no longer in the catalogue. Choose another one."), code="no-food"
            )
        return {
            "food": found,
            "mass_g": weigh(found, amount, unit),
            "quantity": quantity_of(found, amount, unit),
        }


class PickedFoodForm(forms.Form):
    food = forms.IntegerField(min_value=1, max_value=BIGGEST_PK)
    amount = AmountField(minimum=0.01, maximum=MAX_AMOUNT)
    unit = forms.CharField(required=False, max_length=20)


class ItemAmountForm(MeasuredForm):
    """The amount of a food in a recipe."""

    def __init__(self, *args: Any, item: Item, food: Food, **kwargs: Any) -> None:
        super().__init__(*args, food=food, **kwargs | {"auto_id": f"item-{item.pk}-%s"})
        self.fields["amount"].widget.attrs["autofocus"] = True


class ShareForm(SlotForm):
    """How much of a recipe was eaten, on which day, at which meal."""

    amount = forms.CharField(
        label=_("Amount"), max_length=40, error_messages={"required": NOT_AN_AMOUNT}
    )
    measure = forms.ChoiceField(label=_("Measure"), error_messages=NOT_A_MEASURE)
    day = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    field_order = ["amount", "measure", "day", "slot", "clock"]

    def __init__(self, *args: Any, content: Content, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"auto_id": "log-%s"})
        self.content, self.recipe, self.today = content, content.recipe, today
        recipe = content.recipe
        set_choices(self, "measure", measures(recipe))
        self.fields["amount"].widget.attrs["autocomplete"] = "off"

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not is_loggable(day, self.today):
            raise ValidationError(
                _("The diary covers %(first)s to %(days)s days ahead."),
                code="day",
                params={"first": EARLIEST_DAY.year, "days": DAYS_AHEAD},
            )
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if "amount" in values and "measure" in values:
            try:
                values["share"] = read_share(values["amount"], self.recipe, values["measure"])
            except ValidationError as error:
                self.add_error("amount", error)
        if values.get("shown") and values["shown"] != self.content.seen:
            self.data = dict(self.data.items()) | {"shown": self.content.seen}  # as shown now
            self.add_error(None, CHANGED_SINCE)
        return values


def measures(recipe: Recipe) -> list[tuple[str, Any]]:
    """Servings for a recipe, parts of the whole for both, grams where the whole was weighed."""
    found = [] if recipe.is_saved_meal else [(Measure.SERVINGS.value, Measure.SERVINGS.label)]
    found.append((Measure.WHOLE.value, Measure.WHOLE.label))
    if recipe.cooked_mass_g:
        found.append((Measure.GRAMS.value, Measure.GRAMS.label))
    return found


class PickedRecipeForm(SlotForm):
    """A row of the food box for a recipe: ``meal:<pk>:<share>:<what it shows>``.

    ``pick_now`` is the row's current value if its recipe was changed after it was shown.
    """

    pick_now = ""

    recipe = forms.IntegerField(
        min_value=1, max_value=BIGGEST_PK, error_messages=dict.fromkeys(WRONG_NUMBER, NO_SUCH_MEAL)
    )
    share = forms.CharField(max_length=40)
    shown = forms.CharField(required=False, max_length=60)
    client_uuid = forms.UUIDField(required=False)

    def __init__(self, data: Any, *, profile: Profile) -> None:
        _kind, *parts = data.get("pick", "").split(":")
        names = ("recipe", "share", "shown")
        data = data.copy()
        data.update(dict(zip(names, parts, strict=False)) if len(parts) in (2, 3) else {})
        super().__init__(data)
        self.profile = profile

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        recipes = Recipe.objects.filter(profile=self.profile).current()
        recipe = recipes.with_items().filter(pk=values.get("recipe", 0)).first()
        if recipe is None:
            raise ValidationError(NO_SUCH_MEAL, code="no-meal")
        if "share" in values:
            values["share"] = read_share(values["share"], recipe, Measure.WHOLE)
            self._check_shown(content_of(recipe), values["share"], values.get("shown", ""))
        return values | {"recipe": recipe}

    def _check_shown(self, content: Content, share: Share, said: str) -> None:
        mass_g, b12_ug = content.share_g(share), content.share_ug(share.fraction)
        if is_as_shown(said, mass_g, b12_ug):
            return
        self.pick_now = pick_recipe(content.recipe.pk, share, content)
        amount = quantity_of_share(content.recipe, share).said
        params = {"amount": amount, "b12": covered(b12_ug or 0.0, content)}
        raise ValidationError(ROW_CHANGED, code="row-changed", params=params)


def is_recipe_pick(pick: str) -> bool:
    return pick.startswith(f"{PICK}:")


class PutBackForm(forms.Form):
    """Which of the removed foods to restore."""

    item = forms.IntegerField(
        min_value=1, max_value=BIGGEST_PK, error_messages=dict.fromkeys(WRONG_NUMBER, NO_SUCH_MEAL)
    )


class SaveMealForm(forms.Form):
    """A meal of a day to save; without a name it is named after its first foods."""

    slot = forms.ChoiceField(choices=Slot.choices, error_messages=NOT_A_MEAL)
    name = NameField(required=False, max_length=120)
    client_uuid = forms.UUIDField(required=False)
