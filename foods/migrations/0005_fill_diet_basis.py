from django.db import migrations


def fill(apps, _editor):
    """Say of the foods that are there what their diet rests on, as far as their source tells."""
    foods = apps.get_model("foods", "Food").objects
    foods.filter(owner__isnull=False).update(diet_basis="stated")
    foods.filter(source__slug="cobalog").update(diet_basis="stated")
    # Which survey foods came with their ingredients was not kept. A guess must not replace a list,
    # and the next file that has the lists settles it.
    foods.filter(source__slug="usda-fndds").update(diet_basis="listed")
    looked_up = foods.filter(source__slug="openfoodfacts", owner=None)
    looked_up.exclude(diet="omnivore").update(diet_basis="listed")


class Migration(migrations.Migration):
    dependencies = [("foods", "0004_food_diet_basis")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
