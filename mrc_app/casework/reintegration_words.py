"""Words of the reintegration plan."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class Dimension(Labelled):
    """The part of life a line of the plan is about (facts.md §4)."""

    ECONOMIC = "economic", N_("work and money")
    SOCIAL = "social", N_("home and services")
    PSYCHOSOCIAL = "psychosocial", N_("well-being and people")
    CULTURAL = "cultural", N_("culture and community")
    OTHER = "other", N_("other")


class Promise(Labelled):
    """Whether the office says that it will happen."""

    AGREED = "agreed", N_("agreed")
    NOT_PROMISED = "not_promised", N_("not promised")


class LineState(Labelled):
    """How far a line of the plan has come."""

    OPEN = "open", N_("to be done")
    STARTED = "started", N_("begun")
    DONE = "done", N_("done")
    DROPPED = "dropped", N_("given up")


class WhoPays(Labelled):
    """Who pays for a line."""

    CENTRE = "centre", N_("this office")
    PARTNER = "partner", N_("a partner")
    STATE = "state", N_("the state")
    EMPLOYER = "employer", N_("the employer")
    HERSELF = "herself", N_("the client")
    FAMILY = "family", N_("the family")
    NOBODY = "nobody", N_("it costs nothing")
    NOT_KNOWN = "not_known", N_("not known yet")


class Closure(Labelled):
    """Why a plan is closed (facts.md §4)."""

    PERIOD_OVER = "period_over", N_("the time of support is over")
    CRITERIA = "criteria", N_("the conditions are no longer met")
    CHOICE = "choice", N_("the client wants no more support")
    LEFT_AREA = "left_area", N_("left the area")
    MIGRATED = "migrated_again", N_("went abroad again")
    DEATH = "death", N_("died")
    BARRIERS = "barriers", N_("obstacles that could not be overcome")
    THREAT = "threat", N_("threats or stigma")
    FUNDING = "funding", N_("no more money for support")
    SECURITY = "security", N_("no safety in the area")


class EnterpriseKind(Labelled):
    """What sort of business."""

    OWN = "own", N_("own business")
    GROUP = "group", N_("group business")
    COOPERATIVE = "cooperative", N_("cooperative")
