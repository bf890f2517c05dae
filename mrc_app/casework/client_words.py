"""The words a client is described with. Light: the screen may read them without opening the store.

Lists follow form F1 and the disaggregation of the facts collection (§1.2, §1.3, project design); ISCED 2011 levels
are from recall of the public classification.
"""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class Sex(Labelled):
    """Sex as the client states it; ``code`` is the one-letter form used in files."""

    FEMALE = "female", N_("female")
    MALE = "male", N_("male")
    OTHER = "other", N_("other sex")
    NOT_STATED = "not_stated", N_("not stated")

    @property
    def code(self) -> str:
        """F, M, X or U."""
        return {"female": "F", "male": "M", "other": "X", "not_stated": "U"}[self.value]


class Answer(Labelled):
    """A question that nobody has to answer."""

    NOT_ASKED = "not_asked", N_("not asked")
    NO = "no", N_("no")
    YES = "yes", N_("yes")


class Reading(Labelled):
    """Whether she can read a short text in her language."""

    NOT_ASKED = "not_asked", N_("not asked")
    NO = "no", N_("cannot read")
    A_LITTLE = "a_little", N_("reads a little")
    YES = "yes", N_("reads well")


class Kind(Labelled):
    """Who comes to the centre."""

    POTENTIAL = "potential", N_("potential migrant")
    ABROAD = "abroad", N_("migrant abroad")
    RETURNEE = "returnee", N_("returnee")
    FAMILY = "family", N_("family member")
    DOMESTIC_WORKER_HOME = "domestic_worker_home", N_("domestic worker at home")
    NOT_STATED = "not_stated", N_("not stated")


class Stage(Labelled):
    """Where on the way she stands now."""

    ORIGIN = "origin", N_("in the country of origin")
    TRANSIT = "transit", N_("in transit")
    DESTINATION = "destination", N_("in the destination country")
    RETURN = "return", N_("returned")
    NOT_STATED = "not_stated", N_("not stated")


class Status(Labelled):
    """Migration status. Never asked for to give a service, never blocks one."""

    NOT_ASKED = "not_asked", N_("not asked")
    REGULAR = "regular", N_("regular")
    IRREGULAR = "irregular", N_("irregular")
    MIXED = "mixed", N_("mixed")
    UNKNOWN = "unknown", N_("unknown")


class Education(Labelled):
    """Highest level reached, ISCED 2011."""

    LEVEL_0 = "0", N_("no schooling or early childhood only")
    LEVEL_1 = "1", N_("primary")
    LEVEL_2 = "2", N_("lower secondary")
    LEVEL_3 = "3", N_("upper secondary")
    LEVEL_4 = "4", N_("post-secondary, not tertiary")
    LEVEL_5 = "5", N_("short-cycle tertiary")
    LEVEL_6 = "6", N_("bachelor or equal")
    LEVEL_7 = "7", N_("master or equal")
    LEVEL_8 = "8", N_("doctorate or equal")
    LEVEL_9 = "9", N_("not classified elsewhere")


class Marital(Labelled):
    """Marital status, optional."""

    SINGLE = "single", N_("single")
    MARRIED = "married", N_("married or living together")
    SEPARATED = "separated", N_("separated")
    DIVORCED = "divorced", N_("divorced")
    WIDOWED = "widowed", N_("widowed")


class Disability(Labelled):
    """Her own answer to one optional question."""

    NOT_ASKED = "not_asked", N_("not asked")
    NONE = "none", N_("no difficulty")
    SOME = "some", N_("some difficulty")
    A_LOT = "a_lot", N_("a lot of difficulty")
    DECLINED = "declined", N_("does not want to say")


class HeardOf(Labelled):
    """How she came to know the centre."""

    FAMILY = "family", N_("family or friends")
    EVENT = "event", N_("event or outreach")
    MEDIA = "media", N_("radio, television or press")
    ONLINE = "online", N_("online")
    UNION = "union", N_("union")
    PUBLIC_OFFICE = "public_office", N_("public office")
    AGENCY = "agency", N_("recruitment agency")
    PARTNER = "partner", N_("partner organisation")
    CLIENT = "client", N_("another client")
    OTHER = "other", N_("other way")


class Paper(Labelled):
    """An identity paper that was seen."""

    NATIONAL_ID = "national_id", N_("national identity card")
    KEBELE_ID = "local_id", N_("local identity card")
    PASSPORT = "passport", N_("passport")
    BIRTH = "birth", N_("birth certificate")
    RESIDENCE = "residence", N_("residence card")
    TRAVEL = "travel", N_("emergency travel paper")
    REFUGEE = "refugee", N_("refugee paper")
    OTHER = "other", N_("other paper")
