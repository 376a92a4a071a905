from django.db import migrations

from tracker.diary.older_amounts import amounts_of_texts


class Migration(migrations.Migration):
    dependencies = [("recipes", "0004_uuid")]

    operations = amounts_of_texts("recipes", "Item")
