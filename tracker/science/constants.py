"""Every constant of the models, with its range, unit, mark and source.

The modules take their numbers from here, and the methods page prints this table, so that the two
cannot differ. Marks: "verified" (seen in the paper, its abstract or the authority's page),
"second-hand" (seen on a page that reports the source), "unconfirmed" (not seen in any document),
"derived" (computed from published numbers, which the source names, and no more certain),
"assumption" (a design choice; no measured value found).
"""

from dataclasses import dataclass
from typing import Final, Literal

Mark = Literal["verified", "second-hand", "unconfirmed", "derived", "assumption"]


@dataclass(frozen=True, slots=True)
class Constant:
    """One constant: ``low`` and ``high`` are its bounds in sensitivity runs, ``None`` if fixed."""

    symbol: str
    name: str
    value: float
    low: float | None
    high: float | None
    unit: str
    mark: Mark
    source: str


IF_CAPACITY: Final = Constant(
    "C", "capacity of the intrinsic-factor route, absorbed per sitting", 1.25, 1.0, 2.0, "µg",
    "derived", "fit to 12 published points (8 seen, 4 unconfirmed; data/dose_points.csv), rounded",
)  # fmt: skip
IF_INITIAL_FRACTION: Final = Constant(
    "f", "share taken up by the intrinsic-factor route at small doses", 0.75, 0.6, 0.8, "1",
    "derived", "fit to 12 published points (8 seen, 4 unconfirmed; data/dose_points.csv), rounded",
)  # fmt: skip
PASSIVE_SHARE: Final = Constant(
    "p", "passive share, empty stomach or with water", 0.012, 0.010, 0.013, "1",
    "verified", "Carmel, Blood 2008;112:2214, Table 1, pernicious anaemia column",
)  # fmt: skip
PASSIVE_SHARE_WITH_FOOD: Final = Constant(
    "p_food", "passive share of a large free dose taken with a meal", 0.005, 0.0, 0.012, "1",
    "verified", "IOM 1998, Table 9-2, p. 310 (after Berlin 1968)",
)  # fmt: skip
LARGE_FREE_DOSE: Final = Constant(
    "D_large", "free dose from which a meal lowers the passive share", 100.0, None, None, "µg",
    "assumption", "IOM 1998, Table 9-2 says 'high dose'; the edge is chosen here",
)  # fmt: skip
LARGEST_STUDIED_DOSE: Final = Constant(
    "D_max", "largest single oral dose with a published absorption", 1000.0, None, None, "µg",
    "verified", "Carmel, Blood 2008;112:2214, Table 1",
)  # fmt: skip
SITTING_WINDOW: Final = Constant(
    "w", "time after which a second dose is absorbed like a first", 4.0, 4.0, 6.0, "h",
    "second-hand", "Heyssel 1966, as cited by IOM 1998, ch. 9",
)  # fmt: skip
EGG_FACTOR: Final = Constant(
    "b_egg", "egg B12 as a share of free B12 at the same dose", 0.5, None, None, "1",
    "derived", "solved from Garrod 2019, Nutrients 11:2148 (0.55 µg absorbed of about 1.9 µg)",
)  # fmt: skip
NORI_FACTOR: Final = Constant(
    "b_nori", "nori as a share of free B12 where a person counts it; 0 by default", 0.5, 0.0, 0.5,
    "1", "assumption", "promising, not confirmed (Huang 2024, Eur. J. Nutr., 30 vegetarians)",
)  # fmt: skip
DOETS_INTERCEPT: Final = Constant(
    "ln a", "intercept of the pooled food fit", -0.9614, None, None, "ln µg",
    "verified", "Doets 2013, Ann. Nutr. Metab. 62:311",
)  # fmt: skip
DOETS_SLOPE: Final = Constant(
    "b", "slope of the pooled food fit", 0.7694, None, None, "1",
    "verified", "Doets 2013, Ann. Nutr. Metab. 62:311",
)  # fmt: skip
LOSS: Final = Constant(
    "k", "daily loss from the body store", 0.0010, 0.0004, 0.0013, "1/d",
    "verified", "IOM 1998 p. 331 (0.1-0.2 %/d); high end Doets 2013, low end Carmel 2008",
)  # fmt: skip
LOSS_ATROPHIC_GASTRITIS: Final = Constant(
    "k_ag", "daily loss with atrophic gastritis", 0.0015, None, None, "1/d",
    "verified", "IOM 1998, Appendix N, p. 527",
)  # fmt: skip
LOSS_NO_INTRINSIC_FACTOR: Final = Constant(
    "k_no_if", "daily loss without intrinsic factor", 0.0020, None, None, "1/d",
    "verified", "Boddy & Adams 1972, in IOM 1998 pp. 331 and 527",
)  # fmt: skip
STORE_MINIMUM: Final = Constant(
    "S_min", "lowest body store consistent with health", 300.0, None, None, "µg",
    "verified", "Bozian 1963, in IOM 1998 pp. 331 and 527",
)  # fmt: skip
STORE_TYPICAL: Final = Constant(
    "S_0", "body store of an adult when nothing is known", 2500.0, 600.0, 3900.0, "µg",
    "verified", "Carmel 2008 (about 2.5 mg); range of means IOM 1998 p. 308",
)  # fmt: skip
STORE_MAXIMUM: Final = Constant(
    "S_max", "largest starting store that the model assumes", 5000.0, None, None, "µg",
    "assumption", "chosen; most estimates are 2-3 mg, one person had 11.1 mg (IOM 1998 p. 308)",
)  # fmt: skip
DIETARY_ABSORPTION: Final = Constant(
    "h", "share of dietary B12 absorbed, planning value", 0.5, None, None, "1",
    "verified", "IOM 1998 p. 309; it links EAR to the absorbed requirement (p. 328)",
)  # fmt: skip
EXTRA_NEED_NO_INTRINSIC_FACTOR: Final = Constant(
    "E", "bile B12 lost each day without intrinsic factor", 0.5, None, None, "µg/d",
    "verified", "IOM 1998 p. 328, Box 9-1",
)  # fmt: skip
REQUIREMENT_CV: Final = Constant(
    "CV_r", "coefficient of variation of the requirement", 0.10, None, None, "1",
    "verified", "IOM 1998 p. 342; Essential Guide 2006, Appendix H",
)  # fmt: skip
DEFAULT_LOG_SD: Final = Constant(
    "s_0", "day-to-day log SD of absorbed B12 before any day is known", 0.45, 0.37, 0.57, "1",
    "assumption", "simulated days at an intake log SD of 0.75 (CV of absorbed 0.47)",
)  # fmt: skip
DEFAULT_LOG_SD_WEIGHT: Final = Constant(
    "n_0", "weight of the default log SD", 4.0, None, None, "d",
    "assumption", "chosen",
)  # fmt: skip
LOG_FLOOR: Final = Constant(
    "a_min", "smallest absorbed day in a logarithm", 0.05, None, None, "µg",
    "assumption", "chosen; a day without B12 has no logarithm",
)  # fmt: skip
INTERVAL_QUANTILE: Final = Constant(
    "z_80", "normal quantile of the 80 % interval", 1.2816, None, None, "1",
    "derived", "standard normal distribution",
)  # fmt: skip
ENOUGH_PROBABILITY: Final = Constant(
    "P_hi", "probability above which the usual intake is called likely enough", 0.85, None, None,
    "1", "assumption", "IOM 2000, Table B-1 (0.85 at a ratio of 1); 1 - P_hi on the low side",
)  # fmt: skip
IOM_CV_LIMIT: Final = Constant(
    "CV_max", "day-to-day CV above which the IOM z-test is not usable", 0.65, 0.60, 0.70, "1",
    "verified", "IOM 2000 p. 190, notes to Tables B-2 to B-5 (60-70 %; the middle is used)",
)  # fmt: skip

CONSTANTS: Final[tuple[Constant, ...]] = tuple(
    value for value in dict(globals()).values() if isinstance(value, Constant)
)
