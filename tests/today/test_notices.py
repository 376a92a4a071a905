"""The line above the meals and its button match: the button undoes what the line says."""

import re
from datetime import timedelta
from html import unescape
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.pages import on_one_line
from tracker.history.models import Step

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NOTICE = re.compile(r'<div class="said".*?</div>', re.S)


@pytest.fixture
def today():
    return timezone.localdate()


class Diary:
    """A person's day as a browser sees it, with or without scripts."""

    def __init__(self, client, day, make_food, headers):
        self.client, self.day, self.make_food, self.headers = client, day, make_food, headers
        self.page = ""

    def post(self, address, **data):
        answer = self.client.post(address, data, headers=self.headers, follow=True)
        assert answer.status_code == 200, address
        self.page = on_one_line(answer.text)

    def log(self, name, **more):
        food = self.make_food(name)
        self.post(reverse("log", args=[self.day]), food=food.pk, slot="lunch", **more)
        return food

    def mark(self, status):
        self.post(reverse("mark", args=[self.day]), status=status)

    def press(self, word):
        """Press a button of the notice."""
        for address, label in re.findall(
            r'<form method="post" action="([^"]+)".*?<button[^>]*>(.*?)</button>', self.notice, re.S
        ):
            if label.startswith(word):
                return self.post(address)
        raise AssertionError(f"no button {word!r} in {self.notice}")

    def press_last_undo(self, ada):
        step = Step.objects.filter(profile=ada.profile).latest("pk")
        self.post(reverse("undo", args=[self.day, step.pk]))

    @property
    def notice(self):
        found = NOTICE.search(self.page)
        return found.group() if found else ""

    @property
    def text(self):
        found = re.search(r"<p[^>]*>(.*?)</p>", self.notice)
        return unescape(found.group(1)) if found else ""

    @property
    def last_line(self):
        return unescape(re.findall(r"<p[^>]*>(.*?)</p>", self.notice)[-1])

    @property
    def buttons(self):
        return re.findall(r"<button[^>]*>(.*?)<", self.notice)


@pytest.fixture(params=[HTMX, {}], ids=["htmx", "plain"])
def diary(request, ada_client, today, make_food):
    return Diary(ada_client, today, make_food, request.param)


def entries(ada):
    return list(ada.profile.entries.order_by("pk").values_list("name", flat=True))


def test_undoing_a_mark_keeps_what_was_logged_before_it(ada, diary):
    diary.log("Banana")
    diary.mark("complete")
    assert (diary.text, diary.buttons) == ("Marked the day as complete.", ["Undo"])

    diary.press("Undo")

    assert entries(ada) == ["Banana"]
    assert ada.profile.day_marks.count() == 0
    assert diary.text == "Undone: Marked the day as complete."


def test_what_was_undone_can_be_put_back(ada, diary):
    diary.log("Banana")
    diary.press("Undo")
    assert (diary.text, diary.buttons) == ("Undone: Logged Banana.", ["Put back"])

    diary.press("Put back")

    assert entries(ada) == ["Banana"]
    assert (diary.text, diary.buttons) == ("Logged Banana.", ["Undo"])


def test_the_step_before_an_undone_one_is_named_on_its_button(ada, diary):
    diary.log("Banana")
    diary.log("Egg")

    diary.press("Undo")
    assert diary.buttons == ["Put back", "Undo the step before: Logged Banana"]
    diary.press("Undo the step before")

    assert entries(ada) == []
    assert diary.text == "Undone: Logged Banana."


def test_an_undone_deletion_can_be_repeated(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, name="Banana")
    diary.post(reverse("entry-delete", args=[entry.pk]))
    diary.press("Undo")
    assert (diary.text, diary.buttons) == ("Undone: Deleted Banana.", ["Delete again"])

    diary.press("Delete again")

    assert entries(ada) == []
    assert (diary.text, diary.buttons) == ("Deleted Banana.", ["Undo"])


def test_saving_an_unchanged_entry_makes_no_step(ada, ada_client, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, food=diary.make_food("Banana"), slot="lunch")
    address = reverse("entry", args=[entry.pk])
    form = ada_client.get(address).context["form"]
    diary.log("Egg")

    answers = {name: form.initial[name] or "" for name in ("amount", "unit", "slot", "clock")}
    diary.post(address, **answers, client_uuid=str(uuid4()))

    assert "Nothing was changed." in diary.page
    assert "Changed Banana" not in diary.page
    assert [step.kind for step in Step.objects.all()] == ["logged"]


def test_an_unchanged_form_posted_again_stays_on_its_day(ada, ada_client, make_entry, today):
    day = today - timedelta(days=2)
    entry = make_entry(ada.profile, day=day, slot="lunch", mass_g=None, b12_ug=2)
    address, key = reverse("entry", args=[entry.pk]), str(uuid4())
    form = ada_client.get(address).context["form"]
    answers = {name: form.initial[name] or "" for name in ("name", "b12_ug", "kind", "slot")}

    pages = [ada_client.post(address, answers | {"clock": "", "client_uuid": key}) for _n in "12"]

    assert [page.url for page in pages] == [reverse("day", args=[day])] * 2


def test_a_form_that_changed_nothing_is_answered_once(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, food=diary.make_food(), slot="lunch", clock=None)
    address, measure = reverse("entry", args=[entry.pk]), {"amount": "1", "unit": "p0", "clock": ""}
    same = measure | {"slot": "lunch", "client_uuid": str(uuid4())}
    diary.post(address, **same)
    diary.post(address, **measure, slot="dinner", client_uuid=str(uuid4()))

    diary.post(address, **same)

    assert "That was already done, so nothing was changed." in diary.page
    assert ada.profile.entries.get().slot == "dinner"


def test_an_existing_mark_is_reported_where_the_day_is_marked(ada_client, today):
    address = reverse("mark", args=[today])
    for _again in range(2):
        swapped = ada_client.post(address, {"status": "complete"}, headers=HTMX).text
    plain = ada_client.post(address, {"status": "complete"})

    panel = swapped.partition('<section id="panel"')[2].partition("</section>")[0]
    assert "The day already has this mark." in panel
    assert plain.url == reverse("today")  # the top of the page, where the message is


def test_saving_an_unchanged_quick_add_makes_no_step(ada, ada_client, diary, today):
    diary.post(reverse("log", args=[today]), pick="ug:3:food", slot="lunch")
    address = reverse("entry", args=[ada.profile.entries.get().pk])
    form = ada_client.get(address).context["form"]

    answers = {name: form.initial[name] or "" for name in ("name", "b12_ug", "kind", "slot")}
    diary.post(address, **answers, clock="")

    assert "Nothing was changed." in diary.page
    assert [step.kind for step in Step.objects.all()] == ["logged"]


def test_a_mark_is_reported_where_the_day_is_marked(diary):
    diary.log("Banana")
    assert "said" in diary.page.partition('<section id="day"')[2]

    for press in (lambda: diary.mark("complete"), lambda: diary.press("Undo")):
        press()
        assert diary.page.count('class="said"') == 1
        panel = diary.page.partition('<section id="panel"')[2].partition("</section>")[0]
        assert 'class="said"' in panel
        assert 'hx-target="#day"' in NOTICE.search(panel).group()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("complete", "Marked the day as complete."),
        ("partial", "Marked the day as partly logged."),
        ("fasting", "Marked the day as a fasting day."),
    ],
)
def test_each_mark_is_named(diary, status, said):
    diary.mark(status)

    assert diary.text == said


def test_a_removed_mark_is_named(diary):
    diary.mark("complete")
    diary.mark("")

    assert diary.text == "Removed the day's mark."


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("complete", "The day already has this mark."),
        (
            "fasting",
            "1 food is logged on this day, so it is not a fasting day. Nothing was changed.",
        ),
    ],
)
def test_a_write_without_effect_keeps_the_line_and_button_of_the_last_step(diary, mark, told):
    diary.log("Banana")
    diary.mark("complete")

    diary.mark(mark)

    assert told in unescape(diary.page)
    assert (diary.last_line, diary.buttons) == ("Marked the day as complete.", ["Undo"])


def test_what_was_undone_can_be_put_back_after_a_refusal(diary):
    diary.log("Banana")
    diary.mark("complete")
    diary.press("Undo")

    diary.mark("")

    assert (diary.last_line, diary.buttons[0]) == (
        "Undone: Marked the day as complete.",
        "Put back",
    )


@pytest.mark.parametrize(("is_marked_first", "place"), [(True, False), (False, True)])
def test_a_refusal_is_shown_where_its_button_was_pressed(
    ada, ada_client, today, make_entry, is_marked_first, place
):
    make_entry(ada.profile, day=today)
    requests = [("mark", {"status": "complete"}), ("copy", {"from_day": today - timedelta(1)})]
    asked = requests if is_marked_first else [requests[0], requests[0]]

    for name, data in asked:
        page = ada_client.post(reverse(name, args=[today]), data, headers=HTMX)

    assert page.context["notice"].told
    assert page.context["notice"].is_beside_mark is place


def test_only_the_refusal_is_announced_and_not_the_step_before_it(ada_client, today):
    ada_client.post(reverse("mark", args=[today]), {"status": "complete"}, headers=HTMX)

    page = ada_client.post(reverse("mark", args=[today]), {"status": "complete"}, headers=HTMX)

    said = re.findall(r"<p[^>]* data-said>(.*?)</p>", on_one_line(page.text))
    assert said == ["The day already has this mark."]


@pytest.mark.parametrize(("count", "said"), [(1, "Copied 1 entry."), (2, "Copied 2 entries.")])
def test_a_copy_counts_its_entries(ada, diary, today, make_entry, count, said):
    yesterday = today - timedelta(1)
    for _n in range(count):
        make_entry(ada.profile, day=yesterday)

    diary.post(reverse("copy", args=[today]), from_day=yesterday.isoformat())

    assert (diary.text, diary.buttons) == (said, ["Undo"])


def test_copying_nothing_is_reported(diary, today):
    diary.post(reverse("copy", args=[today]), from_day=(today - timedelta(1)).isoformat())

    assert "There was nothing to copy." in diary.page


def test_an_entry_is_changed_deleted_and_the_notice_follows(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, food=diary.make_food("Egg"), name="Egg")
    diary.post(reverse("entry", args=[entry.pk]), amount="1", unit="g", slot="dinner")
    assert diary.text == "Changed Egg."

    diary.post(reverse("entry-delete", args=[entry.pk]))
    assert diary.text == "Deleted Egg."
    diary.press("Undo")

    assert entries(ada) == ["Egg"]


def test_the_time_of_a_meal_is_set_and_undone(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, slot="lunch")
    diary.post(reverse("clock", args=[today]), slot="lunch", clock="13:05")
    assert diary.text == "Changed the time of Lunch."

    diary.press("Undo")

    entry.refresh_from_db()
    assert entry.clock is None


def test_an_undo_that_is_too_late_says_so_and_does_nothing(ada, diary, today):
    diary.log("Banana")
    first = Step.objects.get()
    diary.log("Egg")

    diary.post(reverse("undo", args=[today, first.pk]))

    assert entries(ada) == ["Banana", "Egg"]
    assert (
        "This was not undone, because you did something after it, maybe on another day."
        in unescape(diary.page)
    )


def test_a_put_back_that_is_too_late_says_so_and_does_nothing(ada, diary, today):
    diary.log("Banana")
    step = Step.objects.get()
    diary.press("Undo")
    diary.log("Egg")

    diary.post(reverse("put-back", args=[today, step.pk]))

    assert entries(ada) == ["Egg"]
    assert (
        "This was not put back, because you did something after it, maybe on another day."
        in unescape(diary.page)
    )


def test_a_step_is_offered_for_an_hour(ada_client, diary, monkeypatch):
    diary.log("Banana")
    assert NOTICE.search(ada_client.get("/").text)

    in_an_hour = timezone.now() + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("tracker.today.notices.timezone", SimpleNamespace(now=lambda: in_an_hour))

    assert not NOTICE.search(ada_client.get("/").text)


def test_a_form_posted_twice_shows_what_it_did(ada, diary):
    once = uuid4()
    food = diary.log("Banana", client_uuid=once)

    diary.post(reverse("log", args=[diary.day]), food=food.pk, slot="lunch", client_uuid=once)

    assert entries(ada) == ["Banana"]
    assert (diary.text, diary.buttons) == ("Logged Banana.", ["Undo"])


def test_a_form_posted_again_after_its_undo_logs_nothing_and_says_so(ada, diary):
    once = uuid4()
    food = diary.log("Banana", client_uuid=once)
    diary.press("Undo")

    diary.post(reverse("log", args=[diary.day]), food=food.pk, slot="lunch", client_uuid=once)

    assert entries(ada) == []
    assert "That was undone, so it was not done again." in diary.page


def test_a_form_posted_again_later_says_that_it_was_logged(ada, diary):
    once = uuid4()
    food = diary.log("Banana", client_uuid=once)
    diary.log("Egg")

    diary.post(reverse("log", args=[diary.day]), food=food.pk, slot="lunch", client_uuid=once)

    assert entries(ada) == ["Banana", "Egg"]
    assert "That was already done, so nothing was changed." in diary.page


def test_a_copy_posted_twice_copies_once(ada, diary, today, make_entry):
    yesterday, once = today - timedelta(1), uuid4()
    make_entry(ada.profile, day=yesterday)

    for _again in range(2):
        address = reverse("copy", args=[today])
        diary.post(address, from_day=yesterday.isoformat(), client_uuid=once)

    assert ada.profile.entries.on_day(today).count() == 1
    assert diary.text == "Copied 1 entry."


def test_one_page_without_scripts_logs_two_foods_with_its_one_key(ada, diary):
    once = uuid4()

    diary.log("Banana", client_uuid=once)
    diary.log("Egg", client_uuid=once)

    assert entries(ada) == ["Banana", "Egg"]


# --- a form that is posted again after its undo


def test_an_edit_posted_again_after_its_undo_is_not_done_again(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, food=diary.make_food("Egg"), name="Egg")
    form = {"amount": "1", "unit": "g", "slot": "dinner", "client_uuid": uuid4()}
    diary.post(reverse("entry", args=[entry.pk]), **form)
    diary.press("Undo")

    diary.post(reverse("entry", args=[entry.pk]), **form)

    entry.refresh_from_db()
    assert (entry.mass_g, entry.slot) == (240, "breakfast")
    assert "That was undone, so it was not done again." in diary.page


def test_a_delete_posted_again_after_its_undo_is_not_done_again(ada, diary, make_entry, today):
    entry, once = make_entry(ada.profile, day=today, name="Egg"), uuid4()
    address = reverse("entry-delete", args=[entry.pk])
    diary.post(address, client_uuid=once)
    diary.press("Undo")

    diary.post(address, client_uuid=once)

    assert entries(ada) == ["Egg"]
    assert "That was undone, so it was not done again." in diary.page


def forget_the_steps(ada):
    """Simulate many later steps, or signing in with a guest's diary."""
    Step.objects.filter(profile=ada.profile).delete()


def test_no_form_is_executed_twice_even_if_its_step_is_forgotten(ada, diary, make_entry, today):
    yesterday = today - timedelta(1)
    entry = make_entry(ada.profile, day=today, slot="lunch", food=diary.make_food("Egg"))
    make_entry(ada.profile, day=yesterday, slot="dinner")
    forms = [
        (reverse("log", args=[today]), {"food": diary.make_food("Tea").pk, "slot": "lunch"}),
        (reverse("copy", args=[today]), {"from_day": yesterday.isoformat(), "slot": "dinner"}),
        (reverse("mark", args=[today]), {"status": "complete"}),
        (reverse("clock", args=[today]), {"slot": "lunch", "clock": "13:05"}),
        (reverse("entry", args=[entry.pk]), {"amount": "1", "unit": "g", "slot": "lunch"}),
        (reverse("entry-delete", args=[entry.pk]), {}),
    ]
    for address, form in forms:
        form["client_uuid"] = uuid4()
        diary.post(address, **form)
        diary.press("Undo")
        before = entries(ada), ada.profile.day_marks.count()
        forget_the_steps(ada)

        diary.post(address, **form)

        assert (entries(ada), ada.profile.day_marks.count()) == before, address
        assert "That was already done, so nothing was changed." in diary.page, address


def test_a_form_that_changed_nothing_is_not_done_later(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, slot="lunch")
    forms = [
        (reverse("mark", args=[today]), {"status": "complete"}),
        (reverse("clock", args=[today]), {"slot": "lunch", "clock": "13:05"}),
    ]
    for address, form in forms:
        diary.post(address, **form)
        again = form | {"client_uuid": uuid4()}
        diary.post(address, **again)
        assert "already" in diary.page
        diary.press_last_undo(ada)

        diary.post(address, **again)

    entry.refresh_from_db()
    assert (entry.clock, ada.profile.day_marks.count()) == (None, 0)


def test_a_form_posted_again_after_its_entry_is_deleted_is_answered(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, food=diary.make_food("Egg"), name="Egg")
    address = reverse("entry", args=[entry.pk])
    form = {"amount": "1", "unit": "g", "slot": "dinner", "client_uuid": uuid4()}
    diary.post(address, **form)
    diary.post(reverse("entry-delete", args=[entry.pk]))

    diary.post(address, **form)

    assert "That was already done, so nothing was changed." in diary.page


def test_an_undo_posted_twice_says_what_it_did(ada, diary, today):
    diary.log("Banana")
    step = Step.objects.get()
    for _again in range(2):
        diary.post(reverse("undo", args=[today, step.pk]))
        assert (diary.text, diary.buttons) == ("Undone: Logged Banana.", ["Put back"])

    for _again in range(2):
        diary.post(reverse("put-back", args=[today, step.pk]))
        assert (diary.text, diary.buttons) == ("Logged Banana.", ["Undo"])

    assert entries(ada) == ["Banana"]


def test_a_copy_posted_again_is_already_done_even_if_its_source_is_deleted(
    ada, diary, today, make_entry
):
    source = make_entry(ada.profile, day=today - timedelta(1))
    form = {"from_day": source.day.isoformat(), "client_uuid": uuid4()}
    diary.post(reverse("copy", args=[today]), **form)
    source.delete()

    diary.post(reverse("copy", args=[today]), **form)

    assert (diary.text, diary.buttons) == ("Copied 1 entry.", ["Undo"])


def test_a_delete_posted_twice_deletes_once(ada, diary, make_entry, today):
    entry, once = make_entry(ada.profile, day=today, name="Egg"), uuid4()
    for _again in range(2):
        diary.post(reverse("entry-delete", args=[entry.pk]), client_uuid=once)

    assert (diary.text, diary.buttons) == ("Deleted Egg.", ["Undo"])


def test_a_mark_posted_again_after_its_undo_is_not_done_again(ada, diary, today):
    address, once = reverse("mark", args=[today]), uuid4()
    diary.post(address, status="complete", client_uuid=once)
    diary.press("Undo")

    diary.post(address, status="complete", client_uuid=once)

    assert ada.profile.day_marks.count() == 0


def test_a_time_posted_again_after_its_undo_is_not_set_again(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, slot="lunch")
    address, form = reverse("clock", args=[today]), {"slot": "lunch", "clock": "13:05"}
    form["client_uuid"] = uuid4()
    diary.post(address, **form)
    diary.press("Undo")

    diary.post(address, **form)

    entry.refresh_from_db()
    assert entry.clock is None


def test_a_mark_or_a_time_posted_twice_keeps_its_notice(ada, diary, make_entry, today):
    make_entry(ada.profile, day=today, slot="lunch")
    mark = {"status": "complete", "seen": "open", "client_uuid": uuid4()}
    for _again in range(2):
        diary.post(reverse("mark", args=[today]), **mark)
    assert (diary.text, diary.buttons) == ("Marked the day as complete.", ["Undo"])

    clock = {"slot": "lunch", "clock": "13:05", "client_uuid": uuid4()}
    for _again in range(2):
        diary.post(reverse("clock", args=[today]), **clock)

    assert (diary.text, diary.buttons) == ("Changed the time of Lunch.", ["Undo"])


# --- changes in another window


def test_an_unseen_mark_of_another_window_is_not_replaced(ada, diary, today):
    address = reverse("mark", args=[today])
    diary.post(address, status="complete", seen="open")

    diary.post(address, status="fasting", seen="open")
    assert ada.profile.day_marks.get().status == "complete"
    assert "This was changed in another window: the day is now “complete”." in unescape(diary.page)
    diary.post(address, status="fasting", seen="complete")

    assert ada.profile.day_marks.get().status == "fasting"


def test_the_same_mark_of_another_window_is_not_a_conflict(ada, diary, today):
    address = reverse("mark", args=[today])
    for _window in range(2):
        diary.post(address, status="complete", seen="open")

    assert "Another window" not in diary.page
    assert ada.profile.day_marks.get().status == "complete"


def test_an_unseen_time_of_another_window_is_not_replaced(ada, diary, make_entry, today):
    entry = make_entry(ada.profile, day=today, slot="lunch")
    address = reverse("clock", args=[today])
    diary.post(address, slot="lunch", clock="08:00", seen_lunch="")

    diary.post(address, slot="lunch", clock="09:00", seen_lunch="")
    entry.refresh_from_db()
    assert f"{entry.clock:%H:%M}" == "08:00"
    assert "This was changed in another window: the meal’s time is now 08:00." in unescape(
        diary.page
    )
    diary.post(address, slot="lunch", clock="09:00", seen_lunch="08:00")

    entry.refresh_from_db()
    assert f"{entry.clock:%H:%M}" == "09:00"


@pytest.mark.parametrize("others", [["12:00"], [None, "12:00"], ["11:00", "12:00"]])
def test_several_times_are_not_treated_as_none(ada, diary, make_entry, today, others):
    """One of them was set in another window after this one was opened."""
    for clock in ("09:30", *others):
        make_entry(ada.profile, day=today, slot="lunch", clock=clock)
    before = list(ada.profile.entries.values_list("pk", "clock"))

    diary.post(reverse("clock", args=[today]), slot="lunch", clock="18:00", seen_lunch="")

    assert list(ada.profile.entries.values_list("pk", "clock")) == before
    assert "the foods of the meal now have different times." in diary.page


def test_a_meal_with_several_seen_times_gets_one(ada, ada_client, diary, make_entry, today):
    for clock in (None, "12:00"):
        make_entry(ada.profile, day=today, slot="lunch", clock=clock)
    assert 'name="seen_lunch" value=",12:00"' in ada_client.get("/").text

    diary.post(reverse("clock", args=[today]), slot="lunch", clock="18:00", seen_lunch=",12:00")

    assert {f"{e.clock:%H:%M}" for e in ada.profile.entries.all()} == {"18:00"}


def test_the_time_of_a_deleted_meal_cannot_be_set(diary, today):
    diary.post(reverse("clock", args=[today]), slot="lunch", clock="18:00")

    assert "There is nothing in this meal any more." in diary.page


def test_the_page_contains_the_values_it_showed(ada, ada_client, make_entry, today):
    make_entry(ada.profile, day=today, slot="breakfast")
    ada_client.post(reverse("mark", args=[today]), {"status": "partial"})

    page = ada_client.get("/").text

    assert 'name="seen" value="partial"' in page
    assert 'name="seen_breakfast" value="08:00"' in page
    assert 'name="seen_lunch"' not in page
