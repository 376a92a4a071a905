"""How much of the B12 of one sitting is absorbed, and which entries form a sitting.

The dose of a sitting is ``D = free + g (food + 0.5 egg)``; inactive analogues do not count. The
absorbed amount is ``A = a C (1 - exp(-f D / C)) + passive(D)``. Symbols, units and limits are in
README.md.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from tracker.science import constants
from tracker.science._checks import require_number, require_window_h

IF_CAPACITY_UG: Final = constants.IF_CAPACITY.value
IF_INITIAL_FRACTION: Final = constants.IF_INITIAL_FRACTION.value
PASSIVE_SHARE: Final = constants.PASSIVE_SHARE.value
PASSIVE_SHARE_WITH_FOOD: Final = constants.PASSIVE_SHARE_WITH_FOOD.value
LARGE_FREE_DOSE_UG: Final = constants.LARGE_FREE_DOSE.value
LARGEST_STUDIED_DOSE_UG: Final = constants.LARGEST_STUDIED_DOSE.value
WINDOW_H: Final = constants.SITTING_WINDOW.value
EGG_FACTOR: Final = constants.EGG_FACTOR.value
NORI_FACTOR: Final = constants.NORI_FACTOR.value
_RATE_PER_UG: Final = IF_INITIAL_FRACTION / IF_CAPACITY_UG
_MATRICES: Final = "free_ug", "food_ug", "egg_ug", "inactive_ug"


@dataclass(frozen=True, slots=True)
class B12Split:
    """B12 of one entry or sitting, as labelled, by its matrix. [µg], each >= 0.

    Stored as plain floats: numpy's small integers and half floats would overflow in sums.

    Raises
    ------
    TypeError
        If an amount is not a real number; ``None`` (unknown) is for the caller to leave out.
    ValueError
        If an amount is negative, or they are not finite each and together.
    """

    free_ug: float = 0.0
    food_ug: float = 0.0
    egg_ug: float = 0.0
    inactive_ug: float = 0.0

    def __post_init__(self) -> None:
        amounts = self.free_ug, self.food_ug, self.egg_ug, self.inactive_ug
        for name, value in zip(_MATRICES, amounts, strict=True):
            if type(value) is not float or not 0.0 <= value < math.inf:
                object.__setattr__(self, name, require_number(name, value))
        if self.total_ug == math.inf:
            raise ValueError(f"all amounts together must be finite, got {amounts!r}")

    def __add__(self, other: "B12Split") -> "B12Split":
        if not isinstance(other, B12Split):
            return NotImplemented
        return B12Split(
            self.free_ug + other.free_ug,
            self.food_ug + other.food_ug,
            self.egg_ug + other.egg_ug,
            self.inactive_ug + other.inactive_ug,
        )

    def scaled(self, ratio: float) -> "B12Split":
        """Return the B12 of another quantity of the food; ``ratio`` is finite and >= 0."""
        return B12Split(
            self.free_ug * ratio,
            self.food_ug * ratio,
            self.egg_ug * ratio,
            self.inactive_ug * ratio,
        )

    def amounts(self) -> dict[str, float]:
        """Return the four amounts by name. [µg]"""
        return {name: getattr(self, name) for name in _MATRICES}

    @property
    def active_ug(self) -> float:
        """What the body can use: all label amounts except inactive ones. [µg]"""
        return self.free_ug + self.food_ug + self.egg_ug

    @property
    def total_ug(self) -> float:
        """The sum of all label amounts, including inactive ones. [µg]"""
        return self.free_ug + self.food_ug + self.egg_ug + self.inactive_ug


@dataclass(frozen=True, slots=True)
class AbsorptionFactors:
    """What a profile changes in the model.

    ``food_release`` (g) and ``if_route`` (a) are shares from 0 to 1, ``loss_per_day`` (k) is the
    daily loss from the store [1/d], > 0 and <= 1, ``extra_need_ug`` is added to the requirement
    [µg/d], >= 0. Sources: ``data/risk_factors.toml``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a number, not finite or outside its limits.
    """

    food_release: float = 1.0
    if_route: float = 1.0
    loss_per_day: float = constants.LOSS.value
    extra_need_ug: float = 0.0

    def __post_init__(self) -> None:
        release = require_number("food_release", self.food_release, high=1.0)
        route = require_number("if_route", self.if_route, high=1.0)
        loss = require_number("loss_per_day", self.loss_per_day, high=1.0, is_low_open=True)
        object.__setattr__(self, "food_release", release)
        object.__setattr__(self, "if_route", route)
        object.__setattr__(self, "loss_per_day", loss)
        object.__setattr__(
            self, "extra_need_ug", require_number("extra_need_ug", self.extra_need_ug)
        )


HEALTHY: Final = AbsorptionFactors()


class Timed(NamedTuple):
    """One thing swallowed: when, the B12 in it, and whether it was a meal (not a tablet)."""

    at: datetime
    split: B12Split
    is_meal: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """Entries that are absorbed together; ``start`` is that of the first with active B12, if any.

    ``is_with_food`` says that a meal goes with them, in the same window or just before it.
    """

    start: datetime
    split: B12Split = field(default_factory=B12Split)
    entries: int = 1
    is_with_food: bool = False


def absorbed_ug(
    dose: B12Split, factors: AbsorptionFactors = HEALTHY, *, with_food: bool = False
) -> float:
    """Return the B12 absorbed from one sitting, by the curve of this project [1]_ [2]_.

    Parameters
    ----------
    dose : B12Split
        B12 of the whole sitting. [µg]
    factors : AbsorptionFactors
        What the profile changes.
    with_food : bool
        Whether a meal goes with it. From 100 µg of free B12 a meal lowers the passive share to
        0.5 % [3]_. The published values leave a step there. As absorbed B12 must not fall when the
        dose grows, the passive part stays at its value at 100 µg between 100 and 240 µg.

    Returns
    -------
    float
        Absorbed B12, never more than the label amount. [µg] A population mean, +-35 % at best;
        fitted from 0.25 to 1000 µg. Raises nothing: ``B12Split`` refuses impossible amounts.

    References
    ----------
    .. [1] R. Carmel, "How I treat cobalamin (vitamin B12) deficiency", Blood, vol. 112, no. 6,
       p. 2214, 2008, Table 1.
    .. [2] Chanarin and Adams, as listed with their marks in ``data/dose_points.csv``.
    .. [3] Institute of Medicine, Dietary Reference Intakes ..., 1998, Table 9-2, p. 310.
    """
    free = dose.free_ug
    bound = factors.food_release * (dose.food_ug + EGG_FACTOR * dose.egg_ug)
    passive = PASSIVE_SHARE * free
    if with_food and free > LARGE_FREE_DOSE_UG:
        passive = max(PASSIVE_SHARE * LARGE_FREE_DOSE_UG, PASSIVE_SHARE_WITH_FOOD * free)
    active = -IF_CAPACITY_UG * math.expm1(-_RATE_PER_UG * (free + bound))
    return factors.if_route * active + passive + PASSIVE_SHARE * bound


def absorbed_fraction(
    dose: B12Split, factors: AbsorptionFactors = HEALTHY, *, with_food: bool = False
) -> float:
    """Return absorbed B12 as a share (0 to 1) of all label amounts; 0 when these are 0.

    As ``absorbed_ug``, source and errors as there; inactive B12 counts in the denominator.
    """
    total = dose.total_ug
    return absorbed_ug(dose, factors, with_food=with_food) / total if total else 0.0


def absorbed_ug_band(
    dose: B12Split, factors: AbsorptionFactors = HEALTHY, *, with_food: bool = False
) -> tuple[float, float]:
    """Return ``(low, high)`` absorbed B12 [µg]: the profile's factors, then the same with 1.

    The factors come from short absorption tests (``data/risk_factors.toml``) and are upper bounds
    on harm, so the truth lies between the factor and 1. A lost intrinsic-factor route (0) is no
    such bound and stays 0. Arguments, source of the curve and errors as ``absorbed_ug``.
    """
    if_route = 1.0 if factors.if_route else 0.0
    best = replace(factors, food_release=1.0, if_route=if_route)
    low = absorbed_ug(dose, factors, with_food=with_food)
    return low, absorbed_ug(dose, best, with_food=with_food)


def group_sittings(
    timed: Iterable[tuple[datetime, B12Split] | tuple[datetime, B12Split, bool]],
    window_h: float = WINDOW_H,
) -> list[Sitting]:
    """Pool entries into sittings, in the order of their clocks.

    An entry less than ``window_h`` hours after the sitting's **first** entry belongs to it; one at
    exactly ``window_h`` opens the next (Heyssel 1966, as cited by IOM 1998, ch. 9). Only active B12
    opens a window: an entry without any (coffee, spirulina, an unknown amount) opens none and so
    changes nothing; outside a window such entries form sittings of their own. Aware datetimes are
    compared by elapsed time, so a clock change moves no entry; naive ones by their clock time.

    A sitting is with food if any of its entries is a meal, or if a meal without active B12 was
    eaten less than ``window_h`` before it: such a meal opens no window, but the stomach is not
    empty (an assumption of this project).

    Parameters
    ----------
    timed : iterable of (datetime, B12Split) or (datetime, B12Split, bool)
        In any order. All naive or all aware. The flag says whether it was a meal (default: not).
    window_h : float
        Length of a sitting. [h], from a minute to a day.

    Raises
    ------
    ValueError
        If naive and aware datetimes are mixed, or ``window_h`` is outside its limits.
    """
    window = timedelta(hours=require_window_h(window_h))
    entries = _by_clock(Timed(*entry) for entry in timed)
    groups: list[list[_Clocked]] = []
    first, is_open = None, False
    for entry in entries:
        is_active = entry.timed.split.active_ug > 0.0
        if first is None or entry.clock - first >= window or (is_active and not is_open):
            groups.append([])
            first, is_open = entry.clock, is_active
        groups[-1].append(entry)
    plain_meals = [
        entry.clock
        for entry in entries
        if entry.timed.is_meal and entry.timed.split.active_ug == 0.0
    ]
    return [_sitting(group, plain_meals, window) for group in groups]


class _Clocked(NamedTuple):
    """An entry with the clock by which it is sorted: UTC if it is aware."""

    clock: datetime
    timed: Timed


def _sitting(group: list[_Clocked], plain_meals: Sequence[datetime], window: timedelta) -> Sitting:
    start = group[0].clock
    # Only the last meal before the sitting can be near enough.
    before = bisect_left(plain_meals, start)
    return Sitting(
        start=group[0].timed.at,
        split=sum((entry.timed.split for entry in group[1:]), group[0].timed.split),
        entries=len(group),
        is_with_food=any(entry.timed.is_meal for entry in group)
        or (before > 0 and start - plain_meals[before - 1] < window),
    )


def _by_clock(timed: Iterable[Timed]) -> list[_Clocked]:
    entries = list(timed)
    aware = [entry.at.utcoffset() is not None for entry in entries]
    if any(aware) and not all(aware):
        raise ValueError("timed entries must be all naive or all aware, got both kinds")
    clocked = [
        _Clocked(entry.at.astimezone(UTC) if any(aware) else entry.at, entry) for entry in entries
    ]
    # Of entries at the same clock time, those that open a window come first.
    return sorted(clocked, key=lambda entry: (entry.clock, entry.timed.split.active_ug == 0.0))


def smallest_free_dose_ug(
    target_absorbed_ug: float, factors: AbsorptionFactors = HEALTHY, *, with_food: bool = False
) -> float | None:
    """Return the smallest single free dose whose absorbed part reaches the target, by bisection.

    The inverse of ``absorbed_ug`` [µg], with its sources: a number for comparing foods, never a
    dose for a person. ``None`` if no dose up to 1000 µg,
    the largest with a published absorption, reaches it. ``target_absorbed_ug`` [µg] is taken as
    given: what the profile adds to the need is added by ``reference_intakes.absorbed_target_ug``.

    Raises
    ------
    ValueError
        If ``target_absorbed_ug`` is negative or not finite.
    """
    target = require_number("target_absorbed_ug", target_absorbed_ug)
    low, high = 0.0, LARGEST_STUDIED_DOSE_UG
    if target == 0.0:
        return 0.0
    if absorbed_ug(B12Split(free_ug=high), factors, with_food=with_food) < target:
        return None
    # The second condition ends the search when there is no float between the two.
    while high - low > 1e-12 * high and low < (middle := (low + high) / 2) < high:
        if absorbed_ug(B12Split(free_ug=middle), factors, with_food=with_food) < target:
            low = middle
        else:
            high = middle
    return high


def absorbed_ug_doets_2013(dose_ug: float) -> float:
    """Return the B12 absorbed from one meal, after the pooled fit of Doets et al. [1]_.

    For comparison only: it is a fit to **food** B12, usable from 0.5 to 10 µg a meal, and reaches
    several times what was measured at a supplement's dose.

    Parameters
    ----------
    dose_ug : float
        B12 eaten in the meal. [µg], finite and >= 0.

    Returns
    -------
    float
        Absorbed B12. [µg]

    Raises
    ------
    ValueError
        If ``dose_ug`` is negative or not finite.

    References
    ----------
    .. [1] E. L. Doets et al., "Systematic review on daily vitamin B12 losses and
       bioavailability for deriving recommendations on vitamin B12 intake with the factorial
       approach", Ann. Nutr. Metab., vol. 62, no. 4, p. 311, 2013.
    """
    dose = require_number("dose_ug", dose_ug)
    # Below 0.0155 µg the power law would return more than was eaten.
    power = math.exp(constants.DOETS_INTERCEPT.value) * math.pow(dose, constants.DOETS_SLOPE.value)
    return min(dose, power)
