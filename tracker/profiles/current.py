"""The profile that a signed-in account works with."""

from django.http import HttpRequest
from django.utils.translation import get_language

from tracker.profiles.defaults import authority_for_language
from tracker.profiles.models import Profile


def current_profile(request: HttpRequest) -> Profile | None:
    """Return the account's profile with its bases and conditions; make it on the first visit.

    Three queries. A later household picks among several profiles here.
    """
    if not request.user.is_authenticated:
        return None
    found = (
        Profile.objects.filter(account=request.user).prefetch_related("bases", "conditions").first()
    )
    return found or _first_profile(request)


def _first_profile(request: HttpRequest) -> Profile:
    language = request.headers.get("Accept-Language") or get_language() or ""
    profile = Profile.objects.create(account=request.user)
    profile.bases.create(
        valid_from=profile.created_at.date(), authority=authority_for_language(language)
    )
    return profile
