"""Fixtures for every test: a person, a signed-in client, a browser, and no network."""

import gc
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from tests import factories, restoring
from tests.chromium import CHROMIUM, FLAGS, Window, state_of
from tests.live import count_connections
from tests.looking import faults_of, faults_to_eyes
from tracker.memo.store import forget_everything

# Playwright's sync API keeps an event loop running in the main thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

NO_CHROMIUM = "no Chromium on this machine"
BROWSER_FIXTURES = {"browser", "context", "page"}
LOOPBACK_HOSTS = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None}


IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")

# A busy machine must not fail an example.
patient = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("local", max_examples=25, **patient)
settings.register_profile("ci", max_examples=100, **patient)
settings.load_profile("ci" if IN_CI else "local")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make tests that commit end with the initial database and no running request."""
    count_connections()
    with django_db_blocker.unblock():
        restoring.restore_after_tests()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[Any]:
    """Freeze garbage collection for the thousands of collected tests, which all stay."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


# --- people and things


@pytest.fixture
def ada(db: None) -> Any:
    """A person's account without a password; its diary is ``ada.profile``."""
    account = factories.make_user("ada")
    account.profile = factories.make_profile(account)
    return account


@pytest.fixture
def ada_client(ada: Any) -> Client:
    client = Client()
    client.force_login(ada)
    return client


@pytest.fixture
def make_food(db: None) -> Callable[..., Any]:
    return factories.make_food


@pytest.fixture
def make_entry(db: None) -> Callable[..., Any]:
    return factories.make_entry


@pytest.fixture
def starter_foods(db: None) -> None:
    """All foods that ship with the app."""
    restoring.load_starter_foods()


@pytest.fixture(autouse=True)
def nothing_cached() -> None:
    """Clear the cache, because ids are reused between tests."""
    forget_everything()


# --- no network


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection and DNS look-up beyond this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> Any:
        if self.family != getattr(socket, "AF_UNIX", None):
            refuse_other_hosts(address[0])
        return connect(self, address)

    def guarded_look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        refuse_other_hosts(host)
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_look_up)


def refuse_other_hosts(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in LOOPBACK_HOSTS:
        raise OSError(f"a test asked for the network: {name}")


# --- a real browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS.split()}


@pytest.fixture(scope="session")
def window(browser: Any, live_server: Any) -> Iterator[Window]:
    """The one window of a worker, where ``page.goto("/week/")`` means the test's own server."""
    window = Window(browser, live_server.url)
    yield window
    window.context.close()


@pytest.fixture
def context(window: Window) -> Iterator[Any]:
    yield window.context
    window.clear()


@pytest.fixture
def page(context: Any) -> Any:
    return context.new_page()


@pytest.fixture
def ada_page(ada: Any, page: Any, live_server: Any) -> Iterator[Any]:
    """A browser page where ada is signed in, ``ada_page.goto("/")``.

    At the end it fails on script errors and on anything that the content policy blocked.
    """
    client = Client()
    client.force_login(ada)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    with watched(page):
        yield page


class watched:
    """Collect a page's errors, and fail on them when the block ends."""

    def __init__(self, page: Any) -> None:
        self.page, self.complaints = page, []

    def __enter__(self) -> Any:
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._note)
        return self.page

    def _note(self, message: Any) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def __exit__(self, kind: Any, *_error: object) -> None:
        if kind is None:
            assert self.complaints == []


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """Return a check of the current page in light and dark, which fails with a list."""

    def check(page: Any) -> None:
        found = faults_to_eyes(page)
        assert found == [], "\n".join(found)

    return check


@pytest.fixture
def looked_over() -> Callable[[Any], None]:
    """Return the full check of a page in one visit, which fails with a list."""

    def check(page: Any) -> None:
        found = faults_of(page)
        assert found == [], "\n".join([page.url, *found])

    return check


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Add what the page showed to the report of a failed browser test."""
    report = yield
    page = getattr(item, "funcargs", {}).get("page")
    if page and report.when == "call" and report.failed:
        report.sections.append(("the page", state_of(page)))
    return report


# --- without a browser: skip, report it, and fail in CI


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def skipped_for_want_of_chromium(reporter: Any) -> int:
    return sum(NO_CHROMIUM in str(report.longrepr) for report in reporter.stats.get("skipped", ()))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> Iterator[None]:
    """Fail in CI without a browser, and print that last."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    number = skipped_for_want_of_chromium(reporter) if reporter else 0
    if number and IN_CI and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    yield
    if number:
        reporter.line(f"{number} browser tests were skipped: {NO_CHROMIUM}.", yellow=True)
        reporter.line("Install it and run again; on Debian: apt-get install chromium", yellow=True)
    if number and IN_CI:
        reporter.line("In CI that counts as a failure.", red=True)
