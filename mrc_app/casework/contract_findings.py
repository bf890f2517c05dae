"""What a check of a contract answers: findings, each with reason, source, age and confidence. Never a bare score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mrc_app.casework.contract_differences import Difference
from mrc_app.corridors.facts import Confidence, Fact, Side, Source, may_be_outdated
from mrc_app.errors import Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.money import decimals

# -- Words


class Verdict(Labelled):
    """How one point of a contract stands."""

    OK = "ok", N_("in order")
    MISSING = "missing", N_("missing")
    WORSE = "worse", N_("worse than the rule")
    UNCLEAR = "unclear", N_("unclear")
    NOT_APPLICABLE = "not_applicable", N_("does not apply")
    CANNOT_TELL = "cannot_tell", N_("cannot tell")


class Suggestion(Labelled):
    """What the reasons suggest. The officer decides, and the worker."""

    PASS = "pass", N_("pass")
    CORRECT = "pass_with_corrections", N_("pass with corrections")
    DO_NOT_SIGN = "do_not_sign_yet", N_("do not sign yet")


WEAK = N_("The source is weak.")
UNDATED = N_("The source shows no date.")
OVERTAKEN = N_("The figure began more than a year before: a later one may be in force.")

# -- Rules


@dataclass(frozen=True)
class Shown:
    """What a contract or a rule says: an amount with currency and unit (a message id), ``words`` (a message id), or
    ``text`` as it was written."""

    text: str = ""
    words: str = ""
    amount: Decimal | None = None
    currency: str = ""
    unit: str = ""

    def said(self, translate: Callable[[str], str] = str) -> str:
        """In the language of ``translate``: "SAR 1000 per month", "24 months", or the words as written."""
        unit = translate(self.unit) if self.unit else ""
        words = translate(self.words) if self.words else ""
        return " ".join(part for part in (self.currency, self.figure, unit, words, self.text) if part)

    @property
    def figure(self) -> str:
        """The amount as a written decimal: "1000", "31.40", "10.5"; empty where there is none."""
        if self.amount is None:
            return ""
        if self.amount == self.amount.to_integral_value():
            return f"{self.amount:.0f}"
        places = decimals(self.currency) if self.currency else 0
        least = -int(self.amount.normalize().as_tuple().exponent)
        return f"{self.amount:.{max(places, least)}f}"

    def __str__(self) -> str:
        return self.said()


@dataclass(frozen=True)
class Finding:
    """One point of a contract beside one rule. ``side`` is None where no corridor's rule is meant; ``on`` is the day on
    which the rule was asked."""

    check: str
    term: str
    verdict: Verdict
    reason: Problem
    red: bool = False
    contract: Shown | None = None
    rule: Shown | None = None
    side: Side | None = None
    fact: Fact | None = None
    on: date | None = None

    @property
    def source(self) -> Source | None:
        """Where the rule was read."""
        return self.fact.source if self.fact else None

    @property
    def as_of(self) -> str:
        """The publication date of the rule's source; empty when it shows none."""
        return self.fact.as_of if self.fact else ""

    @property
    def confidence(self) -> Confidence | None:
        """How sure the rule's source makes us."""
        return self.fact.confidence if self.fact else None

    @property
    def caveats(self) -> tuple[Problem, ...]:
        """What must be said beside the rule: a weak source, one without a date, a figure that may be overtaken."""
        if self.fact is None:
            return ()
        said = (
            (WEAK, self.fact.confidence is Confidence.LOW),
            (UNDATED, not self.fact.as_of),
            (OVERTAKEN, self.on is not None and may_be_outdated(self.fact, self.on)),
        )
        return tuple(Problem(message) for message, holds in said if holds)

    def row(self) -> dict[str, Any]:
        """As ``mrc check-contract --json`` prints it."""
        return {
            "check": self.check, "term": self.term, "verdict": self.verdict.value, "red": self.red,
            "contract": self.contract.said() if self.contract else None,
            "rule": self.rule.said() if self.rule else None,
            "side": self.side.value if self.side else None,
            "source": self.source.title if self.source else None,
            "source_url": self.source.url if self.source else None,
            "as_of": self.as_of or None,
            "confidence": self.confidence.value if self.confidence else None,
            "valid_from": self.fact.valid_from or None if self.fact else None,
            "valid_to": self.fact.valid_to or None if self.fact else None,
            "legal_basis": self.fact.legal_basis or None if self.fact else None,
            "note": self.fact.note or None if self.fact else None,
            "on": self.on.isoformat() if self.on else None,
            "reason": " ".join(said.text() for said in (self.reason, *self.caveats)),
        }  # fmt: skip


@dataclass(frozen=True)
class Question:
    """A point of a sector overlay: a question, what the terms answer, its international source and evidence mark."""

    id: str
    check: str
    question: str
    source: str
    read: bool
    verdict: Verdict = Verdict.UNCLEAR

    def row(self) -> dict[str, Any]:
        """As ``mrc check-contract --json`` prints it."""
        return {
            "id": self.id, "check": self.check, "question": self.question, "source": self.source,
            "mark": "read" if self.read else "reported, not checked", "verdict": self.verdict.value,
        }  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A whole check: every finding, the differences to the earlier version, the questions of the sector, and what they
    suggest, with the reasons."""

    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    suggested: Suggestion
    reasons: tuple[Problem, ...]
    questions: tuple[Question, ...] = ()

    @property
    def red(self) -> tuple[Finding, ...]:
        """The findings that are red."""
        return tuple(finding for finding in self.findings if finding.red)
