"""The clauses of a contract that are words, not numbers: each judged by its own condition, red where that is stated.

Words that cannot be read with certainty are unclear, never in order.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mrc_app.casework.contract_findings import Finding, Shown, Verdict
from mrc_app.casework.contract_payers import Who, nobody, nothing, who, words
from mrc_app.casework.contract_setting import Setting
from mrc_app.casework.contract_sides import Judge, Judged, clause, named, rules, shown_value, stated, unsaid, with_sides
from mrc_app.casework.contract_terms import Value
from mrc_app.corridors.facts import Payer
from mrc_app.errors import Problem
from mrc_app.i18n import N_

# -- Words

READ_IT = N_("These words cannot be judged here: read the clause.")
EMPLOYER_PAYS = N_("The employer pays.")
WORKER_PAYS = N_("The worker pays, in whole or in part.")
AGENCY_PAYS = N_("The agency pays, not the employer.")
AS_RULE = N_("This is as the rule says.")
NOT_GIVEN = N_("The contract does not give this.")
PASSPORT_HERS = N_("The passport stays with the worker.")
PASSPORT_KEPT = N_("The employer or the agency keeps the passport.")
CONDITIONAL = N_("The journey home is paid only on a condition.")
NO_WAY_HOME = N_("The contract does not say who pays the journey home.")
NO_EMPLOYER = N_("The contract does not name the employer.")
NO_POLICY = N_("No insurance policy is named.")
POLICY_UNSEEN = N_("A policy is named, but nobody saw it.")
POLICY_SEEN = N_("The policy was seen.")
EXPIRED = N_("The licence of the agency has ended.")
LICENCE_HOLDS = N_("The licence of the agency holds.")
PENALTY = N_("The worker must pay or is bound if she leaves.")
NO_PENALTY = N_("There is no penalty on the worker.")
FORBIDDEN = N_("The contract forbids a union.")
TESTED = N_("The contract makes a pregnancy or HIV test a condition. Reported as forbidden, not checked here.")
ABSENT_GOOD = N_("The contract has no such clause.")
NOT_FREE = N_("She may not go out freely, or may not keep a phone: a sign of forced labour.")
FREE = N_("She may go out and keep a phone.")
ROOM_PRIVATE = N_("The room is her own.")
ROOM_ASK = N_("Ask whether the room is her own and can be locked.")
NOT_UNDERSTOOD = N_("She does not understand the language of the contract.")
NO_COPY = N_("She was not given a copy.")
UNSIGNED = N_("The contract is not signed and dated.")
JOB_DIFFERS = N_("The job is another than in the version before.")
STATED_SLIP = N_("A wage slip is given.")
LATER = N_("The pay day is later than the rule allows.")
READ_BOTH = N_("The rule is in words: read it beside the contract.")
JOB_WORDED = N_("The job is worded in another way than in the version before: ask whether it is the same.")

# -- Rules


def _flag(good: bool, message: str, fine: str, *, red: bool = False) -> Judge:
    """A yes-or-no term: ``good`` is the answer that is in order; other words are read by the officer."""

    def judge(value: Value) -> Judged:
        said = False if nobody(value) else value
        if not isinstance(said, bool):
            return (Verdict.OK, fine, False) if good else (Verdict.UNCLEAR, READ_IT, False)
        return (Verdict.OK, fine, False) if said is good else (Verdict.WORSE, message, red)

    return judge


def _paid(*, red: bool) -> Judge:
    """A cost that the employer must bear. Words that both name somebody and say "not" are read by the officer."""

    def judge(value: Value) -> Judged:
        named = who(value)
        if nobody(value):
            return (Verdict.UNCLEAR, READ_IT, False) if named else (Verdict.WORSE, NOT_GIVEN, red)
        if named & {Who.WORKER, Who.SHARED}:
            return Verdict.WORSE, WORKER_PAYS, red
        if named == {Who.EMPLOYER}:
            return Verdict.OK, EMPLOYER_PAYS, False
        return (Verdict.WORSE, AGENCY_PAYS, red) if Who.AGENCY in named else (Verdict.UNCLEAR, READ_IT, False)

    return judge


def parties(setting: Setting) -> list[Finding]:
    """Check 1: who employs her."""
    return clause(setting, "1", "employer", stated, red_silent=NO_EMPLOYER)


def agency(setting: Setting) -> list[Finding]:
    """Check 2: the agency, its licence, and whether it holds on the day of the check."""
    if named(setting, "agency.licence") == "agency":
        gone = unsaid(setting, "2", "agency")
        return [gone] if gone else []

    def held(value: Value) -> Judged:
        over = isinstance(value, date) and value < setting.day
        return (Verdict.WORSE, EXPIRED, False) if over else (Verdict.OK, LICENCE_HOLDS, False)

    return [*clause(setting, "2", "agency.licence", stated), *clause(setting, "2", "agency.valid_to", held)]


def job(setting: Setting) -> list[Finding]:
    """Check 3: title and ISCO code; red where the code, or a title without code, is another than before."""
    before = setting.against
    if before is None:
        return [*clause(setting, "3", "job", stated), *clause(setting, "3", "isco", stated)]

    def same_code(value: Value) -> Judged:
        changed = before.text("isco") not in ("", value)
        return (Verdict.WORSE, JOB_DIFFERS, True) if changed else stated(value)

    def same_title(value: Value) -> Judged:
        alike = words(before.text("job")) == words(value) or not before.text("job")
        coded = before.text("isco") and setting.terms.text("isco")
        return stated(value) if alike or coded else (Verdict.UNCLEAR, JOB_WORDED, False)

    return [*clause(setting, "3", "job", same_title), *clause(setting, "3", "isco", same_code)]


def workplace(setting: Setting) -> list[Finding]:
    """Check 4."""
    return clause(setting, "4", "workplace", stated)


def payment(setting: Setting) -> list[Finding]:
    """Check 7: pay day, way of payment, wage slip."""
    if named(setting, "wage.paid_on") == "wage":
        gone = unsaid(setting, "7", "wage", "wage.payment_deadline")
        return [gone] if gone else []
    slip = clause(setting, "7", "wage.slip", _flag(True, NOT_GIVEN, STATED_SLIP))
    found = clause(setting, "7", "wage.paid_on", stated, "wage.payment_deadline")
    return [*(_pay_day(one) for one in found), *slip, *_way(setting)]


def _pay_day(found: Finding) -> Finding:
    if found.fact is None or found.verdict is not Verdict.OK:
        return found
    said, most = (found.contract or Shown()).text, found.fact.value
    if not found.fact.unit.startswith("day of") or not said.isdecimal() or isinstance(most, str | bool):
        return replace(found, verdict=Verdict.CANNOT_TELL, reason=Problem(READ_BOTH))
    return replace(found, verdict=Verdict.WORSE, reason=Problem(LATER)) if int(said) > most else found


def _way(setting: Setting) -> list[Finding]:
    own = Finding("7", "wage.paid_on", Verdict.CANNOT_TELL, Problem(READ_BOTH))
    return [one for one in with_sides(setting, own, "wage.payment_method") if one.fact is not None]


def room(setting: Setting) -> list[Finding]:
    """Check 13: a room, her own and lockable."""

    def judge(value: Value) -> Judged:
        if nobody(value):
            return Verdict.WORSE, NOT_GIVEN, False
        own = words(value) & {"private", "own", "lockable", "single", "lock", "locked"}
        return (Verdict.OK, ROOM_PRIVATE, False) if own else (Verdict.UNCLEAR, ROOM_ASK, False)

    return clause(setting, "13", "accommodation", judge, "wage.accommodation_allowance")


def passport(setting: Setting) -> list[Finding]:
    """Check 14: red when the contract lets the employer or the agency keep it."""

    def judge(value: Value) -> Judged:
        named = who(value)
        if named == {Who.WORKER} and not nobody(value):
            return Verdict.OK, PASSPORT_HERS, False
        if nobody(value) or (named == {Who.SHARED} and "copy" in words(value)):
            return Verdict.UNCLEAR, READ_IT, False
        return (Verdict.WORSE, PASSPORT_KEPT, True) if named else (Verdict.UNCLEAR, READ_IT, False)

    return clause(setting, "14", "passport_kept_by", judge, "passport.retention_ban")


def insurance(setting: Setting) -> list[Finding]:
    """Check 15: red when no policy is named; a policy nobody saw is unclear."""
    term, keys = named(setting, "insurance.policy"), ("cost.insurance", "insurance.life_min")
    gone = unsaid(setting, "15", term, *keys, red=True, silent=NO_POLICY)
    if gone is not None:
        return [gone]

    def judge(value: Value) -> Judged:
        if nobody(value):
            return Verdict.MISSING, NO_POLICY, True
        if setting.terms.yes("insurance.seen"):
            return Verdict.OK, POLICY_SEEN, False
        return Verdict.UNCLEAR, POLICY_UNSEEN, False

    return clause(setting, "15", "insurance.policy", judge, *keys)


def health(setting: Setting) -> list[Finding]:
    """Check 16: medical care and sick pay."""

    def care(value: Value) -> Judged:
        return _paid(red=False)(value) if who(value) else _flag(True, NOT_GIVEN, stated(value)[1])(value)

    pay = _flag(True, NOT_GIVEN, N_("Sick pay is promised."))
    return [
        *clause(setting, "16", "medical", care, "health.payer"),
        *clause(setting, "16", "sick_pay", pay, "leave.sick"),
    ]


def equipment(setting: Setting) -> list[Finding]:
    """Check 17."""
    return clause(setting, "17", "equipment_paid_by", _paid(red=False))


def movement(setting: Setting) -> list[Finding]:
    """Check 18."""
    if named(setting, "movement.free") == "movement":
        gone = unsaid(setting, "18", "movement")
        return [gone] if gone else []
    judge = _flag(True, NOT_FREE, FREE)
    return [*clause(setting, "18", "movement.free", judge), *clause(setting, "18", "movement.phone", judge)]


def penalty(setting: Setting) -> list[Finding]:
    """Check 20, the penalty: red when there is a bond or a penalty on the worker."""

    def judge(value: Value) -> Judged:
        none = nothing(value) or value == 0
        return (Verdict.OK, NO_PENALTY, False) if none else (Verdict.WORSE, PENALTY, True)

    return clause(setting, "20", "penalty_on_worker", judge)


def repatriation(setting: Setting) -> list[Finding]:
    """Check 21: red when the employer does not pay, or pays only on a condition."""
    keys = ("cost.ticket_home", "repatriation.duty", "cost.ticket")
    term = named(setting, "repatriation.paid_by")
    gone = unsaid(setting, "21", term, *keys, red=True, silent=NO_WAY_HOME)
    condition = setting.terms.said("repatriation.condition")
    if condition is not None and not nothing(condition):
        own = Finding("21", "repatriation.condition", Verdict.WORSE, Problem(CONDITIONAL), red=True)
        return with_sides(setting, _showing(own, condition), *keys)
    if gone is not None:
        return [gone]
    shared = {fact.value for fact, why in rules(setting, *keys) if why is None} >= {Payer.SHARED.value}
    if shared and who(setting.terms.said("repatriation.paid_by")) == {Who.SHARED}:
        return clause(setting, "21", "repatriation.paid_by", lambda _value: (Verdict.OK, AS_RULE, False), *keys)
    return clause(setting, "21", "repatriation.paid_by", _paid(red=True), *keys)


def _showing(own: Finding, value: Value) -> Finding:
    return replace(own, contract=shown_value(value))


def disputes(setting: Setting) -> list[Finding]:
    """Check 22."""
    return clause(setting, "22", "dispute", stated)


def language(setting: Setting) -> list[Finding]:
    """Check 23: a language she understands, and a copy in her hands."""
    understood = _flag(True, NOT_UNDERSTOOD, N_("She understands the language of the contract."))
    copy = _flag(True, NO_COPY, N_("She was given a copy."))
    return [
        *clause(setting, "23", "language_understood", understood, "contract.language"),
        *clause(setting, "23", "copy_given", copy, "contract.copies"),
    ]


def signature(setting: Setting) -> list[Finding]:
    """Check 24: signed and dated."""
    signed = _flag(True, UNSIGNED, N_("The contract is signed."))
    return clause(setting, "24", "signed", signed)


def social_security(setting: Setting) -> list[Finding]:
    """Check 26."""
    return clause(setting, "26", "social_security", _flag(True, NOT_GIVEN, N_("Social security is promised.")))


def freedoms(setting: Setting) -> list[Finding]:
    """Check 27: red when a union is forbidden, or a pregnancy or HIV test is a condition."""
    union = _flag(False, FORBIDDEN, ABSENT_GOOD, red=True)
    test = _flag(False, TESTED, ABSENT_GOOD, red=True)
    return [*clause(setting, "27", "union_ban", union), *clause(setting, "27", "health_test_condition", test)]


def fees(setting: Setting) -> list[Finding]:
    """Check 28: red when the worker pays recruitment fees."""
    return clause(setting, "28", "fees_paid_by", _fee_judge, "cost.recruitment_fee")


def _fee_judge(value: Value) -> Judged:
    named = who(value)
    if named == {Who.AGENCY}:
        return Verdict.UNCLEAR, AGENCY_PAYS, False
    if nothing(value):
        return Verdict.UNCLEAR, READ_IT, False
    return _paid(red=True)(value)
