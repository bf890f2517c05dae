"""What was paid beside what each side's rules let the worker pay. One side never swallows the other, and no amount is
converted: where a ceiling stands in another currency, that is said. Nothing at all is the same in every currency.

A rule about the ticket, the visa or the insurance speaks of one thing, its code of several: such a row is at most too
much, and is kept apart for the officer to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mrc_app.casework.cost_rules import Earning, Sums
from mrc_app.casework.cost_words import CostCode
from mrc_app.corridors.catalogue import Corridor
from mrc_app.corridors.facts import Confidence, Fact, Payer
from mrc_app.errors import Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.money import Money

# -- Words


class Finding(Labelled):
    """What a comparison came to."""

    OVER = "over", N_("more than the rule allows")
    AT_MOST = "at_most", N_("to look at: the rule speaks of a part of this")
    WITHIN = "within", N_("not more than the rule allows")
    CANNOT_TELL = "cannot_tell", N_("cannot tell")


# -- Rules

FEES = (CostCode.FEE, CostCode.ILL)
CEILING, FEE_PAYER = "cost.worker_fee_max", "cost.recruitment_fee"
PAYERS = {"cost.ticket": CostCode.TRV, "cost.visa_permit": CostCode.ADM, "cost.insurance": CostCode.INS}
BESIDE = (
    "cost.worker_pays", "cost.welfare_fund", "cost.moved_to_employer", "cost.exit_stamp", "cost.worker_total",
)  # fmt: skip
"""Facts that name what a worker pays or paid; shown beside, never reckoned with."""
_ZERO_PAYERS = (Payer.EMPLOYER, Payer.AGENCY, Payer.PROHIBITED_FOR_WORKER)
_SURE = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)
OTHER_MONEY = N_("The limit is in {other}; what was paid is in {currency} and is not converted here.")
NO_WAGE = N_("The limit is a part of the wage, and no earnings in {currency} are known.")
SHARED = N_("The cost is shared; how much is the worker's is not said as a figure.")
PROSE = N_("The rule is not a figure: {rule}")
PART = {
    CostCode.TRV: N_("The rule speaks of the ticket; this code also holds other journeys and lodging."),
    CostCode.ADM: N_("The rule speaks of visa and permit; this code also holds passport and other papers."),
    CostCode.INS: N_("The rule speaks of the insurance; this code also holds the welfare fund."),
}


@dataclass(frozen=True)
class Comparison:
    """Money of one currency beside one rule. ``amount`` is what was paid beyond it; ``also`` are further rules of the
    same side that say the same."""

    finding: Finding
    codes: tuple[CostCode, ...]
    paid: Money
    fact: Fact
    amount: Money | None = None
    allowed: Money | None = None
    why: Problem | None = None
    also: tuple[Fact, ...] = ()


def compare(
    corridor: Corridor,
    by_code: Mapping[CostCode, Sums],
    *,
    on: date,
    sector: str | None = None,
    earning: Earning | None = None,
) -> list[Comparison]:
    """Every payment beside every rule of the corridor that speaks of it, the surest rule of a side first."""
    found: list[Comparison] = []
    for key in (CEILING, FEE_PAYER, *PAYERS):
        codes = FEES if key in (CEILING, FEE_PAYER) else (PAYERS[key],)
        answer = corridor.answer(key, sector, on)
        for paid in _paid(by_code, codes):
            found += [_against(fact, codes, paid, earning) for fact in answer.facts]
            found += [Comparison(Finding.CANNOT_TELL, codes, paid, fact, why=why) for fact, why in answer.candidates]
    return list(_joined(sorted(found, key=lambda one: _SURE.index(one.fact.confidence))))


def beside(corridor: Corridor, *, on: date, sector: str | None = None) -> list[Fact]:
    """What the corridor's file says a worker pays: lists, funds and totals, for the officer to read."""
    return [fact for key in BESIDE for fact in corridor.answer(key, sector, on).facts]


def _paid(by_code: Mapping[CostCode, Sums], codes: Iterable[CostCode]) -> Iterator[Money]:
    sums: Sums = {}
    for code in codes:
        for currency, minor in by_code.get(code, {}).items():
            sums[currency] = sums.get(currency, 0) + minor
    yield from (Money(minor, currency) for currency, minor in sums.items() if minor > 0)


def _against(fact: Fact, codes: tuple[CostCode, ...], paid: Money, earning: Earning | None) -> Comparison:
    made = Comparison(Finding.CANNOT_TELL, codes, paid, fact)
    if fact.unit == "payer":
        return _payer(made, Payer(str(fact.value)))
    if isinstance(fact.value, str | bool):
        return replace(made, why=Problem(PROSE, {"rule": str(fact.value)}))
    if fact.unit == "money":
        return _ceiling(made, Decimal(fact.value), fact.currency)
    share = {"percent of first month's wage": Decimal("0.01"), "month of basic wage": Decimal(1)}.get(fact.unit)
    if share is None:
        return replace(made, why=Problem(PROSE, {"rule": f"{fact.value} {fact.unit}"}))
    if earning is None or earning.wage.currency != paid.currency:
        return replace(made, why=Problem(NO_WAGE, {"currency": paid.currency}))
    return _over(made, earning.wage.share(Decimal(fact.value) * share))


def _payer(made: Comparison, payer: Payer) -> Comparison:
    if payer is Payer.SHARED:
        return replace(made, why=Problem(SHARED))
    if payer is Payer.WORKER:
        return replace(made, finding=Finding.WITHIN)
    assert payer in _ZERO_PAYERS
    if made.codes == FEES:
        return _over(made, Money(0, made.paid.currency))
    return replace(
        made, finding=Finding.AT_MOST, amount=made.paid, allowed=Money(0, made.paid.currency),
        why=Problem(PART[made.codes[0]]),
    )  # fmt: skip


def _ceiling(made: Comparison, most: Decimal, currency: str) -> Comparison:
    if most and currency != made.paid.currency:
        values = {"other": currency, "currency": made.paid.currency}
        return replace(made, allowed=Money.of(most, currency), why=Problem(OTHER_MONEY, values))
    return _over(made, Money.of(most, made.paid.currency))


def _over(made: Comparison, allowed: Money) -> Comparison:
    if made.paid <= allowed:
        return replace(made, finding=Finding.WITHIN, allowed=allowed)
    return replace(made, finding=Finding.OVER, amount=made.paid - allowed, allowed=allowed)


def _joined(found: Iterable[Comparison]) -> Iterator[Comparison]:
    """Rules of one side that come to the same stand as one, with the surest before and the others beside it."""
    kept: dict[object, Comparison] = {}
    for place, one in enumerate(found):
        allowed = None if one.allowed is None else (one.allowed.minor, one.allowed.currency)
        same = one.finding in (Finding.OVER, Finding.AT_MOST)
        name: object = (one.fact.side, one.finding, one.codes, one.paid.currency, allowed) if same else place
        kept[name] = replace(kept[name], also=(*kept[name].also, one.fact)) if name in kept else one
    yield from kept.values()
