"""What arrives: a fee and a rate, compared for the transfer services somebody names. Pure: nothing is looked up.

The services, fees and rates are hers, each with its day and where it was read. No service is recommended: where most
arrives is said in words, and only among offers for the same amount into the same currency.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.guides.values import amount_only, day, number
from mrc_app.guides.values import money as written
from mrc_app.guides.words import Words
from mrc_app.i18n import N_, isolate, ltr
from mrc_app.money import Money, decimals

KEYS = ("service", "currency", "amount", "fee", "to", "rate", "on", "source")


@dataclass(frozen=True)
class Offer:
    """What a service takes and gives: 1 of the sent currency is ``rate`` of ``to``, read on a day at a source."""

    service: str
    sent: Money
    fee: Money
    rate: Decimal
    to: str
    on: date
    source: str = ""


def arrives(offer: Offer) -> Money:
    """What arrives at home: what is left after the fee, at the rate, with the home currency's own decimals."""
    left = offer.sent - offer.fee
    amount = (left.amount * offer.rate).scaleb(decimals(offer.to))
    return Money(int(amount.to_integral_value(ROUND_HALF_UP)), offer.to)


def checked(offer: Offer) -> Offer:
    """The offer, if it can be reckoned with. Raises Invalid field by field."""
    wrong: dict[str, Problem] = {}
    if not offer.service:
        wrong["service"] = Problem(N_("Write the name of the service."))
    if offer.fee.currency != offer.sent.currency:
        wrong["fee"] = Problem(N_("The fee is in the currency that is sent."))
    elif not 0 <= offer.fee.minor < offer.sent.minor:
        wrong["fee"] = Problem(N_("The fee is not less than nothing, and less than what is sent."))
    if not offer.rate.is_finite() or offer.rate <= 0:
        wrong["rate"] = Problem(N_("The rate is a number above nothing."))
    if wrong:
        raise Invalid(**wrong)
    return offer


def best(offers: Iterable[Offer]) -> set[Offer]:
    """The offers by which most arrives, among those for the same amount into the same currency; alone, none is best."""
    groups: dict[tuple[Money, str], list[Offer]] = {}
    for offer in offers:
        groups.setdefault((offer.sent, offer.to), []).append(offer)
    found: set[Offer] = set()
    for group in groups.values():
        most = max(arrives(offer).minor for offer in group)
        if any(arrives(offer).minor < most for offer in group):
            found |= {offer for offer in group if arrives(offer).minor == most}
    return found


def rows(offers: Iterable[Offer], words: Words) -> tuple[tuple[str, ...], ...]:
    """The rows of the table: service, what is sent, its fee, its rate and day, what arrives."""
    listed, code = tuple(offers), words.writes
    top = best(listed)
    return tuple(_row(offer, words, code, most=offer in top) for offer in listed)


def _row(offer: Offer, words: Words, code: str, *, most: bool) -> tuple[str, ...]:
    there = written(arrives(offer), code).text
    read = f"{ltr(number(offer.rate, code).text)} ({day(offer.on, code).text})"
    if offer.source:
        read = f"{read} {isolate(offer.source)}"
    return (
        isolate(offer.service),
        written(offer.sent, code).text,
        amount_only(offer.fee, code).text,
        read,
        f"{there} – {words.text('X.most_arrives')}" if most else there,
    )


# -- what is typed


def read(path: Path) -> tuple[Offer, ...]:
    """The offers of a TOML file: a table [[offer]] for each. Raises MrcError or Invalid, naming what is wrong."""
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as trouble:
        raise MrcError(N_("“{file}” cannot be read: {trouble}."), file=path, trouble=trouble.strerror) from None
    except ValueError:
        raise MrcError(N_("“{file}” is no TOML file."), file=path) from None
    for key in found.keys() - {"offer"}:
        raise Invalid(transfers=Problem(N_("There is no entry “{name}” in a file of transfers."), {"name": key}))
    listed = found.get("offer", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Invalid(transfers=Problem(N_("Write a table [[offer]] for each service.")))
    return tuple(typed(one) for one in listed)


def typed(row: Mapping[str, Any]) -> Offer:
    """One offer as it was typed. Raises Invalid for an unknown, missing or wrong value."""
    for key in row.keys() - set(KEYS):
        raise Invalid(transfers=Problem(N_("There is no entry “{name}” in a file of transfers."), {"name": key}))
    for key in KEYS[:-1]:
        if row.get(key) in (None, ""):
            raise Invalid(transfers=Problem(N_("An offer has no “{name}”."), {"name": key}))
    sent = Money.of(str(row["amount"]), str(row["currency"]))
    decimals(str(row["to"]))
    return checked(
        Offer(
            service=str(row["service"]).strip(),
            sent=sent,
            fee=Money.of(str(row["fee"]), sent.currency),
            rate=_rate(row["rate"]),
            to=str(row["to"]),
            on=_day(row["on"]),
            source=str(row.get("source", "")).strip(),
        )
    )


def named(*, service: str, sent: Any, fee: Any, rate: Any, to: str, on: Any, source: str = "") -> Offer:
    """An offer as it was typed on the screen. Raises Invalid with a sentence for every field that is empty or wrong."""
    given = {"service": service, "sent": sent, "fee": fee, "rate": rate, "to": to, "on": on}
    wrong = {name: Problem(N_("Fill this in.")) for name, value in given.items() if value in (None, "")}
    if "sent" not in wrong and not isinstance(sent, Money):
        wrong["sent"] = Problem(N_("Write an amount and its currency, for example 200 SAR."))
    if "on" not in wrong and not isinstance(on, date):
        wrong["on"] = Problem(N_("This is no day."))
    if wrong:
        raise Invalid(**wrong)
    found: dict[str, Any] = {}
    for name, read_it in (
        ("fee", lambda: Money.of(str(fee), sent.currency)),
        ("rate", lambda: _rate(rate)),
        ("to", lambda: decimals(to.upper())),
    ):
        try:
            found[name] = read_it()
        except Invalid as trouble:
            wrong[name] = next(iter(trouble.problems.values()))
    if wrong:
        raise Invalid(**wrong)
    return checked(Offer(service.strip(), sent, found["fee"], found["rate"], to.upper(), on, source.strip()))


def _rate(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise Invalid(rate=Problem(N_("The rate is a number above nothing."))) from None


def _day(value: Any) -> date:
    try:
        return value if type(value) is date else date.fromisoformat(str(value))
    except ValueError:
        raise Invalid(on=Problem(N_("Write the day as YYYY-MM-DD."))) from None
