"""Who may sign in."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q

from tracker.accounts import passwords
from tracker.accounts.names import capital_key, name_key


class User(AbstractUser):
    """An account. Diaries belong to its profiles, so that a household can be added later."""

    is_guest = models.BooleanField(
        default=False, help_text="Made by “Try it now”; has no password until the person keeps it."
    )
    demo = models.SlugField(
        max_length=20, blank=True, help_text="Which demo person this guest looks at, if any."
    )
    last_active = models.DateField(null=True, help_text="For purging idle guests.")
    name_key = models.CharField(
        max_length=600,
        null=True,
        unique=True,
        editable=False,
        help_text="What all names that look like this one have in common. Empty for guests, and "
        "for accounts from before the rule whose name looks like an older one.",
    )

    capital_key = models.CharField(
        max_length=600,
        null=True,
        unique=True,
        editable=False,
        help_text="The same for names in capitals. Empty where name_key is.",
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(demo="") | Q(is_guest=True), name="demo_person_is_a_guest"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not self.is_guest and self.name_key is None:
            self.name_key, self.capital_key = name_key(self.username), capital_key(self.username)
        super().save(*args, **kwargs)

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(raw_password and passwords.as_hashed(raw_password))

    def check_password(self, raw_password: str | None) -> bool:
        """Try the Unicode form that is hashed today, then those behind older hashes."""
        forms = passwords.forms(raw_password or "")
        return any(super(User, self).check_password(form) for form in forms)
