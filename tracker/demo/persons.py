"""The four invented people of the demo."""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.demo import menus
from tracker.demo.menus import Menu
from tracker.profiles.models import DietPattern, PpiDose
from tracker.science.risk_profile import RiskFactor


@dataclass(frozen=True)
class Medicine:
    factor: RiskFactor
    years: int
    ppi_dose: str = ""


@dataclass(frozen=True)
class DemoPerson:
    slug: str
    title: Promise
    about: Promise
    age_years: int
    diet: str
    authority: str
    menu: Menu
    medicine: Medicine | None = None

    def birth_year(self, today: date) -> int:
        return today.year - self.age_years


PERSONS = {
    person.slug: person
    for person in (
        DemoPerson(
            "vegan",
            _("A 28-year-old vegan"),
            _("Cooks from scratch, some fortified foods, a tablet now and then."),
            28,
            DietPattern.VEGAN.value,
            "iom",
            menus.VEGAN,
        ),
        DemoPerson(
            "omeprazole",
            _("A 71-year-old woman on omeprazole"),
            _("Eats everything, often fish, milk and eggs. On an acid blocker for three years."),
            71,
            DietPattern.OMNIVORE.value,
            "uk",
            menus.OLDER,
            Medicine(RiskFactor.PPI, 3, PpiDose.STANDARD.value),
        ),
        DemoPerson(
            "metformin",
            _("A 58-year-old man on metformin"),
            _("Plain home cooking, a multivitamin on most days."),
            58,
            DietPattern.OMNIVORE.value,
            "iom",
            menus.METFORMIN,
            Medicine(RiskFactor.METFORMIN, 6),
        ),
        DemoPerson(
            "omnivore",
            _("A 35-year-old who eats everything"),
            _("Quick lunches, fish on some days, no supplement."),
            35,
            DietPattern.OMNIVORE.value,
            "efsa",
            menus.OMNIVORE,
        ),
    )
}
