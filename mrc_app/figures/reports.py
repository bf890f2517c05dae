"""Reports that stand: a period and a tier, frozen with a version; a later version says what changed and names no one.

A frozen report holds no restricted client and no restricted case: it is the same for every officer who opens it.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from mrc_app.figures.tiers import Tier
from mrc_app.store.records import Record, checks, word_column


class Report(Record, table=True):
    """One frozen report. ``document`` is JSON with every figure and table as they were shown; never changed."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "report": ("period", "start", "end", "tier", "version", "document", "made_on", "made_by"),
    }
    __table_args__ = checks(tier=Tier)

    period: str
    start: date = Field(index=True)
    end: date
    tier: Tier = word_column(Tier, Tier.INTERNAL)
    version: int
    document: str
    made_on: date
    made_by: str
