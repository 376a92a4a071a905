"""Names that look the same in capitals become the same, too, for all accounts to come."""

from django.db import migrations, models

from tracker.accounts.names import capital_key, name_key


def fill_keys(apps, schema_editor):
    """Let the oldest account of each look have it, by the letters that are known as alike today.

    An account that had no key keeps none; one whose look is an older one's by now loses it.
    """
    accounts = apps.get_model("accounts", "User").objects.exclude(name_key=None)
    names = list(accounts.order_by("pk").values_list("pk", "username"))
    accounts.update(name_key=None)  # a new key may be another account's old one
    taken = set(), set()
    for pk, username in names:
        keys = name_key(username), capital_key(username)
        if keys[0] not in taken[0] and keys[1] not in taken[1]:
            taken[0].add(keys[0])
            taken[1].add(keys[1])
            user = apps.get_model("accounts", "User").objects.filter(pk=pk)
            user.update(name_key=keys[0], capital_key=keys[1])


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_name_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="capital_key",
            field=models.CharField(
                editable=False,
                help_text="The same for names in capitals. Empty where name_key is.",
                max_length=600,
                null=True,
                unique=True,
            ),
        ),
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]
