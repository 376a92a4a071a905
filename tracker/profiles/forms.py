"""A person's answers about themselves, as one form."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tracker.numbers.amounts import AmountField, plain, two_digits
from tracker.profiles.answers import Answers, FactorAnswer
from tracker.profiles.factors import GROUPS, TICKABLE
from tracker.profiles.models import DietPattern, LifeStage, PpiDose, Profile
from tracker.profiles.partial_dates import read_partial_date, write_partial_date
from tracker.profiles.standing import ASSUMED_ADULT_AGE, age_on, basis_on
from tracker.profiles.texts import translated
from tracker.profiles.zones import ZoneSelect, zone_choices
from tracker.science import reference_intakes
from tracker.science.reference_intakes import NoReferenceIntakeError
from tracker.science.risk_profile import RiskFactor, factor_info
from tracker.versions.forms import SEEN, VersionedForm

OLDEST_BIRTH_YEAR = 1900
LONGEST_ILEUM_CM = 600
TARGET_BOUNDS_UG = 0.1, 5000.0
DETAILS = {RiskFactor.PPI: ("ppi_dose",), RiskFactor.ILEAL_RESECTION: ("resected_ileum_cm",)}
"""What is asked about a factor besides its date."""


def diet_choices() -> list[tuple[str, str]]:
    """Return the diet patterns, followed by no answer."""
    said = [(value, str(label)) for value, label in DietPattern.choices if value]
    return [*said, (DietPattern.UNKNOWN.value, str(_("Prefer not to say")))]


def authority_choices() -> list[tuple[str, str]]:
    """Return the references in force, each with its value for an adult."""
    return [
        (
            authority.code,
            _("%(amount)s µg: %(region)s, %(year)s")
            % {
                "region": translated(authority.region),
                "amount": two_digits(adult_intake_ug(authority.code)),
                "year": authority.year,
            },
        )
        for authority in reference_intakes.authorities()
    ]


def adult_intake_ug(authority: str) -> float:
    return reference_intakes.reference_intake(authority, ASSUMED_ADULT_AGE).intake_ug


@dataclass(frozen=True)
class FactorFields:
    """The bound fields that belong to one factor, for the template."""

    tick: forms.BoundField
    since: forms.BoundField
    details: tuple[forms.BoundField, ...]


@dataclass(frozen=True)
class FactorGroup:
    title: str
    factors: tuple[FactorFields, ...]
    is_open: bool


class ProfileForm(VersionedForm):
    """One page of questions; only the reference and the time zone are required."""

    is_first_day = False
    """The first answers: as no earlier day has others, they apply to all days."""

    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        min_value=OLDEST_BIRTH_YEAR,
        error_messages={
            "invalid": _("Enter a year in four digits, like 1985."),
            "min_value": _("Enter a year in four digits, %(limit_value)s or later."),
        },
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "bday-year", "maxlength": 12}
        ),
    )
    diet = forms.ChoiceField(
        label=_("What do you eat?"),
        required=False,
        choices=diet_choices,
        widget=forms.RadioSelect,
    )
    life_stage = forms.ChoiceField(
        label=_("Pregnant or breast-feeding?"),
        required=False,
        choices=LifeStage,
        widget=forms.RadioSelect,
    )
    authority = forms.ChoiceField(
        label=_("Compare my days with"),
        choices=authority_choices,
        help_text=_("What each reference states for adults, a day."),
    )
    own_target_ug = AmountField(
        label=_("My own target, µg a day"),
        help_text=_("Only if you want a different target from the reference."),
        required=False,
        minimum=TARGET_BOUNDS_UG[0],
        maximum=TARGET_BOUNDS_UG[1],
        unit="µg",
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices, widget=ZoneSelect)
    ppi_dose = forms.ChoiceField(
        label=_("How much?"),
        required=False,
        choices=[
            (PpiDose.STANDARD, PpiDose.STANDARD.label),
            (PpiDose.DOUBLE, PpiDose.DOUBLE.label),
        ],
        widget=forms.RadioSelect,
    )
    resected_ileum_cm = forms.IntegerField(
        label=_("How many centimetres were removed?"),
        help_text=_("Leave it empty if you do not know."),
        required=False,
        min_value=1,
        max_value=LONGEST_ILEUM_CM,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            _("Enter a whole number from 1 to 600\u00a0cm, or leave it empty."),
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
    )

    def __init__(self, *args: Any, today: date, is_first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.is_first = today, is_first
        if is_first and not self.is_bound:
            self.fields["time_zone"].widget.attrs["data-detect-zone"] = True  # js/profiles.js
        for factor in TICKABLE:
            self.fields[f"has_{factor}"] = forms.BooleanField(
                label=translated(factor_info(factor).name), required=False
            )
            self.fields[f"since_{factor}"] = forms.CharField(
                label=_("Since when?"),
                required=False,
                max_length=12,
                widget=forms.TextInput(
                    attrs={"placeholder": _("2019 or 2019-05"), "autocomplete": "off"}
                ),
            )

    # --- for the template

    def groups(self) -> Iterator[FactorGroup]:
        """Yield the factors by subject; the first group and any group with a tick are open."""
        for place, (title, factors) in enumerate(GROUPS):
            fields = tuple(self._factor_fields(factor) for factor in factors)
            is_open = place == 0 or any(f.tick.value() for f in fields)
            yield FactorGroup(str(title), fields, is_open)

    def problems(self) -> Iterator[tuple[str, str, str]]:
        """Yield id, question and error of each wrong answer, for the summary at the top."""
        names = {f"since_{factor}": factor_info(factor).name for factor in TICKABLE}
        for field in self:
            question = translated(names[field.name]) if field.name in names else field.label
            for error in field.errors:
                yield field.auto_id, str(question), str(error)

    def _factor_fields(self, factor: RiskFactor) -> FactorFields:
        details = tuple(self[name] for name in DETAILS.get(factor, ()))
        return FactorFields(self[f"has_{factor}"], self[f"since_{factor}"], details)

    # --- checks

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and year > self.today.year:
            raise ValidationError(
                _("Enter a year from %(first)s to %(last)s."),
                params={"first": str(OLDEST_BIRTH_YEAR), "last": str(self.today.year)},
            )
        return year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for factor in TICKABLE:
            if data.get(f"has_{factor}"):
                self._clean_since(factor)
            else:
                for name in (f"since_{factor}", *DETAILS.get(factor, ())):
                    self.errors.pop(name, None)  # an answer to a question that no longer applies
        self._check_reference(data)
        return data

    def _clean_since(self, factor: RiskFactor) -> None:
        name, text = f"since_{factor}", self.cleaned_data.get(f"since_{factor}")
        if not text:
            self.cleaned_data[name] = None
            if self._shows_a_date(factor):
                self.add_error(
                    name,
                    _("Enter a year. If you are not sure, enter the earliest it can have been."),
                )
            return
        try:
            since = read_partial_date(text)
        except ValueError as error:
            self.add_error(name, str(error))
            return
        birth_year = self.cleaned_data.get("birth_year") or OLDEST_BIRTH_YEAR
        if since > self.today:
            self.add_error(name, _("This is in the future."))
        elif since.year < birth_year:
            self.add_error(name, _("This is before the year of birth."))
        else:
            self.cleaned_data[name] = since

    def _shows_a_date(self, factor: RiskFactor) -> bool:
        """Return whether the person saw a saved date: then an empty field was emptied on purpose.

        Not so if a new tick without a date is sent twice: since the first time it has today's date.
        """
        is_seen = self.cleaned_data.get(SEEN) == self.version != ""
        return is_seen and bool(self.initial.get(f"since_{factor}"))

    def _check_reference(self, data: dict[str, Any]) -> None:
        """Add an error to the field if the authority states no value for such a person."""
        if {"authority", "birth_year", "life_stage"} & set(self.errors):
            return
        age = age_on(data["birth_year"], self.today)
        try:
            reference_intakes.reference_intake(
                data["authority"],
                ASSUMED_ADULT_AGE if age is None else age,
                pregnant=data["life_stage"] == LifeStage.PREGNANT,
                lactating=data["life_stage"] == LifeStage.LACTATING,
            )
        except NoReferenceIntakeError:
            self.add_error(
                "authority",
                _("This reference has no value for that age. Please choose another one."),
            )
        except ValueError:
            self.add_error(
                "life_stage",
                _(
                    "This does not match the year of birth. The tables have values for it from 10 "
                    "to 60 years."
                ),
            )

    def answers(self) -> Answers:
        """Return the answers. Call it only after ``is_valid()``."""
        data = self.cleaned_data
        return Answers(
            birth_year=data["birth_year"],
            time_zone=data["time_zone"],
            diet=data["diet"],
            life_stage=data["life_stage"],
            authority=data["authority"],
            own_target_ug=data["own_target_ug"],
            factors=tuple(
                self._factor_answer(factor) for factor in TICKABLE if data[f"has_{factor}"]
            ),
        )

    def _factor_answer(self, factor: RiskFactor) -> FactorAnswer:
        data = self.cleaned_data
        is_ppi, is_ileum = factor == RiskFactor.PPI, factor == RiskFactor.ILEAL_RESECTION
        return FactorAnswer(
            factor.value,
            data[f"since_{factor}"],
            ppi_dose=(data["ppi_dose"] or PpiDose.STANDARD.value) if is_ppi else "",
            resected_ileum_cm=data["resected_ileum_cm"] if is_ileum else None,
        )


def initial_of(profile: Profile, today: date) -> dict[str, Any]:
    """Return what is known of a person, as initial values for the form."""
    basis = basis_on(profile, today)
    own_target = basis.own_target_ug
    initial: dict[str, Any] = {
        "birth_year": profile.birth_year,
        "diet": basis.diet,
        "life_stage": basis.life_stage,
        "authority": basis.authority,
        "own_target_ug": None if own_target is None else plain(own_target),
        "time_zone": profile.time_zone,
        "ppi_dose": PpiDose.STANDARD.value,
    }
    for condition in profile.conditions.all():
        if condition.until is None:
            initial[f"has_{condition.factor}"] = True
            initial[f"since_{condition.factor}"] = write_partial_date(condition.since)
            initial["ppi_dose"] = condition.ppi_dose or initial["ppi_dose"]
            initial["resected_ileum_cm"] = condition.resected_ileum_cm or initial.get(
                "resected_ileum_cm"
            )
    return initial
