"""A sheet becomes clients: first decided for every row and shown, then carried out as one batch that can be undone.

Every row is accounted for: it is ready, known already, or wrong for reasons that are told. An import never changes a
record that stands: a row that says something else than it did before is told, and nothing more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mrc_app.casework import duplicate_search
from mrc_app.errors import Problem
from mrc_app.exchange import sheets_mapping, sheets_reading
from mrc_app.exchange.sheets_mapping import Mapping
from mrc_app.exchange.sheets_rows import Fault, Judge, Ready, Step
from mrc_app.i18n import N_
from mrc_app.store.roles import May

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

CHANGED = N_("This row was imported before and says something else now. Change it in the client's record.")
LIKELY = N_("Possibly registered already: {number} {name}.")
SAME_HERE = N_("The same person as in row {row}?")
LEFT = N_("You chose not to import this row.")
TWICE = N_("Row {row} has the same id and says something else.")
EVERY = 500  # rows between two steps told


@dataclass
class Plan:
    """What would happen to every row. ``blocked`` rows keep their cells, to be given back with the reasons."""

    file: str
    sha256: str
    header: tuple[str, ...]
    mapping: Mapping
    rows: int = 0
    same: int = 0
    ready: list[Ready] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    blocked: dict[int, list[Any]] = field(default_factory=dict)


def decide(
    store: Store, path: Path, mapping: Mapping, *, on: date, step: Step | None = None, leave: Iterable[int] = ()
) -> Plan:
    """Judges every row and changes nothing. ``leave``: rows the officer does not want. Raises CannotRead, Invalid."""
    store.allow(May.REGISTER)
    sheet = sheets_reading.read(
        path, sheet=mapping.sheet, header_row=mapping.header_row, header_rows=mapping.header_rows
    )
    judge = Judge(mapping, sheet.header, on=on, home=store.centre().country, by=store.officer)
    plan = Plan(path.name, _sha256(path), sheet.header, mapping)
    sorting = _Sorting(store, plan, frozenset(leave), on)
    for number, row in sheet.rows():
        plan.rows += 1
        judged = judge.judge(number, row)
        if isinstance(judged, Ready):
            sorting.place(judged, row)
        else:
            _block(plan, row, judged)
        if step is not None and plan.rows % EVERY == 0:
            step(plan.rows, 0)
    return plan


def without(plan: Plan, leave: Collection[int]) -> Plan:
    """The plan without the rows the officer does not want: they count among those not taken."""
    ready = [one for one in plan.ready if one.row not in leave]
    left = [_of(one, LEFT) for one in plan.ready if one.row in leave]
    warnings = [one for one in plan.warnings if one.row not in leave]
    blocked = plan.blocked | {one.row: list[Any]() for one in left}
    return replace(plan, ready=ready, errors=[*plan.errors, *left], warnings=warnings, blocked=blocked)


class _Sorting:
    """Ready rows against what is here already, and against each other."""

    def __init__(self, store: Store, plan: Plan, leave: frozenset[int], on: date) -> None:
        self.store, self.plan, self.leave, self.on = store, plan, leave, on
        with store.plain() as connection:
            rows = connection.execute("SELECT key, content FROM main.importedrow WHERE gone = 0")
            self.known: dict[str, str] = dict(rows.fetchall())
        self.here: dict[str, Ready] = {}
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
        doubts = self._doubts(ready)
        if ready.row in self.leave or (doubts and self.plan.mapping.duplicates == "hold"):
            _block(self.plan, row, doubts or [_of(ready, LEFT)])
            return
        self.here[ready.key] = ready
        self.plan.ready.append(ready)
        self.plan.warnings += doubts

    def _doubts(self, ready: Ready) -> list[Fault]:
        """Likely the same person, on this desk or in this sheet. Nothing is ever merged."""
        found = duplicate_search.look(self.store, ready.typed, today=self.on, limit=1)
        doubts = [_of(ready, LIKELY, number=one.number, name=one.name) for one in found]
        columns = ready.columns
        known = [str(columns.get(name) or "") for name in ("birth_given", "phone", "passport")]
        names = [str(columns.get(name) or "").casefold() for name in ("given", "father", "native", "call_name")]
        if any(known):
            first = self.people.setdefault((*names, *known), ready.row)
            if first != ready.row:
                doubts.append(_of(ready, SAME_HERE, row=first))
        return doubts


def _of(ready: Ready, message: str, **values: object) -> Fault:
    return Fault(ready.row, "", str(ready.columns["call_name"]), Problem(message, values))


def _block(plan: Plan, row: list[Any], faults: list[Fault]) -> None:
    plan.errors += faults
    plan.blocked[faults[0].row] = row


def _sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def carry_out(store: Store, plan: Plan, *, on: date, step: Step | None = None) -> str:
    """Keeps every ready row as one batch, whole or not at all; returns its uuid, "" where there was nothing to keep."""
    from mrc_app.store import bulk

    store.allow(May.REGISTER)
    store.allow(May.COUNSEL)
    if not plan.ready:
        return ""
    with bulk.adding(store, by=store.officer, do="imports.carry_out") as adding, adding.batch() as batch:
        uuid = batch.add(
            "importbatch", file=plan.file, sha256=plan.sha256, header=sheets_mapping.fingerprint(plan.header),
            mapping=sheets_mapping.kept(plan.mapping), on=on, by=store.officer, rows=plan.rows, ok=len(plan.ready),
            same=plan.same, rejected=len(plan.blocked), warnings=len(plan.warnings),
        )  # fmt: skip
        for done, ready in enumerate(plan.ready):
            _keep(batch, store, ready, uuid)
            if step is not None and done % EVERY == 0:
                step(done, len(plan.ready))
    return uuid


def _keep(batch: Any, store: Store, ready: Ready, uuid: str) -> None:
    """The records that registering her and writing the talk down would make."""
    by = store.officer
    client = batch.add(
        "client", number=batch.number(store.desk_code, ready.on.year), registered_on=ready.on, registered_by=by,
        **ready.columns,
    )  # fmt: skip
    for purpose, said in ready.answers.items():
        batch.add("consent", client=client, purpose=purpose, asked_by=by, given_on=ready.on, **vars(said))
    if ready.contact:
        batch.add("contact", client=client, officer=by, **ready.contact)
    records = 2 + len(ready.answers) + bool(ready.contact)
    batch.add(
        "importedrow", client=client, batch=uuid, key=ready.key, content=ready.content, row=ready.row, records=records
    )


def give_back(plan: Plan, out: Path) -> None:
    """The rows that were not taken, as they stood, with the reasons in a column added: to be mended and brought
    again."""
    import xlsxwriter

    reasons: dict[int, list[str]] = {}
    for fault in plan.errors:
        reasons.setdefault(fault.row, []).append(": ".join(filter(None, (fault.column, fault.reason.text()))))
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(out), {**plain, "constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet()
    page.write_row(0, 0, [*plan.header, "row", "reason"])
    for at, (number, row) in enumerate(sorted(plan.blocked.items()), 1):
        cells = [*row, *[""] * (len(plan.header) - len(row))][: len(plan.header)]
        for column, cell in enumerate(cells):
            _write(page, at, column, cell)
        page.write_number(at, len(plan.header), number)
        page.write_string(at, len(plan.header) + 1, " ".join(reasons.get(number, [])))
    book.close()


def _write(page: Any, row: int, column: int, cell: Any) -> None:
    if isinstance(cell, str):
        page.write_string(row, column, cell)
    elif cell is not None:
        page.write(row, column, cell)
