"""The progress of an import, shown only on a terminal."""

from typing import Self

from tqdm import tqdm

NAME_LENGTH = 40
BYTES, FOODS = "B", " foods"


class Progress:
    """Takes the progress of an import and shows nothing."""

    def begin(self, step: str, total: int, unit: str) -> None:
        """Begin a step of so many bytes or foods; 0 if the number is unknown."""

    def advance(self, count: int) -> None:
        """Add so many more of them."""


class Bar(Progress):
    """One bar for each step, cleared when the next begins."""

    def __init__(self, name: str) -> None:
        self._name = name[:NAME_LENGTH]
        self.begin("opening", 0, "")

    def begin(self, step: str, total: int, unit: str) -> None:
        self.close()
        self._left = total
        self._bar = tqdm(
            desc=f"{self._name}: {step}",
            total=total,
            unit=unit,
            unit_scale=unit == BYTES,
            unit_divisor=1024,
            bar_format=None if total else "{desc}",
            leave=False,
            disable=None,  # not on a terminal
        )

    def advance(self, count: int) -> None:
        # An archive's directory is read twice; above the total, no percentage would be shown.
        count = min(count, self._left)
        self._left -= count
        self._bar.update(count)

    def close(self) -> None:
        if hasattr(self, "_bar"):
            self._bar.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
