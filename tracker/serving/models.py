from django.db import models


class Beat(models.Model):
    """The one row that is written to see whether the database can be."""

    at = models.DateTimeField()
