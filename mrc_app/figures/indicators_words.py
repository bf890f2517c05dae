"""The indicators by code, each with the formula that is printed beside it; and the words of what breaks them down.

Codes and formulas follow §1.4 of the facts collection (project design). Light: readable without opening the store.
"""

from __future__ import annotations

from typing import NamedTuple

from mrc_app.casework.client_births import AgeBand
from mrc_app.casework.client_words import Disability, Kind, Sex, Stage
from mrc_app.casework.counselling_words import Mode, Topic
from mrc_app.casework.grievance_words import Code
from mrc_app.casework.journey_words import RecruitedThrough, Sector
from mrc_app.casework.reintegration_words import Dimension as SupportFor
from mrc_app.casework.skill_words import TrainingKind
from mrc_app.i18n import N_, Labelled

# -- Words


class Form(Labelled):
    """What was done for her, by the form it is written on."""

    F2 = "F2", N_("counselling")
    F3 = "F3", N_("contract check")
    F4 = "F4", N_("costs and debts")
    F5 = "F5", N_("complaint")
    F6 = "F6", N_("referral")
    F8 = "F8", N_("skills profile")
    F9 = "F9", N_("training")
    F10 = "F10", N_("return and reintegration")


class Backlog(Labelled):
    """How long an open case has been open, on the last day of the period."""

    UP_TO_30 = "0-30", N_("up to 30 days")
    UP_TO_90 = "31-90", N_("31 to 90 days")
    UP_TO_180 = "91-180", N_("91 to 180 days")
    UP_TO_365 = "181-365", N_("181 to 365 days")
    OVER_365 = "over_365", N_("more than 365 days")


class Referred(Labelled):
    """How far a referral has come, on the last day of the period."""

    MADE = "made", N_("made, no answer yet")
    ACKNOWLEDGED = "acknowledged", N_("acknowledged, not completed")
    COMPLETED = "completed", N_("completed: the service confirmed it")


class Skill(Labelled):
    """The skill level of her work abroad, by the ISCO-08 code of the job."""

    ELEMENTARY = "1", N_("skill level 1 (elementary)")
    SECOND = "2", N_("skill level 2")
    THIRD = "3", N_("skill level 3")
    FOURTH = "4", N_("skill level 4")
    NOT_STATED = "not_stated", N_("not stated")


class Minor(Labelled):
    """Whether she is under 18 on the last day of the period."""

    YES = "yes", N_("under 18")
    NO = "no", N_("18 or older")
    NOT_STATED = "not_stated", N_("not stated")


class Unit(Labelled):
    """What a figure is."""

    PERSONS = "persons", N_("persons")
    CONTACTS = "contacts", N_("contacts")
    CASES = "cases", N_("cases")
    CONTRACTS = "contracts", N_("contracts")
    REFERRALS = "referrals", N_("referrals")
    VISITS = "visits", N_("visits without a name")
    EVENTS = "events", N_("events")
    ITEMS = "items", N_("pieces handed out")
    AUDIENCE = "audience", N_("estimated audience")
    PERCENT = "percent", N_("percent")
    DAYS = "days", N_("days")
    RATIO = "ratio", N_("months of earnings")
    SCORE = "score", N_("score from 0 to 1")
    MONEY = "money", N_("money")


class Indicator(NamedTuple):
    """A code, its name and its formula."""

    code: str
    label: str
    formula: str


WORDS: dict[str, type[Labelled]] = {
    "sex": Sex,
    "age": AgeBand,
    "kind": Kind,
    "stage": Stage,
    "sector": Sector,
    "channel": RecruitedThrough,
    "skill": Skill,
    "minor": Minor,
    "training": TrainingKind,
    "support": SupportFor,
    "disability": Disability,
    "mode": Mode,
    "topic": Topic,
    "matter": Code,
    "form": Form,
    "backlog": Backlog,
    "referred": Referred,
}
DIMENSIONS = {
    "sex": N_("Sex"),
    "age": N_("Age band"),
    "kind": N_("Kind of client"),
    "stage": N_("Stage"),
    "origin": N_("Country of origin"),
    "district": N_("Region of origin"),
    "destination": N_("Country of destination"),
    "sector": N_("Sector"),
    "channel": N_("Recruited through"),
    "skill": N_("Skill level (ISCO-08)"),
    "minor": N_("Minor"),
    "training": N_("Kind of course"),
    "support": N_("Support for"),
    "disability": N_("Difficulty (optional question)"),
    "mode": N_("How they met"),
    "topic": N_("Topic"),
    "matter": N_("What it is about"),
    "form": N_("Service"),
    "backlog": N_("Open for"),
    "referred": N_("State"),
    "currency": N_("Currency"),
}
INDICATORS = {
    one.code: one
    for one in (
        Indicator("A1", N_("Persons newly registered"), N_("unique persons with a registration date in P")),
        Indicator("A2", N_("Persons served"), N_("unique persons with at least one service (F2 to F10) dated in P")),
        Indicator("A3", N_("Service contacts"), N_("number of contacts (F2) in P")),
        Indicator(
            "A4", N_("Persons met at events"), N_("sum of attendance (F7) in P; not added to A2, no media audience")
        ),
        Indicator("EV", N_("Events held"), N_("number of events (F7) in P")),
        Indicator("AU", N_("Estimated media audience"), N_("sum of the estimates (F7) in P; these are no persons met")),
        Indicator("IE", N_("Material handed out at events"), N_("sum of pieces (F7) in P")),
        Indicator("AV", N_("Visits counted without a name"), N_("number of anonymous visits in P; not in A2 or A3")),
        Indicator("A5", N_("Repeat clients"), N_("persons in A2 registered before P / A2")),
        Indicator("A6", N_("Women's share"), N_("women in A2 / persons in A2 with sex stated")),
        Indicator("B1", N_("Contracts checked"), N_("contracts with a verdict dated in P")),
        Indicator("B2", N_("Contracts passed first time"), N_("B1 with no red point at the first check / B1")),
        Indicator(
            "B3",
            N_("Contracts corrected"),
            N_("B1 red at the first check and not at the last / B1 red at the first check"),
        ),
        Indicator(
            "B4",
            N_("Recruitment cost ratio"),
            N_("mean and median of cost / monthly earnings over workers with both known in P (SDG 10.7.1)"),
        ),
        Indicator(
            "B5", N_("Workers who paid any fee"), N_("workers with cost above 0 / workers with a ledger written in P")
        ),
        Indicator(
            "B6",
            N_("Workers with a high debt risk"),
            N_("workers with the level high / workers whose loans were written down in P"),
        ),
        Indicator("C1", N_("Complaints opened"), N_("cases lodged in P")),
        Indicator("C2", N_("Complainants"), N_("sum of the persons in the cases of C1; a case can have many")),
        Indicator("C2W", N_("Women's share of the complainants"), N_("women in C2 / persons in C2 with sex stated")),
        Indicator(
            "C3",
            N_("Resolved rate"),
            N_("cases closed in P with a remedy, an award or a settlement / cases closed in P"),
        ),
        Indicator("C4", N_("Median days to close"), N_("median of closing day - day lodged, cases closed in P")),
        Indicator(
            "C5",
            N_("Money claimed, offered, awarded, paid"),
            N_(
                "four sums per currency; claimed, offered and awarded as last said in P, paid as paid in "
                "P; currencies are never added"
            ),
        ),
        Indicator("C6", N_("Recovery ratio"), N_("paid / claimed per case closed in P and currency; mean and median")),
        Indicator("C7", N_("Open cases by age"), N_("cases open on the last day of P, by days since they were lodged")),
        Indicator(
            "C8", N_("Referrals"), N_("referrals made in P by state; completed means that the service confirmed it")
        ),
        Indicator(
            "C9",
            N_("Forced-labour screening with any indicator"),
            N_("persons screened in P with at least 1 of the 11 indicators; a screening is no finding"),
        ),
        Indicator(
            "D1",
            N_("Returnees"),
            N_(
                "persons with a return written down in P; those with a plan; share with the plan within "
                "30 days of the first contact"
            ),
        ),
        Indicator(
            "D2",
            N_("Reintegration scores"),
            N_("mean per dimension at the start, after 6 and 12 months; paired change on the same people"),
        ),
        Indicator(
            "D3",
            N_("Support delivered"),
            N_(
                "unique persons with a payment in P, by what the support is for; money paid by currency and by "
                "instalment of a line of the plan"
            ),
        ),
        Indicator(
            "D4",
            N_("In work or own business"),
            N_("yes / reached, follow-ups of 6 and 12 months planned in P; reached / due beside it"),
        ),
        Indicator(
            "E1",
            N_("Trained"),
            N_("unique persons with a course begun, completed or certified in P, by kind of course"),
        ),
        Indicator(
            "E2",
            N_("Tracer"),
            N_(
                "reached / due follow-ups planned in P; went again / reached and asked; by a regular way, and in the "
                "job of the contract / went again and asked"
            ),
        ),
        Indicator("T", N_("Target attainment"), N_("actual / target; in a release the actual is the released figure")),
    )
}
PARTS = {
    "": "",
    "mean": N_("mean"),
    "median": N_("median"),
    "plan": N_("with a plan"),
    "in_time": N_("with the plan within 30 days"),
    "reached": N_("reached"),
    "went_again": N_("went again"),
    "regular": N_("by a regular way"),
    "as_contracted": N_("the job is as in the contract"),
    "trained": N_("in a course"),
    "completed": N_("completed"),
    "certified": N_("with a certificate"),
    "month_6": N_("after 6 months"),
    "month_12": N_("after 12 months"),
    "baseline": N_("at the start"),
    "composite": N_("all together"),
    "claimed": N_("claimed"),
    "offered": N_("offered"),
    "awarded": N_("awarded or agreed"),
    "paid": N_("paid"),
    "before": N_("before"),
    "after": N_("after"),
    "change": N_("paired change"),
    "screened": N_("screened"),
    "instalment": N_("instalment"),
}
"""Words of the parts of a figure; a part that is no word here is a code (a currency) and stands as it is."""
