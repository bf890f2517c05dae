"""A reckoning as plain data: what ``mrc costs`` answers and a client's record shows. All money is in minor units."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mrc_app.casework.cost_debts import Debt, DebtRisk, Thresholds, debt_risk
from mrc_app.casework.cost_excess import Comparison, Finding, beside, compare
from mrc_app.casework.cost_rules import Earning, Line, Quote, Reckoning, Used, as_decimal, as_money, reckon, rounded
from mrc_app.casework.cost_words import Basis
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Fact
from mrc_app.money import Money

# -- Rules


@dataclass(frozen=True)
class Picture:
    """Everything reckoned of one person's costs."""

    sums: Reckoning
    debt: DebtRisk
    compared: tuple[Comparison, ...] = ()
    beside: tuple[Fact, ...] = ()


def picture(
    lines: Iterable[Line],
    debts: Iterable[Debt],
    *,
    on: date,
    earning: Earning | None = None,
    currency: str = "",
    quotes: Sequence[Quote] = (),
    rates_until: date | None = None,
    first_job: date | None = None,
    basis: Basis | None = None,
    limits: Thresholds | None = None,
    corridor: Corridor | None = None,
    sector: str | None = None,
) -> Picture:
    """Sums, ratio, debt risk and what was paid beyond each side's rules. ``rates_until`` leaves later rates aside."""
    sums = reckon(
        lines, earning=earning, currency=currency, quotes=quotes, on=rates_until, first_job=first_job, basis=basis
    )
    debt = debt_risk(debts, earning=earning, quotes=quotes, on=rates_until, limits=limits)
    if corridor is None:
        return Picture(sums, debt)
    compared = compare(corridor, sums.by_code, on=on, sector=sector, earning=earning)
    return Picture(sums, debt, tuple(compared), tuple(beside(corridor, on=on, sector=sector)))


def document(found: Picture) -> dict[str, Any]:
    """The answer with every key of the command line's promise, and more."""
    sums = found.sums
    return {
        "by_currency": sums.by_currency,
        "total": None if sums.total is None or not sums.currency else _money(as_money(sums.total, sums.currency)),
        "ratio": None if sums.ratio is None else str(rounded(sums.ratio)),
        "ratio_exact": None if sums.ratio is None else f"{as_decimal(sums.ratio):f}",
        "basis": sums.basis.value,
        "why_no_ratio": sums.why.text() if sums.why else None,
        "by_code": {code.value: money for code, money in sums.by_code.items()},
        "no_receipt": sums.no_receipt,
        "after_first_job": sums.after_first_job,
        "rates": [_rate(used) for used in sums.used],
        "without_rate": list(sums.without_rate),
        "excess": [_compared(one) for one in found.compared if one.finding is Finding.OVER],
        "to_look_at": [_compared(one) for one in found.compared if one.finding is Finding.AT_MOST],
        "within": [_compared(one) for one in found.compared if one.finding is Finding.WITHIN],
        "cannot_tell": [_compared(one) for one in found.compared if one.finding is Finding.CANNOT_TELL],
        "beside": [_fact(fact) | {"value": str(fact.value), "unit": fact.unit} for fact in found.beside],
        "debt_risk": _debt(found.debt),
    }


def _money(money: Money) -> dict[str, Any]:
    return {"amount": money.minor, "currency": money.currency, "written": str(money)}


def _rate(used: Used) -> dict[str, Any]:
    quote = used.quote
    return {
        "from": used.start, "to": used.end, "rate": f"1 {quote.one} = {quote.number:f} {quote.other}",
        "inverse": used.inverse, "date": quote.on.isoformat(), "source": quote.source,
    }  # fmt: skip


def _compared(one: Comparison) -> dict[str, Any]:
    amount = one.amount
    return {
        "side": one.fact.side.value,
        "amount": amount.minor if amount else None,
        "currency": one.paid.currency,
        "written": str(amount) if amount else None,
        "codes": [code.value for code in one.codes],
        "paid": one.paid.minor,
        "allowed": _money(one.allowed) if one.allowed else None,
        "reason": one.why.text() if one.why else None,
        **_fact(one.fact),
        "also": [_fact(fact) for fact in one.also],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "rule": fact.key, "side": fact.side.value, "source": fact.source.title, "source_url": fact.source.url,
        "as_of": fact.as_of or None, "confidence": fact.confidence.value,
        "legal_basis": fact.legal_basis or None, "note": fact.note or None,
    }  # fmt: skip


def _debt(risk: DebtRisk) -> dict[str, Any]:
    return {
        "level": risk.level.value,
        "triggers": [trigger.value for trigger in risk.triggers],
        "facts": [
            {
                "loan": fact.loan or None, "fact": fact.fact, "value": fact.value,
                "trigger": fact.trigger.value if fact.trigger else None, "text": fact.said.text(),
            }
            for fact in risk.facts
        ],
    }  # fmt: skip
