"""Sending mail without waiting for ever."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from foods.timelimit import within

WHOLE_TIME_S = 20.0


class LimitedSmtp(EmailBackend):
    """Django's, and done in time whatever the mail server or a look-up of names does.

    A worker has four threads: as many messages to a server that is silent would stop it.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int | None:
        send = super().send_messages
        try:
            return within(WHOLE_TIME_S, lambda: send(email_messages))
        except TimeoutError:
            if self.fail_silently:
                return 0
            raise
