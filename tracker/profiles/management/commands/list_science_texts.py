from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tracker.numbers.counting import so_many
from tracker.profiles import texts

TARGET = Path(texts.__file__).with_name("science_messages.py")
HEAD = '''"""Sentences of the science core, for makemessages: ``manage.py list_science_texts``."""

# ruff: noqa: E501
# fmt: off
from django.utils.translation import gettext_noop as _

MESSAGES = [
'''


def module_text() -> str:
    lines = [f"    _({_quoted(text)}),\n" for text in texts.science_texts()]
    return HEAD + "".join(lines) + "]\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


class Command(BaseCommand):
    help = "Write the sentences of tracker.science where makemessages finds them."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.write_text(module_text(), encoding="utf-8")
        self.stdout.write(f"{so_many(len(texts.science_texts()), 'text')} in {TARGET.name}")
