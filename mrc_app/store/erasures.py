"""That a client's record is to be erased: hidden from everybody at once, its bytes gone when a supervisor confirms.

The record of the erasure itself stays: it says which identity, when and by whom, and no word about the person.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, checks, word_column

# -- Words


class Because(Labelled):
    """Why a record is erased. A closed word: free words would outlive her record."""

    ASKED = "asked", N_("she asked for it")
    NOT_NEEDED = "not_needed", N_("no longer needed")
    NO_CONSENT = "no_consent", N_("there was no consent to keep it")
    MISTAKE = "mistake", N_("registered by mistake")


# -- Record


class Erasure(Record, table=True):
    """One client to be erased. No foreign key: this row outlives hers. ``gone`` takes it back."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"confirmed": ("confirmed_on", "confirmed_by")}
    codes: ClassVar[frozenset[str]] = frozenset({"client", "asked_by", "confirmed_by"})
    __table_args__ = checks(because=Because)

    client: str = Field(index=True)
    because: Because = word_column(Because, Because.ASKED)
    asked_on: date
    asked_by: str
    confirmed_on: date | None = None
    confirmed_by: str | None = None
