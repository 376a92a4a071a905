"""What a request is once it is known whose diary it is about."""

from tracker.accounts.requests import AccountRequest
from tracker.profiles.models import Profile


class DiaryRequest(AccountRequest):
    """The request of a page that only a signed-in person opens."""

    profile: Profile
