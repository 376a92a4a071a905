"""Signals of the catalogue to the layers above, sent within the same transaction."""

from django.dispatch import Signal

own_foods_changed = Signal()
"""An account's own foods have changed; sent with ``account_id``."""
