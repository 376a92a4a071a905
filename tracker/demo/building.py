"""Create a demo person's account and diary, and bring it up to date."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from foods.models import Food
from foods.portions import count_and_unit
from tracker.accounts.guests import make_guest
from tracker.accounts.models import User
from tracker.demo.days import Dish, PlannedDay, PlannedMeal, plan_day, read_dishes
from tracker.demo.menus import Menu
from tracker.demo.persons import DemoPerson
from tracker.diary.measures import quantity_of
from tracker.diary.models import DayMark, Entry
from tracker.diary.origin import TYPED_IN
from tracker.diary.quantity import Quantity
from tracker.diary.slots import ORDER
from tracker.diary.writing import build_entry
from tracker.profiles.models import Profile

WEEKS = 8
ONE_DAY = timedelta(days=1)


class FoodsMissing(LookupError):
    """The starter foods are not loaded."""


@transaction.atomic
def make_demo_guest(person: DemoPerson, today: date, time_zone: str = "UTC") -> User:
    """Return a new guest with its own diary, so that no two visitors share one."""
    guest = make_guest(today, demo=person.slug)
    profile = make_demo_profile(guest, person, today, time_zone)
    fill_diary(profile, person, today)
    return guest


def make_demo_profile(
    account: User, person: DemoPerson, today: date, time_zone: str = "UTC"
) -> Profile:
    profile = Profile.objects.create(
        account=account,
        birth_year=person.birth_year(today),
        time_zone=time_zone,
        welcomed_at=timezone.now(),
    )
    profile.bases.create(valid_from=first_day(today), diet=person.diet, authority=person.authority)
    if medicine := person.medicine:
        profile.conditions.create(
            factor=medicine.factor.value,
            since=date(today.year - medicine.years, 1, 1),
            ppi_dose=medicine.ppi_dose,
            recorded_on=first_day(today),
        )
    return profile


def first_day(today: date) -> date:
    return today - timedelta(weeks=WEEKS) + ONE_DAY


def fill_diary(profile: Profile, person: DemoPerson, today: date) -> int:
    """Log the days from the last logged one up to today; return the number of new entries."""
    last = profile.entries.filter(day__lte=today).aggregate(last=Max("day"))["last"]
    start = first_day(today) if last is None else max(last + ONE_DAY, first_day(today))
    days = [
        plan_day(person.slug, person.menu, start + timedelta(days=n), today)
        for n in range((today - start).days + 1)
    ]
    foods = foods_of(person.menu)
    entries = [entry for day in days for entry in _entries(profile, day, foods)]
    Entry.objects.bulk_create(entries, batch_size=500)
    marks = [DayMark(profile=profile, day=d.day, status=d.status) for d in days if d.status]
    DayMark.objects.bulk_create(marks, ignore_conflicts=True)
    return len(entries)


def foods_of(menu: Menu) -> dict[str, Food]:
    """Return the foods of a menu by slug, with portions. Two queries.

    Raises
    ------
    FoodsMissing
        If one of them is not in the catalogue.
    """
    slugs = menu_slugs(menu)
    found = Food.objects.filter(slug__in=slugs).select_related("source")
    foods = {food.slug: food for food in found.prefetch_related("portions") if food.slug}
    if missing := slugs - foods.keys():
        raise FoodsMissing(f"not in the catalogue: {', '.join(sorted(missing))}")
    return foods


def menu_slugs(menu: Menu) -> set[str]:
    lines = menu.breakfasts + menu.lunches + menu.dinners + menu.snacks
    slugs = {dish.slug for line in lines for dish in read_dishes(line)}
    return slugs | ({menu.supplement} if menu.supplement else set())


def _entries(profile: Profile, day: PlannedDay, foods: Mapping[str, Food]) -> Iterator[Entry]:
    for meal in day.meals:
        if not meal.dishes:
            yield _meal_out(profile, day.day, meal)
        for dish in meal.dishes:
            yield _entry(profile, day.day, meal, dish, foods[dish.slug])


def _entry(profile: Profile, day: date, meal: PlannedMeal, dish: Dish, food: Food) -> Entry:
    return build_entry(
        profile,
        day,
        meal.slot,
        food,
        food.usual_portion.mass_g * dish.portions,
        quantity=_quantity(food, dish.portions),
        clock=meal.clock,
    )


def _quantity(food: Food, portions: float) -> Quantity:
    """Return "2 slices", but "2 × 0.5 breast" if the portion is not one of something."""
    count, _unit = count_and_unit(food.usual_portion)
    return quantity_of(food, portions, "" if count == 1 else "p0")


def _meal_out(profile: Profile, day: date, meal: PlannedMeal) -> Entry:
    """A meal of unknown B12: it lowers the coverage and is never counted as zero."""
    return Entry(
        profile=profile,
        day=day,
        slot=meal.slot,
        slot_order=ORDER[meal.slot],
        clock=meal.clock,
        name=_("Lunch at the canteen"),
        b12_ug=None,
        **TYPED_IN.columns(),
    )
