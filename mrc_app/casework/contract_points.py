"""A check point by point: what the rule suggests, what the officer answered, and which points are red in the end.

The rule only suggests. Where the officer answered, her answer counts, with the page and the clause she read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mrc_app.casework import fields
from mrc_app.casework.contract_findings import Finding, Shown, Suggestion
from mrc_app.casework.contract_findings import Verdict as PointState
from mrc_app.casework.contract_words import POINTS, TERMS
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Fact
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, Labelled

# -- Words: see contract_words

# -- Rules

LARGEST = 60_000
"""Characters of one kept document."""
ANSWERS = (PointState.OK, PointState.MISSING, PointState.WORSE, PointState.UNCLEAR, PointState.NOT_APPLICABLE)
"""What an officer answers to a point; "cannot tell" is for the rule alone."""
_WORST_FIRST = (
    PointState.WORSE,
    PointState.MISSING,
    PointState.UNCLEAR,
    PointState.CANNOT_TELL,
    PointState.OK,
    PointState.NOT_APPLICABLE,
)


@dataclass(frozen=True)
class Answer:
    """What the officer said to a point: the state, where it stands in the contract, and her note."""

    state: PointState
    page: str = ""
    note: str = ""


@dataclass(frozen=True)
class Point:
    """One of the 28 points: the findings of the rule, one per side, and the officer's answer where she gave one."""

    number: str
    findings: tuple[Mapping[str, Any], ...]
    answer: Answer | None = None

    @property
    def label(self) -> str:
        """The message id of its name."""
        return POINTS[self.number]

    @property
    def suggested(self) -> PointState:
        """The worst the rule found; unclear where it found nothing."""
        said = {PointState(one["verdict"]) for one in self.findings}
        return next((state for state in _WORST_FIRST if state in said), PointState.UNCLEAR)

    @property
    def suggests_red(self) -> bool:
        """Whether the rule found a red condition."""
        return any(one["red"] for one in self.findings)

    @property
    def state(self) -> PointState:
        """The officer's answer, else the suggestion."""
        return self.answer.state if self.answer else self.suggested

    @property
    def red(self) -> bool:
        """Whether the point is red: as the rule found while the officer agrees; "worse" and "missing" of hers are."""
        if self.answer is None or self.answer.state is self.suggested:
            return self.suggests_red
        return self.answer.state in (PointState.WORSE, PointState.MISSING)


def points(findings: Sequence[Mapping[str, Any]], answers: Mapping[str, Mapping[str, str]]) -> list[Point]:
    """The 28 points in their order."""
    said = {
        number: Answer(PointState(one["state"]), one.get("page", ""), one.get("note", ""))
        for number, one in answers.items()
    }
    return [
        Point(number, tuple(one for one in findings if one["check"] == number), said.get(number)) for number in POINTS
    ]


def red_of(found: Iterable[Point]) -> tuple[str, ...]:
    """The numbers of the red points."""
    return tuple(point.number for point in found if point.red)


def suggested(found: Sequence[Point]) -> Suggestion:
    """What the points as they stand suggest: red, do not sign yet; something to mend, pass with corrections."""
    if any(point.red for point in found):
        return Suggestion.DO_NOT_SIGN
    open_points = (PointState.WORSE, PointState.MISSING, PointState.UNCLEAR)
    return Suggestion.CORRECT if any(point.state in open_points for point in found) else Suggestion.PASS


def answered(said: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """The officer's answers, checked: number of the point → state, page and note. Raises Invalid by point."""
    kept: dict[str, dict[str, str]] = {}
    wrong: dict[str, Problem] = {}
    for number, answer in said.items():
        try:
            kept[number] = _answer(number, answer)
        except Invalid as refused:
            wrong |= {f"point_{number}": problem for problem in refused.problems.values()}
    if wrong:
        raise Invalid(**wrong)
    return {number: kept[number] for number in POINTS if number in kept}


def _answer(number: str, said: Any) -> dict[str, str]:
    if number not in POINTS:
        raise Invalid(point=Problem(N_("There is no point {number}; there are 28."), {"number": number}))
    if not isinstance(said, Mapping) or "state" not in said:
        raise Invalid(point=Problem(N_("Point {number} has no answer."), {"number": number}))
    look: dict[str, fields.Check] = {"state": fields.word(PointState), "page": fields.text, "note": fields.long_text}
    kept = fields.checked(look, said)
    if kept["state"] not in ANSWERS:
        raise Invalid(point=Problem(N_("“{word}” is not one of the known words."), {"word": kept["state"]}))
    return {name: str(value) for name, value in kept.items() if value}


def clauses(said: Mapping[str, Any]) -> dict[str, str]:
    """Where each term stands in the paper: key of the term → page and clause. Raises Invalid; empty ones go."""
    unknown = next((key for key in said if key not in TERMS), None)
    if unknown is not None:
        raise Invalid(clauses=Problem(N_("There is no field “{field}”."), {"field": unknown}))
    return {key: kept for key, value in said.items() if (kept := fields.text("clauses", value))}


def canonical(document: Any) -> str:
    """A document as canonical JSON: the same content is the same text. Raises Invalid when it is too long."""
    text = canonical_text(document)
    if len(text) > LARGEST:
        raise Invalid(terms=Problem(N_("This is longer than {limit} characters."), {"limit": LARGEST}))
    return text


def canonical_text(document: Any) -> str:
    """A document as canonical JSON, however long."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def document_of(text: str) -> Any:
    """What was kept as canonical JSON."""
    return json.loads(text) if text else {}


# -- what is kept of a finding


def kept(finding: Finding) -> dict[str, Any]:
    """A finding as it is kept: message ids with their values, so that it is read in any language later."""
    return {
        "check": finding.check, "term": finding.term, "verdict": finding.verdict.value, "red": finding.red,
        "reason": problem_kept(finding.reason),
        "contract": shown_kept(finding.contract), "rule": shown_kept(finding.rule),
        "side": finding.side.value if finding.side else None, "fact": finding.fact.uuid if finding.fact else None,
        "source": finding.source.title if finding.source else None, "as_of": finding.as_of or None,
        "confidence": finding.confidence.value if finding.confidence else None,
    }  # fmt: skip


def problem_kept(said: Problem) -> dict[str, Any]:
    """A sentence as message id and values; a word of a closed list is kept as its message id."""
    return {"message": said.message, "values": {name: _value_kept(value) for name, value in said.values.items()}}


def _value_kept(value: Any) -> Any:
    if isinstance(value, Shown):
        return shown_kept(value)
    if isinstance(value, Labelled):
        return {"words": value.label}
    return value if isinstance(value, int) else str(value)


def shown_kept(said: Shown | None) -> dict[str, str] | None:
    """What a contract or a rule says, as it is kept; None where it says nothing."""
    if said is None:
        return None
    parts = {"text": said.text, "words": said.words, "currency": said.currency, "unit": said.unit}
    if said.amount is not None:
        parts["amount"] = str(said.amount)
    return {name: part for name, part in parts.items() if part}


def pack_of(corridor: Corridor) -> str:
    """Which pack it was: the corridor, the day it was compiled, and a digest of its facts; the reference
    pack it came in; "" where there is none."""
    if not corridor.known:
        return ""
    rows = [_fact_kept(fact) for fact in corridor.facts]
    digest = hashlib.sha256(canonical_text(rows).encode()).hexdigest()[:12]
    named = f"{corridor.id} {corridor.compiled.isoformat() if corridor.compiled else '-'} {digest}"
    return f"{named} · {corridor.pack}" if corridor.pack else named


def used(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The values a check used, each once: fact, value, unit, side, dates, confidence and source."""
    return list({one.fact.uuid: _fact_kept(one.fact) for one in findings if one.fact}.values())


def _fact_kept(fact: Fact) -> dict[str, Any]:
    kept = {
        "fact": fact.uuid, "key": fact.key, "sector": fact.sector, "value": fact.value_text, "unit": fact.unit,
        "currency": fact.currency, "side": fact.side.value, "valid_from": fact.valid_from, "valid_to": fact.valid_to,
        "as_of": fact.as_of, "confidence": fact.confidence.value, "source": fact.source.title,
    }  # fmt: skip
    return {name: value for name, value in kept.items() if value}
