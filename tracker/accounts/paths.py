"""Where a form may redirect to."""

from django.utils.http import url_has_allowed_host_and_scheme


def is_local_path(address: str) -> bool:
    """Whether an address is a path on this site: not another host, and not the name of a view."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
