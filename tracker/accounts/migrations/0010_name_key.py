"""Names that look the same become the same, for all accounts to come."""

from django.db import migrations, models

from tracker.accounts.names import name_key


def fill_keys(apps, schema_editor):
    """Let the oldest account of each look have it. The others keep their names without a key."""
    user = apps.get_model("accounts", "User")
    taken = set()
    for account in user.objects.filter(is_guest=False).order_by("pk").iterator():
        key = name_key(account.username)
        if key not in taken:
            taken.add(key)
            user.objects.filter(pk=account.pk).update(name_key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_guests_with_credentials"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="name_key",
            field=models.CharField(
                editable=False,
                help_text="What all names that look like this one have in common. Empty for "
                "guests, and for accounts from before the rule whose name looks like an older one.",
                max_length=600,
                null=True,
                unique=True,
            ),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
