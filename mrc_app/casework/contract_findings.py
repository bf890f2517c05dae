"""What a check of a contract answers: findings, each with reason, source, age and confidence. Never a bare score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mrc_app.casework.contract_differences import Difference
from mrc_app.corridors.facts import Confidence, Fact, Side, Source
from mrc_app.errors import Problem
from mrc_app.i18n import N_, Labelled

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

    PASS = "pass", N_("pass")  # noqa: S105 - a suggestion, no password
    CORRECT = "pass_with_corrections", N_("pass with corrections")
    DO_NOT_SIGN = "do_not_sign_yet", N_("do not sign yet")


# -- Rules


@dataclass(frozen=True)
class Shown:
    """What a contract or a rule says. ``words`` is a message id with ``values``; ``text`` stands as it was written."""

    text: str = ""
    words: str = ""
    amount: Decimal | None = None
    currency: str = ""
    unit: str = ""

    def said(self, translate: Callable[[str], str] = str) -> str:
        """In the language of ``translate``: "SAR 1,000 per month", "24 months", or the words as written."""
        figure = "" if self.amount is None else f"{self.amount:,f}"
        unit = translate(self.unit) if self.unit else ""
        words = translate(self.words) if self.words else ""
        return " ".join(part for part in (self.currency, figure, unit, words, self.text) if part)


@dataclass(frozen=True)
class Finding:
    """One point of a contract beside one rule. ``side`` is None where no corridor's rule is meant."""

    check: str
    term: str
    verdict: Verdict
    reason: Problem
    red: bool = False
    contract: Shown | None = None
    rule: Shown | None = None
    side: Side | None = None
    fact: Fact | None = None

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

    def row(self) -> dict[str, Any]:
        """As ``mrc check-contract --json`` prints it."""
        return {
            "check": self.check, "term": self.term, "verdict": self.verdict.value, "red": self.red,
            "contract": self.contract.said() if self.contract else None,
            "rule": self.rule.said() if self.rule else None,
            "side": self.side.value if self.side else None,
            "source": self.source.title if self.source else None,
            "as_of": self.as_of or None,
            "confidence": self.confidence.value if self.confidence else None,
            "reason": self.reason.text(),
        }  # fmt: skip


@dataclass(frozen=True)
class Check:
    """A whole check: every finding, the differences to the earlier version, and what they suggest, with reasons."""

    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    suggested: Suggestion
    reasons: tuple[Problem, ...]

    @property
    def red(self) -> tuple[Finding, ...]:
        """The findings that are red."""
        return tuple(finding for finding in self.findings if finding.red)
