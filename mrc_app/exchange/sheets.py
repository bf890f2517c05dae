"""A sheet becomes clients: first decided for every row and shown, then carried out as one batch that can be undone.

Every row is accounted for: it is ready, known already, or wrong for reasons that are told. An import never changes a
record that stands: a row that says something else than it did before is told, and nothing more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from mrc_app.casework import clients, duplicate_search
from mrc_app.errors import Problem
from mrc_app.exchange import sheets_keeping, sheets_mapping, sheets_reading
from mrc_app.exchange.sheets_events import EventJudge
from mrc_app.exchange.sheets_mapping import Mapping
from mrc_app.exchange.sheets_rows import Fault, Judge, Ready, Step, looked_for
from mrc_app.i18n import N_, _
from mrc_app.store import saved_files
from mrc_app.store.roles import May

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

CHANGED = N_("This row was imported before and says something else now. Change it in the client's record.")
LIKELY = N_("Possibly registered already: {number} {name}.")
SAME_HERE = N_("The same person as in row {row}?")
LEFT = N_("You chose not to import this row.")
TWICE = N_("Row {row} has the same id and says something else.")
NOBODY = N_("The person this row belongs to is not among the rows that are imported.")
LEAVE, STRANGER = "leave", "stranger"
"""What may be chosen for a row beside the number of a client it belongs to."""
EVERY = 500  # rows between two steps told
Place = tuple[str, int]
"""A repeated part's sheet ("" for the main one) and a row."""


@dataclass
class Plan:
    """What would happen to every row. ``blocked`` rows keep their cells, to be given back with the reasons; so do
    ``doubtful`` ones, for which ``likely`` is the number of a client who may be the same person."""

    file: str
    sha256: str
    header: tuple[str, ...]
    mapping: Mapping
    rows: int = 0
    same: int = 0
    ready: list[Ready] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    blocked: dict[Place, list[Any]] = field(default_factory=dict)
    doubtful: dict[Place, list[Any]] = field(default_factory=dict)
    likely: dict[int, str] = field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def unknown_words(self) -> dict[tuple[str, str], list[str]]:
        """For each column and field of a closed list: the words of the sheet that the list does not know."""
        found: dict[tuple[str, str], dict[str, None]] = {}
        for fault in self.errors:
            if fault.word and not fault.sheet:
                found.setdefault((fault.column, fault.word), {})[fault.value] = None
        return {place: list(words) for place, words in found.items()}


def decide(
    store: Store, path: Path, mapping: Mapping, *, on: date, step: Step | None = None,
    choices: Mapped[int, str] | None = None,
) -> Plan:  # fmt: skip
    """Judges every row and changes nothing. ``choices``: row to "leave", "stranger" or the number of the client it
    belongs to. Raises CannotRead, Invalid, MrcError for a number there is none of."""
    store.allow(May.REGISTER if mapping.target == "clients" else May.TALLY)
    plan = Plan(path.name, _sha256(path), (), mapping)
    sorting = _Sorting(store, plan, _chosen(store, choices or {}), on)
    with sheets_reading.collecting_seldom():
        for number, row, judge in _rows(store, path, plan, on):
            plan.rows += 1
            judged = judge.judge(number, row)
            if isinstance(judged, Ready):
                sorting.place(judged, row)
            else:
                _block(plan, row, judged)
            if step is not None and plan.rows % EVERY == 0:
                step(plan.rows, 0)
    return plan


def _rows(store: Store, path: Path, plan: Plan, on: date) -> Iterator[tuple[int, list[Any], Judge | EventJudge]]:
    """Every row of the sheet, then of its repeated parts, each with its judge."""
    mapping = plan.mapping
    for part in (None, *mapping.repeat):
        of = part or mapping
        sheet = sheets_reading.read(path, sheet=of.sheet, header_row=of.header_row, header_rows=of.header_rows)
        judge: Judge | EventJudge
        if mapping.target == "events":
            judge = EventJudge(mapping, sheet.header, on=on)
        else:
            how = mapping if part is None else sheets_mapping.repeated(mapping, part, sheet.header)
            judge = Judge(
                how, sheet.header, on=on, home=store.centre().country, by=store.officer, repeated=part is not None
            )
        if part is None:
            plan.header = sheet.header
        plan.headers["" if part is None else part.sheet] = sheet.header
        for number, row in sheet.rows():
            yield number, row, judge


def _chosen(store: Store, choices: Mapped[int, str]) -> dict[int, str]:
    """The choices, with a client's uuid in place of her number. Raises MrcError for a number there is none of."""
    with store.read() as session:
        return {
            row: said if said in (LEAVE, STRANGER) else clients.by_number(session, said).uuid
            for row, said in choices.items()
        }


def settled(store: Store, plan: Plan, choices: Mapped[int, str]) -> Plan:
    """The plan after a person has decided about rows that may be somebody who is here already."""
    chosen = _chosen(store, choices)
    left = {row for row, said in chosen.items() if said == LEAVE}
    gone = [_of(one, LEFT) for one in plan.ready if not one.sheet and one.row in left]
    ready = [_joined(one, chosen) for one in plan.ready if one.sheet or one.row not in left]
    hers = {one.person: one.client for one in ready if one.person and one.client}
    makers = {one.person for one in ready if not one.joins}
    ready = [replace(one, client=one.client or hers.get(one.person, "")) for one in ready]
    gone += [_of(one, NOBODY) for one in ready if one.joins and not one.client and one.person not in makers]
    blocked: dict[Place, list[Any]] = {
        (one.sheet, one.row): plan.doubtful.get((one.sheet, one.row), []) for one in gone
    }
    ready = [one for one in ready if (one.sheet, one.row) not in blocked]
    told = [one for one in ready if one.holds or not one.client]
    return replace(
        plan, ready=told, errors=[*plan.errors, *gone], blocked=plan.blocked | blocked,
        warnings=[one for one in plan.warnings if one.sheet or one.row not in chosen],
        same=plan.same + len(ready) - len(told),
    )  # fmt: skip


def _joined(ready: Ready, chosen: Mapped[int, str]) -> Ready:
    said = chosen.get(ready.row, STRANGER)
    return ready if ready.sheet or said in (LEAVE, STRANGER) else replace(ready, client=said)


class _Sorting:
    """Ready rows against what is here already, and against each other."""

    def __init__(self, store: Store, plan: Plan, chosen: Mapped[int, str], on: date) -> None:
        self.store, self.plan, self.chosen, self.on = store, plan, chosen, on
        kept = "importedrow" if plan.mapping.target == "clients" else "importedevent"
        with store.plain() as connection:
            rows = connection.execute(f"SELECT key, content FROM main.{kept} WHERE gone = 0")  # noqa: S608 - two names
            self.known: dict[str, str] = dict(rows.fetchall())
            asked = "SELECT person, client FROM main.importedrow WHERE gone = 0 AND person != '' ORDER BY id DESC"
            self.persons: dict[str, str] = dict(connection.execute(asked).fetchall())
            self.anybody = connection.execute("SELECT 1 FROM temp.seen_client LIMIT 1").fetchone() is not None
        self.here: dict[str, Ready] = {}
        self.makers: set[str] = set()
        self.people: dict[tuple[str, ...], int] = {}

    def place(self, ready: Ready, row: list[Any]) -> None:
        """Finds where a row belongs."""
        before = self.known.get(ready.key)
        twin = self.here.get(ready.key)
        if before == ready.content or (before is None and twin is not None and twin.content == ready.content):
            self.plan.same += 1
        elif before is not None:
            _block(self.plan, row, [_of(ready, CHANGED)])
        elif twin is not None:
            _block(self.plan, row, [_of(ready, TWICE, row=twin.row)])
        else:
            self._new(ready, row)

    def _new(self, ready: Ready, row: list[Any]) -> None:
        said = "" if ready.sheet else self.chosen.get(ready.row, "")
        if said == LEAVE:
            _block(self.plan, row, [_of(ready, LEFT)])
            return
        ready.client = said if said not in ("", STRANGER) else self.persons.get(ready.person, "")
        ready.joins = not ready.client and ready.person in self.makers
        if ready.client and ready.person:
            self.persons[ready.person] = ready.client
        if ready.client or ready.joins:
            self._joins(ready, row)
        elif ready.sheet:
            _block(self.plan, row, [_of(ready, NOBODY)])
        elif ready.lacking:
            _block(self.plan, row, ready.lacking)
        else:
            self._stranger(ready, row, said)

    def _joins(self, ready: Ready, row: list[Any]) -> None:
        """A row about somebody who is here, or whom an earlier row makes."""
        if not ready.holds:
            self.plan.same += 1
            return
        self.here[ready.key] = ready
        self.plan.ready.append(ready)
        if ready.joins:
            self.plan.doubtful[ready.sheet, ready.row] = row

    def _stranger(self, ready: Ready, row: list[Any], said: str) -> None:
        doubts = [] if said == STRANGER or self.plan.mapping.target == "events" else self._doubts(ready)
        if doubts and self.plan.mapping.duplicates == "hold":
            _block(self.plan, row, doubts)
            return
        if ready.person:
            self.makers.add(ready.person)
        self.here[ready.key] = ready
        self.plan.ready.append(ready)
        if doubts:
            self.plan.warnings += doubts
            self.plan.doubtful["", ready.row] = row

    def _doubts(self, ready: Ready) -> list[Fault]:
        """Likely the same person, on this desk or in this sheet. Nothing is ever merged."""
        found = duplicate_search.look(self.store, looked_for(ready), today=self.on, limit=1) if self.anybody else []
        doubts = [_of(ready, LIKELY, number=one.number, name=one.name) for one in found]
        if found:
            self.plan.likely[ready.row] = found[0].number
        columns = ready.columns
        known = [str(columns.get(name) or "") for name in ("birth_given", "phone", "passport")]
        names = [str(columns.get(name) or "").casefold() for name in ("given", "father", "native", "call_name")]
        if any(known):
            first = self.people.setdefault((*names, *known), ready.row)
            if first != ready.row:
                doubts.append(_of(ready, SAME_HERE, row=first))
        return doubts


def _of(ready: Ready, message: str, **values: object) -> Fault:
    said = ready.columns.get("call_name") or ready.columns.get("place") or ""
    return Fault(ready.row, "", str(said), Problem(message, values), ready.sheet)


def _block(plan: Plan, row: list[Any], faults: Sequence[Fault]) -> None:
    plan.errors += faults
    plan.blocked[faults[0].sheet, faults[0].row] = row


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def carry_out(store: Store, plan: Plan, *, on: date, step: Step | None = None) -> str:
    """Keeps every ready row as one batch, whole or not at all; returns its uuid, "" where there was nothing to keep."""
    from mrc_app.store import bulk

    rights = (May.REGISTER, May.COUNSEL) if plan.mapping.target == "clients" else (May.TALLY,)
    for right in rights:
        store.allow(right)
    if not plan.ready:
        return ""
    with bulk.adding(store, by=store.officer, do="imports.carry_out") as adding, adding.batch() as batch:
        uuid = batch.add(
            "importbatch", file=plan.file, sha256=plan.sha256, header=sheets_mapping.fingerprint(plan.header),
            mapping=sheets_mapping.kept(plan.mapping), on=on, by=store.officer, rows=plan.rows, ok=len(plan.ready),
            same=plan.same, rejected=len(plan.blocked), warnings=len(plan.warnings),
        )  # fmt: skip
        keeping = sheets_keeping.Keeping(batch, store, uuid)
        for done, ready in enumerate(plan.ready):
            if plan.mapping.target == "events":
                sheets_keeping.keep_event(batch, store, uuid, ready)
            else:
                keeping.keep(ready)
            if step is not None and done % EVERY == 0:
                step(done, len(plan.ready))
    return uuid


def give_back(plan: Plan, out: Path) -> None:
    """The rows that were not taken, as they stood, with the reasons in a column added: to be mended and brought
    again. Raises MrcError when the file cannot be written."""
    reasons: dict[Place, list[str]] = {}
    for fault in plan.errors:
        said = ": ".join(filter(None, (fault.column, fault.reason.text(_))))
        reasons.setdefault((fault.sheet, fault.row), []).append(said)
    with saved_files.part_of(out) as part, part.open("wb") as file:
        _workbook(plan, reasons, file)


def _workbook(plan: Plan, reasons: dict[Place, list[str]], file: IO[bytes]) -> None:
    """One sheet for each sheet read. Text stays text, whatever it begins with."""
    import xlsxwriter

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(file, {**plain, "constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    for number, (sheet, header) in enumerate(plan.headers.items()):
        rows = {row: cells for (of, row), cells in sorted(plan.blocked.items()) if of == sheet}
        if rows or not number:
            _page(book.add_worksheet(), header, rows, {row: said for (of, row), said in reasons.items() if of == sheet})
    book.close()


def _page(page: Any, header: tuple[str, ...], rows: dict[int, list[Any]], reasons: dict[int, list[str]]) -> None:
    for column, said in enumerate([*header, "row", "reason"]):
        page.write_string(0, column, said)
    for at, (number, row) in enumerate(rows.items(), 1):
        cells = [*row, *[""] * (len(header) - len(row))][: len(header)]
        for column, cell in enumerate(cells):
            _write(page, at, column, cell)
        page.write_number(at, len(header), number)
        page.write_string(at, len(header) + 1, " ".join(reasons.get(number, [])))


def _write(page: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif cell is not None:
        page.write(row, column, cell)
