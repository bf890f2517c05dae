"""Words of skills, training and recognition."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class SkillKind(Labelled):
    """What somebody can do."""

    OCCUPATION = "occupation", N_("work she can do")
    LANGUAGE = "language", N_("language")
    CERTIFICATE = "certificate", N_("certificate")
    DRIVING = "driving", N_("driving licence")
    OTHER = "other", N_("other skill")


class Level(Labelled):
    """How well, in her own words."""

    BEGINNER = "beginner", N_("a little")
    ABLE = "able", N_("well enough to work")
    EXPERIENCED = "experienced", N_("very well")
    TEACHES = "teaches", N_("well enough to teach others")
    NOT_ASKED = "not_asked", N_("not asked")


class TrainingKind(Labelled):
    """What a course is about."""

    TVET = "tvet", N_("trade (TVET)")
    ORIENTATION = "orientation", N_("orientation before departure")
    FINANCIAL = "financial_literacy", N_("money and saving")
    BUSINESS = "entrepreneurship", N_("starting a business")
    LANGUAGE = "language", N_("language")
    LIFE_SKILLS = "life_skills", N_("life skills")
    OTHER = "other", N_("other course")


class TrainingState(Labelled):
    """How far a course has come."""

    PLANNED = "planned", N_("planned")
    STARTED = "started", N_("started")
    COMPLETED = "completed", N_("completed")
    LEFT = "left", N_("left before the end")


class Recognised(Labelled):
    """What an assessor found."""

    PENDING = "pending", N_("not assessed yet")
    FULL = "full", N_("recognised")
    PART = "part", N_("recognised in part")
    NOT_YET = "not_yet", N_("not yet; more training is advised")
