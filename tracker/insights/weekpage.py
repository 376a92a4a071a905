"""What the week page shows of each day: plain values for the chart, a row for the table."""

from dataclasses import dataclass

from django.utils.formats import date_format

from tracker.insights.charts import ChartDay
from tracker.insights.coverage import Coverage, covered_amount
from tracker.insights.intake import DayIntake
from tracker.insights.palette import SHADES
from tracker.insights.weeks import Week, day_coverage
from tracker.insights.words import day_summary, status_words


@dataclass(frozen=True)
class DayRow:
    """One day in the table and below its bar."""

    intake: DayIntake
    coverage: Coverage
    food: str
    by_class_ug: tuple[float, ...]
    status: str
    summary: str
    is_today: bool
    is_ahead: bool

    @property
    def is_logged(self) -> bool:
        return is_logged(self.intake)


def chart_days(week: Week) -> list[ChartDay]:
    """Return the week as the plain values that the chart functions take."""
    return [
        ChartDay(
            label=date_format(day.day, "D j"),
            food_ug=day.food_by_class,
            supplement_ug=day.supplement_ug,
            absorbed_ug=day.absorbed_ug if is_logged(day) else None,
            target_ug=day.standing.target_ug,
            absorbed_target_ug=day.standing.absorbed_target_ug,
            is_complete=day.is_complete,
        )
        for day in week.days
    ]


def day_rows(week: Week) -> list[DayRow]:
    keys = [key for key in SHADES if any(key in day.food_by_class for day in week.days)]
    return [_day_row(day, keys, week) for day in week.days]


def is_logged(day: DayIntake) -> bool:
    """A day with entries, or one that the person confirmed to be complete without any."""
    return bool(day.rows) or day.is_complete


def _day_row(day: DayIntake, keys: list[str], week: Week) -> DayRow:
    coverage = day_coverage(day)
    return DayRow(
        intake=day,
        coverage=coverage,
        food=covered_amount(day.food_ug, coverage),
        by_class_ug=tuple(day.food_by_class.get(key, 0.0) for key in keys),
        status=status_words(day),
        summary=day_summary(day),
        is_today=day.day == week.today,
        is_ahead=day.day > week.today,
    )
