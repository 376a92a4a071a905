"""Journeys with scripts off: plain links and forms are enough everywhere.

``tests/today/test_browser.py`` tests the same on today's page in a real browser.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_entry, make_food
from tests.insights.people import MONDAY, log_days
from tests.recipes.builders import make_meal
from tests.scriptless import Tab, text_of
from tracker.profiles.models import Profile

pytestmark = pytest.mark.django_db


def test_a_food_is_added_to_a_meal_changed_and_the_meal_logged(ada, ada_client):
    make_food("Milk, whole", b12_ug_per_100g=0.5, portions=[("1 cup", 244)])
    recipe = make_meal(ada.profile)
    tab = Tab(ada_client, reverse("recipe", args=[recipe.pk]))

    tab.press("^Find$", q="2 cups milk")
    tab.press("Milk")
    tab.follow("Change Milk")
    tab.press("^Save$", amount="1")
    tab.press("^Log it$", amount="half")

    assert tab.address.partition("#")[0] == "/"
    assert ada.profile.entries.get().mass_g == 122


def test_the_first_questions_are_answered(ada, ada_client):
    Profile.objects.filter(pk=ada.profile.pk).update(welcomed_at=None, birth_year=None)
    tab = Tab(ada_client, "/welcome/")

    tab.press("^Save and start$", birth_year="1990", has_pernicious_anaemia="on")

    assert tab.address.partition("#")[0] == "/welcome/done/"
    assert "Food alone cannot provide enough here" in tab.headings
    assert Profile.objects.get(pk=ada.profile.pk).birth_year == 1990


def test_a_suggestion_is_hidden_restored_and_another_one_added(ada, ada_client):
    oat = make_food("Oat milk, fortified", slug="oat", group="Plant-based milks")
    make_food("Soy drink, fortified", slug="soy", group="Drinks", b12_ug_per_100g=0.3)
    tab = Tab(ada_client, "/suggestions/")

    tab.press("Later.*Soy drink")
    assert "Soy drink, fortified will not be suggested before" in tab.text
    assert "One hidden food" in map(text_of, tab.page.iter("summary"))
    tab.press("Suggest again.*Soy drink")
    tab.press("Add.*Oat milk")

    assert ada.profile.entries.get().food_id == oat.pk


def test_each_change_of_a_day_redirects_to_its_place(ada, ada_client):
    entries = [make_entry(ada.profile, day=timezone.localdate(), name=f"Food {n}") for n in "012"]
    tab = Tab(ada_client, "/")

    tab.follow("Change Food 1")
    tab.press("^Save$", amount="2")
    assert tab.address.endswith(f"#entry-{entries[1].pk}")
    tab.press("Delete Food 1")
    assert tab.address.endswith("#day")
    tab.press("^complete$")
    assert tab.address.endswith("#panel")


def test_the_drawing_of_a_week_and_its_numbers_are_on_the_page(ada, ada_client):
    log_days(ada.profile, complete=5)
    tablet = {"name": "Tablet", "source_class": "supplement", "is_supplement": True}
    make_entry(ada.profile, b12_ug=1000, free_ug=1000, slot="snack", clock=None, **tablet)
    make_entry(ada.profile, day=MONDAY + timedelta(1), source_class="fish", b12_ug=3, food_ug=3)

    tab = Tab(ada_client, f"/week/{MONDAY}/")

    bars = [e for e in tab.page.iter("g") if e.get("fill", "").startswith("var(--class-")]
    monday = next(row for row in map(text_of, tab.page.iter("tr")) if row.startswith("Mon 2"))
    assert sum(len(list(bar.iter("rect"))) for bar in bars) == 8  # the tablet has its own lane
    assert "1,000" in monday
