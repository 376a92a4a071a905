"""Sentences of the methods page: how well a number is known, and where the model ends."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tracker.science.risk_profile import Mechanism

MARKS = {
    "verified": _("read in the source"),
    "second-hand": _("second-hand: read where others restate the source"),
    "unconfirmed": _("unconfirmed: written from memory, not yet checked"),
    "derived": _("worked out from the source"),
    "assumption": _("an assumption of this project"),
}
MARK_NAMES = (
    gettext_noop("verified"),
    gettext_noop("second-hand"),
    gettext_noop("unconfirmed"),
    gettext_noop("derived"),
    gettext_noop("assumption"),
)
"""The templates translate a mark's own name: these are its message ids."""
NO_MARK = _("no absorption was measured, so the estimate is left alone")

MECHANISMS = {
    Mechanism.INTAKE: _("how much is eaten"),
    Mechanism.FOOD_BOUND: _("release of B12 from food"),
    Mechanism.BOTH: _("uptake of all B12, in food or added"),
    Mechanism.LOSS_OR_NEED: _("loss or need"),
    Mechanism.INACTIVATES: _("B12 already taken up stops working"),
    Mechanism.UNKNOWN: _("not known"),
}

VERDICT_RULES = (
    _("Only days that are marked complete enter a mean, and the page says how many they are."),
    _("With fewer than 3 complete days, nothing is compared."),
    _(
        "From 3 complete days on, the absorbed amounts are compared with the average absorbed "
        "requirement. “Likely enough” is said above a probability of 85 %."
    ),
    _(
        "“Likely under the average requirement” is said only from 7 complete days on, and only "
        "where the probability is under 15 %."
    ),
    _(
        "A supplement is added as a steady mean. It does not make the food days look more certain "
        "or less."
    ),
    _(
        "Where an authority states only an adequate intake (AI), no probability is given: at or "
        "above it is a statement, under it nothing follows."
    ),
)

LIMITS = (
    _(
        "The curve is a mean over people. One person can lie a third above or below it, and newer "
        "tracer studies lie above it."
    ),
    _(
        "The published values disagree among themselves by 15 to 25 %; no smooth curve can lie "
        "closer to all of them."
    ),
    _(
        "For beef, yoghurt, plant drinks and nutritional yeast no human absorption study was "
        "found. They count like other food, or like added B12 where it was added."
    ),
    _("The factor for eggs rests on one study of 10 people."),
    _(
        "Spirulina, nori, tempeh, mushrooms and similar foods count as none: what they hold is "
        "inactive or unproven."
    ),
    _(
        "What medicines and conditions do was measured in short absorption tests. The truth for "
        "one person lies between that effect and none."
    ),
    _(
        "The factors for metformin, gastric bypass, sleeve, untreated coeliac disease and heavy "
        "alcohol use are worked out or assumed, not measured."
    ),
    _("How much one day differs from the next starts from an assumed value until days are logged."),
    _(
        "Half of a reference intake stands for the absorbed amount behind it. For an adequate "
        "intake that is an assumption of this project."
    ),
    _(
        "The amounts in foods come from tables and labels. Makers change recipes, and a portion "
        "is seldom weighed."
    ),
    _(
        "Amounts eaten say nothing about the B12 in a body. Blood tests and the people who order "
        "them do."
    ),
)

DOSE_LABELS = {
    "title": _("B12 absorbed from one sitting: model and published values"),
    "dose": _("B12 in one sitting [µg]"),
    "absorbed": _("B12 absorbed [µg]"),
    "curve": _("model"),
    "band": _("model ± 35 %"),
    "no_if": _("model without intrinsic factor"),
    "doets": _("Doets 2013, food only"),
    "verified": _("published, verified"),
    "second-hand": _("published, second-hand"),
    "unconfirmed": _("published, unconfirmed"),
    "points_no_if": _("published, without intrinsic factor"),
}
