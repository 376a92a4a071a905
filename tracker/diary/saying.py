"""Descriptions of what a person did, translated when they are read."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.diary.models import DayStatus
from tracker.diary.origin import QUICK_ADD
from tracker.diary.slots import Slot
from tracker.history.models import Step


class StepKind(models.TextChoices):
    """What a step of the diary did."""

    LOGGED = "logged"
    CHANGED = "changed"
    DELETED = "deleted"
    COPIED = "copied"
    TIMED = "timed"
    MARKED = "marked"


def said_of(step: Step) -> str:
    """Return what a step did: "Logged Banana"."""
    about = step.about
    name = {"name": about.get("name") or QUICK_ADD}
    match step.kind:
        case StepKind.LOGGED:
            return _("Logged %(name)s") % name
        case StepKind.CHANGED:
            return _("Changed %(name)s") % name
        case StepKind.DELETED:
            return _("Deleted %(name)s") % name
        case StepKind.COPIED:
            count = about.get("count", 0)
            text = ngettext("Copied %(count)d entry", "Copied %(count)d entries", count)
            return text % {"count": count}
        case StepKind.TIMED:
            return _("Changed the time of %(meal)s") % {"meal": Slot(about["slot"]).label}
        case StepKind.MARKED:
            return _marked(about["status"])
    return _("Changed the diary")


def _marked(status: str) -> str:
    match status:
        case DayStatus.COMPLETE:
            return _("Marked the day as complete")
        case DayStatus.PARTIAL:
            return _("Marked the day as partly logged")
        case DayStatus.FASTING:
            return _("Marked the day as a fasting day")
    return _("Removed the day's mark")
