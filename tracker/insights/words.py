"""A period in plain sentences, for screen readers and for everyone in a hurry."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.diary.models import DayStatus
from tracker.intake.bars import IntakeBar
from tracker.intake.coverage import covered_amount
from tracker.intake.period import Period
from tracker.intake.spans import WEEK, Span
from tracker.intake.summary import DaySummary
from tracker.numbers.amounts import micrograms
from tracker.profiles.standing import Standing
from tracker.profiles.texts import translated


def period_summary(period: Period, *, has_target: bool = True) -> str:
    """Return a period in a few sentences: means, the highest and lowest day, the target.

    ``has_target`` is false if amounts eaten are not compared with anything (intake/verdict.py).
    """
    logged = [day for day in period.days if day.is_logged]
    if not logged:
        return _("Nothing is logged for %(days)s.") % {"days": period.called}
    sentences = [_means(period)] if period.complete_days else [_no_mean(len(logged))]
    known = [day for day in period.complete_days if day.is_known]
    if len({_food(day) for day in known}) > 1:
        sentences.append(_highest_and_lowest(known, period))
    if has_target:
        sentences.append(_target(logged))
    return " ".join(sentences)


def name_of_day(day: date, period: Period) -> str:
    """Return "Friday" if the period is one week, else the date."""
    is_within_week = period.last - period.first < WEEK
    return date_format(day, "l" if is_within_week else "DATE_FORMAT")


def mean_of(days: int) -> str:
    """mean of 4 complete days"""
    return ngettext("mean of %(count)d complete day", "mean of %(count)d complete days", days) % {
        "count": days
    }


def day_summary(day: DaySummary) -> str:
    """Return one day in one sentence, for the link below its bar."""
    if not day.is_logged:
        return _("nothing logged")
    if not day.is_known:
        return ", ".join([_("B12 not known"), status_words(day)])
    parts = [
        _("%(amount)s from food") % {"amount": _food(day)},
        _("about %(amount)s absorbed") % {"amount": micrograms(day.absorbed_ug)},
        status_words(day),
    ]
    if day.supplement_ug:
        parts.insert(1, _("%(amount)s supplement") % {"amount": micrograms(day.supplement_ug)})
    return ", ".join(parts)


def bar_label(bar: IntakeBar) -> str:
    """Return the label below a bar: "Mon 2", the days of a week, or a month."""
    first, last = bar.period.first, bar.period.last
    if bar.is_day:
        return f"{date_format(first, 'D')} {first.day}"
    if bar.span == Span.MONTH:
        return date_format(first, "SHORT_YEAR_MONTH_FORMAT")
    begins = date_format(first, "SHORT_MONTH_DAY_FORMAT")
    if first == last:
        return begins
    ends = date_format(last, "SHORT_MONTH_DAY_FORMAT")
    return _("%(first)s to %(last)s") % {"first": begins, "last": ends}


def bar_lines(bar: IntakeBar) -> tuple[str, ...]:
    """Return a bar's table row, one item per line: amounts, target and what is unknown."""
    target = _("Target: %(amount)s") % {"amount": micrograms(bar.standing.target_ug)}
    if not bar.counted:
        return (_("nothing logged"), target)
    lines = (
        _("All food: %(amount)s") % {"amount": covered_amount(bar.food_ug, bar.coverage)},
        _("Supplements: %(amount)s") % {"amount": micrograms(bar.supplement_ug)},
        _("Absorbed (estimate): %(amount)s") % {"amount": micrograms(bar.absorbed_ug)},
        target,
        bar.coverage.text,
        "" if bar.is_day else _mean_of_bar(bar),
    )
    return tuple(line for line in lines if line)


def _mean_of_bar(bar: IntakeBar) -> str:
    if bar.is_open:
        return ngettext(
            "%(count)d day with entries, not marked complete",
            "mean of %(count)d days with entries, none marked complete",
            len(bar.counted),
        ) % {"count": len(bar.counted)}
    return mean_of(len(bar.counted))


def status_words(day: DaySummary) -> str:
    if day.is_empty:
        return _("nothing logged")
    if day.is_broken_fast:
        return _("marked as a fasting day, but food is logged")
    return str(DayStatus(day.status).label) if day.status else _("not marked complete")


def reference_sentence(standing: Standing) -> str:
    """Return what the days are compared with, its source, and how well it was checked."""
    reference = standing.reference
    values = {
        "label": translated(reference.label),
        "amount": micrograms(reference.intake_ug),
        "stage": translated(reference.life_stage),
        "source": reference.source,
    }
    if str(reference.year) not in reference.source:
        values["source"] += f", {reference.year}"
    text = _("Reference: %(label)s %(amount)s a day, %(stage)s (%(source)s).")
    checked = {
        "verified": "",
        "second-hand": _("Read in another publication that restates the source."),
        "unconfirmed": _("Written from memory, not yet checked in the source."),
    }
    return f"{text % values} {checked[reference.status]}".strip()


def _means(period: Period) -> str:
    values = {
        "mean_of": mean_of(len(period.complete_days)),
        "food": covered_amount(period.mean_food_ug, period.coverage),
        "absorbed": micrograms(period.mean_absorbed_ug),
        "supplement": micrograms(period.mean_supplement_ug),
    }
    if period.mean_supplement_ug:
        return (
            _(
                "The %(mean_of)s is %(food)s from food and %(supplement)s from supplements a day, "
                "of which about %(absorbed)s is absorbed."
            )
            % values
        )
    text = _("The %(mean_of)s is %(food)s a day, of which about %(absorbed)s is absorbed.")
    return text % values


def _no_mean(logged: int) -> str:
    return ngettext(
        "%(count)d day has entries, but it is not marked complete yet.",
        "%(count)d days have entries, but none is marked complete yet.",
        logged,
    ) % {"count": logged}


def _highest_and_lowest(complete: list[DaySummary], period: Period) -> str:
    highest = max(complete, key=lambda day: day.food_ug)
    lowest = min(complete, key=lambda day: day.food_ug)
    text = _(
        "Food provided the most on %(high_day)s (%(high)s) and the least on %(low_day)s (%(low)s)."
    )
    return text % {
        "high_day": name_of_day(highest.day, period),
        "high": _food(highest),
        "low_day": name_of_day(lowest.day, period),
        "low": _food(lowest),
    }


def _food(day: DaySummary) -> str:
    return covered_amount(day.food_ug, day.coverage)


def _target(logged: list[DaySummary]) -> str:
    """Count the days on which everything swallowed reached the day's own target.

    An "at least" amount can reach the target, but it is never certain to fall short of it.
    """
    reached = [day for day in logged if day.swallowed_ug >= day.standing.target_ug]
    untold = sum(not day.coverage.is_full for day in logged if day not in reached)
    said = _sum_that_reached(logged) % {
        "target": _target_of(logged),
        "days": ngettext(
            "%(count)d of %(logged)d logged day",
            "%(count)d of %(logged)d logged days",
            len(logged),
        )
        % {"count": len(reached), "logged": len(logged)},
    }
    return f"{said} {_untold(untold)}" if untold else said


def _sum_that_reached(logged: list[DaySummary]) -> str:
    if any(day.supplement_ug for day in logged):
        return _("Food and supplements together reached %(target)s on %(days)s.")
    return _("Food reached %(target)s on %(days)s.")


def _target_of(logged: list[DaySummary]) -> str:
    targets = {micrograms(day.standing.target_ug) for day in logged}
    if len(targets) > 1:
        return _("the target for the day")
    return _("the target of %(amount)s") % {"amount": targets.pop()}


def _untold(days: int) -> str:
    return ngettext(
        "%(count)d day is unclear because the B12 of a food is not known.",
        "%(count)d days are unclear because the B12 of a food is not known.",
        days,
    ) % {"count": days}
