"""What the server says about proxies before it starts."""

import os

import pytest
from django.core.management import call_command

from tracker.serving.management.commands import prepare, serve

DIRECT = "let nobody but the proxy reach this port"
REDIRECTS = "every page leads to HTTPS until a proxy is set up"


@pytest.mark.parametrize(
    ("host", "is_loopback", "proxies", "said"),
    [
        ("127.0.0.1", True, 0, []),
        ("127.0.0.1", False, 1, []),
        ("127.0.0.1", False, 0, [REDIRECTS]),
        ("0.0.0.0", False, 1, [DIRECT]),
        ("0.0.0.0", False, 0, [REDIRECTS]),
    ],
)
def test_the_start_message_says_what_a_proxy_is_needed_for(
    settings, monkeypatch, capsys, host, is_loopback, proxies, said
):
    settings.IS_LOOPBACK = is_loopback
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    monkeypatch.setattr(prepare, "prepare", lambda say: None)
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    monkeypatch.setattr(os, "execv", lambda *arguments: None)

    call_command("serve", host=host, port="9390")

    text = capsys.readouterr().out
    assert [line for line in (DIRECT, REDIRECTS) if line in text] == said
