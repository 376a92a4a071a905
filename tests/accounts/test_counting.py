"""Counts survive a flood of other counts."""

import pytest
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import DatabaseError, connection
from django.test import Client

from tests.accounts.limits import address, sign_in, switch_on
from tracker.accounts.counting import CountingCache

pytestmark = pytest.mark.django_db


@pytest.fixture
def counts(settings):
    switch_on(settings)
    return caches["default"]


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        return cursor.fetchone()[0]


def try_it(client, **extra):
    client.cookies.clear()
    return client.post("/try/", **extra).status_code


@pytest.mark.parametrize("is_behind_proxy", [False, True])
@pytest.mark.parametrize(
    ("strangers", "room"),
    [
        pytest.param(15, 40, id="a few in a small table"),
        pytest.param(100, None, id="hundreds", marks=pytest.mark.slow),
    ],
)
def test_strangers_flush_no_limit(
    client, counts, settings, monkeypatch, is_behind_proxy, strangers, room
):
    if room:
        monkeypatch.setattr(counts, "_max_entries", room)
    room = counts._max_entries
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = int(is_behind_proxy)

    def sent_from(ip):
        if is_behind_proxy:
            return {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": ip}
        return {"REMOTE_ADDR": ip}

    before = [try_it(client, **sent_from("192.0.2.66")) for _number in range(21)]
    for number in range(strangers):
        extra = sent_from(address(number))
        sign_in(Client(), f"nobody{number}", "wrong", address=extra.pop("REMOTE_ADDR"), **extra)

    assert before == [302] * 20 + [429]
    assert rows() > room
    assert try_it(client, **sent_from("192.0.2.66")) == 429


def test_a_claimed_address_is_ignored_without_a_proxy(client, counts):
    codes = [try_it(client, HTTP_X_FORWARDED_FOR=address(number)) for number in range(21)]

    assert codes == [302] * 20 + [429]


def test_an_address_claimed_by_the_client_is_ignored_behind_a_proxy(client, counts, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    codes = [
        try_it(client, HTTP_X_FORWARDED_FOR=f"{address(number)}, 192.0.2.66")
        for number in range(21)
    ]

    assert codes == [302] * 20 + [429]


def test_expired_rows_are_deleted_and_others_stay(counts, monkeypatch):
    monkeypatch.setattr(counts, "_max_entries", 10)
    for number in range(10):
        counts.set(f"old-{number}", 1, timeout=-5)
        counts.set(f"live-{number}", 1, timeout=600)

    counts.set("one-more", 1, timeout=600)
    counts.set("and-another", 1, timeout=600)

    assert rows() == 12
    assert all(counts.get(f"live-{number}") for number in range(10))


def test_a_flooded_table_keeps_counts_per_account_and_other_values(counts, monkeypatch):
    monkeypatch.setattr(counts, "_max_entries", 10)
    monkeypatch.setattr(CountingCache, "most_rows", 30)
    monkeypatch.setattr(CountingCache, "dropped_at_once", 10)
    counts.set("allauth:rl:allauth.account:login_failed_account:100/3600.0/key:x", [1.0], 60)
    counts.set("allauth:rl:x:lock", True, 60)
    counts.set("mfa-used-code", True, 60)
    for number in range(60):
        counts.set(f"allauth:rl:allauth.account:try:20/3600.0/ip:{number}", [1.0], 600 + number)

    assert rows() <= 32
    assert counts.get("allauth:rl:allauth.account:login_failed_account:100/3600.0/key:x")
    assert counts.get("allauth:rl:x:lock") and counts.get("mfa-used-code")
    assert counts.get("allauth:rl:allauth.account:try:20/3600.0/ip:0") is None
    assert counts.get("allauth:rl:allauth.account:try:20/3600.0/ip:59")


def test_it_creates_its_own_table(counts):
    assert isinstance(counts, CountingCache)
    assert rows() == 0


def test_a_count_that_cannot_be_written_is_not_a_refusal(counts, monkeypatch):
    """Otherwise people would be told that they tried too often while the disk is full."""
    monkeypatch.setattr(DatabaseCache, "add", lambda *_args, **_more: False)

    with pytest.raises(DatabaseError):
        counts.add("a-lock", True, timeout=5)


def test_an_existing_key_is_not_added(counts):
    assert counts.add("a-lock", True, timeout=5)
    assert not counts.add("a-lock", True, timeout=5)


def test_a_lock_released_at_that_moment_is_taken(counts, monkeypatch):
    answers = iter([False, True])
    monkeypatch.setattr(DatabaseCache, "add", lambda *_args, **_more: next(answers))

    assert counts.add("a-lock", True, timeout=5)
