"""The words of a case: what happened, where on the way, who complains, how far it has come, what came of it.

Light: they can be read without opening the store. Codes and states follow §3 of the facts collection (project design).
"""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class Code(Labelled):
    """What the complaint is about: R at recruitment, E in employment, T on return, X other."""

    R1 = "R1", N_("fee higher than allowed")
    R2 = "R2", N_("fee for a job that did not exist")
    R3 = "R3", N_("false information")
    R4 = "R4", N_("contract exchanged for another")
    R5 = "R5", N_("papers kept by the recruiter")
    R6 = "R6", N_("departure delayed")
    R7 = "R7", N_("recruiter without a licence")
    R8 = "R8", N_("forged papers")
    E1 = "E1", N_("wages not paid")
    E2 = "E2", N_("wages underpaid or late")
    E3 = "E3", N_("money kept back from the wage")
    E4 = "E4", N_("hours and overtime")
    E5 = "E5", N_("no rest day or leave")
    E6 = "E6", N_("food or allowance")
    E7 = "E7", N_("lodging")
    E8 = "E8", N_("passport kept")
    E9 = "E9", N_("not allowed to move or to phone")
    E10 = "E10", N_("unfair dismissal")
    E11 = "E11", N_("no contract or no copy")
    E12 = "E12", N_("injury, illness, safety at work")
    E13 = "E13", N_("insurance or social security")
    E14 = "E14", N_("violence")
    E15 = "E15", N_("sexual harassment or violence")
    E16 = "E16", N_("insults and humiliation")
    E17 = "E17", N_("discrimination")
    E18 = "E18", N_("union work hindered")
    E19 = "E19", N_("moved to another place or job by force")
    T1 = "T1", N_("ticket home not paid")
    T2 = "T2", N_("end-of-service money not paid")
    T3 = "T3", N_("detained or arrested")
    T4 = "T4", N_("missing, contact lost")
    T5 = "T5", N_("death and remains")
    T6 = "T6", N_("belongings")
    T7 = "T7", N_("residence papers or a report of absence")
    X = "X", N_("something else")


class Step(Labelled):
    """Where on the way it happened: not the same as her residence status, which is never asked for here."""

    NOT_STATED = "not_stated", N_("not stated")
    ORIGIN = "origin", N_("at home, before leaving")
    TRANSIT = "transit", N_("on the way")
    DESTINATION = "destination", N_("in the country of work")
    RETURN = "return", N_("on the way back or after it")


class LodgedBy(Labelled):
    """Who brings the complaint to the desk."""

    HERSELF = "herself", N_("the person herself or himself")
    RELATIVE = "relative", N_("a relative")
    REPRESENTATIVE = "representative", N_("a representative")


class Against(Labelled):
    """What a respondent is."""

    EMPLOYER = "employer", N_("employer")
    HOUSEHOLD = "household", N_("household")
    AGENCY_HOME = "agency_home", N_("agency at home")
    AGENCY_ABROAD = "agency_abroad", N_("agency abroad")
    BROKER = "broker", N_("broker")
    LENDER = "lender", N_("lender")
    INSURER = "insurer", N_("insurer or fund")
    OFFICIAL = "official", N_("an office or official")
    OTHER = "other", N_("somebody else")


class State(Labelled):
    """How far a case has come."""

    INTAKE = "intake", N_("taken in")
    ASSESSED = "assessed", N_("assessed")
    ADVICE = "advice", N_("advice only")
    NEGOTIATION = "negotiation", N_("negotiation")
    REFERRED = "referred", N_("referred")
    FILED = "filed", N_("filed")
    MEDIATION = "mediation", N_("mediation or conciliation")
    SETTLED = "settled", N_("settled")
    FAILED = "failed", N_("no settlement")
    ADJUDICATION = "adjudication", N_("before a court or tribunal")
    AWARDED = "awarded", N_("awarded")
    PAID_PART = "paid_part", N_("paid in part")
    PAID = "paid", N_("paid in full")
    UNPAID = "unpaid", N_("unpaid after the award")
    CLOSED = "closed", N_("closed")
    WITHDRAWN = "withdrawn", N_("withdrawn")
    LAPSED = "lapsed", N_("lapsed")
    REJECTED = "rejected", N_("rejected")
    TRANSFERRED = "transferred", N_("passed to another desk")
    REOPENED = "reopened", N_("opened again")


class Because(Labelled):
    """Why a case or a person's part in it was withdrawn."""

    FEAR = "fear", N_("fear")
    RETURNED = "returned_home", N_("returned home")
    LOST_CONTACT = "lost_contact", N_("contact lost")
    PAID_PRIVATELY = "paid_privately", N_("paid privately")
    OTHER = "other", N_("another reason")


class Outcome(Labelled):
    """What came of a case for one person."""

    OPEN = "open", N_("still open")
    SETTLED = "settled", N_("settled")
    NOT_SETTLED = "not_settled", N_("no settlement")
    AWARDED = "awarded", N_("awarded")
    REJECTED = "rejected", N_("claim rejected")
    WITHDRAWN = "withdrawn", N_("withdrawn")
    TRANSFERRED = "transferred", N_("passed on")
    ADVISED = "advised", N_("advised")


class Seen(Labelled):
    """What the office has seen of a piece of evidence."""

    ORIGINAL = "original", N_("original seen")
    PHOTO = "photo", N_("photo or copy")
    NONE = "none", N_("nothing seen")


class Held(Labelled):
    """How a hearing went."""

    PLANNED = "planned", N_("planned")
    HELD = "held", N_("held")
    ADJOURNED = "adjourned", N_("put off")
    WE_ABSENT = "we_absent", N_("our side did not come")
    THEY_ABSENT = "they_absent", N_("the other side did not come")


class Good(Labelled):
    """A remedy that is not counted in money."""

    PAPERS_BACK = "papers_back", N_("papers given back")
    DEPLOYED = "deployed", N_("the promised job was given")
    CONTRACT = "contract", N_("contract corrected")
    RELEASE = "release", N_("released, or a new employer")
    REPATRIATION = "repatriation", N_("brought home")
    MEDICAL = "medical", N_("medical care")
    SHELTER = "shelter", N_("shelter")
    APOLOGY = "apology", N_("apology")
    SANCTION = "sanction", N_("the agency was sanctioned")
    PROSECUTION = "prosecution", N_("prosecution opened")
    RECOGNISED = "recognised", N_("recognised by the competent authority")
    OTHER = "other", N_("another remedy")


class Mark(Labelled):
    """How far an item of a checklist is."""

    OPEN = "open", N_("not done")
    WAITING = "waiting", N_("asked for, waiting")
    DONE = "done", N_("done")
    NOT_NEEDED = "not_needed", N_("not needed")


class Indicator(Labelled):
    """The eleven indicators of forced labour, by name [W37]. One may suffice; a count proves nothing by itself."""

    VULNERABILITY = "vulnerability", N_("abuse of vulnerability")
    DECEPTION = "deception", N_("deception")
    MOVEMENT = "movement", N_("restriction of movement")
    ISOLATION = "isolation", N_("isolation")
    PHYSICAL = "physical", N_("physical and sexual violence")
    THREATS = "threats", N_("intimidation and threats")
    PAPERS = "papers", N_("retention of identity documents")
    WAGES = "wages", N_("withholding of wages")
    DEBT = "debt", N_("debt bondage")
    CONDITIONS = "conditions", N_("abusive working and living conditions")
    OVERTIME = "overtime", N_("excessive overtime")
    C190 = "c190", N_("violence and harassment at work (Convention 190)")
