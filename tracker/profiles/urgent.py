"""Fixed urgent sentences, shown before anything else. They depend on ticks, not on a score.

Each is a reviewed red-flag text with its source. Keep them short, and say where to go.
"""

from collections.abc import Set
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.science.risk_profile import RiskFactor


@dataclass(frozen=True)
class Urgent:
    text: Promise
    source: str
    address: str
    mark: str


NITROUS_OXIDE = Urgent(
    _(
        "Nitrous oxide with numbness, weakness, unsteady walking or trouble seeing: see a doctor "
        "today and say that you use it. A normal blood B12 does not exclude harm."
    ),
    "Swart 2021, European Journal of Neurology 28:3938; NHS Lothian",
    "https://apps.nhslothian.scot/refhelp/vitamin-b12-deficiency",
    "verified",
)
BREAST_FED_CHILD = Urgent(
    _(
        "A breast-fed baby who feeds poorly, is floppy or loses skills needs a doctor today. Say "
        "what you eat."
    ),
    "Review of low B12 in breast-fed infants, PMC4561829",
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC4561829",
    "second-hand",
)
CORD_OR_SIGHT = Urgent(
    _(
        "New or worsening numbness or weakness of the legs, unsteady walking or falls, a change of "
        "bladder or bowel, or sudden loss or blurring of sight: get medical help the same day."
    ),
    "NHS Lothian, vitamin B12 pages",
    "https://apps.nhslothian.scot/refhelp/vitamin-b12-deficiency",
    "verified",
)


def lines_for(factors: Set[RiskFactor], is_one_for_a_clinician: bool) -> list[Urgent]:
    """Return the urgent sentences for the ticked conditions, the most specific first."""
    lines = []
    if RiskFactor.NITROUS_OXIDE in factors:
        lines.append(NITROUS_OXIDE)
    if RiskFactor.LACTATION in factors:
        lines.append(BREAST_FED_CHILD)
    if is_one_for_a_clinician:
        lines.append(CORD_OR_SIGHT)
    return lines
