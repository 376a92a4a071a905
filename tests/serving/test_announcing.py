"""What is printed about a server that serves its sign-in page, and one that does not."""

import http.server
import threading

import pytest
from django.urls import reverse

from tests.serving.running import environment, free_port, start
from tracker.serving import announcing
from tracker.serving.address import Address


@pytest.fixture
def site():
    """A server with a fixed status that records requests; yields its address and itself."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.server.asked.append((self.path, dict(self.headers)))
            self.send_response(self.server.status)
            self.send_header("Location", self.server.goes_to)
            self.end_headers()

        def log_message(self, *_what):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        server.asked, server.status, server.goes_to = [], 200, ""
        server.address = Address("127.0.0.1", server.server_address[1])
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server
        server.shutdown()


def test_the_requested_page_is_the_sign_in_page():
    assert reverse("account_login") == announcing.SIGN_IN_PAGE


def test_a_served_page_is_not_a_fault(site):
    assert announcing.why_no_page(site.address) == ""
    assert [path for path, _headers in site.asked] == [announcing.SIGN_IN_PAGE]


@pytest.mark.parametrize("status", [500, 503, 404, 400, 302])
def test_a_page_that_fails_is_a_fault(site, status):
    site.status = status

    assert announcing.why_no_page(site.address) == (
        f"the sign-in page fails with status {status}; the lines above say why"
    )


def test_a_public_site_redirects_to_https(site):
    site.status, site.goes_to = 301, "https://example.org/accounts/login/"

    assert announcing.why_no_page(site.address) == ""


def test_a_page_that_moved_elsewhere_is_a_fault(site):
    site.status, site.goes_to = 301, "/somewhere/"

    assert "fails with status 301" in announcing.why_no_page(site.address)


def test_no_answer_is_a_fault():
    fault = announcing.why_no_page(Address("127.0.0.1", free_port()))

    assert fault == "the sign-in page was not served ([Errno 111] Connection refused)"


@pytest.mark.parametrize(
    ("hosts", "name"),
    [
        (["localhost", "127.0.0.1"], "localhost"),
        (["diary.example.org"], "diary.example.org"),
        ([".example.org"], "example.org"),
        (["*"], "localhost"),
    ],
)
def test_the_page_is_requested_by_a_name_of_the_site(site, settings, hosts, name):
    settings.ALLOWED_HOSTS = hosts

    announcing.why_no_page(site.address)

    assert site.asked[0][1]["Host"] == name
    assert "X-Forwarded-Proto" not in site.asked[0][1]


def test_behind_a_proxy_it_is_requested_as_the_proxy_does(site, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    announcing.why_no_page(site.address)

    assert site.asked[0][1]["X-Forwarded-Proto"] == "https"


@pytest.mark.slow
def test_a_server_whose_page_fails_stops_and_says_so(tmp_path):
    port = free_port()
    process = start(
        *("-m", "tracker.serving.server", "127.0.0.1", str(port)),
        **environment(tmp_path, DJANGO_SETTINGS_MODULE="tests.serving.failing_settings"),
    )

    said = process.communicate(timeout=40)[0]

    assert process.returncode == 1
    assert "Cobalog is at" not in said
    assert said.splitlines()[-1] == (
        "Cobalog: the sign-in page fails with status 500; the lines above say why. "
        "The server is stopped."
    )
