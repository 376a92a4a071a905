"""What answers would mean, before they are saved."""

from datetime import date

from tracker.profiles.answers import BASIS_FIELDS, Answers
from tracker.profiles.models import Basis, Condition
from tracker.profiles.standing import Standing, age_on, standing_from


def standing_if(answers: Answers, today: date) -> Standing:
    """Return the standing of someone with these answers. No query."""
    basis = Basis(valid_from=today, **{name: getattr(answers, name) for name in BASIS_FIELDS})
    conditions = tuple(
        Condition(
            factor=answer.factor,
            since=answer.since,
            ppi_dose=answer.ppi_dose,
            resected_ileum_cm=answer.resected_ileum_cm,
        )
        for answer in answers.factors
    )
    return standing_from(basis, conditions, age_on(answers.birth_year, today))
