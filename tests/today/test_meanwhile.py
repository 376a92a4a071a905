"""Two windows change one thing: no change is lost silently."""

import re
from datetime import timedelta
from functools import partial
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import make_entry, make_food, make_profile, make_user
from tests.foods.test_label_form import OAT
from tests.pages import on_one_line
from tests.races import at_once, tab_of
from tests.recipes.builders import make_recipe, put_in
from tracker.diary.models import DayMark, Entry

HTMX = {"HX-Request": "true"}
HIDDEN = re.compile(r'name="seen" value="([^"]*)"')
GONE = "This entry is no longer in the diary, so nothing was changed."
CHANGED = "This has been changed in another window or on another device."


def seen_in(client, address):
    return HIDDEN.search(client.get(address).text).group(1)


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [HTMX, {}])
class TestEntry:
    @pytest.fixture
    def address(self, ada):
        entry = make_entry(ada.profile, day=timezone.localdate(), food=make_food(), slot="lunch")
        return reverse("entry", args=[entry.pk])

    def save(self, client, address, seen, headers, *, amount="1", slot="lunch"):
        data = {"amount": amount, "unit": "p0", "slot": slot, "clock": "", "seen": seen}
        return client.post(address, data, headers=headers)

    def test_the_second_window_is_told_and_sees_both_values(
        self, ada, ada_client, address, headers
    ):
        seen = seen_in(ada_client, address)
        self.save(ada_client, address, seen, headers, amount="2")

        answer = self.save(ada_client, address, seen, headers, amount="3", slot="dinner")

        text = unescape(answer.text)
        assert CHANGED in text
        assert "Currently stored: 2" in text
        assert "Currently stored: Lunch" in text
        assert 'value="3"' in text
        assert ada.profile.entries.get().mass_g == 480

    def test_saving_once_more_replaces_it(self, ada, ada_client, address, headers):
        seen = seen_in(ada_client, address)
        self.save(ada_client, address, seen, headers, amount="2")
        answer = self.save(ada_client, address, seen, headers, amount="3")

        again = HIDDEN.search(answer.text).group(1)
        self.save(ada_client, address, again, headers, amount="3")

        assert ada.profile.entries.get().mass_g == 720

    def test_one_form_posted_twice_is_not_a_conflict(self, ada, ada_client, address, headers):
        seen = seen_in(ada_client, address)

        answers = [self.save(ada_client, address, seen, headers, amount="2") for _again in range(2)]

        assert not any(CHANGED in answer.text for answer in answers)
        assert ada.profile.entries.get().mass_g == 480

    def test_one_window_after_the_other_is_not_a_conflict(self, ada, ada_client, address, headers):
        for amount in ("2", "3"):
            self.save(ada_client, address, seen_in(ada_client, address), headers, amount=amount)

        assert ada.profile.entries.get().mass_g == 720

    @pytest.mark.parametrize("way", ["save", "delete", "open"])
    @pytest.mark.parametrize("days_ago", [0, 3])
    def test_an_entry_deleted_in_the_meantime_redirects_to_its_day(
        self, ada, ada_client, address, headers, way, days_ago
    ):
        day = timezone.localdate() - timedelta(days_ago)
        ada.profile.entries.update(day=day)
        seen = seen_in(ada_client, address)
        ada_client.post(f"{address}delete/")
        make_entry(ada.profile, day=day, name="Something else of that day")
        ada_client.post(reverse("mark", args=[timezone.localdate()]), {"status": "complete"})

        match way:
            case "save":
                answer = self.save(ada_client, address, seen, headers, amount="3")
            case "delete":
                answer = ada_client.post(f"{address}delete/", headers=headers)
            case "open":
                answer = ada_client.get(address, headers=headers)
        if not headers:
            answer = ada_client.get(answer.url)

        assert GONE in unescape(answer.text)
        assert "Something else of that day" in answer.text
        assert ada.profile.entries.count() == 1

    def test_an_entry_without_stored_steps_is_not_found(self, ada, ada_client, address, headers):
        seen = seen_in(ada_client, address)
        ada_client.post(f"{address}delete/")
        ada.profile.steps.all().delete()

        assert self.save(ada_client, address, seen, headers).status_code == 404


@pytest.mark.django_db
def test_a_quick_add_and_an_entry_without_its_food_carry_a_version(ada, ada_client):
    for fields in ({"mass_g": None, "food": None}, {"food": None}):
        entry = make_entry(ada.profile, day=timezone.localdate(), **fields)
        assert seen_in(ada_client, reverse("entry", args=[entry.pk]))


@pytest.mark.django_db
def test_a_recipe_changed_in_two_windows(ada, ada_client):
    recipe = make_recipe(ada.profile, name="Dal")
    address = reverse("recipe", args=[recipe.pk])
    data = {"kind": "recipe", "servings": "4", "seen": seen_in(ada_client, address)}

    ada_client.post(address, data | {"name": "Red dal"})
    answer = ada_client.post(address, data | {"name": "Yellow dal"})

    assert CHANGED in answer.text
    assert "Currently stored: Red dal" in answer.text
    recipe.refresh_from_db()
    assert recipe.name == "Red dal"


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_food_of_a_recipe_changed_in_two_windows(ada, ada_client, headers):
    recipe = make_recipe(ada.profile)
    item = put_in(recipe)
    address = reverse("recipe-item", args=[recipe.pk, item.pk])
    data = {"unit": "g", "seen": seen_in(ada_client, address)}

    ada_client.post(address, data | {"amount": "150"}, headers=headers)
    answer = ada_client.post(address, data | {"amount": "200"}, headers=headers)

    assert CHANGED in answer.text
    assert "Currently stored: 150" in answer.text
    item.refresh_from_db()
    assert item.mass_g == 150


@pytest.mark.django_db
def test_a_profile_changed_in_two_windows(ada, ada_client):
    address = reverse("profile")
    data = {"authority": "iom", "time_zone": "UTC", "seen": seen_in(ada_client, address)}

    ada_client.post(address, data | {"diet": "vegan", "has_metformin": "on"})
    answer = ada_client.post(address, data | {"diet": "vegetarian"})

    assert CHANGED in answer.text
    assert "Currently stored: Plants only (vegan)" in answer.text
    assert "Currently stored: yes" in answer.text
    assert ada.profile.bases.latest("valid_from").diet == "vegan"
    assert ada.profile.conditions.filter(factor="metformin", until=None).exists()


@pytest.mark.django_db
def test_an_own_food_changed_in_two_windows(ada, ada_client):
    ada_client.post(reverse("food-new"), OAT)
    food = ada.own_foods.get()
    address = reverse("food-edit", args=[food.pk])
    form = _shown(ada_client, address)

    ada_client.post(address, form | {"amount": "0.5"})
    answer = ada_client.post(address, form | {"amount": "0.6"})

    assert CHANGED in answer.text
    assert "Currently stored: 0.5" in answer.text
    food.refresh_from_db()
    assert food.b12_ug_per_100g == 0.5


def _shown(client, address):
    """Return what a browser would send for an unchanged form."""
    fields = client.get(address).context["form"]
    shown = {field.html_name: field.value() for field in fields}
    return {name: value for name, value in shown.items() if value not in (None, False)}


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [HTMX, {}])
@pytest.mark.parametrize(("slot", "place"), [("dinner", "meal"), ("", "day")])
def test_a_copy_needs_an_empty_target(ada, ada_client, headers, slot, place):
    today = timezone.localdate()
    yesterday = today - timedelta(1)
    make_entry(ada.profile, day=yesterday, slot="dinner")
    address, data = reverse("copy", args=[today]), {"from_day": str(yesterday), "slot": slot}
    ada_client.post(address, data, headers=headers)

    second = ada_client.post(address, data, headers=headers, follow=True)

    told = f"This {place} already has entries, so nothing was copied."
    assert told in second.text
    assert ada.profile.entries.on_day(today).count() == 1


@pytest.mark.django_db
def test_a_meal_is_copied_beside_other_meals(ada, ada_client):
    today = timezone.localdate()
    make_entry(ada.profile, day=today - timedelta(1), slot="dinner")
    make_entry(ada.profile, day=today, slot="lunch")
    data = {"from_day": str(today - timedelta(1)), "slot": "dinner"}

    ada_client.post(reverse("copy", args=[today]), data)

    assert ada.profile.entries.on_day(today).count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("headers", [HTMX, {}])
def test_an_idea_added_in_another_window_is_not_added_again(ada, ada_client, headers):
    today = timezone.localdate()
    tuna, tea = make_food("Tuna"), make_food("Tea")
    make_entry(ada.profile, day=today, slot="dinner", food=tuna)
    make_entry(ada.profile, day=today - timedelta(1), food=tea)
    idea = {"amount": "1", "unit": "g", "slot": "lunch", "idea": "yes"}
    address = reverse("log", args=[today])

    second = ada_client.post(address, idea | {"food": tuna.pk}, headers=headers, follow=True)
    other = ada_client.post(address, idea | {"food": tea.pk}, headers=headers, follow=True)

    assert "Tuna is already logged on this day, so it was not added." in second.text
    assert "Logged Tea." in other.text
    eaten = ada.profile.entries.on_day(today).values_list("name", flat=True)
    assert sorted(eaten) == ["Soy milk", "Tea"]


@pytest.mark.django_db
def test_an_idea_posted_twice_shows_what_it_did(ada, ada_client):
    today, tuna = timezone.localdate(), make_food("Tuna")
    data = {"food": tuna.pk, "amount": "1", "unit": "g", "slot": "lunch", "idea": "yes"}
    data["client_uuid"] = "00000000-0000-4000-8000-000000000000"

    answers = [
        ada_client.post(reverse("log", args=[today]), data, headers=HTMX) for _again in range(2)
    ]

    assert ["Logged Tuna." in answer.text for answer in answers] == [True, True]
    assert ada.profile.entries.count() == 1


# --- concurrent requests


ROUNDS = 8


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    @pytest.fixture
    def account(self):
        account = make_user()
        account.profile = make_profile(account)
        return account

    def test_change_against_delete(self, account):
        today = timezone.localdate()
        for _round in range(ROUNDS):
            address = reverse("entry", args=[make_entry(account.profile, day=today).pk])
            one, other = tab_of(account), tab_of(account)
            data = {"amount": "100", "slot": "dinner"}

            answers = at_once(
                partial(one.post, address, data), partial(other.post, f"{address}delete/")
            )

            assert [answer.status_code for answer in answers] == [302, 302]
            assert Entry.objects.count() == 0

    def test_delete_against_delete_leaves_one_step(self, account):
        today = timezone.localdate()
        for _round in range(ROUNDS):
            address = reverse("entry-delete", args=[make_entry(account.profile, day=today).pk])
            one, other = tab_of(account), tab_of(account)

            answers = at_once(partial(one.post, address), partial(other.post, address))

            assert [answer.status_code for answer in answers] == [302, 302]
        assert account.profile.steps.count() == ROUNDS

    def test_mark_against_unmark(self, account):
        address = reverse("mark", args=[timezone.localdate()])
        one, other = tab_of(account), tab_of(account)
        for _round in range(ROUNDS):
            answers = at_once(
                partial(one.post, address, {"status": "complete"}),
                partial(other.post, address, {"status": ""}),
            )

            assert [answer.status_code for answer in answers] == [302, 302]
        assert DayMark.objects.count() <= 1

    def test_mark_against_mark(self, account):
        address = reverse("mark", args=[timezone.localdate()])
        one, other = tab_of(account), tab_of(account)

        answers = at_once(
            partial(one.post, address, {"status": "complete"}),
            partial(other.post, address, {"status": "fasting"}),
        )

        assert [answer.status_code for answer in answers] == [302, 302]
        assert DayMark.objects.count() == 1

    @pytest.mark.parametrize("what", ["copy", "idea"])
    def test_one_idea_added_in_two_windows_is_added_once(self, account, what):
        food, today = make_food(), timezone.localdate()
        make_entry(account.profile, day=today - timedelta(1))
        one, other = tab_of(account), tab_of(account)
        if what == "copy":
            address, data = reverse("copy", args=[today]), {"from_day": today - timedelta(1)}
        else:
            address = reverse("log", args=[today])
            data = {"food": food.pk, "slot": "lunch", "idea": "yes"}

        answers = at_once(partial(one.post, address, data), partial(other.post, address, data))

        assert [answer.status_code for answer in answers] == [302, 302]
        assert account.profile.entries.on_day(today).count() == 1

    def test_two_undos_of_one_step_undo_one(self, account):
        food, today = make_food(), timezone.localdate()
        one, other = tab_of(account), tab_of(account)
        for _round in range(2):
            one.post(reverse("log", args=[today]), {"food": food.pk, "slot": "lunch"})
        last = account.profile.steps.latest("pk")
        address = reverse("undo", args=[today, last.pk])

        answers = at_once(partial(one.post, address), partial(other.post, address))

        assert [answer.status_code for answer in answers] == [302, 302]
        assert Entry.objects.count() == 1

    def test_one_form_sent_twice_logs_once(self, account):
        food, today = make_food(), timezone.localdate()
        one, other = tab_of(account), tab_of(account)
        for number in range(ROUNDS):
            once = f"00000000-0000-4000-8000-{number:012d}"
            data = {"food": food.pk, "slot": "lunch", "client_uuid": once}
            address = reverse("log", args=[today])

            answers = at_once(partial(one.post, address, data), partial(other.post, address, data))

            assert [answer.status_code for answer in answers] == [302, 302]
        assert Entry.objects.count() == ROUNDS

    def test_of_two_concurrent_saves_one_is_kept_and_the_other_is_told(self, account):
        food = make_food()
        entry = make_entry(account.profile, day=timezone.localdate(), food=food, slot="lunch")
        address = reverse("entry", args=[entry.pk])
        one, other = tab_of(account), tab_of(account)
        data = {"unit": "p0", "slot": "lunch", "seen": seen_in(one, address)}

        answers = at_once(
            partial(one.post, address, data | {"amount": "2"}),
            partial(other.post, address, data | {"amount": "3"}),
        )

        assert sorted(answer.status_code for answer in answers) == [200, 302]
        assert sum(CHANGED in answer.text for answer in answers) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("word", ["undo", "put-back"])
def test_a_form_posted_twice_at_once_shows_what_it_did(word):
    account = make_user("grace")
    profile, today = make_profile(account), timezone.localdate()
    tab, other = tab_of(account), tab_of(account)
    for _round in range(6):
        food = make_food("Banana")
        tab.post(reverse("log", args=[today]), {"food": food.pk, "slot": "lunch"})
        step = profile.steps.latest("pk")
        if word == "put-back":
            tab.post(reverse("undo", args=[today, step.pk]))
        address = reverse(word, args=[today, step.pk])

        answers = at_once(*(partial(one.post, address, headers=HTMX) for one in (tab, other)))

        pages = [on_one_line(answer.text) for answer in answers]
        said = [re.search(r"<p data-said>(.*?)</p>", page).group(1) for page in pages]
        assert said == [{"undo": "Undone: Logged Banana.", "put-back": "Logged Banana."}[word]] * 2
