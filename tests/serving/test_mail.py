"""Mail to an unresponsive server is abandoned in time."""

import socket
import threading
import time

import pytest
from django.core.mail import send_mail

from tests.serving.running import environment, run, until
from tracker.serving import mail


@pytest.fixture(autouse=True)
def nothing_is_being_sent(monkeypatch):
    monkeypatch.setattr(mail, "_free", threading.BoundedSemaphore(mail.AT_ONCE))


@pytest.fixture
def silent_server(settings):
    """A mail server that accepts connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        settings.EMAIL_BACKEND = "tracker.serving.mail.LimitedSmtp"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
        yield


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(mail, "WHOLE_TIME_S", 0.1)


def send(**options):
    return send_mail("hello", "text", "site@example.org", ["ada@example.org"], **options)


def test_a_message_to_an_unresponsive_server_is_abandoned(silent_server, quick):
    start = time.monotonic()

    with pytest.raises(TimeoutError):
        send()

    assert time.monotonic() - start < 5


def test_a_message_that_may_fail_is_abandoned_silently(silent_server, quick):
    assert send(fail_silently=True) == 0


def test_a_hanging_dns_look_up_for_mail_is_abandoned(silent_server, quick, monkeypatch):
    let_go = threading.Event()
    monkeypatch.setattr("socket.getfqdn", lambda *_name: let_go.wait(10) and "localhost")
    monkeypatch.delattr("django.core.mail.utils.DNS_NAME._fqdn", raising=False)

    with pytest.raises(TimeoutError):
        send()
    let_go.set()


@pytest.mark.parametrize("scheme", ["smtp", "smtp+ssl"])
def test_each_step_and_the_whole_have_a_limit_in_the_settings(tmp_path, scheme):
    show = "from django.conf import settings as s; print(s.EMAIL_BACKEND, s.EMAIL_TIMEOUT)"

    done = run(
        *("shell", "--no-imports", "-c", show),
        **environment(tmp_path, EMAIL_URL=f"{scheme}://u:p@mail.example.org:587"),
    )

    assert done.stdout == "tracker.serving.mail.LimitedSmtp 10\n"


def test_a_backend_that_sends_nothing_has_no_time_limit(tmp_path):
    show = "from django.conf import settings as s; print(s.EMAIL_BACKEND)"

    done = run("shell", "--no-imports", "-c", show, **environment(tmp_path))

    assert done.stdout == "django.core.mail.backends.dummy.EmailBackend\n"


def test_messages_to_an_unresponsive_server_leave_threads_for_pages(silent_server, monkeypatch):
    monkeypatch.setattr(mail, "WAIT_S", 0.1)
    monkeypatch.setattr("django.core.mail.backends.smtp.EmailBackend.send_messages", held)
    HELD.clear()
    waiting = [threading.Thread(target=send) for _message in range(2)]
    for thread in waiting:
        thread.start()
    until(lambda: not mail._free._value)

    with pytest.raises(TimeoutError, match="2 messages are being sent"):
        send()

    HELD.set()
    for thread in waiting:
        thread.join(timeout=10)
    assert send() == 1


HELD = threading.Event()


def held(_backend, messages):
    HELD.wait(10)
    return len(messages)
