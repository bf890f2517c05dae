"""Which columns of her own record are printed, and under what label (``X.own.f.<label>`` in the catalogue)."""

from __future__ import annotations

import re

from mrc_app.casework.provider_words import ProviderKind
from mrc_app.casework.recruiter_words import Question

NEVER = frozenset({"fears_own_state", "asylum", "key", "sha256", "gone", "id"})
"""Columns that leave in no form."""
SECTIONS = (
    "person", "charge", "consents", "shares", "journeys", "recruiters", "contacts", "handouts", "household", "tasks",
    "papers", "contracts", "contract_checks", "approval", "costs", "loans", "incomes", "letters", "referrals",
    "unions", "requests", "grievances", "screening", "claims", "instalments", "case_costs", "deadlines", "returns",
    "covers", "assessments", "skills", "plans", "follow_ups", "enterprises", "imported", "holds",
)  # fmt: skip
SILENT = frozenset({
    "referral", "membership", "consent", "n",
    "grievance", "to_kind", "copy_language", "still_under_control", "has_passport", "family_safe", "choice",
    "uuid", "client", "owner", "household", "journey", "contact", "replaces", "cares_for", "about", "certified_by",
    "phone_typed", "birth_first", "birth_last", "birth_given", "birth_calendar", "birth_known_as", "birth_basis",
    "birth_estimated", "origin", "destination", "wage_minor", "wage_currency", "wage_per", "isco", "programmes",
    "stage_on", "pay_day", "rest_day", "rest_hours", "food_room", "return_payer", "airport", "arrival_city",
    "repeat", "meeting_person", "recruited_through", "sector", "heard_of", "version", "minutes", "safe_to_talk",
    "made_on", "made_by", "done_by", "dropped_on", "dropped_by", "dropped_because", "put_off_because", "media",
    "size", "noted_by", "person", "in_writing", "decided_on", "decided_by", "amount_minor", "refunded_minor",
    "principal_minor", "living_minor", "remittance_minor", "currency", "noted_on", "refunded_on",
    "contract", "clauses", "attachment", "against", "pack", "used", "findings", "answers", "suggested", "checklist",
    "verdict_on", "verdict_by", "decision_on", "decision_by",
})  # fmt: skip
"""Columns that say nothing to her, or that another line says already."""
SAME = {
    "second_nationality": "nationality", "origin_country": "country", "origin_admin1": "district",
    "location_country": "where_now", "location_place": "where_now", "occupation_abroad": "occupation",
    "id_expiry": "expires_on", "passport_expiry": "expires_on", "emergency_relation": "relation", "asked_on": "on",
    "scope": "purpose", "since": "starts_on", "until": "ends_on", "paid_on": "on", "borrowed_on": "on", "month": "on",
    "lender_name": "lender", "seen_on": "on", "stamped_on": "on", "checked_on": "on", "verdict_because": "reason",
    "decision_note": "note", "item": "what", "because": "reason", "without_reason": "reason", "without_on": "on",
}  # fmt: skip
"""Columns printed under another column's label; every other has its own, ``X.own.f.<column>`` in the catalogue."""
OFFICERS = frozenset({
    "officer", "registered_by", "asked_by", "withdrawn_by", "by", "added_by", "for_officer", "given_by", "without_by",
    "outcome_by", "taken_by", "planned_by",
})  # fmt: skip
CALLED = frozenset({"scope", "provider", "recruiter", "batch"})
"""Columns that may hold the identity of a service, a referral, a union or a recruiter; printed by its name."""
UUID = re.compile("[0-9a-f]{32}")
KINDS = {kind.value: kind for kind in ProviderKind}
COUNTRIES = frozenset({
    "nationality", "second_nationality", "origin_country", "location_country", "country", "from_country",
    "learned_country",
})  # fmt: skip
LANGUAGES = frozenset({"language", "speaks"})
CONTRACT = frozenset({"terms", "red", "item"})
"""Columns of contracts that hold codes or a document."""
AS: dict[str, dict[str, str]] = {
    "task": {"kind": "sort"},
    "referralevent": {"state": "stands"},
    "recruiterlink": {"role": "sort"},
    "recruiterevent": {"kind": "sort", "outcome": "result"},
    "recruiterreview": {"comment": "note", **dict.fromkeys((one.value for one in Question), "")},
    "share": {"to": "shared_with", "fields": "what"},
    "grievance": {"lodged_through": "how", "lodger_is": "relation", "in_the_room": "", "danger_asked_on": "",
                  "danger_asked_by": ""},
    "complainant": {"since": "on", "outcome_on": "outcome_on", "outcome_because": "reason", "outcome_note": "note"},
    "respondent": {"name": "respondent", "against": "sort"},
    "grievanceevent": {"state": "stands", "because": "reason"},
    "evidence": {"what": "evidence"},
    "hearing": {"at": "time", "held": "stands"},
    "remedy": {"good": "remedy"},
    "casemark": {"item": "case_item", "mark": "stands"},
    "injury": {"what": "injury", "happened_on": "on", "paper": "seen", "paper_on": "given_on", "claim_by": "due",
               "clock_source": "source", "clock_checked_on": "", "kept_on": "", "kept_by": "officer"},
    "screening": {"on": "screened_on"},
    "screeninganswer": {"screening": ""},
    "claim": {"head": "claim_for"},
    "wagemonth": {"claim": "", "first": "starts_on", "last": "ends_on", "due_minor": "", "paid_minor": ""},
    "claimentry": {"claim": "", "form": "sort", "minor": "", "lump": "", "instalment": ""},
    "instalment": {"due_on": "due", "minor": "", "kept_on": "", "kept_by": "officer"},
    "casecost": {"kind": "sort", "minor": "", "paid_by": "payer", "kept_by": "officer"},
    "deadline": {"rule": "", "corridor": "", "event": "", "number": "", "unit": "", "rest_days": "", "other": "",
                 "started_on": "", "other_on": "", "side": "", "source_url": "", "confidence": "", "as_of": "",
                 "read_on": "", "checked_on": "", "checked_by": "", "typed_by": "", "kept_on": "",
                 "kept_by": "officer", "done_note": "result"},
    "return": {"kind": "sort", "from_country": "country", "paper": "travel_paper", "received_at": "place",
               "debts_minor": "", "debts_currency": "", "savings_minor": "", "savings_currency": ""},
    "cover": {"kind": "sort", "number_last4": "id_last4", "premium_minor": "", "premium_currency": "",
              "next_premium_on": "due", "claim": "cover_claim", "claim_on": "on"},
    "assessment": {"scores": ""},
    "skill": {"kind": "sort", "title": "occupation", "learned_country": "country", "workplace": "place",
              "paper_seen": "seen", "number_last4": "id_last4"},
    "training": {"kind": "sort", "course": "training", "state": "stands", "certified_on": "given_on",
                 "number_last4": "id_last4"},
    "recognition": {"assessor": "authority", "assessed_on": "done_on", "number_last4": "id_last4"},
    "plan": {"homecoming": "", "contact_on": "", "made_on": "plan_on", "made_by": "officer", "closed_on": "ends_on",
             "closure": "reason", "closure_note": "note", "closed_by": ""},
    "planline": {"plan": "", "question": "", "cost_minor": "", "cost_currency": "", "who_pays": "payer",
                 "state": "stands", "state_on": "on"},
    "supportinstalment": {"line": "", "minor": "", "paid_by": "officer"},
    "followup": {"kind": "sort", "plan": "", "planned_on": "due", "reached_on": "done_on", "given_up_on": "ends_on",
                 "work_isco": "", "work_title": "job_title", "regular": "", "as_contracted": ""},
    "attempt": {"follow_up": ""},
    "enterprise": {"kind": "sort", "name": "enterprise", "sector": "sector", "started_on": "starts_on",
                   "value_minor": "", "value_currency": ""},
    "importedrow": {"batch": "name", "key": "", "content": "", "records": "", "sheet": "", "new": "", "person": "",
                    "wrote": ""},
    "assignment": {"from_on": "starts_on"},
    "hold": {"released_on": "ends_on", "released_by": ""},
}  # fmt: skip
"""Columns of one kind that mean something else there: printed under this label, or not at all."""
SHORT: dict[str, tuple[str, ...]] = {
    "wagemonth": ("first", "last"), "claimentry": ("on",), "screeninganswer": ("indicator",),
    "grievanceevent": ("on",), "casemark": ("item",), "supportinstalment": ("due",), "attempt": ("on",),
    "planline": ("dimension",), "instalment": ("due_on",), "journeystep": ("on",), "approvalitem": ("item",),
}  # fmt: skip
"""Kinds that are rows of a table: told in one line under these columns."""
MONEY = {
    "cost": ("amount", "refunded"), "loan": ("principal",), "income": ("amount", "living", "remittance"),
    "claimentry": ("",), "instalment": ("",), "casecost": ("",), "supportinstalment": ("",),
    "wagemonth": ("due", "paid"), "return": ("debts", "savings"), "cover": ("premium",), "planline": ("cost",),
    "enterprise": ("value",),
}  # fmt: skip
"""The amounts of each kind, by the beginning of their columns."""
AMOUNTS = {"": "amount", "due": "due_amount", "paid": "paid_amount", "cost": "amount", "value": "amount"}
"""Amounts printed under another label than their own."""


def label_of(column: str) -> str:
    """The label a column is printed under."""
    return "officer" if column in OFFICERS else SAME.get(column, column)


def printed_as(kind: str, column: str) -> str:
    """The label a column of a kind is printed under; empty for one that is not printed."""
    if column in NEVER:
        return ""
    own = AS.get(kind, {})
    if column in own:
        return own[column]
    return "" if column in SILENT else label_of(column)
