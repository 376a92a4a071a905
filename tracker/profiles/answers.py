"""A person's answers about themselves, stored without rewriting the past."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q, QuerySet

from tracker.profiles.models import Basis, Condition, Profile
from tracker.profiles.standing import (
    ONE_DAY,
    AnswerHistory,
    answers_of,
    basis_on,
    first_day_changed,
)

BASIS_FIELDS = ("diet", "life_stage", "authority", "own_target_ug")


@dataclass(frozen=True)
class FactorAnswer:
    """One ticked factor. ``since`` is None if not given."""

    factor: str
    since: date | None = None
    ppi_dose: str = ""
    resected_ileum_cm: int | None = None

    @property
    def details(self) -> tuple[str, int | None]:
        return self.ppi_dose, self.resected_ileum_cm


@dataclass(frozen=True)
class Answers:
    """A complete form."""

    birth_year: int | None
    time_zone: str
    diet: str
    life_stage: str
    authority: str
    own_target_ug: float | None
    factors: tuple[FactorAnswer, ...] = ()


class Changed(NamedTuple):
    """The first day on which answers, and ticks, differ from before; None if on no day.

    ``date.min`` means on all days.
    """

    answers: date | None
    ticks: date | None


@transaction.atomic
def keep_answers(profile: Profile, answers: Answers, today: date) -> Changed:
    """Store the answers; what held before today stays as it was. Idempotent.

    Lock the profile first.

    Return which days changed. Age is not considered: it follows from the year of birth.
    """
    profile.refresh_from_db()
    is_first, before = profile.welcomed_at is None, answers_of(profile)
    settle(profile, today)
    profile.birth_year, profile.time_zone = answers.birth_year, answers.time_zone
    profile.save(update_fields=["birth_year", "time_zone"])
    keep_basis(profile, answers, today, is_first=is_first)
    keep_conditions(profile, answers.factors, today, is_first=is_first)
    after = settle(profile, today)  # the page may have shown a date from a zone further east
    return Changed(
        first_day_changed(before, after, AnswerHistory.answers_on),
        first_day_changed(before, after, AnswerHistory.ticks_on),
    )


@transaction.atomic
def settle(profile: Profile, today: date) -> AnswerHistory:
    """Make answers count from today at the latest, and unticked conditions end before today.

    Return what holds then.

    Answers are dated by the person's own day. After a move west over midnight, or if a clock is set
    back, some are dated tomorrow. They were given all the same, and the page shows the latest ones.
    """
    answers = answers_of(profile)
    is_ahead = any(day > today for day in answers.turns())
    if not is_ahead and all(c.recorded_on <= today for c in answers.conditions):
        return answers
    _settle_bases(profile, today)
    for condition in profile.conditions.filter(Q(since__gt=today) | Q(recorded_on__gt=today)):
        condition.recorded_on = min(condition.recorded_on, today)
        condition.since = condition.since and min(condition.since, today)
        _settle_end(condition, today)
    for condition in profile.conditions.filter(until__gte=today):
        _settle_end(condition, today)
    return answers_of(profile)


def _settle_bases(profile: Profile, today: date) -> None:
    last = profile.bases.filter(valid_from__gt=today).last()
    if last is not None:
        profile.bases.filter(valid_from__gte=today).exclude(pk=last.pk).delete()
        last.valid_from = today
        last.save(update_fields=["valid_from"])


def _settle_end(condition: Condition, today: date) -> None:
    """End a condition yesterday at the latest; delete it if it began after that."""
    if condition.until is not None:
        condition.until = min(condition.until, today - ONE_DAY)
        if condition.since is not None and condition.since > condition.until:
            condition.delete()
            return
    condition.save(update_fields=["since", "until", "recorded_on"])


def keep_basis(profile: Profile, answers: Answers, today: date, *, is_first: bool) -> None:
    """Begin a new basis today if something changed; the first answers hold for all days."""
    wanted = {name: getattr(answers, name) for name in BASIS_FIELDS}
    replaced = profile.bases.all() if is_first else profile.bases.filter(valid_from__gte=today)
    if not is_first and _values(basis_on(profile, today)) == wanted:
        return
    replaced.delete()
    before = profile.bases.last()
    if before is None or _values(before) != wanted:
        profile.bases.create(valid_from=today, **wanted)


def _values(basis: Basis) -> dict[str, object]:
    return {name: getattr(basis, name) for name in BASIS_FIELDS}


def keep_conditions(
    profile: Profile, factors: tuple[FactorAnswer, ...], today: date, *, is_first: bool
) -> None:
    """Open, change and end conditions.

    Without a date, the first answers hold as far back as the diary goes, later ones from today.
    """
    held = {condition.factor: condition for condition in profile.conditions.filter(until=None)}
    for answer in factors:
        if condition := held.pop(answer.factor, None):
            _change(condition, answer, today)
        else:
            _open(profile, answer, today, since=answer.since or (None if is_first else today))
    for condition in held.values():
        _end(condition, today - ONE_DAY, today)


def _change(condition: Condition, answer: FactorAnswer, today: date) -> None:
    """Correct a condition in place; another dose or length holds from its own date on.

    Without a date, the stored one is kept.
    """
    since = answer.since or condition.since
    if _details(condition) == answer.details:
        if since != condition.since:
            _write(condition, answer, since)
        return
    start = today if since is None or since == condition.since else since
    began_later = condition.since is not None and start <= condition.since
    if condition.recorded_on == today or began_later:
        _write(condition, answer, since)
        return
    _end(condition, start - ONE_DAY, today)
    # It is the same spell: if unticked today, it ends like any other that was entered long ago.
    recorded_on = condition.recorded_on
    _open(condition.profile, answer, today, since=start, recorded_on=recorded_on)


def _details(condition: Condition) -> tuple[str, int | None]:
    return condition.ppi_dose, condition.resected_ileum_cm


def _write(condition: Condition, answer: FactorAnswer, since: date | None) -> None:
    ended = _ended(condition.profile, condition.factor)
    _make_room(ended, since)
    before = ended.filter(until=since - ONE_DAY).first() if since else None
    if before is not None and _details(before) == answer.details:
        condition.delete()  # another dose was undone: the one before it continues
        _go_on(before)
        return
    condition.since = since
    condition.ppi_dose, condition.resected_ileum_cm = answer.details
    condition.save(update_fields=["since", "ppi_dose", "resected_ileum_cm"])


def _go_on(condition: Condition) -> None:
    condition.until = None
    condition.save(update_fields=["until"])


def _open(
    profile: Profile,
    answer: FactorAnswer,
    today: date,
    *,
    since: date | None,
    recorded_on: date | None = None,
) -> None:
    """Begin a condition; one that was ended today by mistake continues instead."""
    ended = _ended(profile, answer.factor)
    for condition in ended.filter(until__gte=today - ONE_DAY):
        if _details(condition) == answer.details and answer.since in (None, condition.since):
            _go_on(condition)
            return
    _make_room(ended, since)
    profile.conditions.create(
        factor=answer.factor,
        since=since,
        ppi_dose=answer.ppi_dose,
        resected_ileum_cm=answer.resected_ileum_cm,
        recorded_on=recorded_on or today,
    )


def _ended(profile: Profile, factor: str) -> QuerySet[Condition]:
    return profile.conditions.filter(factor=factor).exclude(until=None)


def _make_room(ended: QuerySet[Condition], since: date | None) -> None:
    """The latest answer wins: no two conditions of one factor hold on the same day."""
    if since is None:
        ended.delete()
        return
    ended.filter(since__gte=since).delete()
    ended.filter(until__gte=since).update(until=since - ONE_DAY)


def _end(condition: Condition, last_day: date, today: date) -> None:
    """End a condition; one that was ticked today, or begins later, is deleted."""
    if condition.recorded_on == today or (condition.since and condition.since > last_day):
        condition.delete()
        _ended(condition.profile, condition.factor).filter(recorded_on=today).delete()
        return
    condition.until = last_day
    condition.save(update_fields=["until"])
