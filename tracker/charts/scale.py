"""A round linear axis."""

import math
from dataclasses import dataclass

from django.utils.formats import number_format

TICKS = 4


@dataclass(frozen=True)
class Scale:
    """A linear axis from 0 to a round top. [µg]"""

    top_ug: float
    step_ug: float

    @property
    def ticks_ug(self) -> list[float]:
        return [self.step_ug * n for n in range(round(self.top_ug / self.step_ug) + 1)]

    @property
    def tick_texts(self) -> list[str]:
        decimals = max(0, -math.floor(math.log10(self.step_ug) + 1e-9))
        decimals += round(self.step_ug * 10**decimals) != round(self.step_ug * 10**decimals, 6)
        return [
            number_format(ug, decimals if ug else 0, force_grouping=True) for ug in self.ticks_ug
        ]

    def is_over(self, amount_ug: float) -> bool:
        return amount_ug > self.top_ug * 1.0001


def round_scale(wanted_ug: float) -> Scale:
    """Return the smallest round scale of about four steps that an amount fits on."""
    raw = wanted_ug / TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= raw * 0.999)
    return Scale(step * math.ceil(wanted_ug / step * 0.999), step)
