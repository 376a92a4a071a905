"""A person's own date, whatever the server's time zone."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from tests.factories import make_entry, make_profile
from tracker.profiles.models import Profile
from tracker.today.day import DayPage

NEW_YEAR = datetime(2026, 1, 1, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day", "hour"),
    [
        ("UTC", date(2026, 1, 1), 0),
        ("America/New_York", date(2025, 12, 31), 19),
        ("Pacific/Kiritimati", date(2026, 1, 1), 14),
        ("Mars/Olympus", date(2026, 1, 1), 0),
    ],
)
@pytest.mark.parametrize("thread", ["UTC", "Asia/Tokyo"])
def test_the_day_and_the_clock_are_the_persons(zone, day, hour, thread):
    profile = Profile(time_zone=zone)

    with timezone.override(thread):
        assert profile.today(NEW_YEAR) == day
        assert profile.now(NEW_YEAR).hour == hour


def test_without_a_moment_it_is_now(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NEW_YEAR)

    assert Profile(time_zone="America/New_York").today() == date(2025, 12, 31)


@pytest.mark.django_db
def test_a_page_rendered_outside_a_request_uses_the_persons_day(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NEW_YEAR)
    profile = make_profile(time_zone="America/New_York")
    make_entry(profile, day=date(2025, 12, 31), name="Toast")

    page = DayPage(profile, profile.today())

    assert page.is_today
    assert [row.name for row in page.intake.rows] == ["Toast"]
    assert page.slot == "dinner"  # it is half past seven in the evening there
