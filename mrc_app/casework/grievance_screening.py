"""Screening for forced labour: eleven questions by name, her words as evidence, a count, and no verdict."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Indicator
from mrc_app.store.records import Record, checks, word_column

# -- Words: see grievance_words

# -- Record


class Screening(Record, table=True):
    """One sheet of one person, on one day; of a case or of none."""

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str | None = Field(default=None, foreign_key="grievance.uuid", index=True)
    on: date
    by: str
    language: str = ""
    interpreter: str = ""
    note: str = ""


class ScreeningAnswer(Record, table=True):
    """What she said to one indicator. ``words``: her own, as evidence."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"answer": ("answer", "words")}
    __table_args__ = checks(indicator=Indicator, answer=Answer)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str | None = Field(default=None, foreign_key="grievance.uuid", index=True)
    screening: str = Field(foreign_key="screening.uuid", index=True)
    indicator: Indicator = word_column(Indicator, Indicator.VULNERABILITY)
    answer: Answer = word_column(Answer, Answer.NOT_ASKED)
    words: str = ""
