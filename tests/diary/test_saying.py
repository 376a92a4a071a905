import pytest

from tracker.diary.saying import StepKind, said_of
from tracker.history.models import Step


@pytest.mark.parametrize(
    ("kind", "about", "said"),
    [
        (StepKind.LOGGED, {"name": "Banana"}, "Logged Banana"),
        (StepKind.CHANGED, {"name": "Banana"}, "Changed Banana"),
        (StepKind.DELETED, {"name": "Banana"}, "Deleted Banana"),
        (StepKind.LOGGED, {"name": "100 % juice"}, "Logged 100 % juice"),
        (StepKind.COPIED, {"count": 1}, "Copied 1 entry"),
        (StepKind.COPIED, {"count": 3}, "Copied 3 entries"),
        (StepKind.TIMED, {"slot": "dinner"}, "Changed the time of Dinner"),
        (StepKind.MARKED, {"status": "complete"}, "Marked the day as complete"),
        (StepKind.MARKED, {"status": "partial"}, "Marked the day as partly logged"),
        (StepKind.MARKED, {"status": "fasting"}, "Marked the day as a fasting day"),
        (StepKind.MARKED, {"status": ""}, "Removed the day's mark"),
        ("unheard of", {}, "Changed the diary"),
    ],
)
def test_a_step_is_described(kind, about, said):
    assert said_of(Step(kind=kind, about=about)) == said


@pytest.mark.parametrize("kind", [StepKind.LOGGED, StepKind.CHANGED, StepKind.DELETED])
@pytest.mark.parametrize("about", [{"name": ""}, {}])
def test_an_entry_without_a_name_is_called_a_quick_add(kind, about):
    assert said_of(Step(kind=kind, about=about)).endswith(" Quick add")
