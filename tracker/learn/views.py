"""Pages that explain."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.learn import charts
from tracker.learn import methods as tables
from tracker.learn.words import LIMITS, MARKS, VERDICT_RULES


@login_not_required
@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Show the tables that the code itself uses."""
    factors = tables.factor_rows()
    context = {
        "figure": charts.dose_figure(),
        "points": tables.point_rows(),
        "shares": tables.share_texts(),
        "rms_percent": tables.rms_percent(),
        "constants": tables.constant_rows(),
        "factors": factors,
        "unchanged": [row for row in factors if not row.changes_model],
        "authorities": tables.authority_tables(),
        "marks": MARKS.items(),
        "verdict_rules": VERDICT_RULES,
        "limits": LIMITS,
    }
    return render(request, "learn/methods.html", context)
