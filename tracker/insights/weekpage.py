"""What the week page shows of each day: plain values for the chart, a row for the table."""

from dataclasses import dataclass
from html import escape

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tracker.insights.palette import Shade, shades_in
from tracker.insights.weekchart import ChartDay, runs
from tracker.insights.words import day_summary, hover_lines, status_words
from tracker.intake.coverage import covered_number
from tracker.intake.day import DayIntake
from tracker.intake.period import Period, day_coverage
from tracker.numbers.amounts import micrograms, two_digits

NOTHING = "–"


@dataclass(frozen=True)
class DayRow:
    """One day in the table and below its bar, written out in the reader's locale."""

    intake: DayIntake
    weekday: str
    amounts: tuple[str, ...]
    """By class, all food, supplements, absorbed, target."""
    coverage: str
    status: str
    summary: str
    is_today: bool
    is_link: bool

    @property
    def cells(self) -> SafeString:
        """The cells of its row in one go: a week has a hundred of them."""
        numbers = "".join(f'<td class="number">{escape(amount)}</td>' for amount in self.amounts)
        words = "".join(f"<td>{escape(text)}</td>" for text in (self.coverage, self.status))
        return SafeString(numbers + words)

    @property
    def is_open(self) -> bool:
        """Begun, and not marked complete."""
        return bool(self.intake.rows or self.intake.status) and not self.intake.is_complete

    @property
    def label(self) -> str:
        return f"{self.weekday} {self.intake.day.day}"


def day_rows(week: Period) -> list[DayRow]:
    shades = shades_of(week)
    return [_day_row(day, shades, week) for day in week.days]


def shades_of(week: Period) -> list[Shade]:
    """Return the food classes that occur, in the order in which they are stacked."""
    return shades_in({key for day in week.days for key in day.food_by_class})


def chart_days(rows: list[DayRow]) -> list[ChartDay]:
    """Return the week as the plain values that the chart functions take."""
    return [
        ChartDay(
            label=row.label,
            food_ug=row.intake.food_by_class,
            supplement_ug=row.intake.supplement_ug,
            absorbed_ug=_absorbed_ug(row.intake),
            target_ug=row.intake.standing.target_ug,
            absorbed_target_ug=row.intake.standing.absorbed_target_ug,
            is_open=row.is_open,
            words=hover_lines(row.intake),
        )
        for row in rows
    ]


def references(week: Period) -> tuple[str, str]:
    """Return the targets of the week, and what absorbed amounts are compared with, in words."""
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
        day = date_format(week.days[run.start].day, "l")
        text = _("from %(day)s %(amount)s")
        parts.append(text % {"day": day, "amount": micrograms(run.amount_ug)})
    return ", ".join(parts)


def _absorbed_ug(day: DayIntake) -> float | None:
    return day.absorbed_ug if is_logged(day) and day.is_known else None


def is_logged(day: DayIntake) -> bool:
    """A day with entries, or one that the person confirmed to be complete without any."""
    return bool(day.rows) or day.is_complete


def _day_row(day: DayIntake, shades: list[Shade], week: Period) -> DayRow:
    return DayRow(
        intake=day,
        weekday=date_format(day.day, "D"),
        amounts=(*_amounts(day, shades), two_digits(day.standing.target_ug)),
        coverage=day_coverage(day).text,
        status=status_words(day),
        summary=day_summary(day),
        is_today=day.day == week.today,
        is_link=day.day <= week.today or is_logged(day),
    )


def _amounts(day: DayIntake, shades: list[Shade]) -> list[str]:
    if not is_logged(day):
        return [NOTHING] * (len(shades) + 3)
    return [
        *(two_digits(day.food_by_class.get(shade.key, 0.0)) for shade in shades),
        covered_number(day.food_ug, day_coverage(day)),
        two_digits(day.supplement_ug),
        two_digits(day.absorbed_ug) if day.is_known else micrograms(None),
    ]
