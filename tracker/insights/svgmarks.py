"""The pieces of the week's SVG and how each is written.

Places are SVG attributes, already text: a locale must not put a comma into them.
"""

from dataclasses import dataclass
from html import escape
from typing import NamedTuple, Protocol

from django.utils.safestring import SafeString

OPEN = 'fill="url(#hatch-open)"'
"""As an attribute: in the style sheet some browsers look for the pattern beside the sheet."""


class Drawn(Protocol):
    """Something that is drawn."""

    @property
    def markup(self) -> str: ...


class Tick(NamedTuple):
    line: str
    text_at: str
    text: str

    @property
    def markup(self) -> str:
        label = f'<text class="week-svg__tick" {self.text_at}>{escape(self.text)}</text>'
        return f'<line class="week-svg__grid" {self.line}/>{label}'


class Part(NamedTuple):
    """One class's part of one bar."""

    shade: str
    box: str
    is_hatched: bool

    @property
    def markup(self) -> str:
        bar = f'<rect class="week-svg__part class-{escape(self.shade)}" {self.box}/>'
        return bar + (f'<rect fill="url(#hatch)" {self.box}/>' if self.is_hatched else "")


class DayLabel(NamedTuple):
    """The short code of a class on its part of a bar."""

    at: str
    text: str

    @property
    def markup(self) -> str:
        return f'<text class="week-svg__code" {self.at}>{escape(self.text)}</text>'


class Break(NamedTuple):
    """A bar broken off at the top of the scale, with its amount."""

    box: str
    text: str

    @property
    def markup(self) -> str:
        cut = '<line x1="-10%" y1="12" x2="110%" y2="6"/>'
        label = f'<text x="50%" y="-5">{escape(self.text)}</text>'
        return f'<svg class="week-svg__break" {self.box}>{cut}{label}</svg>'


class Over(NamedTuple):
    """An absorbed amount beyond the scale, at its edge."""

    at: str
    text: str

    @property
    def markup(self) -> str:
        label = f'<text x="0" y="18">{escape(self.text)}</text>'
        return f'<svg class="week-svg__over" {self.at}><path d="M-6 5 L0 -6 L6 5Z"/>{label}</svg>'


class Above(NamedTuple):
    """A target beyond the scale, at the edge and at the left of the first day that has it."""

    at: str
    text: str

    @property
    def markup(self) -> str:
        arrow = '<path d="M7 24 L7 4 M2 10 L7 4 L12 10"/>'
        label = f'<text x="15" y="15">{escape(self.text)}</text>'
        return f'<svg class="week-svg__above" {self.at}>{arrow}{label}</svg>'


class Pill(NamedTuple):
    """A supplement: its amount is written, not drawn."""

    box: str
    text_at: str
    text: str
    is_hatched: bool

    @property
    def markup(self) -> str:
        pill = f'<rect class="week-svg__pill" {self.box} rx="2"/>'
        hatch = f'<rect fill="url(#hatch-soft)" {self.box} rx="2"/>' if self.is_hatched else ""
        return (
            f'{pill}{hatch}<text class="week-svg__amount" {self.text_at}>{escape(self.text)}</text>'
        )


@dataclass(frozen=True)
class WeekSvg:
    """Everything that templates/insights/_week.svg.html places."""

    height: str
    lane_title_y: str
    unit_y: str
    ticks: list[Tick]
    parts: list[Part]
    stubs: list[str]
    codes: list[DayLabel]
    breaks: list[Break]
    targets: list[str]
    targets_above: list[Above]
    absorbed_targets: list[str]
    absorbed_lines: list[str]
    dots: list[str]
    overs: list[Over]
    pills: list[Pill]

    @property
    def drawn(self) -> SafeString:
        """All of it as markup, from the back to the front. The template would take ten times as
        long over its three hundred variables."""
        things: list[Drawn] = [*self.ticks, *self.pills, *self.parts, *self.breaks]
        tops: list[Drawn] = [*self.overs, *self.targets_above]
        lines = (
            ("target", self.targets),
            ("absorbed-target", self.absorbed_targets),
            ("absorbed", self.absorbed_lines),
        )
        return SafeString(
            "".join(thing.markup for thing in things)
            + "".join(f'<rect class="week-svg__stub" {OPEN} {box}/>' for box in self.stubs)
            + "".join(code.markup for code in self.codes)
            + "".join(f'<line class="week-svg__{kind}" {at}/>' for kind, ats in lines for at in ats)
            + "".join(f'<circle class="week-svg__dot" {at} r="4.5"/>' for at in self.dots)
            + "".join(mark.markup for mark in tops)
        )
