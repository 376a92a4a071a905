from django.db import models


class Beat(models.Model):
    """The only row; written to check that the database is writable."""

    at = models.DateTimeField()
