"""The profile that a signed-in account uses."""

from django.db import transaction
from django.utils.translation import get_language

from tracker.accounts.models import User
from tracker.accounts.requests import AccountRequest
from tracker.memo.counters import with_counts
from tracker.profiles.defaults import authority_for_language
from tracker.profiles.models import Profile
from tracker.profiles.zones import zone_names


def current_profile(request: AccountRequest) -> Profile | None:
    """Return the account's profile, created on the first visit.

    One query; bases and conditions are read when a page needs them (``standing``). A future
    household will choose among several profiles here.
    """
    if not request.user.is_authenticated:
        return None
    return _profile_of(request.user) or _first_profile(request)


def _profile_of(account: User) -> Profile | None:
    profile: Profile | None = with_counts(Profile.objects.filter(account=account)).first()
    return profile


@transaction.atomic
def _first_profile(request: AccountRequest) -> Profile:
    """Create the profile, unless another request of the same person did so a moment ago."""
    account = User.objects.select_for_update().get(pk=request.user.pk)
    if profile := _profile_of(account):
        return profile
    language = request.headers.get("Accept-Language") or get_language() or ""
    zone = request.session.get("tried_in_zone", "")
    named = {"time_zone": zone} if zone in zone_names() else {}
    profile = Profile.objects.create(account=account, **named)
    profile.bases.create(valid_from=profile.today(), authority=authority_for_language(language))
    return profile
