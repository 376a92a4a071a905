from django.db import migrations, models


def keep_what_is_a_drink(apps, _editor):
    foods = apps.get_model("foods", "Food").objects
    drinks = foods.filter(is_drink=True).values("pk")
    apps.get_model("diary", "Entry").objects.filter(food__in=drinks).update(is_drink=True)


class Migration(migrations.Migration):
    dependencies = [("diary", "0003_uuid"), ("foods", "0005_fill_diet_basis")]

    operations = [
        migrations.AddField(
            "entry",
            "is_drink",
            models.BooleanField(default=False, help_text="Without B12, it does not end a fast."),
        ),
        migrations.RunPython(keep_what_is_a_drink, migrations.RunPython.noop),
    ]
