"""The words of the provider directory: what a service is, and what its last confirmation is worth."""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class ProviderKind(Labelled):
    """Whom a client can be referred to."""

    LABOUR_OFFICE = "labour_office", N_("labour ministry or inspectorate")
    ATTACHE = "attache", N_("labour attaché")
    EMBASSY = "embassy", N_("embassy or consulate")
    POLICE = "police", N_("police or anti-trafficking unit")
    PROSECUTOR = "prosecutor", N_("prosecutor")
    SHELTER = "shelter", N_("shelter")
    HEALTH = "health", N_("hospital or help with mental health")
    LEGAL_AID = "legal_aid", N_("legal help")
    UNION_HOME = "union_home", N_("union at home")
    UNION_ABROAD = "union_abroad", N_("union in the country of work")
    NGO = "ngo", N_("organisation that helps migrants")
    AGENCY_UN = "agency_un", N_("IOM, ILO or UNHCR")
    SOCIAL_WELFARE = "social_welfare", N_("social welfare office")
    CHILD_PROTECTION = "child_protection", N_("child protection")
    TRAINING = "training", N_("training or employment service")
    MICROFINANCE = "microfinance", N_("microfinance or savings group")
    SOCIAL_SECURITY = "social_security", N_("social security fund")
    OTHER = "other", N_("other service")


class Confirmed(Labelled):
    """What the last call to a service is worth today."""

    NEVER = "never", N_("nobody has confirmed it yet")
    FRESH = "fresh", N_("confirmed")
    STALE = "stale", N_("confirm it again")


ABROAD_FOR_A_STATE = frozenset({ProviderKind.EMBASSY, ProviderKind.ATTACHE})
"""They stand in one country and speak for another."""
OF_A_STATE = ABROAD_FOR_A_STATE | {
    ProviderKind.LABOUR_OFFICE, ProviderKind.POLICE, ProviderKind.PROSECUTOR, ProviderKind.SOCIAL_WELFARE,
    ProviderKind.CHILD_PROTECTION, ProviderKind.SOCIAL_SECURITY,
}  # fmt: skip
"""Offices of a state: what they are told, their state knows."""
