"""The month table of a wage claim: what was due and what was paid, month by month, from a wage and a length of work.

Whole months are counted from the first day of work; what is left over at the end is counted by days only when she says
so. Then the calendar's months stand in the table and the first and the last of them are counted by days.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from mrc_app.calendars.days import months_after
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money

# -- Rules

MOST_ROWS = 600
SEVERAL = N_("The rows of one table are in one currency.")


@dataclass(frozen=True)
class MonthRow:
    """One stretch of work: from its first to its last day, what was due for it and what was paid."""

    first: date
    last: date
    due: Money
    paid: Money
    days: int | None = None

    @property
    def owed(self) -> Money:
        """What is still owed for it; less than nothing where too much was paid."""
        return self.due - self.paid


@dataclass(frozen=True)
class Table:
    """Rows in order, and the days at the end that are in no row."""

    rows: tuple[MonthRow, ...]
    left_over: int = 0


def whole_months(first: date, months: int, wage: Money) -> tuple[MonthRow, ...]:
    """So many whole months of work from a day on, nothing paid yet. Raises Invalid for too few or too many."""
    if not 1 <= months <= MOST_ROWS:
        said = Problem(N_("“{number}” is not a number from {least} to {most}."), {
            "number": months, "least": 1, "most": MOST_ROWS})  # fmt: skip
        raise Invalid(months=said)
    starts = [months_after(first, number) for number in range(months + 1)]
    nothing = Money(0, wage.currency)
    return tuple(MonthRow(begin, after - timedelta(days=1), wage, nothing) for begin, after in pairwise(starts))


def between(first: date, last: date, wage: Money, *, by_days: bool = False, divisor: int | None = None) -> Table:
    """The table for work from one day to another (both worked). Raises Invalid when the last day is before the first.

    Without ``by_days`` whole months from the first day, the rest only named. With it, calendar months, the first and
    the last by days: of the month's own length, or of ``divisor`` days.
    """
    if last < first:
        raise Invalid(last=N_("The work would end before it begins."))
    if by_days:
        return Table(_calendar(first, last, wage, divisor))
    months = 0
    while months_after(first, months + 1) <= last + timedelta(days=1):
        months += 1
    left = (last - months_after(first, months)).days + 1
    return Table(whole_months(first, months, wage) if months else (), left)


def _calendar(first: date, last: date, wage: Money, divisor: int | None) -> tuple[MonthRow, ...]:
    rows, begin = [], first
    nothing = Money(0, wage.currency)
    while begin <= last:
        after = months_after(begin.replace(day=1), 1)
        end = min(last, after - timedelta(days=1))
        length, worked = (after - begin.replace(day=1)).days, (end - begin).days + 1
        whole = worked == length
        due = wage if whole else wage.share(min(Decimal(1), Decimal(worked) / Decimal(divisor or length)))
        rows.append(MonthRow(begin, end, due, nothing, None if whole else worked))
        begin = after
    return tuple(rows)


def worked_days(first: date, last: date, days: int, day_wage: Money) -> MonthRow:
    """So many days of work at a wage for the day: 24 at TND 18.750 is TND 450.000."""
    if last < first:
        raise Invalid(last=N_("The work would end before it begins."))
    if not 1 <= days <= (last - first).days + 1:
        raise Invalid(days=Problem(N_("There are not {days} days from the first to the last."), {"days": days}))
    return MonthRow(first, last, day_wage * days, Money(0, day_wage.currency), days)


def paid_in_full(rows: Iterable[MonthRow], months: int) -> tuple[MonthRow, ...]:
    """The first so many months paid whole."""
    return tuple(replace(row, paid=row.due) if number < months else row for number, row in enumerate(rows))


def paid_by_row(rows: Iterable[MonthRow], paid: Mapping[int, Money]) -> tuple[MonthRow, ...]:
    """What was paid for single rows, by their place."""
    return tuple(replace(row, paid=paid.get(number, row.paid)) for number, row in enumerate(rows))


def paid_altogether(rows: Iterable[MonthRow], total: Money) -> tuple[MonthRow, ...]:
    """One sum that was paid, laid on the oldest months first; what is over stands in the last row."""
    filled, left = [], total
    for row in rows:
        part = min(left, row.due)
        filled.append(replace(row, paid=part))
        left = left - part
    if filled and left.minor:
        filled[-1] = replace(filled[-1], paid=filled[-1].paid + left)
    return tuple(filled)


def totals(rows: Iterable[MonthRow]) -> tuple[Money, Money, Money]:
    """Due, paid and owed of a table. Raises Invalid for an empty table or two currencies."""
    kept = list(rows)
    if not kept:
        raise Invalid(rows=N_("There is nothing in the table yet."))
    currency = kept[0].due.currency
    if any(row.due.currency != currency or row.paid.currency != currency for row in kept):
        raise Invalid(rows=SEVERAL)
    due, paid = sum(row.due.minor for row in kept), sum(row.paid.minor for row in kept)
    return Money(due, currency), Money(paid, currency), Money(due - paid, currency)
