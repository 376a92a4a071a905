"""Log recipes as entries of the diary, and save entries as a meal."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foods.kinds import SourceClass
from tracker.diary import writing
from tracker.diary.measures import ABSURD, MAX_MASS_G, MAX_QUICK_UG, MIN_MASS_G, most_at_once
from tracker.diary.models import Entry
from tracker.diary.origin import EntrySource, SourceKind, source_of
from tracker.diary.saying import StepKind
from tracker.diary.slots import ORDER, Slot
from tracker.history.models import Step
from tracker.history.snapshots import row_of
from tracker.history.steps import lock
from tracker.profiles.models import Profile
from tracker.recipes.content import Content, Line, content_of
from tracker.recipes.models import Item, Recipe, RecipeKind
from tracker.recipes.share import Share, quantity_of_share

MOST_ITEMS = 100


def log_recipe(
    recipe: Recipe,
    day: date,
    slot: str,
    share: Share,
    *,
    clock: time | None = None,
    once: UUID | None = None,
) -> Step | None:
    """Log a part of a recipe with today's values: as one dish, or as each of its items.

    One undo removes it all. Load it ``with_items``. Raises AlreadyPosted if a form with the key
    ``once`` was accepted before.

    Raises
    ------
    ValidationError
        If it is empty, or more than anybody eats at once.
    """
    content = content_of(recipe)
    if not content.lines:
        raise ValidationError(_("There is no food in it yet. Add one first."), code="empty")
    if content.is_one_dish:
        entries = [_dish(content, share)]
    else:
        entries = [_portion(line, share) for line in content.lines]
    for entry in entries:
        entry.profile_id, entry.day, entry.clock = recipe.profile_id, day, clock
        entry.slot, entry.slot_order = slot, ORDER[Slot(slot)]
        _check_sense(entry)
    with transaction.atomic():
        used = {"usual_slot": slot, "last_logged_at": timezone.now()}
        Recipe.objects.filter(pk=recipe.pk).update(**used)
        about = {"name": recipe.name, "recipe": recipe.pk, "slot": slot}
        try:
            return writing.log_together(entries, StepKind.LOGGED, about, once=once)
        except writing.TooMany as error:
            raise ValidationError(str(error), code="too-many") from None


def _dish(content: Content, share: Share) -> Entry:
    recipe, split = content.recipe, content.split.scaled(share.fraction)
    return Entry(
        name=recipe.name,
        **quantity_of_share(recipe, share).columns(),
        mass_g=content.share_g(share),
        b12_ug=split.total_ug,
        source_class=_source_class(content),
        **_source(content).columns(),
        **split.amounts(),
    )


def _portion(line: Line, share: Share) -> Entry:
    item, ratio = line.item, share.fraction
    food = item.food
    return Entry(
        food=food,
        name=food.name if food else item.name,
        **item.quantity.times(ratio).columns(),
        mass_g=None if item.mass_g is None else item.mass_g * ratio,
        b12_ug=None if line.b12_ug is None else line.b12_ug * ratio,
        source_class=item.source_class,
        is_supplement=item.is_supplement,
        is_injection=bool(food and food.is_injection),
        is_drink=bool(food and food.is_drink),
        **(source_of(food) if food else item.own_source).columns(),
        **line.split.scaled(ratio).amounts(),
    )


def _source_class(content: Content) -> str:
    """Return the class that all the B12 is from; if there are several, a mixed dish."""
    classes = {line.item.source_class for line in content.lines if line.split.active_ug}
    return classes.pop() if len(classes) == 1 else SourceClass.MIXED_DISH


def _source(content: Content) -> EntrySource:
    tables = sorted({str(line.item.food.source) for line in content.lines if line.item.food})
    return EntrySource(SourceKind.RECIPE, ", ".join(tables), content.total_count)


def _check_sense(entry: Entry) -> None:
    limit = most_at_once(entry.food) if entry.food else MAX_MASS_G
    if entry.mass_g is not None and entry.mass_g > limit:
        raise ValidationError(ABSURD, code="absurd")
    if entry.food is None and (entry.b12_ug or 0.0) > MAX_QUICK_UG:
        raise ValidationError(ABSURD, code="absurd")
    if entry.mass_g is not None and entry.mass_g < MIN_MASS_G:
        raise ValidationError(
            _("That is too little to log: less than 0.01 g of a food in it."), code="too-little"
        )


# --- from the diary


@transaction.atomic
def save_meal(
    profile: Profile, entries: Sequence[Entry], name: str, slot: str, *, once: UUID | None = None
) -> tuple[Recipe, bool]:
    """Save what was eaten at a meal under a name; return it, and whether it is new.

    The same foods under the same name are saved once, even from two windows. Other foods make
    another meal. Injections are left out. Raises ValidationError if no food or too many are left.
    """
    eaten = [entry for entry in entries if not entry.is_injection]
    if not eaten:
        raise ValidationError(_("There is no food in this meal to save."), code="empty")
    refuse_too_many(len(eaten))
    lock(profile.pk)
    name = name or name_of(eaten)
    if twin := _saved_as(profile, name, eaten):
        return twin, False
    recipe, is_new = Recipe.objects.get_or_create(
        profile=profile,
        client_uuid=uuid5(once, repr([(e.pk, e.mass_g) for e in eaten])) if once else uuid4(),
        defaults={
            "name": name,
            "kind": RecipeKind.SAVED_MEAL,
            "usual_slot": slot,
        },
    )
    if is_new:
        Item.objects.bulk_create(_item(recipe, place, entry) for place, entry in enumerate(eaten))
    return recipe, is_new


def _saved_as(profile: Profile, name: str, eaten: Sequence[Entry]) -> Recipe | None:
    """Return the saved meal of this name with exactly these foods, if there is one."""
    mine = Recipe.objects.filter(profile=profile, name=name, kind=RecipeKind.SAVED_MEAL).current()
    for recipe in mine.prefetch_related("items"):
        wanted = [_item(recipe, place, entry) for place, entry in enumerate(eaten)]
        if [_content_of(item) for item in recipe.items.all()] == [*map(_content_of, wanted)]:
            return recipe
    return None


def _content_of(item: Item) -> dict[str, Any]:
    """Return the parts of an item that change what is logged from it."""
    columns = row_of(item).items()
    return {name: value for name, value in columns if name not in ("id", "uuid", "recipe_id")}


def refuse_too_many(count: int) -> None:
    if count > MOST_ITEMS:
        raise ValidationError(
            _("At most %(most)d foods fit into one meal."),
            code="too-many",
            params={"most": MOST_ITEMS},
        )


def name_of(entries: Iterable[Entry]) -> str:
    """Return a default name: the heads of the first three foods."""
    heads = dict.fromkeys(entry.called.split(",")[0].strip() for entry in entries)
    return ", ".join([head for head in heads if head][:3])[:120] or _("Saved meal")


def _item(recipe: Recipe, position: int, entry: Entry) -> Item:
    """Copy the food and amount of an entry; without a food, the entry's own values."""
    item = Item(
        recipe=recipe,
        position=position,
        food=entry.food,
        name=entry.name,
        mass_g=entry.mass_g,
        **entry.quantity.columns(),
    )
    if entry.food is None or entry.mass_g is None:
        item.food = None
        item.own_b12_ug, item.own_source_class = entry.b12_ug, entry.source_class
        for name, amount_ug in entry.split.amounts().items():
            setattr(item, f"own_{name}", amount_ug)
        for name, value in entry.source.columns("own_").items():
            setattr(item, name, value)
    return item
