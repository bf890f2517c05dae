"""Words of a return (form F10). Light: they can be read without opening the store."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class ReturnKind(Labelled):
    """How somebody came back (facts.md §4)."""

    VOLUNTARY = "voluntary", N_("of her own will")
    ASSISTED = "assisted", N_("with help of an organisation")
    FORCED = "deported", N_("deported")
    EVACUATED = "evacuated", N_("evacuated")
    END_OF_CONTRACT = "end_of_contract", N_("the contract ended")
    LEAVE = "leave", N_("on leave")
    NOT_ASKED = "not_asked", N_("not asked")


class TravelPaper(Labelled):
    """The paper she came back with."""

    PASSPORT = "passport", N_("passport")
    EMERGENCY = "emergency", N_("emergency travel paper")
    NONE = "none", N_("no paper")
    NOT_ASKED = "not_asked", N_("not asked")


class NeedNow(Labelled):
    """What cannot wait."""

    HEALTH = "health", N_("doctor or medicine")
    SHELTER = "shelter", N_("a bed for tonight")
    FOOD = "food", N_("food")
    TRANSPORT = "transport", N_("the way home")
    FAMILY = "family_tracing", N_("finding her family")
    PAPERS = "documents", N_("papers")
    CHILD = "child", N_("care for a child")
    SAFETY = "safety", N_("a safe place")
    OTHER = "other", N_("something else")


class Wish(Labelled):
    """Whether she wants to stay."""

    STAY = "stay", N_("wants to stay")
    GO_AGAIN = "go_again", N_("wants to leave again")
    UNDECIDED = "undecided", N_("has not decided")
    NOT_ASKED = "not_asked", N_("not asked")
