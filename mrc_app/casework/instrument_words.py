"""Words of the instruments."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled


class Kind(Labelled):
    """What an instrument is for."""

    INDEX = "index", N_("scored index")
    CHECKLIST = "checklist", N_("checklist, never scored")


class Side(Labelled):
    """What a question of a checklist points at."""

    RISK = "risk", N_("risk")
    PROTECTS = "protective", N_("protective factor")


NEVER_SCORED = N_("This checklist is counted, never scored.")
NOTHING_APPLIES = N_("No score: no question applies to her.")
NEEDS_MORE = N_("No score: {answered} of {of} answered; at least {percent} % are needed.")
BAD = N_("This is not an instrument that can be read: {trouble}.")
