"""People who try the app without a form, and how they keep, bring along or leave their diary."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.crypto import get_random_string

from tracker.accounts.models import User
from tracker.accounts.signals import guest_joined

IDLE_DAYS = 30
DEMO_IDLE_DAYS = 3
NAME_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def make_guest(today: date, *, demo: str = "") -> User:
    """Return a new account that nobody can sign in to but the browser that gets its session."""
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
    """Remember the last day on which a guest came by. One update a day, none for the others."""
    if user.is_guest and user.last_active != today:
        User.objects.filter(pk=user.pk).update(last_active=today)
        user.last_active = today


def idle_guests(today: date, idle_days: int = IDLE_DAYS) -> QuerySet[User]:
    """Return guests unseen for longer than that; copies of demo persons go after three days."""
    last_day = today - timedelta(days=idle_days)
    last_demo_day = today - timedelta(days=min(idle_days, DEMO_IDLE_DAYS))
    return User.objects.filter(
        Q(last_active__lt=last_day) | ~Q(demo="") & Q(last_active__lt=last_demo_day),
        is_guest=True,
    )


def purge_idle_guests(today: date, idle_days: int = IDLE_DAYS, *, most: int | None = None) -> int:
    """Delete idle guests with all they logged, oldest first; return how many accounts went."""
    idle = idle_guests(today, idle_days).order_by("last_active").values_list("pk", flat=True)
    gone = list(idle[:most])
    User.objects.filter(pk__in=gone).delete()
    return len(gone)


@transaction.atomic
def keep_guest(guest: User, username: str, password: str, email: str = "") -> User:
    """Turn a guest into a lasting account on the same row: nothing moves.

    Raises IntegrityError where somebody took the name a moment ago.
    """
    guest.username, guest.email, guest.is_guest = username, email, False
    guest.set_password(password)
    guest.save(update_fields=["username", "email", "is_guest", "password"])
    return guest


@transaction.atomic
def bring_along(guest: User, account: User) -> None:
    """Let every subject move the guest's rows to the account, then delete the guest."""
    guest_joined.send(sender=User, guest=guest, account=account)
    guest.delete()
