"""For whom figures are made, what each tier may hold, and on which consent: the one table of consent and tier.

Light: it can be read without opening the store.
"""

from __future__ import annotations

from typing import NamedTuple

from mrc_app.i18n import N_, Labelled

# -- Words


class Tier(Labelled):
    """Who reads the figures."""

    INTERNAL = "internal", N_("for this office")
    MINISTRY = "ministry", N_("for the ministry")
    PUBLIC = "public", N_("for everybody")


class Withheld(Labelled):
    """Why somebody is not counted in what leaves the office."""

    NO_STATISTICS_CONSENT = "no_statistics_consent", N_("no consent to be counted")
    RESTRICTED = "restricted", N_("restricted to named officers")


# -- Rules


class Rule(NamedTuple):
    """What a tier asks for. ``k``: no cell counts fewer people than this; 0 hides nothing."""

    consent: bool
    restricted: bool
    sensitive: bool
    k: int


TIERS = {
    Tier.INTERNAL: Rule(consent=False, restricted=True, sensitive=True, k=0),
    Tier.MINISTRY: Rule(consent=True, restricted=False, sensitive=False, k=5),
    Tier.PUBLIC: Rule(consent=True, restricted=False, sensitive=False, k=5),
}
"""Consent to be counted (P6) × tier; whether restricted people and sensitive matters are counted; the threshold.

Migration status is in no tier. ``restricted`` internally means: by an officer who may see them, and in nothing that is
frozen.
"""
SENSITIVE_CODES = frozenset({"E14", "E15", "E16", "T3", "T4", "T5", "T7"})
"""Complaints about violence, detention, death, the missing, and residence papers (migration status is in no tier)."""
SENSITIVE_MODES = frozenset({"detention", "shelter"})
SENSITIVE_TOPICS = frozenset({"violence", "trafficking"})
SENSITIVE_PROVIDERS = frozenset({"shelter", "police", "prosecutor", "child_protection"})
"""Services whose name alone says what happened."""
SENSITIVE = SENSITIVE_CODES | SENSITIVE_MODES | SENSITIVE_TOPICS | SENSITIVE_PROVIDERS
