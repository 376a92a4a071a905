"""Read what a client says about its own request without trusting it."""

from typing import Any

from django.core.exceptions import BadRequest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

OUR_CHARSETS = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})


class Utf8Request(WSGIRequest):
    """A request in UTF-8, which is what all our pages send.

    Django decodes with any Python codec that the client names (utf-7, idna, hex, rot13 ...), and
    some fail while the request is being created, before any middleware could answer.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.is_readable = True
        try:
            header = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except Exception:  # the e-mail parser behind it fails in many ways on an invalid header
            header = "", {}
            self.is_readable = False
        self.content_type, self.content_params = header
        charset = self.content_params.get("charset", "utf-8")
        if charset.strip().lower() not in OUR_CHARSETS:
            self.is_readable = False

    def _load_post_and_files(self) -> None:
        """Answer 400 to a form that cannot be read, whichever step fails."""
        if self.method == "POST" and not self.is_readable:
            self._mark_post_parse_error()  # type: ignore[attr-defined]
            raise BadRequest("The form is not in UTF-8.")
        try:
            super()._load_post_and_files()
        except (LookupError, ValueError) as error:
            self._mark_post_parse_error()  # type: ignore[attr-defined]
            raise BadRequest("The form could not be read.") from error


class Handler(WSGIHandler):
    request_class = Utf8Request
