"""The science core's English sentences in the reader's language.

The core is not translated itself. Its sentences are the message ids; ``science_messages.py`` lists
them for makemessages, and a test keeps the two in step.
"""

from collections.abc import Iterable

from django.utils.translation import gettext

from tracker.science import reference_intakes, risk_profile


def translated(text: str) -> str:
    """Return a sentence of the core in the active language."""
    return gettext(text) if text else ""


def science_texts() -> list[str]:
    """Return every sentence and name of the core that people see, once each, in order."""
    return list(dict.fromkeys(text for text in _all_texts() if text))


def _all_texts() -> Iterable[str]:
    for statement in risk_profile.statements():
        yield statement.text
    for authority in reference_intakes.authorities(is_superseded_included=True):
        yield from (authority.name, authority.region, authority.value_label)
        for row in reference_intakes.reference_rows(authority.code):
            yield from (row.life_stage, row.label, row.note)
