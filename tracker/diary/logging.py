"""Writing the diary: log, change, move, delete, copy; each with its undo."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foods.models import Food, Fortification, SourceClass
from tracker.diary.models import Change, DayMark, DayStatus, Entry, bulk_restore, entry_columns
from tracker.diary.slots import ORDER, Slot
from tracker.numbers.amounts import as_typed, two_digits
from tracker.recall.store import DIARY, recall, touch
from tracker.science.absorption import Dose

CHANGES_KEPT = 30
MOST_COPIED = 200
UNPROVEN = (SourceClass.PLANT_FOOD, SourceClass.ALGAE_FERMENT)


class TooMany(ValueError):
    """More entries in one step than a day can sensibly hold."""


def dose_of(food: Food, mass_g: float) -> Dose:
    """Return how the B12 of a mass of food is bound; all zero where it is unknown or injected."""
    amount = food.b12_ug(mass_g)
    if amount is None or food.is_injection:
        return Dose()
    return split_dose(
        amount,
        food.source_class,
        food.fortification,
        added_ug=(food.b12_added_ug_per_100g or 0.0) * mass_g / 100,
    )


def split_dose(
    amount_ug: float, source_class: str, fortification: str, *, added_ug: float = 0.0
) -> Dose:
    """Return an amount of B12 as free, food-bound, egg-bound or inactive. [µg]

    Where only a part was added and the source does not say how much, all counts as food-bound:
    the cautious reading, because bound B12 is the harder to absorb.
    """
    if fortification == Fortification.PSEUDO:
        return Dose(inactive_ug=amount_ug)
    if fortification in (Fortification.FORTIFIED, Fortification.SUPPLEMENT):
        return Dose(free_ug=amount_ug)
    if fortification == Fortification.MIXED:
        free = min(added_ug, amount_ug)
        return Dose(free_ug=free, food_ug=amount_ug - free)
    if source_class in UNPROVEN and fortification == Fortification.NONE:
        return Dose(inactive_ug=amount_ug)  # traces in plants, mushrooms, plain yeast
    if source_class == SourceClass.EGG:
        return Dose(egg_ug=amount_ug)
    return Dose(food_ug=amount_ug)


def build_entry(
    profile,
    day: date,
    slot: str,
    food: Food,
    mass_g: float,
    *,
    amount_text: str = "",
    clock: time | None = None,
    client_uuid: UUID | None = None,
) -> Entry:
    """Return an unsaved entry that keeps what the food says today."""
    dose = dose_of(food, mass_g)
    return Entry(
        profile=profile,
        day=day,
        slot=slot,
        slot_order=ORDER[Slot(slot)],
        clock=clock,
        food=food,
        name=food.name,
        amount_text=amount_text,
        mass_g=mass_g,
        b12_ug=food.b12_ug(mass_g),
        free_ug=dose.free_ug,
        food_ug=dose.food_ug,
        egg_ug=dose.egg_ug,
        inactive_ug=dose.inactive_ug,
        source_class=food.source_class,
        is_supplement=food.is_supplement,
        is_injection=food.is_injection,
        source_text=food.source_text or str(food.source),
        client_uuid=client_uuid,
    )


def build_quick_entry(
    profile,
    day: date,
    slot: str,
    b12_ug: float,
    *,
    name: str = "",
    is_added: bool = False,
    is_supplement: bool = False,
    clock: time | None = None,
    client_uuid: UUID | None = None,
) -> Entry:
    """Return an unsaved entry for an amount of B12 with no food behind it.

    ``is_added`` says that the B12 is free (fortified food or supplement), else it is food-bound.
    """
    is_free = is_added or is_supplement
    by_hand = SourceClass.FORTIFIED_FOOD if is_added else ""
    return Entry(
        profile=profile,
        day=day,
        slot=slot,
        slot_order=ORDER[Slot(slot)],
        clock=clock,
        name=name or _("Quick add"),
        amount_text="" if as_typed(b12_ug) == two_digits(b12_ug) else f"{as_typed(b12_ug)} µg",
        b12_ug=b12_ug,
        free_ug=b12_ug if is_free else 0.0,
        food_ug=0.0 if is_free else b12_ug,
        source_class=SourceClass.SUPPLEMENT if is_supplement else by_hand,
        is_supplement=is_supplement,
        source_text=_("typed in by hand"),
        client_uuid=client_uuid,
    )


def log(entry: Entry) -> tuple[Entry, Change | None]:
    """Save a new entry and return it with its undo step.

    The same form posted twice gives the entry that is already there, and no step.
    """
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
            step = _remember(entry, _("Logged %(name)s") % {"name": entry.name}, created=[entry.pk])
    except IntegrityError:
        if entry.client_uuid is None:
            raise
        return Entry.objects.get(profile=entry.profile, client_uuid=entry.client_uuid), None
    return entry, step


@transaction.atomic
def change(entry: Entry, replacement: Entry) -> Entry:
    """Put a re-weighed or moved version in an entry's place; the id stays."""
    before = _snapshot([entry.pk])
    replacement.pk, replacement.client_uuid = entry.pk, entry.client_uuid
    replacement.created_at = entry.created_at
    replacement.save(force_update=True)
    _remember(replacement, _("Changed %(name)s") % {"name": replacement.name}, before=before)
    return replacement


@transaction.atomic
def delete(entry: Entry) -> None:
    before = _snapshot([entry.pk])
    _remember(entry, _("Deleted %(name)s") % {"name": entry.name}, before=before)
    entry.delete()


@transaction.atomic
def copy(
    entries: QuerySet[Entry], to_day: date, *, slot: str | None = None, once: UUID | None = None
) -> list[Entry]:
    """Log entries of another day again, as they were then: at most 200, once for each ``once``."""
    originals = list(entries.as_eaten()[: MOST_COPIED + 1])
    if len(originals) > MOST_COPIED:
        raise TooMany(_("More than 200 entries cannot be copied at once."))
    copies = [_copy_of(original, to_day, slot, once) for original in originals]
    label = ngettext("Copied %(count)d entry", "Copied %(count)d entries", len(copies))
    return log_together(copies, label % {"count": len(copies)})


def log_together(entries: Sequence[Entry], label: str) -> list[Entry]:
    """Save new entries of one person and day as one step, undone as one; none if posted before."""
    if not entries:
        return []
    try:
        with transaction.atomic():
            saved = Entry.objects.bulk_create(entries)
            _remember(saved[0], label, created=[entry.pk for entry in saved])
    except IntegrityError:
        if any(entry.client_uuid is None for entry in entries):
            raise
        return []  # the same form, posted twice
    return saved


def _copy_of(original: Entry, to_day: date, slot: str | None, once: UUID | None) -> Entry:
    values = {n: getattr(original, n) for n in entry_columns()}
    for name in ("id", "client_uuid", "created_at"):
        del values[name]
    twin = Entry(**values)
    twin.day = to_day
    twin.client_uuid = uuid5(once, str(original.pk)) if once else None
    if slot is not None:
        twin.slot, twin.slot_order = slot, ORDER[Slot(slot)]
    return twin


@transaction.atomic
def undo(profile, change_pk: int) -> Change | None:
    """Take the last step back; None when it was undone before or something was done since."""
    steps = Change.objects.select_for_update().filter(profile=profile, undone=False)
    step = steps.order_by("-pk").first()
    if step is None or step.pk != change_pk:
        return None
    Entry.objects.filter(profile=profile, pk__in=step.created).delete()
    bulk_restore(step.before)
    step.undone = True
    step.save(update_fields=["undone"])
    touch(DIARY, [profile.pk])
    return step


@transaction.atomic
def set_clock(profile, day: date, slot: str, clock: time | None) -> int:
    """Say when a meal was eaten; the number of entries that now carry it."""
    meal = Entry.objects.filter(profile=profile, day=day, slot=slot)
    entries = list(meal)
    if entries:
        label = _("Changed the time of %(meal)s") % {"meal": Slot(slot).label}
        _remember(entries[0], label, before=_snapshot([entry.pk for entry in entries]))
    return meal.update(clock=clock)


def mark_day(profile, day: date, status: str) -> None:
    """Remember what a person says about a whole day; an empty status takes it back."""
    if status == DayStatus.OPEN:
        DayMark.objects.filter(profile=profile, day=day).delete()
    else:
        DayMark.objects.update_or_create(profile=profile, day=day, defaults={"status": status})


def latest_change(profile) -> Change | None:
    """Return the last step that is not undone, without what it would bring back."""
    return recall(profile, DIARY, "change", lambda: _read_latest_change(profile))


def _read_latest_change(profile) -> Change | None:
    steps = Change.objects.filter(profile=profile, undone=False).order_by("-pk")
    return steps.only("label", "day", "created_at").first()


def _snapshot(pks: Iterable[int]) -> list[dict]:
    rows = Entry.objects.filter(pk__in=list(pks)).values(*entry_columns())
    # JSON would cut the microseconds of a moment off.
    return [row | {"created_at": row["created_at"].isoformat()} for row in rows]


def _remember(
    entry: Entry, label: str, *, before: Sequence[dict] = (), created: Sequence[int] = ()
) -> Change:
    step = Change.objects.create(
        profile_id=entry.profile_id,
        day=entry.day,
        label=label[:200],
        before=list(before),
        created=list(created),
    )
    if step.pk % CHANGES_KEPT == 0:  # now and then, not on every write
        _forget_old_changes(entry.profile_id)
    return step


def _forget_old_changes(profile_id: int) -> None:
    mine = Change.objects.filter(profile_id=profile_id).order_by("-pk")
    kept = list(mine.values_list("pk", flat=True)[:CHANGES_KEPT])
    mine.exclude(pk__in=kept).delete()
