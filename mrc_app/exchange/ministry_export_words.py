"""What may leave for a ministry: tiers, the one table of consent and tier, and what an agreement can switch on.

Light: it can be read without opening the store. The same table is printed in docs/EXPORT.md.
"""

from __future__ import annotations

from typing import NamedTuple

from mrc_app.casework.consents import Purpose
from mrc_app.i18n import N_, Labelled

# -- Words


class Tier(Labelled):
    """What an export holds."""

    MIN = "MIN", N_("counts only")
    CASE = "CASE", N_("rows about people under tokens, without names")
    LINK = "LINK", N_("keys that find the same person in two centres")


class Withheld(Labelled):
    """Why somebody is in no row and no number of what leaves."""

    NO_STATISTICS_CONSENT = "no_statistics_consent", N_("no consent to be counted")
    NO_NAMED_CONSENT = "no_named_consent", N_("no consent to be shared with the ministry by name")
    RESTRICTED = "restricted", N_("restricted to named officers")


class Column(Labelled):
    """What leaves in no tier unless an agreement with the ministry switches it on, by name."""

    MIGRATION_STATUS = "migration_status", N_("migration status")
    VIOLENCE = "violence", N_("violence and harassment")
    TRAFFICKING = "trafficking", N_("trafficking")
    DETENTION = "detention", N_("detention and arrest")
    DEATH = "death", N_("death and the missing")


# -- Rules


class Asks(NamedTuple):
    """What a tier asks for: the consent, an agreement with the ministry, and how a refusal is counted."""

    purpose: Purpose
    agreement: bool
    refused: Withheld


CONSENT = {
    Tier.MIN: Asks(Purpose.STATISTICS, agreement=False, refused=Withheld.NO_STATISTICS_CONSENT),
    Tier.CASE: Asks(Purpose.STATISTICS, agreement=True, refused=Withheld.NO_STATISTICS_CONSENT),
    Tier.LINK: Asks(Purpose.MINISTRY, agreement=True, refused=Withheld.NO_NAMED_CONSENT),
}
"""Consent × tier, the one table. Whoever is restricted to named officers is in no tier."""
COVERS = {
    Column.MIGRATION_STATUS: frozenset({"T7"}),
    Column.VIOLENCE: frozenset(
        {"E14", "E15", "E16", "violence", "shelter", "police", "prosecutor", "child_protection"}
    ),
    Column.TRAFFICKING: frozenset({"trafficking"}),
    Column.DETENTION: frozenset({"T3", "detention"}),
    Column.DEATH: frozenset({"T4", "T5"}),
}  # fmt: skip
"""The sensitive words of figures.tiers that a column covers: kinds of complaint, topics, ways to meet, services."""
PROFILE = "mrc-export/1"
VERSION = "1.0.0"
CODES_VERSION = "2026.1"
AGENCY = "MRC"
APP_VERSION = "0.2.0"
