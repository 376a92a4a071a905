"""Who may sign in."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q


class User(AbstractUser):
    """An account. What it eats belongs to its profiles, so that a household fits later."""

    is_guest = models.BooleanField(
        default=False, help_text="Made by “Try it now”; has no password until the person keeps it."
    )
    demo = models.SlugField(
        max_length=20, blank=True, help_text="Which demo person this guest looks at, if any."
    )
    last_active = models.DateField(null=True, help_text="For purging idle guests.")

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(demo="") | Q(is_guest=True), name="demo_person_is_a_guest"
            ),
        ]
