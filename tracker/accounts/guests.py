"""Guests, who use the app without signing up: how they keep, bring along or leave a diary."""

from datetime import date, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.crypto import get_random_string

from tracker.accounts.models import User
from tracker.accounts.names import capital_key, name_key
from tracker.accounts.signals import guest_joined

IDLE_DAYS = 30
DEMO_IDLE_DAYS = 3
NAME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_guest(today: date, *, demo: str = "") -> User:
    """Return a new account that only the browser with its session can use."""
    guest = User(
        username=f"guest-{get_random_string(12, NAME_LETTERS)}",
        is_guest=True,
        demo=demo,
        last_active=today,
    )
    guest.set_unusable_password()
    guest.save()
    return guest


def note_activity(user: User, today: date) -> None:
    """Store the day of a guest's last visit: one update a day, none for accounts."""
    if user.is_guest and user.last_active != today:
        User.objects.filter(pk=user.pk).update(last_active=today)
        user.last_active = today


@transaction.atomic
def delete_account(account: User) -> None:
    """Delete an account and all its data; concurrent writers wait, and then find it gone.

    Profiles go first: a writer locks its profile, and the account only at the very end.
    """
    list(account.profiles.select_for_update())
    list(User.objects.select_for_update().filter(pk=account.pk))
    account.delete()


def idle_guests(today: date, idle_days: int = IDLE_DAYS) -> QuerySet[User]:
    """Return guests not seen for so long; copies of demo persons count after three days."""
    last_day = today - timedelta(days=idle_days)
    last_demo_day = today - timedelta(days=min(idle_days, DEMO_IDLE_DAYS))
    return User.objects.filter(
        Q(last_active__lt=last_day) | ~Q(demo="") & Q(last_active__lt=last_demo_day),
        is_guest=True,
    )


def purge_idle_guests(today: date, idle_days: int = IDLE_DAYS, *, most: int | None = None) -> int:
    """Delete idle guests and all their data, oldest first; return the number of accounts."""
    make_lasting(User.objects.all())
    idle = idle_guests(today, idle_days).order_by("last_active").values_list("pk", flat=True)
    return sum(_purge(pk) for pk in list(idle[:most]))


def _purge(pk: int) -> bool:
    """Delete one guest, unless the guest is writing at this moment and so is not idle."""
    try:
        return delete_guest(User(pk=pk))
    except IntegrityError:
        return False


class KeptAlready(Exception):
    """Another tab has just kept this guest's diary, perhaps under another name, or deleted it."""


def with_a_credential() -> Q:
    """Return the condition for an account that somebody can sign in to, or intends to."""
    addresses = EmailAddress.objects.filter(user=OuterRef("pk"))
    authenticators = Authenticator.objects.filter(user=OuterRef("pk"))
    has_password = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return has_password | ~Q(email="") | Exists(addresses) | Exists(authenticators)


def make_lasting(accounts: QuerySet[User]) -> int:
    """Turn guests with a credential into accounts, however they got it."""
    found = accounts.filter(with_a_credential(), is_guest=True)
    return found.update(is_guest=False, demo="")


def guests_among(accounts: QuerySet[User]) -> QuerySet[User]:
    """Return those that are still guests, locked until the transaction ends."""
    return accounts.filter(~with_a_credential(), is_guest=True).select_for_update()


@transaction.atomic
def delete_guest(guest: User) -> bool:
    """Delete a guest and all their data; return whether it was still a guest.

    The same person may have kept the diary in another tab a moment ago.
    """
    same = User.objects.filter(pk=guest.pk)
    make_lasting(same)
    list(guest.profiles.select_for_update())  # first, as in delete_account
    found = guests_among(same).first()
    if found is not None:
        found.delete()
    return found is not None


@transaction.atomic
def keep_guest(guest: User, username: str, password: str, email: str = "") -> User:
    """Turn a guest into a lasting account on the same row, so that no data moves.

    Raises IntegrityError if the name, or a similar one, was taken a moment ago, and KeptAlready if
    this person has already kept the diary under another name.
    """
    guest.username, guest.email, guest.is_guest = username, email, False
    guest.name_key, guest.capital_key = name_key(username), capital_key(username)
    guest.set_password(password)
    names = ("username", "name_key", "capital_key", "email", "is_guest", "password")
    kept = {name: getattr(guest, name) for name in names}
    if not User.objects.filter(pk=guest.pk, is_guest=True).update(**kept):
        raise KeptAlready
    return guest


@transaction.atomic
def bring_along(guest: User, account: User) -> bool:
    """Have every subject move the guest's rows to the account, then delete the guest.

    Return False if the guest has become an account meanwhile, which then stays as it is.
    """
    same = User.objects.filter(pk=guest.pk)
    make_lasting(same)
    if not guests_among(same):
        return False
    guest_joined.send(sender=User, guest=guest, account=account)
    guest.delete()
    return True
