from django.db import migrations

from tracker.diary.older_amounts import amounts_of_texts


class Migration(migrations.Migration):
    dependencies = [("diary", "0004_drinks")]

    operations = amounts_of_texts("diary", "Entry")
