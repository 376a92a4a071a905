"""The week page."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.insights.charts import week_figure
from tracker.insights.contributions import contributions
from tracker.insights.forms import GoToWeekForm
from tracker.insights.weekpage import chart_days, day_rows, references, shades_of
from tracker.insights.words import mean_of, period_summary, reference_sentence
from tracker.intake.bars import bars
from tracker.intake.events import events
from tracker.intake.period import NoSuchWeek, Period, has_week, parse_day, week_of
from tracker.intake.spans import WEEK, monday_of
from tracker.intake.verdict import is_comparable, judged, mean_band, over_50_mean_ug
from tracker.profiles.models import Profile
from tracker.profiles.requests import DiaryRequest


@require_safe
@never_cache
def week(request: DiaryRequest, day: str = "") -> HttpResponse:
    """Show the week of a day. Every week has one URL: that of its Monday."""
    today = request.profile.today()
    form = GoToWeekForm(request.GET if "day" in request.GET else None, today=today)
    if form.is_valid():
        return redirect("week", monday_of(form.cleaned_data["day"]))
    try:
        asked = parse_day(day, today) if day else today
    except NoSuchWeek as error:
        raise Http404(str(error)) from None
    if day and asked != monday_of(asked):
        return redirect("week", monday_of(asked))
    found = week_of(request.profile, monday_of(asked), today)
    return render(request, "insights/week.html", {"form": form, **_context(request.profile, found)})


def _context(profile: Profile, week: Period) -> dict[str, Any]:
    rows = day_rows(week)
    days = chart_days(bars(week))
    is_empty = week.is_empty
    targets, absorbed_targets = references(week)
    return {
        "week": week,
        "is_empty": is_empty,
        "is_current": week.first <= week.today <= week.last,
        "previous": _neighbour(week.first - WEEK, week.today),
        "following": _neighbour(week.first + WEEK, week.today),
        "days": rows,
        "summary": period_summary(week, has_target=is_comparable(week)),
        "mean_of": mean_of(len(week.complete_days)),
        "judged": judged(week),
        "reference": reference_sentence(week.standing),
        "mean_band": mean_band(week),
        "over_50_mean_ug": over_50_mean_ug(week),
        "contributions": contributions(events(profile, week.first, week.last)),
        "targets": targets,
        "absorbed_targets": absorbed_targets,
        "shades": shades_of(week),
        "has_hatching": any(row.numbers.is_open for row in rows),
        "figure": None if is_empty else week_figure(days),
    }


def _neighbour(first: date, today: date) -> date | None:
    return first if has_week(first, today) else None
