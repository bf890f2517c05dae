"""Versions of a contract beside each other: what changed, what it costs a month, and so far. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mrc_app.casework.contract_terms import Terms, Value
from mrc_app.errors import Problem
from mrc_app.money import Money

# -- Rules


@dataclass(frozen=True)
class Difference:
    """One term that changed. ``loss``: money lost per ``per`` (a word of journey_words.Per); None when not money."""

    term: str
    before: Value | None
    after: Value | None
    loss: Money | None = None
    per: str = ""
    worse: bool | None = None
    hint: Problem | None = None


@dataclass(frozen=True)
class Loss:
    """Money lost per month and over some months; ``total`` is None with the ``reason`` when it cannot be told."""

    per_month: Money | None
    months: int | Decimal
    total: Money | None
    reason: Problem | None = None


@dataclass(frozen=True)
class Row:
    """One term in several versions, in their order; None where a version does not have the term."""

    term: str
    values: tuple[Value | None, ...]
    differs: bool


def differences(before: Terms, after: Terms) -> tuple[Difference, ...]:
    """Every term that two versions say differently."""
    return ()


def loss(before: Terms, after: Terms, months: int | Decimal) -> Loss:
    """What the later version takes from her in some months, wage and food allowance together."""
    return Loss(None, months, None)


def side_by_side(versions: Sequence[Terms]) -> tuple[Row, ...]:
    """Every term that at least one version has, in the order of the terms file."""
    return ()
