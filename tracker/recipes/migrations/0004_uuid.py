from django.db import migrations

from tracker.memo.naming_rows import named_rows


class Migration(migrations.Migration):
    dependencies = [("recipes", "0003_removed_items")]

    operations = named_rows("recipes", "Recipe", "Item")
