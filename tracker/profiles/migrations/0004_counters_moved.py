from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("profiles", "0003_uuid"), ("memo", "0001_counters")]

    operations = [
        migrations.RemoveField(model_name="profile", name="answers_changes"),
        migrations.RemoveField(model_name="profile", name="diary_changes"),
    ]
