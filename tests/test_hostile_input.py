"""No input causes a server error or changes another person's data.

Every form of every page and every query gets one unusual value at a time. A fixed seed draws a
small sample and, for the slow test, a large one: ``COBALOG_FUZZ=5000`` makes it larger, and
``COBALOG_FUZZ=all`` takes everything.
"""

import os
import random
from datetime import date, timedelta
from functools import cached_property, partial
from itertools import product
from logging import CRITICAL
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from foods.models import Food
from tests.factories import make_entry, make_food, make_profile, make_source, make_user
from tests.hostile import QUERY_NAMES, VALUES, Form, addresses, forms_of, hostile_paths
from tests.recipes.builders import make_meal, make_recipe
from tracker.accounts.models import User
from tracker.diary import writing
from tracker.diary.models import DayMark, Entry
from tracker.history.models import PostedOnce, Step
from tracker.memo.store import forget_everything
from tracker.profiles.models import Basis, Condition, Profile
from tracker.recipes.models import Item, Recipe
from tracker.serving.requests import Utf8Request
from tracker.suggestions.models import Hidden

SEED = 20_261_126
SMALL_SAMPLE, LARGE_SAMPLE = "25", os.environ.get("COBALOG_FUZZ", "180")
"""How many requests of each kind, or all."""
FEWEST_FORMS = 25
Ask = partial
PASSWORD = "correct horse battery"
HTMX = {"HX-Request": "true"}
ANSWERS = {200, 204, 302, 400, 403, 404, 405, 409, 410, 413, 429}
OF_A_PERSON = (Entry, Step, PostedOnce, DayMark, Basis, Condition, Recipe, Hidden)


@pytest.fixture(autouse=True)
def as_served(monkeypatch):
    """Parse requests as the server does."""
    monkeypatch.setattr("django.test.client.WSGIRequest", Utf8Request)
    monkeypatch.setattr("logging.root.manager.disable", CRITICAL)  # 4xx is expected


@pytest.fixture
def world(starter_foods):
    return World()


class World:
    """A person with some of everything, a second person with the same, and a browser."""

    def __init__(self) -> None:
        self.today = timezone.localdate()
        self.grace, self.stranger = self._person("grace"), self._person("stranger")
        self.grace.set_password(PASSWORD)
        self.grace.save()
        self.client = Client(raise_request_exception=True)
        self.client.post("/accounts/login/", {"login": "grace", "password": PASSWORD})
        self.session = self.client.cookies["sessionid"].value
        self.theirs = self._of_stranger()

    def _person(self, name: str) -> User:
        account = make_user(name, email=f"{name}@example.org")
        profile = account.profile = make_profile(account)
        food = Food.objects.filter(slug__isnull=False).order_by("pk").first()
        own = make_food("Own drink", owner=account, source=make_source(slug="own"), is_drink=True)
        retired = make_food("Old drink", owner=account, retired_at=timezone.now())
        days = [self.today, self.today - timedelta(days=1), self.today - timedelta(days=9)]
        for day, eaten in product(days, (food, own, None)):
            make_entry(profile, day=day, food=eaten)
        make_entry(profile, day=self.today, food=None, mass_g=None, name="Quick add")
        writing.log(writing.build_entry(profile, self.today, "lunch", food, 100))
        writing.mark_day(profile, days[1], "complete")
        profile.conditions.create(factor="ppi", since=date(2020, 1, 1), ppi_dose="standard")
        Hidden.objects.create(profile=profile, food=food)
        account.recipe = make_recipe(profile, foods=[food, own, retired])
        make_meal(profile, foods=[food], retired_at=timezone.now())
        account.own = own
        return account

    def samples(self, account: User) -> dict[str, dict[str, Any]]:
        """Return URL arguments for an account's own rows."""
        profile, recipe = account.profile, account.recipe
        return {
            "": {"day": self.today.isoformat(), "slug": "vegan", "key": "x-y", "uidb36": "1"},
            "entry": {"pk": profile.entries.latest("pk").pk},
            "entry-delete": {"pk": profile.entries.latest("pk").pk},
            "undo": {"pk": profile.steps.latest("pk").pk},
            **{name: {"pk": account.own.pk} for name in ("food", "food-edit", "food-retire")},
            **{
                name: {"pk": recipe.pk, "item_pk": recipe.items.earliest("pk").pk}
                for name in (
                    "recipe",
                    "recipe-find",
                    "recipe-add",
                    "recipe-item",
                    "recipe-remove",
                    "recipe-log",
                    "recipe-retire",
                    "recipe-restore",
                )
            },
        }

    @cached_property
    def pages(self) -> list[str]:
        entries = [f"/entries/{entry.pk}/" for entry in self.grace.profile.entries.all()[:4]]
        return sorted({*addresses(self.samples(self.grace)), *entries, "/week/2026-03-02/"})

    @cached_property
    def forms(self) -> list[Form]:
        """One form of each kind on any page."""
        found: dict[Any, Form] = {}
        for address in self.pages:
            response = self.get(address)
            if response.status_code == 200 and "html" in response["Content-Type"]:
                for form in forms_of(response.text, address):
                    found.setdefault(form.kind, form)
        return [found[kind] for kind in sorted(found)]

    @property
    def posts(self) -> list[Form]:
        return [form for form in self.forms if form.method == "post"]

    # --- requests

    def get(self, address: str, query: Any = None, **headers: Any) -> Any:
        return self.ask("get", f"{address}?{encoded(query)}" if query else address, headers)

    def post(self, address: str, data: Any, **headers: Any) -> Any:
        said = {"data": encoded(data), "content_type": "application/x-www-form-urlencoded"}
        return self.ask("post", address, headers, **said)

    def ask(self, method: str, address: str, headers: Any, **said: Any) -> Any:
        """Send a request and roll it back; a change to the second person's rows is a fault."""
        self.client.cookies["sessionid"] = self.session
        point = transaction.savepoint()
        try:
            response = getattr(self.client, method)(address, headers=headers, **said)
            if method not in ("get", "head", "options"):
                assert self._of_stranger() == self.theirs, "a stranger's rows have changed"
        finally:
            transaction.savepoint_rollback(point)
            forget_everything()
        return response

    def _of_stranger(self) -> list[Any]:
        profile = self.stranger.profile
        rows = [
            list(m.objects.filter(profile=profile).order_by("pk").values()) for m in OF_A_PERSON
        ]
        return [
            *rows,
            list(Item.objects.filter(recipe__profile=profile).order_by("pk").values()),
            list(Profile.objects.filter(pk=profile.pk).values()),
            list(User.objects.filter(pk=self.stranger.pk).values()),
            list(Food.objects.filter(owner=self.stranger).order_by("pk").values()),
        ]

    @cached_property
    def values(self) -> list[str]:
        """Return the hostile values, including the ids of the second person's rows."""
        account, fresh = self.stranger, "00000000-0000-4000-8000-00000000000"
        entry = account.profile.entries.latest("pk")
        theirs = [entry.pk, account.own.pk, account.recipe.pk, account.profile.pk]
        picks = [
            f"again:{entry.pk}:{fresh}1",
            f"food:{account.own.pk}:1:g:{fresh}2",
            f"meal:{account.recipe.pk}:1:{fresh}3",
        ]
        return [*VALUES, *map(str, theirs), *picks]


def encoded(values: dict[str, str]) -> str:
    """Encode a form like a client that may also send half a character."""
    return urlencode(values, errors="surrogatepass")


def some(everything: list, sample: str) -> list:
    if sample == "all":
        return everything
    return random.Random(SEED).sample(everything, min(int(sample), len(everything)))


def odd_fields(world: World) -> list[Ask]:
    """Each field of each form with each value, the others unchanged."""
    fields = [(form, name) for form in world.posts for name in form.fields]
    return [
        partial(world.post, form.action, form.fields | {name: value}, **headers)
        for (form, name), value, headers in product(fields, world.values, ({}, HTMX))
    ]


def odd_forms(world: World) -> list[Ask]:
    """Each form with an unusual value in every field."""
    values = world.values
    return [
        partial(
            world.post,
            form.action,
            {name: values[(turn + 7 * i) % len(values)] for i, name in enumerate(form.fields)},
            **headers,
        )
        for form, turn, headers in product(world.posts, range(len(values)), ({}, HTMX))
    ]


def odd_queries(world: World) -> list[Ask]:
    """Each URL with an unusual value under every name, each value under each name once."""
    names: dict[str, set[str]] = {address: set(QUERY_NAMES) for address in world.pages}
    for form in world.forms:
        if form.method == "get":
            names.setdefault(form.action.partition("?")[0], set(QUERY_NAMES)).update(form.fields)
    values = world.values
    return [
        partial(
            world.get,
            address,
            dict(zip(sorted(known), values[turn:] + values[:turn], strict=False)),
            **headers,
        )
        for (address, known), turn, headers in product(
            sorted(names.items()), range(len(values)), ({}, HTMX)
        )
    ]


def odd_addresses(world: World) -> list[Ask]:
    """URLs that do not exist or belong to the second person, and every method."""
    theirs = addresses(world.samples(world.stranger))
    odd = sorted({*hostile_paths(), *theirs, *world.pages})
    methods = ("get", "head", "options", "post", "put", "patch", "delete", "trace")
    return [
        partial(world.ask, method, address, headers)
        for address, method, headers in product(odd, methods, ({}, HTMX))
    ]


@pytest.mark.ignore_template_errors  # allauth asks its own pages for more than there is
@pytest.mark.parametrize(
    "sample",
    [
        pytest.param(SMALL_SAMPLE, id="small"),
        pytest.param(LARGE_SAMPLE, id="large", marks=pytest.mark.slow),
    ],
)
def test_no_input_causes_a_failure(world, sample):
    assert len({form.action for form in world.posts}) > FEWEST_FORMS
    faults = []
    for kind in (odd_fields, odd_forms, odd_queries, odd_addresses):
        for ask in some(kind(world), sample):
            try:
                status = ask().status_code
            except Exception as error:
                faults.append(f"{said(ask)}: {type(error).__name__}: {str(error)[:200]}")
            else:
                if status not in ANSWERS:
                    faults.append(f"{said(ask)}: {status}")

    assert faults == []


def said(ask: Ask) -> str:
    return f"{ask.func.__name__} {ask.args} {ask.keywords}"[:400]
