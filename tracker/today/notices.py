"""The line above the meals: what was done last, and the one button that belongs to it."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.diary.saying import said_of
from tracker.history.models import Step
from tracker.today.day import DayPage

OFFERED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Notice:
    """What was done. At most one of ``undo`` and ``put_back`` belongs to it."""

    text: str
    undo: Step | None = None
    put_back: Step | None = None
    earlier: Step | None = None
    """The step before an undone one, which can be undone as well."""

    @property
    def said(self) -> str:
        """What the step of the button did."""
        step = self.undo or self.put_back
        return said_of(step) if step else ""

    @property
    def earlier_said(self) -> str:
        return said_of(self.earlier) if self.earlier else ""


def notice_of(page: DayPage, told: str = "") -> Notice | None:
    """Return what there is to say on a day: ``told``, or its last step while it is fresh."""
    if told:
        return Notice(told)
    step = _shown(page.latest.moved, page)
    if step is None:
        return None
    if not step.is_undone:
        return Notice(_("%(done)s.") % {"done": said_of(step)}, undo=step)
    text = _("Undone: %(done)s.") % {"done": said_of(step)}
    return Notice(text, put_back=step, earlier=_shown(page.latest.before, page))


def _shown(step: Step | None, page: DayPage) -> Step | None:
    if step is None or step.day != page.day:
        return None
    return step if timezone.now() - step.moved_at < OFFERED_FOR else None
