"""The charts of the dashboard in one language: title, a sentence to see, all figures to hear, the table, the shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mrc_app.calendars.writing import month_names
from mrc_app.casework.claim_rules import Kind
from mrc_app.figures.dashboard import Dashboard, Flow, Month, Paired
from mrc_app.figures.indicators_figures import rounded
from mrc_app.figures.indicators_words import Backlog
from mrc_app.figures.report_words import ReportWords
from mrc_app.i18n import N_, isolate, ltr
from mrc_app.money import Money

# -- Record


@dataclass(frozen=True)
class Columns:
    """Upright bars in groups along time; each label has a short form for where room is scarce."""

    labels: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Line:
    """One lying bar: its label, its length as a part of the scale (None: there is no figure), and the figure."""

    label: str
    part: Fraction | None
    text: str
    fill: str = "dark"


@dataclass(frozen=True)
class Lines:
    """Lying bars in groups, each with a caption; ``goal``: where on the scale a line says "reached"."""

    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    goal: Fraction | None = None


@dataclass(frozen=True)
class Pairs:
    """Two points on a scale from 0 to 1 for each row: before and after, and the change."""

    names: tuple[str, str]
    rows: tuple[tuple[str, Fraction, Fraction, str], ...]


@dataclass(frozen=True)
class Chart:
    """One chart. ``sentence`` stands below it, ``said`` is read out in its place; no ``shape``: nothing to draw.
    ``amounts``: its table has a short word and then long numbers, not long words and short numbers."""

    id: str
    title: str
    sentence: str
    said: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shape: Columns | Lines | Pairs | None
    amounts: bool = False


# -- Words

TITLE = N_("Dashboard")
SERVICES, BACKLOG, MONEY = N_("Services over time"), N_("Open cases by age"), N_("From claimed to paid")
CHANGE, AIMS = N_("Reintegration: what changed"), N_("Targets")
NOTHING = N_("Nothing to show for this period.")
NO_AIMS = N_("No target is set for exactly this period. Targets are set on the page of figures.")
NO_PAIRS = N_("Nobody was asked again in this period who had answered before.")
NO_MONEY = N_("No money was claimed, offered, awarded or paid in this period.")
MONTH, PERSONS, CONTACTS = N_("Month"), N_("Persons served"), N_("Contacts")
IN_MONTH = N_("{month}: persons served {persons}, contacts {contacts}")
MOST = N_("Persons served in {month}: {persons}. Most in one month: {most}.")
OPEN_FOR, CASES = N_("Open for"), N_("Cases")
OPEN = N_("Open cases: {n}. Open for more than 180 days: {old}.")
CURRENCY = N_("Currency")
MORE = N_("More currencies in the table: {n}.")
FOUR = N_("Four different things; currencies are never added.")
AREA, FIRST, LATER, DIFFERENCE, N = N_("Area"), N_("At first"), N_("Later"), N_("Difference"), N_("n")
ONLY_BOTH = N_("Only people who answered both times: {n}.")
FROM_TO = N_("{area}: from {first} to {later}, difference {change}, people {n}")
AIM, REACHED, NUMBER, PERCENT = N_("Target"), N_("Reached"), N_("To be reached"), N_("Attainment")
OF_AIM = N_("{aim}: {reached} of {number}, {percent} percent")
MET = N_("Targets reached: {n} of {all}.")
WAVES = {"month_6": N_("after 6 months"), "month_12": N_("after 12 months")}
AREAS = {
    "economic": N_("economic"),
    "social": N_("social"),
    "psychosocial": N_("psychosocial"),
    "composite": N_("all together"),
}
OLD = (Backlog.UP_TO_365, Backlog.OVER_365)
TONES = {Kind.CLAIMED: "light", Kind.OFFERED: "striped", Kind.AWARDED: "pale", Kind.PAID: "dark"}
MOST_DRAWN = 4
"""Currencies drawn, those of most people; the table has all of them."""


def charts(board: Dashboard, words: ReportWords) -> list[Chart]:
    """The charts in their order."""
    return [
        _services(board.months, words),
        _backlog(board.backlog, words),
        _money(board.money, words),
        _paired(board.paired, words),
        _aims(board, words),
    ]


def _told(parts: Sequence[str]) -> str:
    return "; ".join(parts) + "." if parts else ""


def month_name(one: Month, words: ReportWords, *, year: bool = True) -> str:
    """A month with its year in its own calendar."""
    name = month_names(one.calendar, words.code)[one.month - 1]
    return f"{name} {one.year}" if year else name


def _services(found: Sequence[Month], words: ReportWords) -> Chart:
    names = [month_name(one, words) for one in found]
    said = [
        words.say(IN_MONTH, month=isolate(name), persons=one.persons, contacts=one.contacts)
        for name, one in zip(names, found, strict=True)
    ]
    empty = not any(one.persons or one.contacts for one in found)
    sentence = words.say(
        MOST, month=isolate(names[-1]), persons=found[-1].persons, most=max(one.persons for one in found)
    )
    labels = tuple((month_name(one, words, year=False), str(one.month)) for one in found)
    values = tuple((one.persons, one.contacts) for one in found)
    shape = Columns(labels, (words.say(PERSONS), words.say(CONTACTS)), values)
    return Chart(
        "services", words.say(SERVICES), words.say(NOTHING) if empty else sentence,
        words.say(NOTHING) if empty else _told(said), (words.say(MONTH), words.say(PERSONS), words.say(CONTACTS)),
        tuple((name, str(one.persons), str(one.contacts)) for name, one in zip(names, found, strict=True)),
        None if empty else shape,
    )  # fmt: skip


def _backlog(found: dict[Backlog, int], words: ReportWords) -> Chart:
    total, most = sum(found.values()), max(found.values())
    rows = tuple((words.say(band.label), str(n)) for band, n in found.items())
    sentence = words.say(OPEN, n=total, old=sum(found[band] for band in OLD))
    lines = tuple(
        Line(label, Fraction(int(n), most) if most else None, n) for (label, n) in rows
    )  # fmt: skip
    return Chart(
        "backlog", words.say(BACKLOG), sentence, f"{sentence} {_told([f'{label}: {n}' for label, n in rows])}",
        (words.say(OPEN_FOR), words.say(CASES)), rows, Lines((("", lines),)) if total else None,
    )  # fmt: skip


def _amount(flow: Flow, kind: Kind) -> str:
    minor = flow.minor.get(kind)
    return "–" if minor is None else ltr(f"{Money(minor, flow.currency).amount:,f}")


def _money(found: Sequence[Flow], words: ReportWords) -> Chart:
    kinds = [words.say(kind.label) for kind in Kind]
    rows = tuple((one.currency, *(_amount(one, kind) for kind in Kind)) for one in found)
    often = sorted(found, key=lambda one: -max(one.persons.values(), default=0))[:MOST_DRAWN]
    groups = tuple((one.currency, tuple(_flow(one, kind, words) for kind in Kind)) for one in found if one in often)
    rest = len(found) - len(groups)
    sentence = " ".join([words.say(FOUR), *([words.say(MORE, n=rest)] if rest else [])])
    said = [
        f"{one.currency}: " + ", ".join(f"{name} {_amount(one, kind)}" for name, kind in zip(kinds, Kind, strict=True))
        for one in found
    ]
    return Chart(
        "money", words.say(MONEY), sentence if found else words.say(NO_MONEY),
        f"{words.say(FOUR)} {_told(said)}" if found else words.say(NO_MONEY), (words.say(CURRENCY), *kinds), rows,
        Lines(groups) if found else None, amounts=True,
    )  # fmt: skip


def _flow(one: Flow, kind: Kind, words: ReportWords) -> Line:
    minor, most = one.minor.get(kind), max(one.minor.values())
    part = None if minor is None else Fraction(minor, most) if most else Fraction(0)
    return Line(words.say(kind.label), part, _amount(one, kind), TONES[kind])


def _area(one: Paired, words: ReportWords) -> str:
    name = words.say(AREAS.get(one.dimension, one.dimension))
    return f"{isolate(name)} · {isolate(words.say(WAVES[one.wave]))}"


def _paired(found: Sequence[Paired], words: ReportWords) -> Chart:
    told = [
        (_area(one, words), rounded(one.first, 2), rounded(one.later, 2), _signed(one.change), str(one.n))
        for one in found
    ]
    said = [
        words.say(FROM_TO, area=area, first=ltr(first), later=ltr(later), change=change, n=n)
        for area, first, later, change, n in told
    ]
    pairs = tuple(
        (row[0], one.first, one.later, row[3]) for row, one in zip(told, found, strict=True)
    )  # fmt: skip
    sentence = words.say(ONLY_BOTH, n=max(one.n for one in found)) if found else words.say(NO_PAIRS)
    return Chart(
        "change", words.say(CHANGE), sentence, f"{sentence} {_told(said)}".strip(),
        tuple(words.say(one) for one in (AREA, FIRST, LATER, DIFFERENCE, N)), tuple(told),
        Pairs((words.say(FIRST), words.say(LATER)), pairs) if found else None,
    )  # fmt: skip


def _signed(change: Fraction) -> str:
    text = rounded(abs(change), 2)
    return ltr(text if not Decimal(text) else f"{'+' if change > 0 else '−'}{text}")


def _aims(board: Dashboard, words: ReportWords) -> Chart:
    told = [
        (
            words.aim(one),
            one["actual"] or "–",
            str(one["number"]),
            "–" if one["percent"] is None else ltr(f"{one['percent']} %"),
        )
        for one in board.aims
    ]
    lines = tuple(
        Line(row[0], None if one["percent"] is None else Fraction(min(one["percent"], 150), 150), row[3])
        for row, one in zip(told, board.aims, strict=True)
    )
    said = [
        words.say(OF_AIM, aim=isolate(aim), reached=reached, number=number, percent=one["percent"])
        for (aim, reached, number, _percent), one in zip(told, board.aims, strict=True)
    ]
    met = sum(1 for one in board.aims if (one["percent"] or 0) >= 100)
    sentence = words.say(MET, n=met, all=len(told)) if told else words.say(NO_AIMS)
    return Chart(
        "targets", words.say(AIMS), sentence, f"{sentence} {_told(said)}".strip(),
        tuple(words.say(one) for one in (AIM, REACHED, NUMBER, PERCENT)), tuple(told),
        Lines((("", lines),), goal=Fraction(100, 150)) if told else None,
    )  # fmt: skip
