"""What every food-table reader returns: a record for each food, a refusal for each bad row."""

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
"""A higher value is a unit error: the richest rows of the national tables have 99 µg."""


class SourceError(ValueError):
    """The whole file is unusable; the message says why."""


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
    """Labels of refused rows, whose known portions are kept; empty if the label is unknown."""
    default_mass_g: float | None = None
    fdc_id: int | None = None
    ndb_no: str = ""
    food_code: str = ""
    gtin: str = ""
    brand: str = ""
    is_drink: bool = False
    diet_basis: DietBasisName = "guessed"
    """From the category and the words of the name, unless an ingredient list gives the diet."""
    code: str = ""
    """In a table that gives one code to several foods; ``importing.identifying`` sorts them out."""
    named_key: str = ""
    """The code followed by the name. ``key`` has this form if another food has the same code."""
    has_figures: bool = True
    """False if the figures are in a separate table that has none for this food."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A refused row. With a dataset it is a food, which keeps what was known of it.

    Without a key, the FoodData Central id identifies the food. Without either, the food is unknown,
    so no food of the dataset is retired.
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
        """Datasets that it lists completely, known after reading; missing foods are retired."""
        ...

    @property
    def size_bytes(self) -> int:
        """The bytes that ``read`` will read, in the units of its progress reports."""
        ...

    def read(self) -> Iterator[FoodRecord | Rejected]: ...
