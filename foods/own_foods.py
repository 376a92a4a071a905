"""A person's own foods, entered from a package. Only the owner can see them."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foods.catalogue.search import index_food
from foods.kinds import Diet, DietBasis, Fortification, SourceClass, ValueKind
from foods.label import LabelStatement, LabelUnit, Per, ServingUnit
from foods.labels import counted
from foods.models import Food, Label, Portion, Source
from foods.signals import own_foods_changed
from tracker.numbers.amounts import plain

OWN_SOURCE = {"name": "Own label", "publisher": "", "licence": "", "trust": 100}
WITHOUT_B12_OF_THEIR_OWN = (
    SourceClass.FORTIFIED_FOOD,
    SourceClass.PLANT_FOOD,
    SourceClass.ALGAE_FERMENT,
)
ADDED, NATURAL, NOT_SAID = "added", "natural", "not-said"


@dataclass(frozen=True, slots=True)
class Draft:
    """A food as a person describes it. ``origin`` says whether the manufacturer added the B12."""

    name: str
    statement: LabelStatement
    brand: str = ""
    gtin: str = ""
    source_class: str = SourceClass.FORTIFIED_FOOD
    origin: str = NOT_SAID
    diet: str = Diet.OMNIVORE
    diet_basis: str = DietBasis.STATED

    @property
    def fortification(self) -> str:
        """Return the origin of the B12; if it is not given, the one that counts for less."""
        has_none_of_its_own = self.source_class in WITHOUT_B12_OF_THEIR_OWN
        if self.source_class == SourceClass.SUPPLEMENT:
            return Fortification.SUPPLEMENT
        if self.statement.amount == 0:
            return Fortification.NONE
        if self.origin == ADDED:
            return Fortification.FORTIFIED if has_none_of_its_own else Fortification.MIXED
        if self.source_class == SourceClass.ALGAE_FERMENT:
            return Fortification.PSEUDO
        if self.origin == NATURAL:
            return Fortification.NONE if has_none_of_its_own else Fortification.NATURAL
        is_fortified = self.source_class == SourceClass.FORTIFIED_FOOD
        return Fortification.FORTIFIED if is_fortified else Fortification.UNKNOWN

    def columns(self, today: date) -> dict[str, Any]:
        """Return the columns of the food."""
        search, head, rank = index_food(self.name, brand=self.brand)
        statement = self.statement
        return {
            "name": self.name,
            "brand": self.brand,
            "gtin": self.gtin,
            "source_text": source_text(statement, today)[:400],
            "source_class": self.source_class,
            "fortification": self.fortification,
            "diet": self.diet,
            "diet_basis": self.diet_basis,
            "b12_ug_per_100g": statement.b12_ug_per_100g,
            "b12_kind": ValueKind.UNKNOWN if statement.amount is None else ValueKind.LABEL,
            "is_unit_food": statement.is_in_pieces,
            "is_drink": statement.is_by_volume,
            "search": search,
            "head": head,
            "rank": rank,
        }


class NamedAlike(Exception):
    """The owner already has a food with this name and brand."""


@transaction.atomic
def add_own_food(
    owner: Any, draft: Draft, *, key: str, is_second: bool = False
) -> tuple[Food, bool]:
    """Return the owner's food with this key, and whether it was created now.

    An existing one stays as it is: the form was sent before, and the food may have been changed or
    deleted since. An identical one is not created twice. Raises NamedAlike if another food has its
    name, unless a second one (``is_second``) is intended.
    """
    source, _created = Source.objects.get_or_create(slug="own", defaults=OWN_SOURCE)
    columns = draft.columns(timezone.localdate())
    if twin := _twin_of(draft, owner, columns):
        return twin, False
    mine = Food.objects.filter(owner=owner)
    alike = mine.filter(retired_at=None, search=columns["search"])  # the same words, ignoring case
    if not is_second and alike.exists() and not mine.filter(source_key=key).exists():
        raise NamedAlike
    food, is_new = Food.objects.get_or_create(
        source=source, owner=owner, source_key=key, defaults=columns
    )
    if is_new:
        write_label(food, draft.statement)
        own_foods_changed.send(sender=Food, account_id=owner.pk)
    return food, is_new


def _twin_of(draft: Draft, owner: Any, columns: dict[str, Any]) -> Food | None:
    """Return a food of the owner that is identical except for its date."""
    same = {name: value for name, value in columns.items() if name != "source_text"}
    said = {f"label__{name}": value for name, value in asdict(draft.statement).items()}
    return Food.objects.filter(owner=owner, retired_at=None, **same, **said).first()


@transaction.atomic
def change_own_food(food: Food, draft: Draft) -> None:
    """Store what the label says now. Diary entries keep the values they were logged with."""
    columns = draft.columns(timezone.localdate())
    for name, value in columns.items():
        setattr(food, name, value)
    food.save(update_fields=[*columns, "updated_at"])
    write_label(food, draft.statement)
    own_foods_changed.send(sender=Food, account_id=food.owner_id)


def write_label(food: Food, statement: LabelStatement) -> None:
    """Store the statement as entered, and its serving as the food's only portion."""
    said = {name: getattr(statement, name) for name in LabelStatement.__dataclass_fields__}
    Label.objects.update_or_create(food=food, defaults=said)
    food.portions.all().delete()
    if portion := statement.portion():
        label, mass_g = portion
        Portion.objects.create(food=food, label=label[:120], mass_g=mass_g)


def retire(food: Food, *, is_back: bool = False) -> bool:
    """Hide a food from every list, or offer it again; diary entries stay as they are.

    Return whether that changed anything. Lock the food first.
    """
    if is_back == (food.retired_at is None):
        return False
    food.retired_at = None if is_back else timezone.now()
    food.save(update_fields=["retired_at", "updated_at"])
    own_foods_changed.send(sender=Food, account_id=food.owner_id)
    return True


def source_text(statement: LabelStatement, today: date) -> str:
    """Say what the package states, so that every entry can show the source of its value."""
    day = date_format(today, "DATE_FORMAT")
    if statement.amount is None:
        return _("Label read on %(day)s: does not mention B12") % {"day": day}
    said = {"day": day, "amount": plain(statement.amount), "per": _per(statement)}
    if statement.unit == LabelUnit.UG:
        return _("Label read on %(day)s: %(amount)s µg %(per)s") % said
    said["unit"] = str(LabelUnit(statement.unit).label)
    return _("Label read on %(day)s: %(amount)s %(unit)s, %(per)s") % said


def _per(statement: LabelStatement) -> str:
    if statement.per != Per.SERVING:
        return str(Per(statement.per).label)
    size = plain(statement.serving_size or 0)
    if statement.serving_unit == ServingUnit.PIECE:
        return _("per %(size)s %(word)s") % {
            "size": size,
            "word": statement.pieces_said,
        }
    return _("per serving of %(size)s %(unit)s") % {"size": size, "unit": statement.serving_unit}


def draft_of(food: Food) -> Draft:
    """Return a catalogue food as a person would describe it, to pre-fill a form.

    An injection cannot be described: the form is about what is swallowed.
    """
    assert not food.is_injection
    origins: dict[str, str] = {
        Fortification.FORTIFIED: ADDED,
        Fortification.MIXED: ADDED,
        Fortification.NATURAL: NATURAL,
    }
    label = Label.objects.filter(food=food).first()
    return Draft(
        name=food.name,
        statement=label.statement if label else _statement_of(food),
        brand=food.brand,
        gtin=food.gtin,
        source_class=_class_to_say(food),
        origin=NATURAL if food.is_unreliable else origins.get(food.fortification, NOT_SAID),
        diet=food.diet,
    )


def _class_to_say(food: Food) -> str:
    """Return the class that lets a person say that only part of the B12, or none, was added."""
    is_partly_added = food.fortification in (Fortification.MIXED, Fortification.NATURAL)
    is_said_otherwise = food.source_class in WITHOUT_B12_OF_THEIR_OWN
    return SourceClass.MIXED_DISH if is_partly_added and is_said_otherwise else food.source_class


def _statement_of(food: Food) -> LabelStatement:
    portion = next(iter(food.portions.all()), None)
    per_100g = food.b12_ug_per_100g
    if food.is_unit_food:
        pieces = portion.mass_g if portion else 1.0
        word = counted(portion.label)[1] if portion else ""
        amount = None if per_100g is None else per_100g / 100 * pieces
        return LabelStatement(amount, LabelUnit.UG, Per.SERVING, pieces, ServingUnit.PIECE, word)
    return LabelStatement(
        per_100g,
        LabelUnit.UG,
        Per.ML100 if food.is_drink else Per.G100,
        portion.mass_g if portion else None,
        ServingUnit.ML if food.is_drink else ServingUnit.G,
        portion.label.removeprefix("1 ")[:60] if portion else "",
    )
