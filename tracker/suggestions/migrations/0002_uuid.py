from django.db import migrations

from tracker.memo.naming_rows import named_rows


class Migration(migrations.Migration):
    dependencies = [("suggestions", "0001_hidden")]

    operations = named_rows("suggestions", "Hidden")
