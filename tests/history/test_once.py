"""Form keys: kept for sixty days, even if what the form made is deleted."""

from datetime import date, timedelta
from uuid import uuid4

from django.utils import timezone

from tests.factories import make_profile
from tracker.diary import writing
from tracker.history import once
from tracker.history.models import PostedOnce, Step

DAY = date(2026, 3, 2)


def test_a_form_without_a_key_is_accepted_each_time(ada):
    for _again in range(2):
        once.keep_key(ada.profile.pk, None)

    assert PostedOnce.objects.count() == 0


def test_two_people_may_post_the_same_key(ada):
    key, other = uuid4(), make_profile()

    once.keep_key(ada.profile.pk, key)
    once.keep_key(other.pk, key)

    assert once.is_posted(ada.profile.pk, key)
    assert once.is_posted(other.pk, key)


def test_a_key_outlives_its_step(ada):
    key = uuid4()
    writing.log(writing.build_quick_entry(ada.profile, DAY, "lunch", 2.5), once=key)
    Step.objects.all().delete()

    assert once.is_posted(ada.profile.pk, key)
    assert once.step_of(ada.profile, key) is None


def test_keys_are_kept_for_sixty_days(ada, monkeypatch):
    monkeypatch.setattr(once, "KEYS_BETWEEN_PURGES", 1)
    now = timezone.now()
    old, young, new = uuid4(), uuid4(), uuid4()
    for key, age_d in ((old, 61), (young, 59)):
        PostedOnce.objects.create(profile=ada.profile, key=key, at=now - timedelta(days=age_d))

    once.keep_key(ada.profile.pk, new)

    assert set(PostedOnce.objects.values_list("key", flat=True)) == {young, new}
