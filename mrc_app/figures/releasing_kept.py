"""What every frozen release was counted from, kept in this office: releases to come are checked against it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.calendars.periods import Period
from mrc_app.figures.releasing import Earlier
from mrc_app.figures.releasing_stands import Stands
from mrc_app.figures.reports import Report, latest
from mrc_app.figures.suppression_linked import Issue
from mrc_app.figures.tables import Dimension, Table
from mrc_app.figures.tiers import TIERS, Tier
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

# -- Words: none

# -- Record


class ReportBasis(Record, table=True):
    """The tables of one frozen release as they were counted, without anything sensitive, and what of them is not told.
    JSON; never shown and never exported."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"basis": ("report", "document")}

    report: str = Field(foreign_key="report.uuid", index=True)
    document: str


# -- Rules


def written(issue: Issue) -> str:
    """An issue as JSON."""
    tables = [
        {
            "name": one.name,
            "measure": one.measure,
            "dimensions": [[dimension.id, list(dimension.members)] for dimension in one.dimensions],
            "cells": [[*key, value] for key, value in sorted(one.cells.items()) if value],
            "untold": [list(key) for key in sorted(issue.untold.get(one.name, ()))],
        }
        for one in issue.tables
    ]
    return json.dumps({"start": issue.start.isoformat(), "end": issue.end.isoformat(), "tables": tables})


def read(document: str) -> Issue:
    """An issue from its JSON."""
    said = json.loads(document)
    tables = tuple(_table(one) for one in said["tables"])
    untold = {one["name"]: frozenset(tuple(key) for key in one["untold"]) for one in said["tables"] if one["untold"]}
    return Issue(date.fromisoformat(said["start"]), date.fromisoformat(said["end"]), tables, untold)


def _table(said: dict[str, Any]) -> Table:
    dimensions = tuple(Dimension(name, tuple(members)) for name, members in said["dimensions"])
    return Table(said["name"], dimensions, {tuple(row[:-1]): row[-1] for row in said["cells"]}, said["measure"])


# -- Actions


def keep(session: Session, report: Report, issue: Issue) -> None:
    """Keeps what a frozen release was counted from."""
    session.add(ReportBasis(report=report.uuid, document=written(issue)))


# -- Questions


@needs(May.EXPORT)
def before(session: Session, span: Period, tier: Tier) -> Earlier:
    """What was released before a report of this period and tier. What everybody has, the ministry has too."""
    if not TIERS[tier].k:
        return Earlier()
    public = _issues(session, (Tier.PUBLIC,))
    both = _issues(session, (Tier.PUBLIC, Tier.MINISTRY))
    readers = (both,) if tier is Tier.MINISTRY or len(both) == len(public) else (public, both)
    last = latest(session, span, tier)
    return Earlier(readers if both else (), Stands.read(json.loads(last.document)) if last else Stands())


def _issues(session: Session, tiers: Sequence[Tier]) -> tuple[Issue, ...]:
    chosen = (
        select(ReportBasis.document)
        .join(Report, col(Report.uuid) == col(ReportBasis.report))
        .where(col(Report.tier).in_(tiers), col(Report.gone).is_(False), col(ReportBasis.gone).is_(False))
        .order_by(col(Report.made_on), col(Report.version), col(Report.id))
    )
    return tuple(read(one) for one in session.exec(chosen))
