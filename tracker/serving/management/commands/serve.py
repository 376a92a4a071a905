"""Serve the app with the real server, after preparing what it needs."""

import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.db import connections

from tracker.serving.address import AddressRefused, free_address
from tracker.serving.management.commands.prepare import Command as PrepareCommand


class Command(PrepareCommand):
    help = "Prepare everything, then serve with granian until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            address = free_address(options["host"], options["port"])
        except AddressRefused as refusal:
            sys.exit(f"Cobalog: {refusal}")
        super().handle()
        if settings.IS_LOOPBACK and not address.is_loopback:
            self.say("other machines get an error until COBALOG_HOSTS names this one")
        if not settings.IS_LOOPBACK and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
            self.say("every page leads to HTTPS until a proxy is set up; see the README")
        if settings.ALLAUTH_TRUSTED_PROXY_COUNT and not address.is_loopback:
            self.say("let nobody but the proxy reach this port: it believes what a header says")
        connections.close_all()
        os.chdir(settings.BASE_DIR)
        server = [sys.executable, "-m", "tracker.serving.server", address.ip, str(address.port)]
        os.execv(sys.executable, server)
