import pytest

from foods.importing.linking import Row, link_duplicates, links
from foods.models import Food, Source


def row(pk, source_id, *, trust=50, ndb_no="", code="", gtin="", name="", is_known=True):
    return Row(pk, trust, source_id, ndb_no, code, gtin, name or f"n{pk}", is_known, None)


def test_the_better_trusted_of_two_equal_foods_is_shown():
    found = links([row(1, 1, trust=60, ndb_no="01077"), row(2, 2, trust=80, ndb_no="1077")])

    assert found == {1: 2}


def test_a_better_trusted_row_without_b12_does_not_hide_one_with_it():
    found = links(
        [row(1, 1, trust=60, ndb_no="1077"), row(2, 2, trust=80, ndb_no="1077", is_known=False)]
    )

    assert found == {2: 1}


@pytest.mark.parametrize(
    "shared",
    [{"code": "11100000"}, {"gtin": "75925306223"}, {"name": "Pie, peach"}],
)
def test_food_code_barcode_and_name_join_tables(shared):
    assert links([row(1, 1, trust=60, **shared), row(2, 2, trust=70, **shared)]) == {1: 2}


def test_a_barcode_counts_however_many_zeros_it_has():
    found = links([row(1, 1, gtin="75925306223"), row(2, 2, trust=70, gtin="00075925306223")])

    assert found == {1: 2}


def test_a_packaged_product_is_not_hidden_by_a_food_of_the_same_name():
    product, generic = (
        row(1, 1, gtin="75925306223", name="Oat drink"),
        row(2, 2, trust=90, name="Oat drink"),
    )

    assert links([product, generic]) == {}


def test_two_rows_of_one_table_stay_two_foods():
    assert links([row(1, 1, ndb_no="1077"), row(2, 1, trust=90, ndb_no="1077")]) == {}


def test_a_link_leads_straight_to_the_food_that_is_shown():
    found = links(
        [
            row(1, 1, trust=55, ndb_no="1077"),
            row(2, 2, trust=60, ndb_no="1077", name="Milk"),
            row(3, 3, trust=90, name="Milk"),
        ]
    )

    assert found == {1: 3, 2: 3}


@pytest.mark.django_db
def test_links_are_stored_once_and_removed_without_their_reason(make_food):
    table = Source.objects.create(slug="older", name="Older table", trust=60)
    old = make_food("Milk, whole", ndb_no="01077", source=table)
    new = make_food("Milk, 3.25%", ndb_no="01077")
    Source.objects.filter(pk=new.source_id).update(trust=90)

    first, second = link_duplicates(), link_duplicates()
    linked = Food.objects.get(pk=old.pk).superseded_by_id
    Food.objects.filter(pk=new.pk).update(ndb_no="01078")
    link_duplicates()

    assert (first, second, linked) == (1, 0, new.pk)
    assert Food.objects.get(pk=old.pk).superseded_by_id is None


@pytest.mark.django_db
def test_an_own_food_is_never_linked(ada, make_food):
    table = Source.objects.create(slug="older", name="Older table", trust=60)
    make_food("Milk", owner=ada, source=table)
    make_food("Milk")

    assert link_duplicates() == 0
