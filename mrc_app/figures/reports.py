"""Reports that stand: a period and a tier, frozen with a version; a later version says what changed and names no one.

A frozen report holds no restricted client and no restricted case: it is the same for every officer who opens it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.calendars.periods import Period
from mrc_app.calendars.periods import period as read_period
from mrc_app.errors import MrcError
from mrc_app.figures import targets
from mrc_app.figures.indicators_figures import PLACES, Figure, Spread, rounded
from mrc_app.figures.indicators_steps import Step, unheard
from mrc_app.figures.releasing import Released, Shown, everything, released
from mrc_app.figures.tables import TOTAL
from mrc_app.figures.tiers import TIERS, Tier, Withheld
from mrc_app.i18n import N_
from mrc_app.store.records import Record, checks, word_column
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from mrc_app.figures.indicators_figures import Counted
    from mrc_app.figures.releasing_merges import Merge
    from mrc_app.figures.suppression_linked import Issue
    from mrc_app.store.centre import Store

# -- Record


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


# -- Rules

Document = dict[str, Any]
FORMAT = "mrc-report/1"
NOTES = {
    "released": N_("Small and sensitive categories were merged or left out."),
    "withheld": N_("Who did not agree to be counted, and who is restricted, is in no figure here."),
    "frozen": N_("Clients restricted to named officers are in no frozen report."),
    "names": N_("Scores and regions of origin are missing: your role reads no answers and no names."),
    "stands": N_("Where few people changed since an earlier version, the number that was published stands."),
    "sdg": N_("Administrative data of this centre's clients; not the national estimate of SDG 10.7.1."),
    "overlap": N_("Rows of services and topics overlap: one person or contact can be in several. Do not add them up."),
}
BY_SEX = {"A1": ("A1", 0), "A2": ("A2", 0), "A4": ("A4.sex", 0), "C2": ("C2", 1), "D1": ("D1", 0), "E1": ("E1", 0)}
"""Where the number of one sex stands: the table, and the place of the sex in its keys."""


def document(
    span: Period, tier: Tier, shown: Released, aims: list[targets.Target], withheld: Mapping[Withheld, int],
    *, centre: str, made_on: date, notes: tuple[str, ...] = (),
) -> Document:  # fmt: skip
    """A report as it is kept and written: texts and whole numbers only, no words to translate."""
    figures = [_figure(one) for one in shown.figures]
    tables = [_table(one) for one in shown.tables if one.cells and one.table.dimensions[0].members]
    k = TIERS[tier].k if tier is Tier.PUBLIC else 0
    return {
        "format": FORMAT, "centre": centre, "period": span.code, "start": span.start.isoformat(),
        "end": span.end.isoformat(), "tier": tier.value, "made_on": made_on.isoformat(), "figures": figures,
        "tables": tables, "spreads": [_spread(one) for one in shown.spreads],
        "targets": [_target(one, figures, tables) for one in aims],
        "withheld": {why.value: n if n >= k or not n else None for why, n in withheld.items() if TIERS[tier].consent},
        "notes": list(notes),
    }  # fmt: skip


def _figure(one: Figure) -> Document:
    return {
        "code": one.code, "part": one.part, "unit": one.unit.value, "currency": one.currency,
        "value": rounded(one.value, PLACES.get(one.unit, 0)), "n": one.n, "of": one.of, "hidden": one.hidden,
    }  # fmt: skip


def _table(shown: Shown) -> Document:
    table = shown.table
    return {
        "name": table.name, "measure": table.measure,
        "dimensions": [{"id": one.id, "members": list(one.members)} for one in table.dimensions],
        "rows": [[*key, shown.cells.get(key)] for key in table.margins()],
    }  # fmt: skip


def _spread(one: Spread) -> Document:
    return {
        "by": one.by, "member": one.member, "n": None if one.hidden else one.n,
        "over_one": None if one.hidden else one.over_one,
        **{name: rounded(getattr(one, name), 2) for name in ("mean", "median", "lower", "upper")}, "hidden": one.hidden,
    }  # fmt: skip


def _target(aim: targets.Target, figures: list[Document], tables: list[Document]) -> Document:
    actual = _actual(aim, figures, tables)
    return {
        "indicator": aim.indicator, "sex": aim.sex.value if aim.sex else "",
        "event": aim.event.value if aim.event else "",
        "centre": aim.centre, "number": aim.number, "actual": "" if actual is None else str(actual),
        "percent": targets.attainment(actual, aim.number),
    }  # fmt: skip


def _actual(aim: targets.Target, figures: list[Document], tables: list[Document]) -> Decimal | None:
    """What was reached, as it is shown in this very report."""
    if aim.sex is not None:
        name, place = BY_SEX[aim.indicator]
        rows: list[list[Any]] = next((one["rows"] for one in tables if one["name"] == name), [])
        wanted = {place: aim.sex.value}
        for *key, value in rows:
            if all(part == wanted.get(number, TOTAL) for number, part in enumerate(key)):
                return None if value is None else Decimal(value)
        return Decimal(0)
    part = aim.event.value if aim.event else "trained" if aim.indicator == "E1" else ""
    found = next((one for one in figures if (one["code"], one["part"]) == (aim.indicator, part)), None)
    if found is None:
        return Decimal(0)
    return Decimal(found["value"]) if found["value"] else None


def changes(before: Document, after: Document) -> list[Document]:
    """What is another number than before: figure or cell, with both. It names no one."""
    old, new = _numbers(before), _numbers(after)
    return [
        {"what": list(name), "before": old.get(name, ""), "after": new.get(name, "")}
        for name in dict.fromkeys((*old, *new))
        if old.get(name, "") != new.get(name, "")
    ]


def _numbers(document: Document) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for one in document["figures"]:
        told = "hidden" if one["hidden"] else one["value"]
        found[one["code"], one["part"], one["currency"]] = told
    for table in document["tables"]:
        for *key, value in table["rows"]:
            found[table["name"], *key] = "hidden" if value is None else str(value)
    return found


# -- Actions


def make(
    store: Store, period: str, tier: Tier, today: date, *, frozen: bool = False, by: Sequence[str] = (),
    merges: Sequence[str] = (), step: Step = unheard,
) -> Document:  # fmt: skip
    """The report of a period as it stands now; ``by``: further breakdowns, for this office; ``merges``: rows to stand
    together in a release; ``step`` hears how far it is. Raises Invalid, NotAllowed."""
    return prepared(store, read_period(period), tier, today, frozen=frozen, by=by, merges=merges, step=step)[0]


def prepared(
    store: Store, span: Period, tier: Tier, today: date, *, frozen: bool = False, by: Sequence[str] = (),
    merges: Sequence[str] = (), step: Step = unheard,
) -> tuple[Document, Issue | None]:  # fmt: skip
    """The report, and for others than this office what it was counted from. A draft has offers: rows that may stand
    together."""
    from mrc_app.figures import indicators, releasing_kept, releasing_merges

    wished = [releasing_merges.read(one) for one in merges]
    found = indicators.reckon(store, span, tier, today, frozen=frozen, by=by, step=step)
    rule = TIERS[tier]
    withheld: Mapping[Withheld, int] = found.withheld
    with store.read() as session:
        aims = targets.of_period(session, span.start, span.end)
        earlier = releasing_kept.before(session, span, tier) if rule.k else None
    if earlier is not None:
        wished = wished or [releasing_merges.read(one) for one in earlier.last.merges]
        shown = released(found.counted, rule.k, (span.start, span.end), earlier, wished)
        withheld = {why: earlier.last.number(why.value, n, rule.k) for why, n in withheld.items()}
    else:
        shown = everything(found.counted)
    notes = [*(("released", "withheld") if rule.k else ()), *(("frozen",) if frozen else ()), "overlap"]
    notes += ["stands"] if earlier is not None and earlier.last.cells else []
    notes += ["names"] if not found.names else []
    notes += ["sdg"] if found.counted.spreads else []
    made = document(span, tier, shown, aims, withheld, centre=store.centre().name, made_on=today, notes=tuple(notes))
    if rule.k:
        made["merges"] = [str(one) for one in wished]
        made |= {} if frozen else {"offers": _offers(found.counted, rule.k, wished)}
    return made, shown.issue


def _offers(counted: Counted, k: int, merges: Sequence[Merge]) -> list[Document]:
    from mrc_app.figures import releasing, releasing_merges

    families = releasing.merged(counted, k, merges)
    rule = releasing.rule_for((table for family in families for table in family), k)
    found = releasing_merges.offered(families, rule)
    return [{"merge": str(one.merge), "blank": one.before, "then": one.after} for one in found]


def same(one: Document, other: Document) -> bool:
    """Whether two documents tell the same."""
    unlike = ("made_on", "period", "notes", "since")
    return {name: value for name, value in one.items() if name not in unlike} == {
        name: value for name, value in other.items() if name not in unlike
    }


# -- Questions


@needs(May.COUNT)
def versions(session: Session, span: Period, tier: Tier) -> list[Report]:
    """The frozen versions of a period and tier, the first one first."""
    chosen = select(Report).where(
        Report.start == span.start, Report.end == span.end, Report.tier == tier, col(Report.gone).is_(False)
    )
    return list(session.exec(chosen.order_by(col(Report.version), col(Report.uuid))))


@needs(May.COUNT)
def latest(session: Session, span: Period, tier: Tier) -> Report | None:
    """The last frozen version of a period and tier."""
    found = versions(session, span, tier)
    return found[-1] if found else None


@needs(May.COUNT)
def listed(session: Session, limit: int = 50) -> list[Report]:
    """The frozen reports, the latest first."""
    chosen = select(Report).where(col(Report.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Report.made_on).desc(), col(Report.id).desc()).limit(limit)))


@needs(May.COUNT)
def by_uuid(session: Session, uuid: str) -> Report:
    """One frozen report. Raises MrcError when there is none."""
    found = session.exec(select(Report).where(Report.uuid == uuid, col(Report.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This report is not on this desk."))
    return found


@needs(May.COUNT)
def changes_of(session: Session, report: Report) -> list[Document]:
    """What changed from the version before; nothing for the first one."""
    span = Period(report.start, report.end, report.period, "")
    before = [one for one in versions(session, span, report.tier) if one.version < report.version]
    return changes(json.loads(before[-1].document), json.loads(report.document)) if before else []
