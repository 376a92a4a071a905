import pytest

from foods.importing.starter import food_values, portion_values, read_starter_rows
from foods.models import Food, Portion
from tests import factories
from tracker.demo.building import menu_slugs
from tracker.demo.persons import PERSONS


@pytest.fixture
def foods(db):
    """The starter foods on the demo persons' menus, in two inserts."""
    wanted = set().union(*(menu_slugs(person.menu) for person in PERSONS.values()))
    rows = {row["slug"]: row for row in read_starter_rows() if row["slug"] in wanted}
    source = factories.make_source(slug="cobalog")
    Food.objects.bulk_create(
        Food(source=source, source_key=slug, slug=slug, **food_values(row))
        for slug, row in rows.items()
    )
    Portion.objects.bulk_create(
        Portion(food=food, position=place, label=label, mass_g=mass_g)
        for food in Food.objects.all()
        for place, (label, mass_g) in enumerate(portion_values(rows[food.slug]))
    )
