"""What every food-table reader returns: one record a food, one refusal a bad row."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

SourceClassName = Literal[
    "meat",
    "organ_meat",
    "poultry",
    "fish",
    "shellfish",
    "egg",
    "dairy",
    "fortified_food",
    "mixed_dish",
    "plant_food",
    "algae_ferment",
    "supplement",
]
FortificationName = Literal[
    "natural", "fortified", "mixed", "none", "pseudo", "supplement", "unknown"
]
DietBasisName = Literal["guessed", "listed"]
DietName = Literal["vegan", "vegetarian", "pescatarian", "omnivore"]
KindName = Literal[
    "analysed",
    "calculated",
    "label",
    "estimate",
    "assumed_zero",
    "trace",
    "below_limit",
    "published",
    "unknown",
]

NAME_LENGTH = 250
LABEL_LENGTH = 120
MAX_PORTION_G = 10_000.0
"""A heavier household measure is refused, its food kept; a melon of 6 kg is the heaviest known."""
MAX_B12_UG_PER_100G = 500.0
"""Above this a food's value is a unit error: the richest rows of the national tables hold 99 µg."""


class SourceError(ValueError):
    """The file as a whole cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class PortionRecord:
    label: str
    mass_g: float


@dataclass(frozen=True, slots=True)
class FoodRecord:
    """One food as one table describes it. Unknown B12 is None, never 0."""

    dataset: str
    key: str
    name: str
    b12_ug_per_100g: float | None
    b12_added_ug_per_100g: float | None
    b12_kind: KindName
    group: str
    source_class: SourceClassName
    fortification: FortificationName
    diet: DietName
    release: str
    source_text: str
    aliases: tuple[str, ...] = ()
    portions: tuple[PortionRecord, ...] = ()
    refused_portions: tuple[str, ...] = ()
    """Labels of refused rows, whose known portions stay; empty where nobody can tell which."""
    default_mass_g: float | None = None
    fdc_id: int | None = None
    ndb_no: str = ""
    food_code: str = ""
    gtin: str = ""
    brand: str = ""
    is_drink: bool = False
    diet_basis: DietBasisName = "guessed"
    """From the category and the words of the name, unless a list of ingredients tells the diet."""
    code: str = ""
    """In a table that gives one code to several foods; ``importing.identifying`` tells which."""
    named_key: str = ""
    """The code with the name behind it. ``key`` is that where another food has the code, too."""
    has_figures: bool = True
    """False where a table of its own holds the figures, and none of this food, B12 or other."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was refused; one with a dataset is a food, which keeps what was known of it.

    Without a key the FoodData Central id names the food; without both nobody knows which one was
    refused, so no food of the dataset is retired.
    """

    row: str
    reason: str
    dataset: str = ""
    key: str = ""
    fdc_id: int | None = None
    code: str = ""
    named_key: str = ""


class Reader(Protocol):
    """One opened food table, ready to be read once from the start."""

    @property
    def kind(self) -> str: ...

    @property
    def datasets(self) -> tuple[str, ...]:
        """Every dataset of which this file holds foods."""
        ...

    @property
    def whole(self) -> tuple[str, ...]:
        """Those that it lists from end to end, told after reading: what is missing is retired."""
        ...

    @property
    def size_bytes(self) -> int:
        """What ``read`` will read, counted as it tells it."""
        ...

    def read(self) -> Iterator[FoodRecord | Rejected]: ...
