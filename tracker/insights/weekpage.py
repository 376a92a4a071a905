"""The data of the week page: plain values for the chart, rows for the table."""

from dataclasses import dataclass
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.insights.palette import Shade, shades_in
from tracker.insights.weekchart import ChartDay, runs
from tracker.insights.words import bar_label, bar_lines, day_summary, name_of_day, status_words
from tracker.intake.bars import IntakeBar
from tracker.intake.coverage import covered_number
from tracker.intake.period import Period
from tracker.intake.summary import DaySummary
from tracker.numbers.amounts import micrograms, two_digits

NOTHING = "–"


@dataclass(frozen=True)
class DayRow:
    """One day in the table and below its bar, formatted in the reader's locale."""

    numbers: DaySummary
    weekday: str
    amounts: tuple[str, ...]
    """By class, all food, supplements, absorbed, target."""
    coverage: str
    status: str
    summary: str
    is_today: bool
    is_link: bool

    @property
    def label(self) -> str:
        return f"{self.weekday} {self.numbers.day.day}"

    @property
    def cells(self) -> SafeString:
        """The cells of its row in one string: a week has about a hundred of them."""
        numbers = "".join(f'<td class="number">{escape(amount)}</td>' for amount in self.amounts)
        words = "".join(f"<td>{escape(text)}</td>" for text in (self.coverage, self.status))
        return SafeString(numbers + words)


def day_rows(week: Period) -> list[DayRow]:
    shades = shades_of(week)
    return [_day_row(day, shades, week) for day in week.days]


def shades_of(week: Period) -> list[Shade]:
    """Return the food classes that occur, in stacking order."""
    return shades_in({key for day in week.days for key in day.food_by_class})


def chart_days(found: list[IntakeBar]) -> list[ChartDay]:
    """Convert bars to the plain values that the chart functions take."""
    return [
        ChartDay(
            label=bar_label(bar),
            food_ug=bar.food_by_class,
            supplement_ug=bar.supplement_ug,
            absorbed_ug=bar.absorbed_ug,
            target_ug=bar.standing.target_ug,
            absorbed_target_ug=bar.standing.absorbed_target_ug,
            is_open=bar.is_open,
            words=bar_lines(bar),
        )
        for bar in found
    ]


def references(week: Period) -> tuple[str, str]:
    """Return the week's targets, and what absorbed amounts are compared with, as text."""
    standings = [day.standing for day in week.days]
    return (
        _through_the_week(week, [standing.target_ug for standing in standings]),
        _through_the_week(week, [standing.absorbed_target_ug for standing in standings]),
    )


def _through_the_week(week: Period, amounts_ug: list[float]) -> str:
    """2.4 µg, from Friday 50 µg"""
    first, *later = runs(amounts_ug)
    parts = [micrograms(first.amount_ug)]
    for run in later:
        day = name_of_day(week.days[run.start].day, week)
        text = _("from %(day)s %(amount)s")
        parts.append(text % {"day": day, "amount": micrograms(run.amount_ug)})
    return ", ".join(parts)


def _day_row(day: DaySummary, shades: list[Shade], week: Period) -> DayRow:
    return DayRow(
        numbers=day,
        weekday=date_format(day.day, "D"),
        amounts=(*_amounts(day, shades), two_digits(day.standing.target_ug)),
        coverage=day.coverage.text,
        status=status_words(day),
        summary=day_summary(day),
        is_today=day.day == week.today,
        is_link=day.day <= week.today or day.is_logged,
    )


def _amounts(day: DaySummary, shades: list[Shade]) -> list[str]:
    if not day.is_logged:
        return [NOTHING] * (len(shades) + 3)
    return [
        *(two_digits(day.food_by_class.get(shade.key, 0.0)) for shade in shades),
        covered_number(day.food_ug, day.coverage),
        two_digits(day.supplement_ug),
        two_digits(day.absorbed_ug) if day.is_known else micrograms(None),
    ]
