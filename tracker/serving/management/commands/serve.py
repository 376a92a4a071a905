"""Serve the app with the real server, after preparing what it needs."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from tracker.serving.address import Address, AddressRefused, free_address
from tracker.serving.announcing import announce_when_ready
from tracker.serving.management.commands.prepare import Command as PrepareCommand

WORKERS = 2
THREADS = 4


class Command(PrepareCommand):
    help = "Prepare everything, then serve with granian until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=os.environ.get("HOST") or "127.0.0.1")
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            address = free_address(options["host"], options["port"])
        except AddressRefused as refusal:
            raise CommandError(f"Cobalog: {refusal}") from None
        super().handle()
        if settings.IS_LOOPBACK and not address.is_loopback:
            self.say("other machines get an error until COBALOG_HOSTS names this one")
        connections.close_all()  # the workers are forked and open their own
        self._serve(address)

    def _serve(self, address: Address) -> None:
        server = Granian(
            "tracker.wsgi:application",
            address=address.ip,
            port=address.port,
            interface=Interfaces.WSGI,
            workers=min(WORKERS, os.cpu_count() or 1),
            blocking_threads=THREADS,
            websockets=False,
            log_level=LogLevels.warning,
        )
        server.on_startup(lambda: announce_when_ready(address, self.say_plainly))
        server.serve()
        self.say("stopped")

    def say_plainly(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
