import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.factories import make_entry, make_profile, make_user
from tests.insights.people import MONDAY, SUNDAY, log_days
from tests.pages import on_one_line
from tracker.diary.models import DayMark
from tracker.intake.spans import WEEK

ADDRESS = f"/week/{MONDAY}/"
pytestmark = pytest.mark.django_db


def text_of(response):
    plain = re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain)


def test_a_stranger_is_sent_to_sign_in(client):
    response = client.get(ADDRESS)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={ADDRESS}")


def test_the_week_without_a_date_is_this_week(ada_client):
    response = ada_client.get("/week/")

    week = response.context["week"]
    assert week.first <= datetime.now(UTC).date() <= week.last
    assert response.context["is_current"]


@pytest.mark.parametrize("offset", range(1, 7))
def test_any_day_redirects_to_the_url_of_its_monday(ada_client, offset):
    response = ada_client.get(f"/week/{MONDAY + timedelta(offset)}/")

    assert (response.status_code, response.url) == (302, ADDRESS)


@pytest.mark.parametrize(
    "text",
    ["9999-12-31", "0001-01-01", "2026-02-30", "2026-13-01", "1999-01-01", "x", "2026-03-02" * 999],
)
def test_a_date_outside_the_diary_is_not_found(ada_client, text):
    assert ada_client.get(f"/week/{text}/").status_code == 404


def test_the_last_week_of_a_year_can_be_shown(ada_client):
    assert "week 53, 2020" in text_of(ada_client.get("/week/2020-12-28/"))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_only_accepts_get_requests(ada_client, method):
    assert getattr(ada_client, method)(ADDRESS).status_code == 405


@pytest.mark.parametrize("entries", [1, 3])
def test_the_week_takes_the_same_queries_however_many_entries(
    ada, ada_client, entries, django_assert_num_queries
):
    log_days(ada.profile, entries=entries)
    ada_client.get(ADDRESS)

    with django_assert_num_queries(3):  # session, account, profile: the rest is in the memo
        response = ada_client.get(ADDRESS)

    assert sum(day.coverage.total for day in response.context["week"].days) == 7 * entries


def test_another_persons_entries_and_marks_are_not_in_it(ada, ada_client):
    make_entry(ada.profile, day=MONDAY, name="Ada's oat drink")
    log_days(make_profile(make_user("bob")), name="Bob's liver")

    said = text_of(ada_client.get(ADDRESS))

    assert "Ada&#x27;s oat drink" in said
    assert "Bob" not in said
    assert "No complete days yet." in said


def test_the_headline_is_the_mean_of_the_complete_days_with_their_number(ada, ada_client):
    log_days(ada.profile, days=5, complete=4, b12_ug=3.0, free_ug=3.0)

    response = ada_client.get(ADDRESS)

    headline = text_of(response).split("B12 by day")[0]
    assert "3.0 µg from food a day" in headline
    assert "mean of 4 complete days" in headline
    assert response.context["judged"][0].certainty.key == "too_early"


def test_an_unknown_food_is_mentioned_beside_the_mean(ada, ada_client):
    log_days(ada.profile, days=1, complete=1, entries=4)
    make_entry(ada.profile, day=MONDAY, name="Pastry", b12_ug=None, free_ug=0)

    said = text_of(ada_client.get(ADDRESS))

    assert "at least 4.0 µg from food a day" in said
    assert re.search("at least [\\d.]+ µg absorbed a day \\(estimate\\)", said)
    assert "B12 known for 4 of 5 foods" in said
    assert "Pastry: B12 not reported" in said


def test_a_tablet_never_shows_a_huge_percentage(ada, ada_client):
    log_days(ada.profile, days=7)
    tablet = {"b12_ug": 1000.0, "free_ug": 1000.0, "is_supplement": True}
    log_days(ada.profile, complete=0, name="Tablet", source_class="supplement", **tablet)

    said = text_of(ada_client.get(ADDRESS))

    percents = [int(found) for found in re.findall(r"(\d[\d,]*) %", said.replace(",", ""))]
    assert percents == [100]  # the soy milk's share of the food
    assert "1,000 µg from supplements a day" in said


def test_nothing_is_compared_for_a_person_whom_food_cannot_help(ada, ada_client):
    ada.profile.conditions.create(factor="pernicious_anaemia", recorded_on=date(2020, 1, 1))
    log_days(ada.profile)

    response = ada_client.get(ADDRESS)

    assert response.context["judged"][0].certainty.key == "withheld_food_cannot_do_it"
    assert "reached the target" not in text_of(response)


def test_an_authority_with_only_an_ai_names_no_probability(ada, ada_client):
    ada.profile.bases.update(authority="efsa")
    log_days(ada.profile)

    response = ada_client.get(ADDRESS)

    assert response.context["judged"][0].certainty.key == "below_ai_nothing_follows"
    assert "8 of 10 cases" not in text_of(response)


def test_the_table_has_the_values_of_the_chart(ada, ada_client):
    log_days(ada.profile, days=2, complete=1)
    make_entry(ada.profile, day=MONDAY, name="Trout", source_class="fish", free_ug=0, food_ug=2.5)

    response = ada_client.get(ADDRESS)

    rows = response.context["days"]
    assert '<th scope="row">Mon 2</th>' in response.text
    assert rows[0].amounts[:4] == ("2.5", "1.0", "3.5", "0")
    assert rows[0].status == "complete"
    assert rows[1].amounts[:4] == ("0", "1.0", "1.0", "0")
    assert rows[2].amounts[:5] == ("–",) * 5


@pytest.mark.parametrize(("complete", "is_there"), [(7, False), (6, True)])
def test_the_key_explains_hatching_only_if_there_is_some(ada, ada_client, complete, is_there):
    log_days(ada.profile, complete=complete)

    assert ada_client.get(ADDRESS).context["has_hatching"] is is_there


@pytest.mark.parametrize(
    ("b12_ug", "mark", "shown"),
    [
        (0.0, "", ("0", "not marked complete")),
        (None, "", ("not known", "not marked complete")),
        (None, "partial", ("not known", "partly logged")),
    ],
)
def test_an_incomplete_day_without_b12_differs_from_a_complete_one(
    ada, ada_client, b12_ug, mark, shown
):
    make_entry(ada.profile, b12_ug=b12_ug, free_ug=0)
    if mark:
        DayMark.objects.create(profile=ada.profile, day=MONDAY, status=mark)

    response = ada_client.get(ADDRESS)

    page, row = response.content.decode(), response.context["days"][0]
    assert 'fill="url(#week-summary--line-strong-7-30)"' in page
    assert "Not marked complete" in [t["name"] for t in response.context["figure"]["data"]]
    assert re.search(r"<li>(?:(?!</li>).)*Day not marked complete</li>", on_one_line(page))
    assert (row.amounts[0], row.status) == shown


def test_absorption_from_unknown_foods_is_unknown_and_never_0(ada, ada_client):
    make_entry(ada.profile, b12_ug=None, free_ug=0)
    make_entry(ada.profile, b12_ug=0, free_ug=0, day=SUNDAY)

    response = ada_client.get(ADDRESS)

    rows = response.context["days"]
    assert (rows[0].amounts[-2], rows[6].amounts[-2]) == ("not known", "0")
    line = next(t for t in response.context["figure"]["data"] if t["name"].startswith("Absorbed"))
    assert (line["y"][0], line["y"][6]) == (None, 0.0)


def stub_of(response):
    traces = response.context["figure"]["data"]
    return next((trace for trace in traces if trace["name"] == "Not marked complete"), None)


def test_a_day_only_marked_as_partly_logged_is_hatched(ada, ada_client):
    DayMark.objects.create(profile=ada.profile, day=MONDAY, status="partial")

    response = ada_client.get(ADDRESS)

    assert stub_of(response)["y"][0] > 0
    assert not any(stub_of(response)["y"][1:])
    assert response.context["has_hatching"]


@pytest.mark.parametrize("mark", ["complete", "fasting"])
def test_a_complete_day_without_b12_is_not_hatched(ada, ada_client, mark):
    make_entry(ada.profile, name="Coffee", is_drink=True, b12_ug=0, free_ug=0)
    DayMark.objects.create(profile=ada.profile, day=MONDAY, status=mark)

    response = ada_client.get(ADDRESS)

    assert stub_of(response) is None
    assert not response.context["has_hatching"]


def test_each_day_links_to_its_diary(ada, ada_client):
    log_days(ada.profile)

    page = ada_client.get(ADDRESS).content.decode()

    links = re.findall(r'class="week-day" href="([^"]+)"', page)
    assert links == [reverse("day", args=[MONDAY + timedelta(n)]) for n in range(7)]


def test_the_page_links_to_the_weeks_before_and_after(ada_client):
    page = ada_client.get(ADDRESS).content.decode()

    assert f'rel="prev" href="/week/{MONDAY - WEEK}/"' in page
    assert f'rel="next" href="/week/{MONDAY + WEEK}/"' in page


def test_there_is_no_link_beyond_the_range_of_a_diary(ada_client):
    first = ada_client.get("/week/1999-12-27/")
    last = ada_client.get(f"/week/{ada_client.get('/week/').context['following']}/")

    assert first.context["previous"] is None
    assert last.context["following"] is None


def test_an_empty_week_suggests_the_next_step(ada_client):
    response = ada_client.get(ADDRESS)

    assert "Nothing is logged for this week." in text_of(response)
    assert response.context["figure"] is None


def test_an_empty_past_week_links_to_its_own_days(ada_client):
    page = on_one_line(ada_client.get(ADDRESS).text)

    assert f'<a class="button" href="/day/{MONDAY}/">Log a meal on March 2</a>' in page


def test_the_first_possible_week_links_to_a_valid_day(ada_client):
    assert ada_client.get("/week/1999-12-27/").context["week"].log_on == date(2000, 1, 1)


def test_a_marked_week_without_entries_still_has_its_chart(ada, ada_client):
    DayMark.objects.create(profile=ada.profile, day=MONDAY, status="fasting")

    response = ada_client.get(ADDRESS)

    assert response.context["week"].mean_food_ug == 0.0
    assert response.context["figure"]["data"]


def test_the_page_is_not_cached(ada_client):
    header = ada_client.get(ADDRESS).headers["Cache-Control"]

    assert {"no-store", "private"} <= set(header.split(", "))


def test_a_food_name_cannot_break_out_of_the_page(ada, ada_client):
    make_entry(ada.profile, day=MONDAY, name="</script><script>alert(1)</script>")

    assert "<script>alert" not in ada_client.get(ADDRESS).content.decode()


def test_past_weeks_keep_the_target_valid_then(ada, ada_client):
    ada.profile.bases.create(valid_from=SUNDAY, authority="efsa")
    log_days(ada.profile)

    rows = ada_client.get(ADDRESS).context["days"]

    assert [row.amounts[-1] for row in rows] == ["2.4"] * 6 + ["4.0"]


def test_a_date_typed_into_the_form_leads_to_its_week(ada_client):
    response = ada_client.get("/week/", {"day": str(SUNDAY)})

    assert (response.status_code, response.url) == (302, ADDRESS)


@pytest.mark.parametrize("text", ["", "2026-02-30", "9999-12-31", "soon", "0001-01-01"])
def test_an_impossible_date_gives_an_error_beside_the_field(ada_client, text):
    response = ada_client.get("/week/", {"day": text})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["day"]


@pytest.mark.parametrize("birth_year", [None, 1900, 2026])
@pytest.mark.parametrize("authority", ["iom", "efsa", "nnr2023", "uk"])
def test_every_week_can_be_shown_for_every_age(ada, ada_client, birth_year, authority):
    type(ada.profile).objects.update(birth_year=birth_year)
    ada.profile.bases.update(authority=authority)
    log_days(ada.profile)

    for address in ("/week/1999-12-27/", ADDRESS, "/week/"):
        assert ada_client.get(address).status_code == 200


def test_a_german_reader_gets_a_decimal_comma(ada, ada_client, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    log_days(ada.profile, b12_ug=2.5, free_ug=2.5)

    with translation.override("de"):
        said = text_of(ada_client.get(ADDRESS, headers={"accept-language": "de"}))

    assert "2,5 µg" in said


def test_the_page_has_no_inline_code(ada, ada_client):
    log_days(ada.profile)

    page = ada_client.get(ADDRESS).content.decode()

    scripts = re.findall(r"<script([^>]*)>", page)
    assert [s for s in scripts if "src=" not in s and "application/json" not in s] == []
    assert re.findall(r"\s(?:style|on\w+)=", page) == []


def test_the_profile_of_the_session_is_the_one_shown(ada):
    log_days(ada.profile)
    bob = make_user("bob")
    make_profile(bob)
    client = Client()
    client.force_login(bob)

    assert client.get(ADDRESS).context["week"].is_empty


def test_the_hover_box_of_the_chart_has_the_text_of_the_table(ada, ada_client):
    log_days(ada.profile, complete=1)
    make_entry(ada.profile, b12_ug=None, free_ug=0)

    figure = ada_client.get(ADDRESS).context["figure"]

    (words,) = (trace for trace in figure["data"] if trace["name"] == "The day")
    said = words["customdata"][0].replace("\u00a0", " ").split("<br>")
    assert said == [
        "All food: at least 1.0 µg",
        "Supplements: 0 µg",
        "Absorbed (estimate): 0.58 µg",
        "Target: 2.4 µg",
        "B12 known for 1 of 2 foods",
    ]


def test_a_week_in_which_the_answers_changed_is_judged_in_parts(ada, ada_client):
    ada.profile.conditions.create(
        factor="pernicious_anaemia", since=MONDAY + timedelta(3), recorded_on=date(2020, 1, 1)
    )
    log_days(ada.profile, b12_ug=3.0, free_ug=3.0)

    response = ada_client.get(ADDRESS)

    said = text_of(response)
    assert "Monday to Wednesday, with your answers at that time" in said
    assert "Thursday to Sunday, with your answers at that time" in said
    keys = [stretch.certainty.key for stretch in response.context["judged"]]
    assert keys == ["too_early", "withheld_food_cannot_do_it"]


@pytest.mark.parametrize("complete", [7, 3, 0])
@pytest.mark.parametrize(("since", "is_counted"), [(None, True), (3, False), (0, False)])
def test_no_day_is_counted_against_a_target_if_food_cannot_help(
    ada, ada_client, complete, since, is_counted
):
    if since is not None:
        ada.profile.conditions.create(
            factor="pernicious_anaemia",
            since=MONDAY + timedelta(since),
            recorded_on=date(2020, 1, 1),
        )
    log_days(ada.profile, complete=complete)

    summary = ada_client.get(ADDRESS).context["summary"]

    assert ("reached" in summary) is is_counted


def test_no_day_is_counted_against_a_target_in_a_week_with_an_injection(ada, ada_client):
    log_days(ada.profile)
    make_entry(ada.profile, is_injection=True, b12_ug=1000.0, free_ug=0.0)

    response = ada_client.get(ADDRESS)

    assert [told.certainty.key for told in response.context["judged"]] == ["withheld_injection"]
    assert "reached" not in response.context["summary"]


def test_a_week_with_unchanged_answers_has_no_parts(ada, ada_client):
    log_days(ada.profile)

    assert "with your answers at that time" not in text_of(ada_client.get(ADDRESS))
