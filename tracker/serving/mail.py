"""Sending mail without waiting for ever."""

from collections.abc import Sequence
from threading import BoundedSemaphore

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from foods.timelimit import within

WHOLE_TIME_S = 20.0
AT_ONCE = 2
"""How many of a worker's four threads may wait for the mail server."""
WAIT_S = 1.0

_free = BoundedSemaphore(AT_ONCE)


class LimitedSmtp(EmailBackend):
    """Django's SMTP backend with a time limit, whatever the mail server or DNS does.

    Each message to an unresponsive server occupies a thread; the other threads serve pages.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        send = super().send_messages

        def send_and_make_way() -> int:
            try:
                return send(email_messages) or 0
            finally:
                _free.release()

        try:
            if not _free.acquire(timeout=WAIT_S):
                raise TimeoutError(
                    f"{AT_ONCE} messages are being sent, and the mail server is slow"
                )
            return within(WHOLE_TIME_S, send_and_make_way)
        except TimeoutError:
            if self.fail_silently:
                return 0
            raise
