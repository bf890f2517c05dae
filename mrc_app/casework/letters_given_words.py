"""The words of letters: their kinds, whom they go to, and what was decided before one left.

Light: they can be read without opening the store.
"""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class LetterKind(Labelled):
    """What a letter is."""

    AGENCY = "agency", N_("letter to an agency about a contract")
    COMPLAINT = "complaint", N_("letter about a complaint")
    CLAIM = "claim", N_("claim of wages")
    REFERRAL = "referral", N_("referral to a service")
    COMPLAINT_SHEET = "complaint-sheet", N_("complaint sheet for an office")


class To(Labelled):
    """Who reads a letter."""

    AGENCY = "agency", N_("an agency")
    EMPLOYER = "employer", N_("an employer")
    AUTHORITY = "authority", N_("an authority")
    ORIGIN_EMBASSY = "origin_embassy", N_("the embassy of her own country")
    SERVICE = "service", N_("a service")
    OTHER = "other", N_("somebody else")


class Known(Labelled):
    """The answer to a question about her safety."""

    NOT_ASKED = "not_asked", N_("not asked")
    YES = "yes", N_("yes")
    NO = "no", N_("no")
    NOT_KNOWN = "not_known", N_("not known")


class Choice(Labelled):
    """What was decided with her, once the questions were answered. A letter that waited is stopped when she withdraws
    her consent."""

    GOES = "goes", N_("the letter goes")
    WAITS = "waits", N_("the letter waits")
    STOPPED = "stopped", N_("the letter was stopped")
