"""What the figures of the statistics rest on that is assumed rather than known, in words."""

from flask_babel import gettext as _

from scheduler.features.planning.statistics.queries import Assumed


def assumptions(assumed: Assumed) -> list[str]:
    """A sentence for each kind of row of which some are assumed."""
    sentences = {
        _("Some communities lie elsewhere in reality; distances follow from the assumed places."): assumed.places,
        _("Some of the demand is assumed, and with it how many people are wanted."): assumed.demand,
        _("Some rooms are assumed, with their opening hours and fees."): assumed.rooms,
        _("Some teachers are assumed, with what they want, can do and cost."): assumed.teachers,
    }
    return [sentence for sentence, holds in sentences.items() if holds]
