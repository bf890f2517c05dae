"""The words of a counselling session. Light: they can be read without opening the store.

Topics follow the list of the facts collection (§1.2, project design).
"""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class Mode(Labelled):
    """How centre and client met."""

    CENTRE = "centre", N_("in the centre")
    PHONE = "phone", N_("by phone")
    ONLINE = "online", N_("online or chat")
    OUTREACH = "outreach", N_("outreach")
    HOME = "home", N_("home visit")
    SHELTER = "shelter", N_("visit to a shelter")
    DETENTION = "detention", N_("visit to detention")
    EMBASSY = "embassy", N_("at the embassy")


class Topic(Labelled):
    """What was talked about."""

    MIGRATION_STEPS = "migration_steps", N_("legal steps and documents")
    AGENCY = "agency", N_("choosing a licensed agency")
    CONTRACT = "contract", N_("contract terms")
    FEES = "fees", N_("fees and debts")
    RIGHTS = "rights", N_("law, rights and duties there")
    CULTURE = "culture", N_("culture and language")
    HEALTH = "health", N_("health")
    SAFETY_AT_WORK = "safety_at_work", N_("safety at work")
    TRAVEL = "travel", N_("travel and airport")
    MONEY = "money", N_("sending money and saving")
    FAMILY = "family", N_("family left behind")
    SOCIAL_SECURITY = "social_security", N_("social security and insurance")
    TRAFFICKING = "trafficking", N_("risks of trafficking and smuggling")
    VIOLENCE = "violence", N_("violence and harassment")
    UNION = "union", N_("joining a union")
    COMPLAINTS = "complaints", N_("ways to complain")
    EMBASSY = "embassy", N_("embassy and consulate")
    RETURNING = "returning", N_("how to return")
    REINTEGRATION = "reintegration", N_("starting again at home")
    SKILLS = "skills", N_("recognition of skills")
    JOBS_HOME = "jobs_home", N_("jobs at home")
    BUSINESS = "business", N_("business or cooperative")
    PSYCHOSOCIAL = "psychosocial", N_("worries and state of mind")
    OTHER = "other", N_("other topic")


class Given(Labelled):
    """What a client took away, or heard."""

    DEPARTURE_GUIDE = "departure_guide", N_("departure guide")
    RETURN_GUIDE = "return_guide", N_("return guide")
    EMERGENCY_CARD = "emergency_card", N_("emergency card")
    TEN_LINES = "ten_lines", N_("ten lines in a hurry")
    LEAFLET = "leaflet", N_("leaflet")
    OTHER = "other", N_("other paper")


class Edition(Labelled):
    """The form of a guide that was chosen with her."""

    FULL = "full", N_("full book")
    DISCREET = "discreet", N_("discreet book")
    SPOKEN = "spoken", N_("read aloud, nothing carried")
    CARD = "card", N_("card only")
    TEN_LINES = "ten_lines", N_("ten lines, copied by hand")


class Form(Labelled):
    """How it left the desk."""

    PAPER = "paper", N_("on paper")
    FILE = "file", N_("as a file")
    VOICE = "voice", N_("read aloud")
