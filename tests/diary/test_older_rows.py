from tracker.diary.older_rows import of_older


def test_the_words_of_an_older_amount_are_kept_as_its_unit():
    found = of_older({"name": "Milk", "amount_text": "a mug", "source_kind": "food"})

    assert (found["amount"], found["unit"], found["amount_of"]) == (None, "a mug", None)


def test_an_amount_that_is_a_number_already_wins_over_its_words():
    row = {"amount_text": "2 mugs", "amount": 2.0, "unit": "mug", "source_kind": "food"}

    found = of_older(row)

    assert (found["amount"], found["unit"]) == (2.0, "mug")


def test_an_older_recipe_is_told_from_a_table():
    row = {"name": "Soup", "mass_g": 100.0, "source_text": "own recipe of 2 foods: A, B"}

    found = of_older(row)

    assert (found["source_kind"], found["source_text"], found["source_count"]) == (
        "recipe",
        "A, B",
        2,
    )


def test_a_food_that_is_named_quick_add_keeps_its_name():
    row = {"name": "Quick add", "mass_g": 100.0, "source_text": "A table"}

    assert of_older(row)["name"] == "Quick add"


def test_the_row_of_a_snapshot_is_not_changed_itself():
    row = {"name": "Milk", "mass_g": 1.0, "amount_text": "a mug", "source_text": "A table"}

    of_older(row)

    assert row == {
        "name": "Milk",
        "mass_g": 1.0,
        "amount_text": "a mug",
        "source_text": "A table",
    }
