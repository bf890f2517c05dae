"""Money of a case, reckoned: claimed, offered, awarded and paid are four things, and "no offer" is not zero.

Claims, offers and awards replace what was said before them; payments add up. A sum for several is shared by what each
claims, to the last minor unit. Nothing is ever added or compared across currencies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.money import Money

# -- Words


class Head(Labelled):
    """What a claim is for."""

    WAGE = "wage", N_("wages")
    NOTICE = "notice", N_("notice, or pay in its place")
    FEE_REFUND = "fee_refund", N_("fees given back")
    INJURY = "injury", N_("injury or illness")
    TICKET = "ticket", N_("ticket home")
    BENEFIT = "benefit", N_("benefit or end of service")
    FOOD_TRAVEL = "food_travel", N_("food and travel")
    REST_DAYS = "rest_days", N_("rest days")
    OVERTIME = "overtime", N_("overtime")
    DEDUCTION = "deduction", N_("deductions")
    BELONGINGS = "belongings", N_("belongings")
    OTHER = "other", N_("other money")


class Kind(Labelled):
    """The four kinds of money."""

    CLAIMED = "claimed", N_("claimed")
    OFFERED = "offered", N_("offered")
    AWARDED = "awarded", N_("awarded or agreed")
    PAID = "paid", N_("paid")


class Form(Labelled):
    """How an amount came about."""

    CLAIM = "claim", N_("claim")
    OFFER = "offer", N_("offer")
    AWARD = "award", N_("award")
    SETTLEMENT = "settlement", N_("settlement")
    PAYMENT = "payment", N_("payment")


class CostKind(Labelled):
    """What pursuing a case cost money for."""

    EXTENSION = "extension", N_("extension of the stay")
    TRAVEL = "travel", N_("travel to a hearing or office")
    LAWYER = "lawyer", N_("lawyer")
    COURT = "court", N_("court or filing fee")
    TRANSLATION = "translation", N_("translation or interpreter")
    MEDICAL = "medical", N_("medical paper or treatment")
    PAPERS = "papers", N_("copies, photos, papers")
    LODGING = "lodging", N_("lodging while the case runs")
    OTHER = "other", N_("other cost")


class CostPayer(Labelled):
    """Who paid a cost of the case."""

    NOT_STATED = "not_stated", N_("not stated")
    HERSELF = "herself", N_("she herself or he himself")
    OFFICE = "office", N_("this office")
    UNION = "union", N_("union")
    PARTNER = "partner", N_("another organisation")
    EMPLOYER = "employer", N_("employer")
    AGENCY = "agency", N_("agency")
    STATE = "state", N_("embassy or state fund")
    FAMILY = "family", N_("family or friends")


KIND = {
    Form.CLAIM: Kind.CLAIMED,
    Form.OFFER: Kind.OFFERED,
    Form.AWARD: Kind.AWARDED,
    Form.SETTLEMENT: Kind.AWARDED,
    Form.PAYMENT: Kind.PAID,
}

# -- Rules

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Said:
    """One dated amount about one claim."""

    form: Form
    money: Money
    on: date


@dataclass(frozen=True)
class Four:
    """Claimed, offered, awarded and paid in one currency. None: nothing of the kind was ever said."""

    currency: str
    claimed: int = 0
    offered: int | None = None
    awarded: int | None = None
    paid: int | None = None

    def money(self, kind: Kind) -> Money | None:
        """One of the four; None when it was never said."""
        minor: int | None = getattr(self, kind.value)
        return None if minor is None else Money(minor, self.currency)

    def percent(self, kind: Kind, of: Kind = Kind.CLAIMED) -> int | None:
        """One of the four as whole percent of another; None where there is nothing to compare."""
        return percent(getattr(self, kind.value), getattr(self, of.value))

    @property
    def open(self) -> Money:
        """What is still to come: of the award once there is one, else of the claim."""
        right = self.claimed if self.awarded is None else self.awarded
        return Money(right - (self.paid or 0), self.currency)


def percent(part: int | None, whole: int | None) -> int | None:
    """Whole percent, half up. None when either is not known or the whole is nothing."""
    if part is None or not whole:
        return None
    return int((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP))


def four(currency: str, entries: Iterable[Said]) -> Four:
    """The four kinds of one claim out of its entries in order. Raises Invalid for an entry in another currency."""
    latest: dict[Kind, int] = {}
    for entry in sorted(entries, key=lambda one: one.on):
        if entry.money.currency != currency:
            raise Invalid(currency=Problem(N_("This claim is in {currency}."), {"currency": currency}))
        kind = KIND[entry.form]
        before = latest.get(kind, 0) if kind is Kind.PAID else 0
        latest[kind] = before + entry.money.minor
    return Four(currency, latest.pop(Kind.CLAIMED, 0), **{kind.value: minor for kind, minor in latest.items()})


def together(parts: Iterable[Four]) -> dict[str, Four]:
    """Several claims added up, each currency apart. "No offer" stays that, unless one of them has an offer."""
    grouped: dict[str, list[Four]] = defaultdict(list)
    for part in parts:
        grouped[part.currency].append(part)
    return {currency: _added(currency, found) for currency, found in grouped.items()}


def _added(currency: str, parts: list[Four]) -> Four:
    def total(name: str) -> int | None:
        said = [minor for part in parts if (minor := getattr(part, name)) is not None]
        return sum(said) if said else None

    return Four(currency, total("claimed") or 0, total("offered"), total("awarded"), total("paid"))


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """A sum in minor units shared by weight: whole units first, the rest to the largest remainders.

    Equal remainders go to the earlier place. The parts always add up to the sum. Raises Invalid for a negative sum or
    weight, or weights that are all nothing.
    """
    whole = sum(weights)
    if total < 0 or min(weights, default=0) < 0:
        raise Invalid(amount=N_("An amount is not less than nothing."))
    if not whole:
        raise Invalid(claims=N_("Nothing is claimed yet: there is nothing to share by."))
    parts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts


def shared(total: Money, claimed: Mapping[Key, Money]) -> dict[Key, Money]:
    """One sum over several claims in its currency. Raises Invalid for a claim in another currency."""
    if any(money.currency != total.currency for money in claimed.values()):
        raise Invalid(currency=Problem(N_("This claim is in {currency}."), {
            "currency": next(m.currency for m in claimed.values() if m.currency != total.currency)}))  # fmt: skip
    parts = shares(total.minor, [money.minor for money in claimed.values()])
    return {key: Money(part, total.currency) for key, part in zip(claimed, parts, strict=True)}
