"""Indicators A and E: who came, what was done for them, who was met at events, who was trained and reached again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from sqlite3 import Connection
from typing import Any, NamedTuple

from mrc_app.calendars.periods import Period
from mrc_app.casework import events
from mrc_app.casework.events import Event
from mrc_app.figures.indicators_figures import Counted, Figure, count, share
from mrc_app.figures.indicators_people import Counting, Entry, table
from mrc_app.figures.indicators_words import Form, Unit
from mrc_app.figures.tables import TOTAL, Table
from mrc_app.figures.tiers import SENSITIVE_MODES, SENSITIVE_PROVIDERS, SENSITIVE_TOPICS

DATED = (
    (Form.F2, "handout", "on", ""),
    (Form.F3, "contractcheck", "checked_on", ""),
    (Form.F4, "cost", "noted_on", ""),
    (Form.F4, "income", "noted_on", ""),
    (Form.F4, "loan", "noted_on", ""),
    (Form.F8, "skill", "noted_on", ""),
    (Form.F9, "training", "since", ""),
    (Form.F9, "training", "certified_on", ""),
    (Form.F9, "recognition", "assessed_on", ""),
    (Form.F10, "return", "noted_on", ""),
    (Form.F10, "plan", "made_on", ""),
    (Form.F10, "assessment", "on", ""),
    (Form.F10, "supportinstalment", "paid_on", ""),
    (Form.F5, "complainant", "since", "grievance"),
    (Form.F5, "claimentry", "on", "grievance"),
)
"""What was done for a client, with the day it happened: form, table, column of the day, column of its case."""
BREAKDOWNS = (("sex", "destination"), ("sex", "sector"), ("sex", "stage"), ("sex", "channel"), ("sex", "origin"))
INSIDE = (("sex", "district"), ("sex", "disability"))
"""Only for this office."""


class Met(NamedTuple):
    """One contact that counts."""

    key: str
    mode: str
    topics: tuple[str, ...]
    uuid: str
    on: str

    @property
    def entry(self) -> Entry:
        """It as a line behind a figure."""
        return Entry(self.key, "contact", self.uuid, self.on, (("mode", self.mode),))


class Made(NamedTuple):
    """One referral that counts."""

    uuid: str
    key: str


def services(
    connection: Connection, counting: Counting, span: Period, met: list[Met] | None = None
) -> dict[Form, set[str]]:
    """The persons who were served in a period, by what was done; ``met``: the contacts, where they are known."""
    found: dict[Form, set[str]] = {form: set() for form in Form}
    days = (span.start.isoformat(), span.end.isoformat())
    for form, name, column, case in DATED:
        sql = f'SELECT client, {case or "NULL"} FROM temp."seen_{name}" WHERE gone = 0 AND "{column}" BETWEEN ? AND ?'  # noqa: S608
        for client, grievance in connection.execute(sql, days):
            if counting.case(grievance) and (key := counting.key(client)):
                found[form].add(key)
    sql = """SELECT grievance FROM temp.seen_grievanceevent WHERE gone = 0 AND "on" BETWEEN ? AND ?"""
    for (grievance,) in connection.execute(sql, days):
        if grievance in counting.cases:
            found[Form.F5].update(counting.cases[grievance].people)
    found[Form.F2].update(one.key for one in (contacts(connection, counting, span) if met is None else met))
    found[Form.F6].update(one.key for one in referrals(connection, counting, span))
    return found


def contacts(connection: Connection, counting: Counting, span: Period) -> Iterator[Met]:
    """The contacts of a period that count. A delicate one is in no release."""
    sql = """SELECT client, mode, topics, uuid, "on" FROM temp.seen_contact WHERE gone = 0 AND "on" BETWEEN ? AND ?"""
    for client, mode, topics, uuid, on in connection.execute(sql, (span.start.isoformat(), span.end.isoformat())):
        talked = tuple((topics or "").split())
        if (key := counting.key(client)) is None:
            continue
        if counting.hides((mode, *talked), SENSITIVE_MODES | SENSITIVE_TOPICS):
            counting.delicate.add(key)
        else:
            yield Met(key, mode, talked, uuid, on)


def referrals(connection: Connection, counting: Counting, span: Period) -> Iterator[Made]:
    """The referrals made in a period that count. One to a delicate service is in no release."""
    sql = """SELECT r.uuid, r.client, r.grievance, p.kind FROM temp.seen_referral r
      LEFT JOIN main.provider p ON p.uuid = r.provider WHERE r.gone = 0 AND r.made_on BETWEEN ? AND ?"""
    for uuid, client, grievance, kind in connection.execute(sql, (span.start.isoformat(), span.end.isoformat())):
        if not counting.case(grievance) or (key := counting.key(client)) is None:
            continue
        if counting.hides((kind,), SENSITIVE_PROVIDERS):
            counting.delicate.add(key)
        else:
            yield Made(uuid, key)


def registered(counting: Counting, span: Period, served: Iterable[str]) -> set[str]:
    """The persons newly registered in a period; asked after what was done for them is known."""
    known, unseen = counting.people, counting.delicate.difference(served)
    new = (client for client, key in known.of.items() if known.persons[key].registered_on in span)
    return {key for client in new if (key := counting.key(client)) and key not in unseen}


def people(connection: Connection, counting: Counting, span: Period, *, names: bool) -> Counted:
    """A1, A2, A3, A5, A6 and the tables of who was registered and served."""
    met = list(contacts(connection, counting, span))
    by_form = services(connection, counting, span, met)
    served = sorted(set().union(*by_form.values()))
    new = sorted(registered(counting, span, served))
    _noted(counting, new, served, by_form, met)
    first = (counting.broken_down("A1", new, "sex", "age", "kind"),)
    by = (*BREAKDOWNS, *(INSIDE if names and counting.rule.sensitive else ()))
    second = (
        counting.broken_down("A2", served, "sex", "age", "kind"),
        *(counting.broken_down("A2." + "_".join(one), served, *one) for one in by),
    )
    third = _contact_tables(counting, met)
    repeat = [key for key in served if counting.person(key).registered_on < span.start]
    counting.note_people("A5", repeat)
    before = len(repeat)
    stated = [key for key in served if counting.person(key).sex != "not_stated"]
    women = sum(1 for key in stated if counting.person(key).sex == "female")
    whole = (TOTAL, TOTAL, TOTAL)
    told = ("A2", whole)
    stated_cells = (told, ("A2", ("female", TOTAL, TOTAL)), ("A2", ("not_stated", TOTAL, TOTAL)))
    figures = [
        count("A1", Unit.PERSONS, len(new), cells=(("A1", whole),)),
        count("A2", Unit.PERSONS, len(served), cells=(told,)),
        *(
            count("A2", Unit.PERSONS, len(found), n=len(found), of=len(served), part=form, cells=(told,))
            for form, found in by_form.items()
            if found
        ),
        count("A3", Unit.CONTACTS, len(met), cells=(("A3", (TOTAL, TOTAL)),)),
        *_topics(met),
        share("A5", before, len(served), cells=(told,)),
        share("A6", women, len(stated), cells=stated_cells),
    ]
    return Counted(tuple(figures), (first, second, third))


def _noted(
    counting: Counting, new: list[str], served: list[str], by_form: dict[Form, set[str]], met: list[Met]
) -> None:
    if counting.noted is None:
        return
    counting.note_people("A1", new)
    counting.note_people("A2", served)
    counting.note_people("A6", (key for key in served if counting.person(key).sex == "female"))
    for form, keys in by_form.items():
        counting.note_people("A2", sorted(keys), form)
    counting.note("A3", (one.entry for one in met))
    for one in met:
        for topic in one.topics:
            counting.note("A3", (one.entry,), topic)


def _contact_tables(counting: Counting, met: list[Met]) -> tuple[Table, ...]:
    cells: dict[tuple[str, ...], int] = {}
    for one in met:
        cell = (one.mode, counting.person(one.key).sex)
        cells[cell] = cells.get(cell, 0) + 1
    return (table("A3", ("mode", "sex"), cells, "contacts", SENSITIVE_MODES),)


def _topics(met: list[Met]) -> list[Figure]:
    """Contacts by topic: one contact can have several, so these are not added up."""
    found: dict[str, int] = {}
    for one in met:
        for topic in one.topics:
            found[topic] = found.get(topic, 0) + 1
    return [
        count("A3", Unit.CONTACTS, number, n=number, of=len(met), part=topic, cells=(("A3", (TOTAL, TOTAL)),))
        for topic, number in sorted(found.items())
    ]


def outreach(held: list[Event], tallies: list[Any]) -> Counted:
    """A4 with the events, the audience apart and the material; and the visits without a name, apart from everybody."""
    by_type: dict[str, int] = {}
    items: dict[str, int] = {}
    for event in held:
        by_type[event.type.value] = by_type.get(event.type.value, 0) + 1
        for item, number in events.handed_out(event).items():
            items[item] = items.get(item, 0) + number
    met = sum(event.people for event in held)
    tables = tuple(_attendance(held, name) for name in events.MARGINS)
    cells: dict[tuple[str, ...], int] = {}
    for one in tallies:
        cell = (one.sex.value, one.age_band.value, one.kind.value)
        cells[cell] = cells.get(cell, 0) + 1
    visits = table("AV", ("sex", "age", "kind"), cells, "contacts")
    figures = [
        count("A4", Unit.PERSONS, met, cells=tuple((one.name, (TOTAL,)) for one in tables)),
        count("EV", Unit.EVENTS, len(held), counts=False),
        *(count("EV", Unit.EVENTS, number, part=kind, counts=False) for kind, number in sorted(by_type.items())),
        count("AU", Unit.AUDIENCE, sum(event.audience or 0 for event in held), counts=False),
        *(count("IE", Unit.ITEMS, number, part=item, counts=False) for item, number in sorted(items.items())),
        count("AV", Unit.VISITS, len(tallies), cells=(("AV", (TOTAL, TOTAL, TOTAL)),)),
    ]
    return Counted(tuple(figures), (tables, (visits,)))


def note_outreach(counting: Counting, held: list[Event], tallies: list[Any]) -> None:
    """The events and the visits without a name behind their figures: no person is behind them."""
    for event in held:
        entry = Entry("", "event", event.uuid, event.on.isoformat())
        for code, part in (("EV", ""), ("EV", event.type.value), ("A4", "")):
            counting.note(code, (entry,), part)
        for item in events.handed_out(event):
            counting.note("IE", (entry,), item)
        if event.audience:
            counting.note("AU", (entry,))
    counting.note("AV", (Entry("", "tally", one.uuid, one.on.isoformat()) for one in tallies))


def _attendance(held: list[Event], name: str) -> Table:
    cells: dict[tuple[str, ...], int] = {}
    for event in held:
        for word, number in events.by(event, name).items():
            cells[(word,)] = cells.get((word,), 0) + number
    return table(f"A4.{name}", (name,), cells)


def training(connection: Connection, counting: Counting, span: Period) -> Counted:
    """E1: who was in a course in the period, who completed one, who was certified."""
    found: dict[str, set[str]] = {"trained": set(), "completed": set(), "certified": set()}
    kinds: dict[str, set[str]] = {}
    sql = "SELECT client, kind, since, until, state, certified_on FROM temp.seen_training WHERE gone = 0"
    for client, kind, since, until, state, certified in connection.execute(sql):
        inside = {name: _in(day, span) for name, day in (("since", since), ("until", until), ("certified", certified))}
        if not any(inside.values()) or (key := counting.key(client)) is None:
            continue
        found["trained"].add(key)
        kinds.setdefault(kind, set()).add(key)
        if state == "completed" and (inside["until"] or inside["certified"]):
            found["completed"].add(key)
        if inside["certified"]:
            found["certified"].add(key)
    by = counting.broken_down("E1", sorted(found["trained"]), "sex", "age")
    all_of_them = len(found["trained"])
    whole = (("E1", (TOTAL, TOTAL)),)
    figures = [count("E1", Unit.PERSONS, all_of_them, part="trained", cells=whole)]
    for part in ("completed", "certified"):
        n = len(found[part])
        figures.append(count("E1", Unit.PERSONS, n, n=n, of=all_of_them, part=part, cells=whole))
    figures += counting.by_kind("E1", kinds, all_of_them)
    for part, keys in found.items():
        counting.note_people("E1", sorted(keys), part)
    return Counted(tuple(figures), ((by, counting.one_kind("E1.training", "training", kinds)),))


class Found(NamedTuple):
    """One follow-up of a period that was due."""

    key: str
    kind: str
    reached: str | None
    working: str
    again: str
    regular: str
    as_contracted: str
    uuid: str
    on: str

    @property
    def entry(self) -> Entry:
        """It as a line behind a figure."""
        return Entry(self.key, "followup", self.uuid, self.reached or self.on)


def tracer(connection: Connection, counting: Counting, span: Period, today: date) -> Counted:
    """E2 and D4: who was reached, who went again, how, and who works; whoever was not reached stays in the second
    number, whoever was not asked in neither."""
    sql = """SELECT client, kind, reached_on, working, went_again, regular, as_contracted, uuid, planned_on
      FROM temp.seen_followup
      WHERE gone = 0 AND planned_on BETWEEN ? AND ? AND (planned_on <= ? OR reached_on IS NOT NULL)"""
    asked = (span.start.isoformat(), span.end.isoformat(), today.isoformat())
    due = [Found(key, *rest) for client, *rest in connection.execute(sql, asked) if (key := counting.key(client))]
    there = [one for one in due if one.reached]
    gone = [one for one in there if one.again == "yes"]
    counting.note("E2", (one.entry for one in there), "reached")
    figures = [share("E2", len(there), len(due), part="reached")]
    for part, found, said in (
        ("went_again", there, [one.again for one in there]),
        ("regular", gone, [one.regular for one in gone]),
        ("as_contracted", gone, [one.as_contracted for one in gone]),
    ):
        yes = [one for one, answer in zip(found, said, strict=True) if answer == "yes"]
        counting.note("E2", (one.entry for one in yes), part)
        figures.append(share("E2", len(yes), sum(answer != "not_asked" for answer in said), part=part))
    for kind, part in (("survey_6", "month_6"), ("survey_12", "month_12")):
        planned = [one for one in due if one.kind == kind]
        reached = [one for one in planned if one.reached]
        told = [one for one in reached if one.working != "not_asked"]
        working = [one for one in told if one.working in ("employed", "own_business")]
        counting.note("D4", (one.entry for one in working), part)
        counting.note("D4", (one.entry for one in reached), f"{part} reached")
        figures += [
            share("D4", len(working), len(told), part=part),
            share("D4", len(reached), len(planned), part=f"{part} reached"),
        ]
    return Counted(tuple(figures), ())


def _in(day: str | None, span: Period) -> bool:
    return bool(day) and date.fromisoformat(str(day)) in span
