"""The line above the meals: what was done last, and its button."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.diary.saying import StepKind, said_of
from tracker.history.models import Step
from tracker.today.day import DayPage

OFFERED_FOR = timedelta(hours=1)


@dataclass(frozen=True)
class Notice:
    """What was done. At most one of ``undo`` and ``put_back`` is set."""

    text: str
    """What the button's step did; empty if there is none."""
    told: str = ""
    """Why a later request changed nothing."""
    undo: Step | None = None
    put_back: Step | None = None
    earlier: Step | None = None
    """The step before an undone one, which can be undone as well."""
    is_beside_mark: bool = False
    """Whether it stands at the day's mark, which is far above the meals on a phone."""

    @property
    def said(self) -> str:
        """What the button's step did."""
        step = self.undo or self.put_back
        return said_of(step) if step else ""

    @property
    def put_back_word(self) -> str:
        """The label of the redo button: "Put back" would be wrong for a deletion."""
        is_deletion = self.put_back and self.put_back.kind == StepKind.DELETED
        return _("Delete again") if is_deletion else _("Put back")

    @property
    def earlier_said(self) -> str:
        return said_of(self.earlier) if self.earlier else ""


def notice_of(page: DayPage, told: str = "", *, is_beside_mark: bool = False) -> Notice | None:
    """Return the notice of a day: ``told``, and its last step while it is recent.

    After a refusal, the previous step keeps its undo button.
    """
    step = _shown(page.latest.moved, page)
    if step is None:
        return Notice("", told, is_beside_mark=is_beside_mark) if told else None
    is_beside_mark = is_beside_mark if told else _is_mark(step)
    if not step.is_undone:
        text = _("%(done)s.") % {"done": said_of(step)}
        return Notice(text, told, undo=step, is_beside_mark=is_beside_mark)
    return Notice(
        _("Undone: %(done)s.") % {"done": said_of(step)},
        told,
        put_back=step,
        earlier=_shown(page.latest.before, page),
        is_beside_mark=is_beside_mark,
    )


def _is_mark(step: Step) -> bool:
    return step.kind == StepKind.MARKED


def _shown(step: Step | None, page: DayPage) -> Step | None:
    if step is None or step.day != page.day:
        return None
    return step if timezone.now() - step.moved_at < OFFERED_FOR else None
