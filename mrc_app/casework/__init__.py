"""The work with a client. One noun, one file, read in the same five parts."""

from __future__ import annotations

RECORD_MODULES = (
    "mrc_app.casework.consents",
    "mrc_app.casework.consent_shares",
    "mrc_app.casework.clients",
    "mrc_app.casework.households",
    "mrc_app.casework.duplicates",
    "mrc_app.casework.journeys",
    "mrc_app.casework.recruiters",
    "mrc_app.casework.recruiter_events",
    "mrc_app.casework.recruiter_reviews",
    "mrc_app.casework.job_orders",
    "mrc_app.casework.counselling",
    "mrc_app.casework.attachments",
    "mrc_app.casework.erasures",
    "mrc_app.casework.requests",
    "mrc_app.casework.contracts",
    "mrc_app.casework.contract_verdicts",
    "mrc_app.casework.contract_files",
    "mrc_app.casework.costs",
    "mrc_app.casework.grievances",
    "mrc_app.casework.grievance_cases",
    "mrc_app.casework.grievance_screening",
    "mrc_app.casework.deadlines",
    "mrc_app.casework.claims",
    "mrc_app.casework.claim_instalments",
    "mrc_app.casework.claim_costs",
    "mrc_app.casework.letters_given",
    "mrc_app.casework.agenda",
    "mrc_app.casework.caseload",
)
"""The modules whose records the store keeps, in the order in which nouns may know each other."""
