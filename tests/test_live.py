"""No test starts while the live server still answers the previous one."""

import socket
import threading

import pytest
from django.core.servers.basehttp import WSGIRequestHandler

from tests import live
from tests.live import CountedServer, wait_until_idle


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        """Log nothing."""


@pytest.fixture
def server():
    """A server that answers its only page once ``server.may_answer`` is set."""
    server = CountedServer(("localhost", 0), Quiet)
    server.asked, server.may_answer = threading.Event(), threading.Event()

    def page(_environ, start_response):
        server.asked.set()
        server.may_answer.wait(10)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    server.set_app(page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.may_answer.set()
    server.shutdown()
    thread.join()
    server.server_close()


def ask_and_go_away(server):
    with socket.create_connection(server.server_address[:2]) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")


def test_a_request_is_waited_for_even_if_its_browser_is_closed(server):
    ask_and_go_away(server)
    idle = threading.Thread(target=wait_until_idle, daemon=True)
    idle.start()
    assert server.asked.wait(10)

    idle.join(0.2)
    assert idle.is_alive()
    server.may_answer.set()
    idle.join(10)

    assert not idle.is_alive()
    assert server.open == set()


def test_a_request_that_never_ends_is_reported(server, monkeypatch):
    monkeypatch.setattr(live, "PATIENCE_S", 0.1)
    ask_and_go_away(server)

    with pytest.raises(AssertionError, match="1 connections are busy"):
        wait_until_idle()


def test_a_connection_that_waits_for_its_next_request_is_no_request(server):
    server.may_answer.set()
    with socket.create_connection(server.server_address[:2]) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert browser.recv(1)

        wait_until_idle()

        assert len(server.open) == len(server.resting) == 1


def test_the_next_request_of_a_connection_is_waited_for(server, monkeypatch):
    monkeypatch.setattr(live, "PATIENCE_S", 0.1)
    server.may_answer.set()
    with socket.create_connection(server.server_address[:2]) as browser:
        browser.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert browser.recv(1)
        wait_until_idle()
        server.may_answer.clear()
        browser.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")

        with pytest.raises(AssertionError, match="1 connections are busy"):
            wait_until_idle()


def test_the_live_server_of_a_browser_test_is_waited_for(live_server):
    assert live_server.thread.httpd in CountedServer.begun
