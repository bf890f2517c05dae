"""Instruments: questionnaires as data files, and one engine that scores any of them.

An instrument is a file (schema "instrument/1"): questions by dimension in each language, answers with their values,
weights, how much must be answered. Ours ships as "Centre reintegration index v1", only under that name; an office may
load others. Decimal throughout, rounded half up and only when shown (facts.md §4, mark D).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from mrc_app.casework.instrument_words import BAD, NEEDS_MORE, NEVER_SCORED, NOTHING_APPLIES, Kind, Side
from mrc_app.errors import CannotRead, Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.places import RESOURCES

# -- Words: see instrument_words

NOT_APPLICABLE = "na"
FOLDER = RESOURCES / "instruments"
OURS = "centre-reintegration-index-1"
MOST_BYTES = 300_000

# -- Record


@dataclass(frozen=True)
class Option:
    """One answer that may be given: its code, its value between 0 and 1, its words."""

    code: str
    value: Decimal
    text: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """One question with its weight inside its dimension. ``side`` stands only in a checklist."""

    id: str
    weight: Decimal
    text: Mapping[str, str]
    options: tuple[Option, ...]
    side: Side | None = None


@dataclass(frozen=True)
class Dimension:
    """A part of an instrument with its weight in the composite."""

    id: str
    weight: Decimal
    name: Mapping[str, str]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Instrument:
    """A questionnaire. ``minimum``: the part of the questions that apply which must be answered, 0–1."""

    id: str
    version: str
    kind: Kind
    name: Mapping[str, str]
    minimum: Decimal
    needs_at: Decimal
    source: str
    dimensions: tuple[Dimension, ...]
    not_applicable: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Its real name, the only one it is shown under."""
        return self.name.get("en") or self.id

    def named(self, language: str) -> str:
        """Its name in a language, else its real name."""
        return self.name.get(language) or self.label

    def questions(self) -> Iterator[tuple[Dimension, Question]]:
        """Every question with its dimension, in order."""
        for dimension in self.dimensions:
            for question in dimension.questions:
                yield dimension, question


@dataclass(frozen=True)
class Score:
    """A dimension's result. ``score`` is exact, 0–1; None, with the reason, when too little was answered."""

    score: Decimal | None
    answered: int
    of: int
    reason: Problem | None = None


@dataclass(frozen=True)
class Counted:
    """One level of a checklist: how many risks and how many protective factors she named. No verdict."""

    risks: int
    protective: int
    answered: int
    of: int


@dataclass(frozen=True)
class Result:
    """An answer sheet, scored. The composite is None when a dimension has no score."""

    instrument: Instrument
    dimensions: Mapping[str, Score]
    composite: Decimal | None

    @property
    def answered(self) -> int:
        """Questions answered in all dimensions."""
        return sum(score.answered for score in self.dimensions.values())

    @property
    def of(self) -> int:
        """Questions that apply to her in all dimensions."""
        return sum(score.of for score in self.dimensions.values())


Answers = Mapping[str, Mapping[str, Decimal | None]]
"""By dimension and question: the value, None for "does not apply". A question that is not there was not answered."""

# -- Rules


def shown(score: Decimal | None) -> str | None:
    """Two decimals, half up: 0.625 is shown 0.63."""
    return None if score is None else str(score.quantize(Decimal("0.01"), ROUND_HALF_UP))


def score(instrument: Instrument, answers: Answers) -> Result:
    """Scores checked answers: a dimension is the weighted mean of its answers, the composite that of dimensions."""
    found = {one.id: _dimension(instrument, one, answers.get(one.id, {})) for one in instrument.dimensions}
    weights = {one.id: one.weight for one in instrument.dimensions}
    if any(one.score is None for one in found.values()):
        return Result(instrument, found, None)
    total = sum((weights[name] * (one.score or 0) for name, one in found.items()), Decimal(0))
    return Result(instrument, found, total / sum(weights.values()))


def _dimension(instrument: Instrument, dimension: Dimension, answers: Mapping[str, Decimal | None]) -> Score:
    applying = [one for one in dimension.questions if answers.get(one.id, Decimal(0)) is not None]
    given = [(one.weight, value) for one in applying if (value := answers.get(one.id)) is not None]
    answered, of = len(given), len(applying)
    if not of:
        return Score(None, 0, 0, Problem(NOTHING_APPLIES))
    if instrument.kind is Kind.CHECKLIST:
        return Score(None, answered, of, Problem(NEVER_SCORED))
    if Decimal(answered) / of < instrument.minimum or not answered:
        percent = int(instrument.minimum * 100)
        return Score(None, answered, of, Problem(NEEDS_MORE, {"answered": answered, "of": of, "percent": percent}))
    weight = sum((one for one, _value in given), Decimal(0))
    return Score(sum((one * value for one, value in given), Decimal(0)) / weight, answered, of)


def counted(instrument: Instrument, answers: Answers) -> dict[str, Counted]:
    """By level of a checklist, what was named: an answer above nothing counts, on the side its question stands on."""
    found = {}
    for one in instrument.dimensions:
        given = answers.get(one.id, {})
        named = [question.side for question in one.questions if given.get(question.id)]
        of = [question.id for question in one.questions if given.get(question.id, Decimal(0)) is not None]
        answered = sum(1 for name in of if name in given)
        found[one.id] = Counted(named.count(Side.RISK), named.count(Side.PROTECTS), answered, len(of))
    return found


def needs(instrument: Instrument, answers: Answers) -> list[tuple[Dimension, Question, Decimal]]:
    """The answers at the two lowest values, the lowest first, then as they stand; a checklist names none."""
    if instrument.kind is Kind.CHECKLIST:
        return []
    low = [
        (dimension, question, value)
        for dimension, question in instrument.questions()
        if (value := answers.get(dimension.id, {}).get(question.id)) is not None and value <= instrument.needs_at
    ]
    return sorted(low, key=lambda one: one[2])


def checked(instrument: Instrument, document: Mapping[str, Any]) -> Answers:
    """The answers of a typed sheet: one table per dimension. Raises Invalid naming every question that is wrong."""
    wrong: dict[str, Problem] = {}
    known = {one.id: one for one in instrument.dimensions}
    answers: dict[str, dict[str, Decimal | None]] = {}
    for name, table in document.items():
        if name == "instrument":
            continue
        if name not in known:
            wrong[name] = Problem(N_("“{name}” is not a dimension of this instrument."), {"name": name})
        elif not isinstance(table, Mapping):
            wrong[name] = Problem(N_("“{name}” must be a table of questions and answers."), {"name": name})
        else:
            answers[name] = _checked_answers(known[name], table, wrong)
    if wrong:
        raise Invalid(**wrong)
    return answers


def _checked_answers(
    dimension: Dimension, table: Mapping[str, Any], wrong: dict[str, Problem]
) -> dict[str, Decimal | None]:
    questions = {one.id: one for one in dimension.questions}
    kept: dict[str, Decimal | None] = {}
    for name, typed in table.items():
        where = f"{dimension.id}.{name}"
        if name not in questions:
            wrong[where] = Problem(N_("“{name}” is not a question of this instrument."), {"name": where})
        elif typed == NOT_APPLICABLE:
            kept[name] = None
        elif (value := _value(questions[name], typed)) is not None:
            kept[name] = value
        else:
            may = ", ".join(str(one.value) for one in questions[name].options)
            said = {"name": where, "typed": typed, "may": may}
            wrong[where] = Problem(N_("“{typed}” is not an answer to “{name}”: it takes {may} or “na”."), said)
    return kept


def _value(question: Question, typed: object) -> Decimal | None:
    if isinstance(typed, str):
        for option in question.options:
            if option.code == typed:
                return option.value
    if isinstance(typed, bool) or not isinstance(typed, str | int | float | Decimal):
        return None
    try:
        number = Decimal(str(typed))
    except InvalidOperation:
        return None
    return next((option.value for option in question.options if number == option.value), None)


# -- Actions: an instrument is read, never changed


def read(document: Mapping[str, Any]) -> Instrument:
    """An instrument from its document. Raises CannotRead with the first thing that is wrong."""
    try:
        return _read(document)
    except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation) as trouble:
        raise CannotRead(BAD, trouble=str(trouble)) from None


def _read(document: Mapping[str, Any]) -> Instrument:
    if document["schema"] != "instrument/1":
        raise ValueError("schema")
    general = _options(document.get("answer", []))
    dimensions = tuple(_read_dimension(one, general) for one in document["dimension"])
    _once([one.id for one in dimensions])
    _once([question.id for one in dimensions for question in one.questions])
    if not dimensions:
        raise ValueError("dimension")
    return Instrument(
        id=str(document["id"]), version=str(document["version"]), kind=Kind(document["kind"]),
        name=_words(document["name"]), minimum=_part(document["minimum_answered"]),
        needs_at=_part(document["needs_at_or_below"]), source=str(document["source"]), dimensions=dimensions,
        not_applicable=_words(document["not_applicable"]) if "not_applicable" in document else {},
    )  # fmt: skip


def _read_dimension(document: Mapping[str, Any], general: tuple[Option, ...]) -> Dimension:
    questions = tuple(
        Question(
            str(one["id"]),
            _weight(one.get("weight", 1)),
            _words(one["text"]),
            _options(one.get("answer", ())) or general,
            Side(one["side"]) if "side" in one else None,
        )
        for one in document["question"]
    )
    if not questions or any(not one.options for one in questions):
        raise ValueError(f"dimension {document['id']}: question, answer")
    return Dimension(str(document["id"]), _weight(document.get("weight", 1)), _words(document["name"]), questions)


def _options(documents: Iterable[Mapping[str, Any]]) -> tuple[Option, ...]:
    found = tuple(Option(str(one["code"]), _part(one["value"]), _words(one["text"])) for one in documents)
    _once([one.code for one in found])
    return found


def _words(document: Mapping[str, Any]) -> dict[str, str]:
    words = {str(language): str(text).strip() for language, text in document.items()}
    if not words.get("en"):
        raise ValueError("en")
    return words


def _part(typed: object) -> Decimal:
    number = Decimal(str(typed))
    if not 0 <= number <= 1:
        raise ValueError(f"{typed} is not between 0 and 1")
    return number


def _weight(typed: object) -> Decimal:
    number = Decimal(str(typed))
    if not (number.is_finite() and 0 < number <= 1000):
        raise ValueError(f"weight {typed}")
    return number


def _once(names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"{name} stands twice")


# -- Questions


def shipped() -> list[Instrument]:
    """The instruments that come with the program."""
    return [_file(path) for path in sorted(FOLDER.glob("*.toml"))]


def known(name: str) -> Instrument:
    """An instrument by its id or its real name, or from a file an office loaded. Raises Invalid when there is none."""
    for one in shipped():
        if name in (one.id, one.label):
            return one
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        return load(path)
    raise Invalid(instrument=Problem(N_("There is no instrument “{name}”."), {"name": name}))


def load(path: Path) -> Instrument:
    """An instrument from a file. Raises CannotRead for a file that is none."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CannotRead(BAD, trouble=path.name)
        return read(tomllib.loads(path.read_text("utf-8"), parse_float=Decimal))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as trouble:
        raise CannotRead(BAD, trouble=str(trouble)) from None


@lru_cache(maxsize=16)
def _file(path: Path) -> Instrument:
    return load(path)
