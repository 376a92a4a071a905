"""Who may sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """An account. What it eats belongs to its profiles, so that a household fits later."""

    is_guest = models.BooleanField(
        default=False, help_text="Made by “Try it now”; has no password until the person keeps it."
    )
    last_active = models.DateField(null=True, help_text="For purging idle guests.")
