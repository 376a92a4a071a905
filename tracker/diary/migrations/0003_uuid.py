from django.db import migrations

from tracker.memo.naming_rows import named_rows


class Migration(migrations.Migration):
    dependencies = [("diary", "0002_steps_moved")]

    operations = named_rows("diary", "DayMark", "Entry")
