from datetime import date

import pytest

from tracker.profiles.partial_dates import read_partial_date, say_partial_date, write_partial_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019", date(2019, 1, 1)),
        (" 2019 ", date(2019, 1, 1)),
        ("2019-05", date(2019, 5, 1)),
        ("2019-5", date(2019, 5, 1)),
        ("5/2019", date(2019, 5, 1)),
        ("05.2019", date(2019, 5, 1)),
        ("2019-05-17", date(2019, 5, 17)),
        ("17.5.2019", date(2019, 5, 17)),
    ],
)
def test_a_year_a_month_or_a_day_is_understood(text, day):
    assert read_partial_date(text) == day


@pytest.mark.parametrize(
    "text", ["", "19", "0000", "2019-13", "2019-02-30", "last year", "2019-", "20195", "２０１９x"]
)
def test_anything_else_is_refused_with_an_example(text):
    with pytest.raises(ValueError, match="Enter a year or a month, like 2019 or 2019-05"):
        read_partial_date(text)


@pytest.mark.parametrize(
    "day", [date(2019, 1, 1), date(2019, 5, 1), date(2019, 5, 17), date(2019, 1, 2)]
)
def test_a_written_date_is_read_as_the_same_day(day):
    assert read_partial_date(write_partial_date(day)) == day


def test_the_shortest_form_is_written():
    assert write_partial_date(date(2019, 1, 1)) == "2019"
    assert write_partial_date(date(2019, 5, 1)) == "2019-05"
    assert write_partial_date(None) == ""


def test_a_date_is_shown_as_precisely_as_it_is_known():
    assert say_partial_date(date(2019, 1, 1)) == "2019"
    assert say_partial_date(date(2019, 5, 1)) == "May 2019"
    assert say_partial_date(date(2019, 5, 17)) == "May 17, 2019"
