from django.db import migrations

from tracker.memo.naming_rows import named_rows


class Migration(migrations.Migration):
    dependencies = [("profiles", "0002_counts_of_changes")]

    operations = named_rows("profiles", "Profile", "Basis", "Condition")
