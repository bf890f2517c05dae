"""The words of a referral: how far it has come, what is told about her, and why it may go without her consent."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class ReferralState(Labelled):
    """One dated step of a referral."""

    MADE = "made", N_("made, not yet sent")
    SENT = "sent", N_("sent")
    ACKNOWLEDGED = "acknowledged", N_("the service has it")
    ACCEPTED = "accepted", N_("the service takes it on")
    REFUSED = "refused", N_("the service does not take it on")
    GIVEN = "given", N_("service given")
    FEEDBACK = "feedback", N_("asked how it went")
    STOPPED = "stopped", N_("stopped")


class ToldBy(Labelled):
    """Who said that a step was reached."""

    SERVICE = "service", N_("the service")
    CLIENT = "client", N_("the client")
    DESK = "desk", N_("this desk")


class Part(Labelled):
    """What is told about her. Nothing else leaves with a referral."""

    NAME = "name", N_("her name")
    PHONE = "phone", N_("how to reach her safely")
    AGE = "age", N_("her age")
    LANGUAGE = "language", N_("the language she speaks")
    COUNTRY = "country", N_("where she comes from")
    NEED = "need", N_("what she needs")
    STORY = "story", N_("what happened, in short")
    CLAIM = "claim", N_("her claim and its figures")
    CONTRACT = "contract", N_("a copy of her contract")
    EVIDENCE = "evidence", N_("copies of her papers")
    HEALTH = "health", N_("what a doctor has to know")
    FAMILY = "family", N_("her family")


class WithoutConsent(Labelled):
    """Why a referral may go without her consent. A supervisor says so and writes the reason."""

    DANGER = "danger", N_("her life or somebody else's is in danger")
    CHILD = "child", N_("a child has to be protected")


class Door(Labelled):
    """What her answers say about a referral to a service."""

    AGREED = "agreed", N_("she agreed")
    REFUSED = "refused", N_("she refused")
    WITHDRAWN = "withdrawn", N_("she withdrew her consent")
    EXPIRED = "expired", N_("her consent has ended")
    ASK = "ask", N_("ask her first")
    OWN_STATE = "own_state", N_("it belongs to the state she fears")


class StopBecause(Labelled):
    """Why a referral goes no further."""

    WITHDRAWN = "withdrawn", N_("she withdrew her consent")
    NO_WISH = "no_wish", N_("she does not want it any more")
    OTHER_SERVICE = "other_service", N_("another service helps her")
    MISTAKE = "mistake", N_("made by mistake")
    OTHER = "other", N_("another reason")
