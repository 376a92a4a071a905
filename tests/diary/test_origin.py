import pytest
from django.utils import translation

from tests.factories import DAY, make_entry, make_food, make_profile
from tracker.diary.older_rows import of_older
from tracker.diary.origin import LONGEST_SOURCE, EntrySource, source_of
from tracker.diary.writing import build_quick_entry


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (EntrySource("food", "A table 2024: Milk"), "A table 2024: Milk"),
        (EntrySource("typed"), "typed in by hand"),
        (EntrySource("recipe", "A, B", 2), "own recipe of 2 foods: A, B"),
        (EntrySource("recipe", "A", 1), "own recipe of 1 food: A"),
    ],
)
def test_a_source_is_put_into_words_when_it_is_read(source, said):
    assert source.said == said


def test_a_source_fits_its_column():
    assert len(EntrySource(text="x" * 999).columns()["source_text"]) == LONGEST_SOURCE


@pytest.mark.django_db
def test_a_food_without_its_own_source_text_cites_its_table():
    assert source_of(make_food(source_text="")).text == str(make_food().source)
    assert source_of(make_food(source_text="A label")).text == "A label"


@pytest.mark.django_db
def test_a_quick_add_stores_no_text_in_any_language():
    with translation.override("de"):
        entry = build_quick_entry(make_profile(), DAY, "lunch", 2.0)
    entry.save()

    assert (entry.name, entry.source_text, entry.source_kind) == ("", "", "typed")
    assert (entry.called, entry.source.said) == ("Quick add", "typed in by hand")
    assert str(entry) == f"Quick add on {DAY}"


def test_a_row_of_an_older_snapshot_gets_todays_columns():
    old = {
        "name": "Quick add",
        "mass_g": None,
        "amount_text": "",
        "source_text": "typed in by hand",
    }

    found = of_older(old)

    assert (found["name"], found["source_kind"], found["source_text"]) == ("", "typed", "")
    assert of_older(found) == found


def test_a_current_row_is_unchanged():
    row = {"name": "Quick add", "mass_g": 3.0, "source_kind": "food", "source_text": "x"}

    assert of_older(row) == row


@pytest.mark.django_db
def test_an_entry_with_a_name_is_called_by_it():
    assert make_entry(name="Nan's pie").called == "Nan's pie"
