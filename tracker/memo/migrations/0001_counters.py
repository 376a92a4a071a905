import django.db.models.deletion
from django.db import migrations, models

SUBJECTS = ("diary", "answers")
AT_ONCE = 500


def carry_over(apps, _editor):
    """Counts that were columns of the profile become rows."""
    counters = apps.get_model("memo", "Counter")._base_manager
    profiles = apps.get_model("profiles", "Profile")._base_manager.order_by("pk")
    rows = (
        counters.model(profile_id=pk, subject=subject, count=count)
        for pk, *counts in profiles.values_list("pk", *(f"{name}_changes" for name in SUBJECTS))
        for subject, count in zip(SUBJECTS, counts)
    )
    counters.bulk_create(rows, batch_size=AT_ONCE)


def carry_back(apps, _editor):
    profiles = apps.get_model("profiles", "Profile")._base_manager
    counters = apps.get_model("memo", "Counter")._base_manager.filter(subject__in=SUBJECTS)
    for pk, subject, count in counters.values_list("profile_id", "subject", "count"):
        profiles.filter(pk=pk).update(**{f"{subject}_changes": count})


class Migration(migrations.Migration):

    initial = True

    dependencies = [("profiles", "0003_uuid")]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=20)),
                ("count", models.PositiveBigIntegerField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="profiles.profile",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "subject"), name="one_counter_a_subject"
                    )
                ],
            },
        ),
        migrations.RunPython(carry_over, carry_back),
    ]
