"""The words of recruiters, their licences, what happened with them, and the eight questions asked of a worker."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class RecruiterKind(Labelled):
    """Who it is that brings people to work."""

    AGENCY = "agency", N_("agency")
    SUB_AGENT = "sub_agent", N_("sub-agent or broker")
    EMPLOYER = "employer", N_("employer")


class LinkRole(Labelled):
    """What a recruiter is in one client's journey."""

    AGENCY = "agency", N_("agency at home")
    PARTNER = "partner_agency", N_("agency at the destination")
    SUB_AGENT = "sub_agent", N_("sub-agent or broker")
    EMPLOYER = "employer", N_("employer")


class EventKind(Labelled):
    """What happened with a recruiter."""

    COMPLAINT = "complaint", N_("complaint")
    SETTLED = "settled", N_("settled")
    NOT_SETTLED = "not_settled", N_("ended without a settlement")
    SANCTION = "sanction", N_("sanction")
    OTHER = "other", N_("other event")


class LicenceState(Labelled):
    """What a licence is worth on a day."""

    VALID = "valid", N_("licence valid")
    ENDS_SOON = "ends_soon", N_("licence ends soon")
    EXPIRED = "expired", N_("licence expired")
    UNKNOWN = "unknown", N_("licence not known")
    UNCHECKED = "unchecked", N_("licence not checked")
    NOT_NEEDED = "not_needed", N_("no licence asked of an employer")


class Question(Labelled):
    """The eight questions of a worker's review; for each, 5 is the best answer."""

    FEES = "fees", N_("Did you get the job without paying for it?")
    CONTRACT = "contract", N_("Was the contract true, and did you understand it before you left?")
    DOCUMENTS = "documents", N_("Did your passport and papers stay in your own hands?")
    CONDITIONS = "conditions", N_("Were the work, the place and the pay as promised?")
    HELP = "help", N_("Did they help when you asked?")
    PAID = "paid", N_("Were you paid on time and in full?")
    FREE = "free", N_("Were you free to leave the job?")
    RECOMMEND = "recommend", N_("Would you send a friend to them?")


class Rating(Labelled):
    """The answers a worker can give."""

    ONE = "1", N_("not at all")
    TWO = "2", N_("rather not")
    THREE = "3", N_("partly")
    FOUR = "4", N_("mostly")
    FIVE = "5", N_("fully")
    NOT_APPLICABLE = "na", N_("not applicable")
