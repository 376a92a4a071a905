"""How far an import is: shown on a terminal, and nowhere else."""

from typing import Self

from tqdm import tqdm

NAME_LENGTH = 40
BYTES, FOODS = "B", " foods"


class Progress:
    """Is told how far an import is, and keeps it to itself."""

    def begin(self, step: str, total: int, unit: str) -> None:
        """Begin with a step of so many bytes or foods; 0 where nobody knows how many."""

    def advance(self, count: int) -> None:
        """Take note of so many more of them."""


class Bar(Progress):
    """One bar a step, each gone when the next begins."""

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
            disable=None,  # on what is no terminal
        )

    def advance(self, count: int) -> None:
        # A packed file's list of contents is read twice: more than all of it would show no share.
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
