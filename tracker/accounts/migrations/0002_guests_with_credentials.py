from django.db import migrations
from django.db.models import Exists, OuterRef, Q


def make_lasting(apps, schema_editor):
    """End the guesthood of those who set a password, passkey, code or address as a guest."""
    user = apps.get_model("accounts", "User")
    addresses = apps.get_model("account", "EmailAddress").objects.filter(user=OuterRef("pk"))
    authenticators = apps.get_model("mfa", "Authenticator").objects.filter(user=OuterRef("pk"))
    has_password = ~Q(password="") & ~Q(password__startswith="!")
    has_one = has_password | ~Q(email="") | Exists(addresses) | Exists(authenticators)
    user.objects.filter(has_one, is_guest=True).update(is_guest=False, demo="")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [migrations.RunPython(make_lasting, migrations.RunPython.noop)]
