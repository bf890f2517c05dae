"""What the worker paid, as SDG 10.7.1 counts it: sums for each currency, and how many months of earnings that is.

Two currencies are added only through a rate that somebody typed with its day and source. Figures stay exact (fractions)
until they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from mrc_app.casework.cost_words import Basis, CostCode
from mrc_app.errors import Problem
from mrc_app.i18n import N_
from mrc_app.money import Money, decimals

# -- Rules

Sums = dict[str, int]
"""Minor units by currency."""


@dataclass(frozen=True)
class Line:
    """One row of a ledger. ``receipt`` is whether the receipt was seen; None when nobody asked."""

    code: CostCode
    paid: Money
    refunded: Money
    on: date | None = None
    paid_to: str = ""
    receipt: bool | None = None

    @property
    def net(self) -> Money:
        """What stayed with the worker."""
        return self.paid - self.refunded


@dataclass(frozen=True)
class Quote:
    """A rate as somebody typed it: 1 ``one`` = ``number`` ``other`` on a day, from a source."""

    one: str
    other: str
    number: Decimal
    on: date
    source: str


@dataclass(frozen=True)
class Used:
    """A rate that was used from one currency to another; ``inverse`` when it was divided by."""

    quote: Quote
    start: str
    end: str

    @property
    def inverse(self) -> bool:
        """Whether the rate was typed the other way round."""
        return self.start == self.quote.other


@dataclass(frozen=True)
class Earning:
    """What she earns in a month, and what of it she needs to live and sends home, where she told it."""

    wage: Money
    basis: Basis = Basis.ACTUAL
    living: Money | None = None
    remittance: Money | None = None


@dataclass(frozen=True)
class Reckoning:
    """The sums of a ledger. ``total`` and ``ratio`` are None where they cannot be told; ``why`` says why."""

    by_currency: Sums
    by_code: dict[CostCode, Sums]
    no_receipt: Sums
    after_first_job: Sums
    currency: str
    total: Fraction | None
    ratio: Fraction | None
    basis: Basis
    used: tuple[Used, ...] = ()
    without_rate: tuple[str, ...] = ()
    why: Problem | None = None


@dataclass(frozen=True)
class Converted:
    """Sums in one currency: None when a rate is missing, never half a sum."""

    total: Fraction | None
    used: tuple[Used, ...] = ()
    without_rate: tuple[str, ...] = field(default=())


NO_INCOME = N_("No earnings are known, so there is no ratio.")
NOTHING_EARNED = N_("The earnings are zero, so there is no ratio.")
NO_RATE = N_("There is no rate between {currency} and {other}, so there is no total and no ratio.")


def reckon(
    lines: Iterable[Line],
    *,
    earning: Earning | None = None,
    currency: str = "",
    quotes: Sequence[Quote] = (),
    on: date | None = None,
    first_job: date | None = None,
    basis: Basis | None = None,
) -> Reckoning:
    """The sums and the ratio. Rows dated after ``first_job`` are kept apart; rates dated after ``on`` are not used.

    The total is in the currency of the earnings, else in ``currency``, else in the only currency there is.
    """
    counted: list[Line] = []
    later: list[Line] = []
    for line in lines:
        (later if first_job and line.on and line.on > first_job else counted).append(line)
    by_currency = sums(counted)
    target = (
        earning.wage.currency if earning else currency or (next(iter(by_currency)) if len(by_currency) == 1 else "")
    )
    made = converted(by_currency, target, quotes, on)
    return Reckoning(
        by_currency=by_currency,
        by_code={code: sums(rows) for code in CostCode if (rows := [one for one in counted if one.code is code])},
        no_receipt=sums(line for line in counted if not line.receipt),
        after_first_job=sums(later),
        currency=target,
        total=made.total,
        ratio=ratio(made.total, earning),
        basis=earning.basis if earning else basis or Basis.ACTUAL,
        used=made.used,
        without_rate=made.without_rate,
        why=_why(made, earning, target),
    )


def sums(lines: Iterable[Line]) -> Sums:
    """Net of refunds, in minor units, each currency by itself."""
    found: Sums = {}
    for line in lines:
        found[line.net.currency] = found.get(line.net.currency, 0) + line.net.minor
    return found


def ratio(total: Fraction | None, earning: Earning | None) -> Fraction | None:
    """Months of earnings paid. None without a total or without earnings; nothing paid is 0."""
    if total is None or earning is None or earning.wage.minor <= 0:
        return None
    return total / Fraction(earning.wage.amount)


def rate_between(quotes: Sequence[Quote], start: str, end: str, on: date | None = None) -> Used | None:
    """The latest rate between two currencies on or before a day, in either direction; of one day the last typed."""
    pair = {start, end}
    fitting = [
        (quote.on, place, quote)
        for place, quote in enumerate(quotes)
        if {quote.one, quote.other} == pair and (on is None or quote.on <= on)
    ]
    return Used(max(fitting, key=lambda one: one[:2])[2], start, end) if fitting else None


def through(amount: Fraction, used: Used) -> Fraction:
    """An amount of ``used.start`` in ``used.end``, exactly."""
    number = Fraction(used.quote.number)
    return amount / number if used.inverse else amount * number


def converted(amounts: Sums, target: str, quotes: Sequence[Quote], on: date | None = None) -> Converted:
    """Sums of several currencies in one. A currency that comes to nothing needs no rate."""
    total, used, without = Fraction(0), [], []
    for currency, minor in amounts.items():
        amount = Fraction(Money(minor, currency).amount)
        if currency == target or not amount:
            total += amount
        elif found := rate_between(quotes, currency, target, on):
            total += through(amount, found)
            used.append(found)
        else:
            without.append(currency)
    return Converted(None if without else total, tuple(used), tuple(without))


def _why(made: Converted, earning: Earning | None, target: str) -> Problem | None:
    if made.without_rate and target:
        return Problem(NO_RATE, {"currency": ", ".join(made.without_rate), "other": target})
    if earning is None:
        return Problem(NO_INCOME)
    return None if earning.wage.minor > 0 else Problem(NOTHING_EARNED)


def rounded(value: Fraction, places: int = 2) -> Decimal:
    """A figure to be shown, rounded half up."""
    scale = 10**places
    up = int(abs(value) * scale + Fraction(1, 2))
    return Decimal(up if value >= 0 else -up).scaleb(-places)


def as_money(value: Fraction, currency: str) -> Money:
    """An exact amount as money, rounded half up to the currency's minor unit."""
    return Money(int(rounded(value, decimals(currency)).scaleb(decimals(currency))), currency)


def as_decimal(value: Fraction) -> Decimal:
    """The figure with all the digits that can matter."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("1e-12"), ROUND_HALF_UP).normalize()
