"""Assessments: an instrument answered by one client on one day, and what changed on the same people.

The answers are kept as they were given, with the instrument's id and version; the score is computed from them and kept
beside them, so that it reads the same when an instrument has a later version.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields, instruments
from mrc_app.casework.instrument_words import BAD
from mrc_app.casework.instruments import Instrument, Result
from mrc_app.errors import CannotRead, Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words


class Wave(Labelled):
    """When in the year after a return an instrument is answered."""

    BASELINE = "baseline", N_("at the start")
    MONTH_6 = "month_6", N_("after 6 months")
    MONTH_12 = "month_12", N_("after 12 months")
    OTHER = "other", N_("at another time")


# -- Record


class Assessment(Record, table=True):
    """One answer sheet. ``answers``: JSON by dimension and question, null for "does not apply"."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"sheet": ("instrument", "version", "answers", "scores")}
    codes: ClassVar[frozenset[str]] = frozenset({"instrument", "version"})
    __table_args__ = checks(wave=Wave)

    client: str = Field(foreign_key="client.uuid", index=True)
    instrument: str
    version: str
    wave: Wave = word_column(Wave, Wave.OTHER)
    on: date = Field(index=True)
    by: str
    answers: str = ""
    scores: str = ""
    note: str = ""


class Survey(Record, table=True):
    """An instrument an office loaded: its document as it came."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"document": ("code", "version", "document")}

    code: str = Field(index=True)
    version: str
    document: str
    loaded_on: date
    loaded_by: str


@dataclass(frozen=True)
class Change:
    """The mean of a dimension before and after, on the ``n`` people who have both scores."""

    dimension: str
    n: int
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        """After less before, exact."""
        return self.after - self.before


# -- Rules


def kept_answers(assessment: Assessment) -> dict[str, dict[str, Decimal | None]]:
    """The answers of a kept sheet."""
    return {
        dimension: {question: None if value is None else Decimal(value) for question, value in given.items()}
        for dimension, given in json.loads(assessment.answers or "{}").items()
    }


def kept_scores(assessment: Assessment) -> dict[str, Decimal | None]:
    """The exact score of each dimension as computed on the day; "composite" among them."""
    found: dict[str, str | None] = json.loads(assessment.scores or "{}")
    return {name: None if value is None else Decimal(value) for name, value in found.items()}


def paired(pairs: Iterable[tuple[Assessment, Assessment]]) -> list[Change]:
    """Change per dimension and composite over people who have both scores; who lacks one is left out of both means."""
    sums: dict[str, list[tuple[Decimal, Decimal]]] = {}
    for first, last in pairs:
        after = kept_scores(last)
        for name, before in kept_scores(first).items():
            later = after.get(name)
            if before is not None and later is not None:
                sums.setdefault(name, []).append((before, later))
    return [
        Change(name, len(both), _mean([one for one, _ in both]), _mean([two for _, two in both]))
        for name, both in sums.items()
    ]


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def first_and_last(sheets: Iterable[Assessment], instrument: str) -> tuple[Assessment, Assessment] | None:
    """A client's first and latest sheet of one instrument; None when there are no two."""
    own = sorted((one for one in sheets if one.instrument == instrument), key=lambda one: (one.on, one.id or 0))
    return (own[0], own[-1]) if len(own) > 1 else None


# -- Actions


@needs(May.COUNSEL)
def assess(
    session: Session,
    *,
    client: str,
    answers: Mapping[str, Any],
    on: date,
    by: str,
    instrument: str = instruments.OURS,
    wave: Wave | str = Wave.OTHER,
    note: str = "",
) -> Assessment:
    """Keeps an answer sheet with its score. Raises Invalid naming every answer that is wrong."""
    chosen = instrument_of(session, instrument)
    given = instruments.checked(chosen, answers)
    kept = fields.checked({"wave": fields.word(Wave), "note": fields.long_text}, {"wave": wave, "note": note})
    if not any(given.values()):
        raise Invalid(answers=N_("Nothing is answered yet."))
    sheet = Assessment(
        client=client, instrument=chosen.id, version=chosen.version, on=on, by=by,
        answers=_answers_text(given), scores=_scores_text(instruments.score(chosen, given)), **kept,
    )  # fmt: skip
    return added(session, sheet)


def _answers_text(given: instruments.Answers) -> str:
    plain = {
        name: {question: None if value is None else str(value) for question, value in answers.items()}
        for name, answers in given.items()
    }
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def _scores_text(result: Result) -> str:
    found: dict[str, str | None] = {
        name: None if one.score is None else str(one.score) for name, one in result.dimensions.items()
    }
    found["composite"] = None if result.composite is None else str(result.composite)
    return json.dumps(found, sort_keys=True, separators=(",", ":"))


@needs(May.SETTINGS)
def load(session: Session, *, document: str, on: date, by: str) -> Instrument:
    """Loads an instrument of the office's own. Raises CannotRead for a broken one, Invalid for an id that is taken."""
    if len(document) > instruments.MOST_BYTES:
        raise Invalid(document=N_("This file is too large for an instrument."))
    try:
        made = instruments.read(tomllib.loads(document, parse_float=Decimal))
    except tomllib.TOMLDecodeError as trouble:
        raise CannotRead(BAD, trouble=str(trouble)) from None
    taken = {(one.id, one.version) for one in available(session)}
    if made.id in {one.id for one in instruments.shipped()} or (made.id, made.version) in taken:
        said = Problem(N_("“{name}”, version {version}, is here already."), {"name": made.id, "version": made.version})
        raise Invalid(document=said)
    session.add(Survey(code=made.id, version=made.version, document=document, loaded_on=on, loaded_by=by))
    session.flush()
    return made


# -- Questions


@needs(May.SEE_NAMES)
def available(session: Session) -> list[Instrument]:
    """The instruments this desk can ask: those that came with the program, then those the office loaded."""
    kept = session.exec(select(Survey).where(col(Survey.gone).is_(False)).order_by(col(Survey.id)))
    loaded = [instruments.read(tomllib.loads(one.document, parse_float=Decimal)) for one in kept]
    return [*instruments.shipped(), *loaded]


@needs(May.SEE_NAMES)
def instrument_of(session: Session, name: str, version: str = "") -> Instrument:
    """An instrument by id or name, of a version or the latest loaded. Raises Invalid when there is none."""
    found = [one for one in available(session) if name in (one.id, one.label) and version in ("", one.version)]
    if not found:
        raise Invalid(instrument=Problem(N_("There is no instrument “{name}”."), {"name": name}))
    return found[-1]


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Assessment]:
    """A client's answer sheets, the oldest first."""
    chosen = select(Assessment).where(Assessment.client == client, col(Assessment.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Assessment.on), col(Assessment.id))))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Assessment:
    """One answer sheet. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Assessment).where(Assessment.uuid == uuid, col(Assessment.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This answer sheet is not on this desk."))
    return found
