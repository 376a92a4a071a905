"""Sentences of the methods page: how well a number is known, and where the model ends."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from tracker.science.risk_profile import Mechanism

MARKS = {
    "verified": _("read in the source"),
    "second-hand": _("second-hand: read in another publication that restates the source"),
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
NO_MARK = _("absorption was not measured, so the estimate does not change")

MECHANISMS = {
    Mechanism.INTAKE: _("how much is eaten"),
    Mechanism.FOOD_BOUND: _("release of B12 from food"),
    Mechanism.BOTH: _("absorption of all B12, in food or added"),
    Mechanism.LOSS_OR_NEED: _("loss or need"),
    Mechanism.INACTIVATES: _("B12 already absorbed stops working"),
    Mechanism.UNKNOWN: _("not known"),
}

VERDICT_RULES = (
    _("A mean uses only the days that are marked complete, and the page says how many there are."),
    _("With fewer than 3 complete days, nothing is compared."),
    _(
        "From 3 complete days on, the absorbed amounts are compared with the average absorbed "
        "requirement. “Likely enough” is shown if the probability is above 85 %."
    ),
    _(
        "“Likely below the average requirement” is shown only from 7 complete days on, and only "
        "if the probability is below 15 %."
    ),
    _(
        "A supplement is added as a constant mean. It does not make the days of food look more or "
        "less certain."
    ),
    _(
        "Where an authority states only an adequate intake (AI), no probability is given. The "
        "page says if the mean is at or above it; nothing follows from a mean below it."
    ),
)

LIMITS = (
    _(
        "The curve is a mean over people. One person can be a third above or below it, and newer "
        "tracer studies are above it."
    ),
    _(
        "The published values differ from each other by 15 to 25 %, so no smooth curve can be "
        "closer to all of them."
    ),
    _(
        "For beef, yoghurt, plant drinks and nutritional yeast no human absorption study was "
        "found. They count like other food, or like added B12 where it was added."
    ),
    _("The factor for eggs is based on one study of 10 people."),
    _(
        "Spirulina, nori, tempeh, mushrooms and similar foods count as 0: the B12 in them is "
        "inactive or unproven."
    ),
    _(
        "The effects of medicines and conditions were measured in short absorption tests. The "
        "true effect for one person lies between that and none."
    ),
    _(
        "The factors for metformin, gastric bypass, sleeve, untreated coeliac disease and heavy "
        "alcohol use are worked out or assumed, not measured."
    ),
    _("The variation from one day to the next is an assumed value until days are logged."),
    _(
        "Half of a reference intake stands for the absorbed amount behind it. For an adequate "
        "intake that is an assumption of this project."
    ),
    _(
        "The amounts in foods come from tables and labels. Makers change recipes, and portions "
        "are seldom weighed."
    ),
    _(
        "The amounts eaten say nothing about the B12 in the body. Blood tests, and the "
        "professionals who order them, do."
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
