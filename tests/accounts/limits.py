"""The app's own limits, and people who guess."""

from django.core.management import call_command

from tests import factories
from tracker import settings as app_settings

PASSWORD = "correct horse battery"


def switch_on(settings):
    """Count in the database, as the app does; otherwise the test run counts nothing."""
    settings.CACHES = app_settings.CACHES
    settings.ACCOUNT_RATE_LIMITS = app_settings.ACCOUNT_RATE_LIMITS
    call_command("createcachetable")


def person(name, password=PASSWORD):
    account = factories.make_user(name)
    account.set_password(password)
    account.save()
    factories.make_profile(account)
    return account


def sign_in(client, name, password=PASSWORD, *, address="192.0.2.200", **extra):
    data = {"login": name, "password": password}
    return client.post("/accounts/login/", data, REMOTE_ADDR=address, **extra)


def address(number):
    """Return one of the 65,536 addresses of a stranger."""
    return f"198.18.{number // 256}.{number % 256}"
