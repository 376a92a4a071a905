"""Signals about accounts for the other subjects."""

from django.dispatch import Signal

guest_joined = Signal()
"""A guest has signed in to an account and brings the diary along. Sent with ``guest`` and
``account`` (both User) before the guest is deleted, in one transaction: each subject moves its own
rows."""
