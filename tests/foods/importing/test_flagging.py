import pytest

from foods.importing.flagging import flag_outliers, review_note
from foods.models import Food

NOT_ADDED = {"b12_added_ug_per_100g": None}


@pytest.mark.parametrize(
    ("total", "added", "usual", "expected"),
    [
        (10.8, 0, 0.23, "47 times the median of its category (0.23 µg per 100 g)"),
        (5.0, 0, 1.0, ""),
        (5.1, 0, 1.0, "5 times the median of its category (1 µg per 100 g)"),
        (0.4, 0, 0.01, ""),
        (10.8, 0, None, ""),
        (8.07, 8.08, None, ""),
        (1.0, 1.2, None, "added B12 (1.2 µg) is more than the total (1 µg)"),
    ],
)
def test_values_far_from_their_category_get_a_note(total, added, usual, expected):
    assert review_note(total, added, usual) == expected


@pytest.mark.django_db
def test_a_note_is_cleared_when_the_value_is_corrected(make_food):
    amounts = [0.2] * 8 + [9.0]
    foods = [
        make_food(f"Spread {n}", b12_ug_per_100g=v, **NOT_ADDED) for n, v in enumerate(amounts)
    ]
    source = foods[0].source_id

    first = flag_outliers([source])
    notes = [food.review for food in Food.objects.order_by("pk")]
    Food.objects.filter(pk=foods[-1].pk).update(b12_ug_per_100g=0.5)
    second = flag_outliers([source])

    assert (first, second) == (1, 1)
    assert [note for note in notes if note] == [
        "45 times the median of its category (0.2 µg per 100 g)"
    ]
    assert not Food.objects.exclude(review="").exists()


@pytest.mark.django_db
def test_a_small_category_and_an_unknown_value_are_left_alone(make_food):
    for n, amount in enumerate([0.2, 0.2, 9.0, None]):
        make_food(f"Spread {n}", b12_ug_per_100g=amount, **NOT_ADDED)

    assert flag_outliers(Food.objects.values_list("source", flat=True)) == 0
