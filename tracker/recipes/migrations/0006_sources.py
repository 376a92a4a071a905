from django.db import migrations

from tracker.diary.older_sources import sources_of_texts


class Migration(migrations.Migration):
    dependencies = [("recipes", "0005_amounts")]

    operations = sources_of_texts("recipes", "Item", "own_")
