"""The type of a request once its profile is known."""

from tracker.accounts.requests import AccountRequest
from tracker.profiles.models import Profile


class DiaryRequest(AccountRequest):
    """A request for a page that only a signed-in person can open."""

    profile: Profile
