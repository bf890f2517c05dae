"""What a case gathers: evidence, hearings, remedies, injuries, checklists; and amnesties as dated facts."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from mrc_app.casework.client_words import Answer
from mrc_app.casework.grievance_words import Good, Held, Mark, Seen
from mrc_app.store.records import Record, checks, word_column

# -- Words: see grievance_words

# -- Record


class Evidence(Record, table=True):
    """A piece of evidence: what it is, and what the office has seen of it. ``client``: whose it is, if one person's."""

    subject: ClassVar[str | None] = "grievance"
    __table_args__ = checks(seen=Seen)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    what: str
    seen: Seen = word_column(Seen, Seen.NONE)
    attachment: str | None = Field(default=None, foreign_key="attachment.uuid")
    on: date
    by: str
    note: str = ""


class Hearing(Record, table=True):
    """A hearing, meeting or conciliation. ``at``: the time as it stands on the summons."""

    subject: ClassVar[str | None] = "grievance"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "when": ("on", "at", "forum", "place"),
        "went": ("held", "result", "noted_on", "noted_by"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"at"})
    __table_args__ = checks(held=Held)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    forum: str
    place: str = ""
    on: date = Field(index=True)
    at: str = ""
    held: Held = word_column(Held, Held.PLANNED)
    result: str = ""
    planned_by: str
    noted_on: date | None = None
    noted_by: str | None = None


class Remedy(Record, table=True):
    """A remedy that is no money, for one person (``client``) or for all."""

    subject: ClassVar[str | None] = "grievance"
    __table_args__ = checks(good=Good)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    client: str | None = Field(default=None, foreign_key="client.uuid", index=True)
    good: Good = word_column(Good, Good.OTHER)
    on: date
    by: str
    note: str = ""


class Injury(Record, table=True):
    """An injury or illness from work: who was told, the insurer, the medical paper, the day the claim must be in."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "reported": ("reported", "reported_on", "reported_to"),
        "insurer": ("insurer", "policy"),
        "paper": ("paper", "paper_on"),
        "clock": ("claim_by", "clock_source", "clock_checked_on"),
    }
    __table_args__ = checks(reported=Answer, paper=Seen)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    happened_on: date | None = None
    what: str
    reported: Answer = word_column(Answer, Answer.NOT_ASKED)
    reported_on: date | None = None
    reported_to: str = ""
    insurer: str = ""
    policy: str = ""
    paper: Seen = word_column(Seen, Seen.NONE)
    paper_on: date | None = None
    claim_by: date | None = None
    clock_source: str = ""
    clock_checked_on: date | None = None
    kept_on: date
    kept_by: str
    note: str = ""


class CaseMark(Record, table=True):
    """The mark of one item of a checklist of a case. ``checklist`` and ``item`` are ids of resources/checklists."""

    subject: ClassVar[str | None] = "grievance"
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"mark": ("mark", "on", "by", "note")}
    codes: ClassVar[frozenset[str]] = frozenset({"checklist", "item"})
    __table_args__ = checks(mark=Mark)

    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    checklist: str
    item: str
    mark: Mark = word_column(Mark, Mark.OPEN)
    on: date
    by: str
    note: str = ""


class Amnesty(Record, table=True):
    """An amnesty or regularisation window of a country, as the office read it. About nobody."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "window": ("begins_on", "ends_on"),
        "check": ("source", "checked_on", "checked_by"),
    }

    country: str = Field(index=True)
    begins_on: date
    ends_on: date | None = None
    source: str
    checked_on: date
    checked_by: str
    note: str = ""
