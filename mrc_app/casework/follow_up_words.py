"""Words of the follow-up."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class FollowUpKind(Labelled):
    """What is done when (facts.md §4, mark D)."""

    CALL_1 = "call_1", N_("call after 1 month")
    CALL_3 = "call_3", N_("call after 3 months")
    SURVEY_6 = "survey_6", N_("survey after 6 months")
    SURVEY_12 = "survey_12", N_("survey after 12 months")
    SURVEY_LATER = "survey_later", N_("survey after 18 to 24 months")
    OTHER = "other", N_("another follow-up")


class Standing(Labelled):
    """Where a follow-up stands. Who was not reached has not failed."""

    PLANNED = "planned", N_("planned")
    DUE = "due", N_("due")
    REACHED = "reached", N_("reached")
    NOT_REACHED = "not_reached", N_("not reached")


class Working(Labelled):
    """What she lives from when she is reached."""

    EMPLOYED = "employed", N_("works for wages")
    OWN_BUSINESS = "own_business", N_("has her own business")
    TRAINING = "training", N_("is in training")
    NEITHER = "neither", N_("has no work")
    NOT_ASKED = "not_asked", N_("not asked")
