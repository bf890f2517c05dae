"""Files in, at whatever time and in whatever order: opened, checked, merged twenty at a time; what is wrong is kept
apart with its reason, and every centre gets an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mrc_app.errors import MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.ministry import centres, checking, merging, opening, signatures
from mrc_app.ministry.database import Database
from mrc_app.ministry.merging import Arrived

BATCH = 20
"""Packages of one transaction: measured three times as fast as one at a time."""
Step = Callable[[int, int], None]
NO_SIGNATURE = N_("The signature is missing or not the one of this centre in the register.")
FAULTS = N_("{file}, row {row}, {column}: {reason}")
FAULT = N_("{file}: {reason}")
MORE = N_("{reason} ({n} faults)")


@dataclass
class Answer:
    """What became of one file."""

    file: Path
    sealed: str = ""
    outcome: str = ""
    """ "accepted", "duplicate" or "refused"."""
    reason: Problem | None = None
    faults: list[checking.Fault] = field(default_factory=list)
    manifest: opening.Manifest | None = None
    signer: str = ""
    content: str = ""
    rows: int = 0


@dataclass
class Received:
    """What became of all of them."""

    answers: list[Answer] = field(default_factory=list)

    def of(self, outcome: str) -> list[Answer]:
        """The files with this outcome."""
        return [one for one in self.answers if one.outcome == outcome]


def receive(
    database: Database, files: Sequence[Path], keys: Sequence[Any], *, step: Step = lambda _done, _all: None,
    batch: int = BATCH, now: datetime | None = None,
) -> Received:  # fmt: skip
    """Receives files. One bad file stops no other; a batch is taken whole or not at all. Where ``step`` raises, what
    was merged before stays."""
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    register = {one.code: one.recipient for one in centres.listed(database)}
    found = Received()
    for start in range(0, len(files), batch):
        answers = [Answer(path) for path in files[start : start + batch]]
        _look(database, answers)
        done = merging.merge(database, _arrived(answers, keys, register, start, len(files), step), at=at)
        for one in answers:
            _settle(one, done)
        _quarantine(database, answers, at)
        found.answers += answers
        step(min(start + batch, len(files)), len(files))
    return found


def _look(database: Database, answers: list[Answer]) -> None:
    """The checksum of each file; what came before, or twice in this batch, is not opened again."""
    for one in answers:
        try:
            one.sealed = opening.sealed_hash(one.file)
        except MrcError as trouble:
            one.outcome, one.reason = "refused", trouble.problem
    marks = ", ".join("?" * len(answers))
    asked = [one.sealed for one in answers]
    seen = {sealed for (sealed,) in database.rows(f"SELECT sealed FROM package WHERE sealed IN ({marks})", *asked)}
    for one in answers:
        if not one.outcome and one.sealed in seen:
            one.outcome = "duplicate"


def _arrived(
    answers: list[Answer], keys: Sequence[Any], register: dict[str, str], before: int, total: int, step: Step
) -> Iterator[Arrived]:
    """The good packages of a batch, one in memory at a time."""
    taken: set[str] = set()
    for number, answer in enumerate(answers):
        step(before + number, total)
        if not answer.outcome and answer.sealed in taken:
            answer.outcome = "duplicate"
        if answer.outcome:
            continue
        try:
            made = _one(answer, keys, register)
        except MrcError as trouble:
            answer.outcome, answer.reason = "refused", trouble.problem
            continue
        except OSError as trouble:  # a stick that was pulled out
            said = {"file": opening.spoken(answer.file.name), "trouble": trouble.strerror or "?"}
            answer.outcome, answer.reason = "refused", Problem(opening.UNREADABLE, said)
            continue
        if made is not None:
            taken.add(answer.sealed)
            yield made


def _one(answer: Answer, keys: Sequence[Any], register: dict[str, str]) -> Arrived | None:
    """One file, opened and checked; None with the reason in ``answer`` where it has faults."""
    with opening.package(answer.file, keys) as package:
        answer.manifest, answer.content = package.manifest, package.content
        answer.signer = _signer(answer.file, register.get(package.manifest.centre, ""))
        checked = checking.check(package)
    if checked.faults:
        answer.outcome, answer.faults, answer.reason = "refused", checked.faults, told(checked)
        return None
    answer.rows = checked.rows
    return Arrived(
        opening.spoken(answer.file.name), answer.sealed, answer.content, answer.manifest, answer.signer, checked
    )


def _signer(path: Path, recipient: str) -> str:
    """ "known" or "unknown". Raises MrcError for a centre in the register that did not sign."""
    if not recipient:
        return "unknown"
    if not signatures.signed_by(path, recipient):
        raise MrcError(NO_SIGNATURE)
    return "known"


def told(checked: checking.Checked) -> Problem:
    """The first fault as a sentence, and how many there are."""
    first = checked.faults[0]
    inner = first.reason.text()
    said = Problem(FAULTS, {"file": first.file, "row": first.row, "column": first.column or "–", "reason": inner})
    if not first.row:
        said = Problem(FAULT, {"file": first.file, "reason": inner})
    n = len(checked.faults) + checked.more
    return Problem(MORE, {"reason": said.text(), "n": n}) if n > 1 else said


def _settle(answer: Answer, done: dict[str, str]) -> None:
    if answer.outcome:
        return
    became = done.get(answer.sealed, "duplicate")
    answer.outcome = {"": "accepted", "duplicate": "duplicate"}.get(became, "refused")
    if answer.outcome == "refused":
        answer.reason = Problem(merging.REASONS[became])


def _quarantine(database: Database, answers: list[Answer], at: str) -> None:
    """Keeps what was refused in sight, with its reason; never its content."""
    refused = [one for one in answers if one.outcome == "refused" and one.sealed]
    if not refused:
        return
    with database.change():
        for one in refused:
            said = one.manifest
            reason = one.reason or Problem("")
            database.run("DELETE FROM quarantine WHERE sealed = ?", one.sealed)
            database.run(
                "INSERT INTO quarantine (sealed, file, centre, period, tier, seq, reason, said, at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                one.sealed, opening.spoken(one.file.name), said.centre if said else "", said.period if said else "",
                said.tier if said else "", said.seq if said else 0, reason.message, reason.text(), at,
            )  # fmt: skip
