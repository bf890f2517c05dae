"""The words of a journey and of the job as told. Light: they can be read without opening the store."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class JourneyStage(Labelled):
    """How far a journey has come."""

    PLANNED = "planned", N_("planned")
    TRAVELLING = "travelling", N_("travelling")
    ABROAD = "abroad", N_("abroad")
    RETURNED = "returned", N_("returned")
    CANCELLED = "cancelled", N_("cancelled")


class Sector(Labelled):
    """Kind of work, the list of the facts collection (§1.3), with the finer words that corridor facts use."""

    DOMESTIC = "domestic", N_("domestic work")
    CONSTRUCTION = "construction", N_("construction")
    AGRICULTURE = "agriculture", N_("agriculture")
    SEASONAL = "seasonal", N_("seasonal work")
    FISHING = "fishing", N_("fishing")
    FORESTRY = "forestry", N_("forestry")
    PLANTATION = "plantation", N_("plantation work")
    MANUFACTURING = "manufacturing", N_("manufacturing")
    HOSPITALITY = "hospitality", N_("hotels and restaurants")
    CARE = "care", N_("care and health")
    RESIDENTIAL_SUPPORT = "residential_support", N_("live-in support")
    TRANSPORT = "transport", N_("transport")
    SECURITY = "security_outdoor", N_("guarding")
    OTHER = "other", N_("other work")


class RecruitedThrough(Labelled):
    """How the job was found (form F1)."""

    AGENCY = "licensed_agency", N_("licensed agency")
    BROKER = "broker", N_("unlicensed broker")
    PUBLIC = "public_service", N_("public employment service")
    EMPLOYER = "employer", N_("directly by the employer")
    FAMILY = "family", N_("family or friends")
    SELF = "self", N_("by herself or himself")


class Per(Labelled):
    """The time a wage is paid for."""

    HOUR = "hour", N_("hour")
    DAY = "day", N_("day")
    WEEK = "week", N_("week")
    MONTH = "month", N_("month")
    PIECE = "piece", N_("piece")
    TRIP = "trip", N_("fishing trip")


class RestDay(Labelled):
    """The weekly day of rest as told."""

    MONDAY = "monday", N_("Monday")
    TUESDAY = "tuesday", N_("Tuesday")
    WEDNESDAY = "wednesday", N_("Wednesday")
    THURSDAY = "thursday", N_("Thursday")
    FRIDAY = "friday", N_("Friday")
    SATURDAY = "saturday", N_("Saturday")
    SUNDAY = "sunday", N_("Sunday")
    CHANGING = "changing", N_("changes every week")
    AGREED = "by_agreement", N_("by agreement, not fixed")
    NONE = "none", N_("no rest day")


class FoodRoom(Labelled):
    """Food and room as told."""

    BOTH_FREE = "both_free", N_("both free")
    FOOD_FREE = "food_free", N_("food free, room not")
    ROOM_FREE = "room_free", N_("room free, food not")
    TAKEN_FROM_WAGE = "taken_from_wage", N_("taken from the wage")
    NONE = "none", N_("not given")


class ReturnPayer(Labelled):
    """Who pays the ticket home."""

    EMPLOYER = "employer", N_("the employer")
    AFTER_TERM = "employer_after_term", N_("the employer, only after the full term")
    AGENCY = "agency", N_("the agency")
    WORKER = "worker", N_("the worker")
    SHARED = "shared", N_("employer and worker together")
    OTHER = "other", N_("somebody else")
